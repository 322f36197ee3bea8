"""People, sign-in, roles and permissions."""
