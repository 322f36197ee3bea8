"""What is measured and how it adds up: one dated edition of a methodology, read from data."""
