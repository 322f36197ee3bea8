"""Merilo: independent assessment of the quality of public services, with every number traceable."""

__version__ = "0.1.0"
