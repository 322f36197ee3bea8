"""Action plans, their follow-up and consolidation upward."""
