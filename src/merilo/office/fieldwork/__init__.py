"""Assignments, visits, mystery contacts, desk reviews and paper entry."""
