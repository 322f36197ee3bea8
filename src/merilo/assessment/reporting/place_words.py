"""A place in words: alone, shared, or none; and any range of places."""

from __future__ import annotations

from merilo.assessment.rating.ranking import NO_PLACE
from merilo.assessment.reporting.facts import ReportFacts

DASH = "–"


def span_text(first: int, last: int) -> str:
    """`3–11`, `3` where first and last are the same, a dash where there is no place."""
    if first == NO_PLACE:
        return DASH
    return str(first) if first == last else f"{first}{DASH}{last}"


def place_text(facts: ReportFacts, row: int) -> str:
    """A row's place; `5–6` where competition ranking lets rows share places."""
    return span_text(int(facts.assessment.places[row]), int(facts.assessment.last_places[row]))
