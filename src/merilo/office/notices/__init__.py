"""Letters and reminders."""
