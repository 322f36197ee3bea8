"""Public respondent pages: no sessions, no users, no JavaScript needed."""
