"""Somebody else's published figures, compared with what follows from the evidence."""
