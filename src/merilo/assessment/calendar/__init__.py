"""Working days and deadlines; a year without data is refused, never guessed."""
