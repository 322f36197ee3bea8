"""The public site, open data and the read-only API."""
