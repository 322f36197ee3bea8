"""Free text: themes and quotations, never scores."""
