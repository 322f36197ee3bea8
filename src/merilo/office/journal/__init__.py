"""Who did what when: append-only, the ground floor of everything."""
