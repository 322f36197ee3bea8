"""The protocol that ODK Collect and its relatives speak."""
