"""A document model turned into files for people: docx, xlsx, pdf, svg; no figures are computed here."""
