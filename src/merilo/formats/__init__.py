"""Other people's formats turned into our values and back, each with an account of what was lost."""
