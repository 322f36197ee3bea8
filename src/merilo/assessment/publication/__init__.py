"""What may be shown to everybody: disclosure control, open data, corrections."""
