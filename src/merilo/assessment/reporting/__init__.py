"""Documents as data: sections, sentences, tables and charts, with no fonts and no files."""
