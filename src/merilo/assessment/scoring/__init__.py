"""Observations read through one edition: indicators, criteria, the overall score, and its explanation."""
