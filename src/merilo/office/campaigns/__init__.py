"""Campaigns, their waves, scope and stages."""
