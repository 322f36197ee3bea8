"""Statistics without any knowledge of the trade: shares, standard errors, cross-tables, sets of places."""
