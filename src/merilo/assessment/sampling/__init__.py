"""Whom to ask and how many: frames, required sizes, draws."""
