"""Documents built, stored and handed out."""
