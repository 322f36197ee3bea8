"""A place in words: alone, shared, or none."""

from __future__ import annotations

from merilo.assessment.methodology.policies import Ties
from merilo.assessment.rating.ranking import NO_PLACE
from merilo.assessment.reporting.facts import ReportFacts


def place_text(facts: ReportFacts, row: int) -> str:
    """A row's place; `5–6` where competition ranking lets rows share places."""
    places, groups = facts.assessment.places, facts.assessment.groups
    place = int(places[row])
    if place == NO_PLACE:
        return "–"
    sharing = sum(other == place and group == groups[row] for other, group in zip(places, groups, strict=True))
    if facts.policies.ties is not Ties.COMPETITION or sharing == 1:
        return str(place)
    return f"{place}–{place + sharing - 1}"
