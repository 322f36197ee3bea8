"""Base templates, components, print and large-type styles."""
