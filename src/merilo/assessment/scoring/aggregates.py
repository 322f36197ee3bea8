"""Scores above the organisation: sectors and regions (344н, formulas 7–9, unverified).

A sector is the plain mean of its organisations; a region is the mean of its sectors, not of its
organisations (T15). Both are exact means of exact scores.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction


def sector_score(organisations: Sequence[Fraction]) -> Fraction | None:
    """The plain mean of organisations' scores; None where there is none."""
    return sum(organisations, Fraction(0)) / len(organisations) if organisations else None


def region_score(sectors: Mapping[str, Fraction]) -> Fraction | None:
    """The mean of sector scores; None where there is none."""
    return sector_score(list(sectors.values()))
