"""Who must do what by which working day: the steps of a campaign's regulation, as data."""
