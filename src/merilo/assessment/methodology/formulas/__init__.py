"""The closed list of formulas an indicator may use, one file per kind: reading, exact and columnar arithmetic."""
