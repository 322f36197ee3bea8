"""Statistics without any knowledge of the trade: proportions, sample sizes."""
