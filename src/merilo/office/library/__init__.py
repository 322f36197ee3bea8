"""Editions and instruments adopted here, pinned by fingerprint."""
