"""Runs, scorecards, rankings and their recomputation."""
