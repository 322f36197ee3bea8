"""The office (Django): who does it, when, with what rights and stored where; it computes nothing."""
