"""What will be done about the findings, by whom and by when."""
