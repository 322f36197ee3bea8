"""Published figures beside what follows from the evidence, cell by cell; nothing is bent to make them meet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from merilo.assessment.rating.ranking import NO_PLACE, Places
from merilo.assessment.rounding import RoundingMode, round_exact
from merilo.assessment.scoring.organisations import RatedScores

PLACE = "place"


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """One published number: of which organisation (index), of what, how many decimals it was printed with,
    and the row it was read from."""

    organisation: int
    subject: str
    value: Fraction
    decimals: int
    row: int


class Verdict(Enum):
    """How a published figure stands to ours."""

    REPRODUCED = "reproduced"
    ROUNDING = "rounding"  # apart by no more than one unit of its last digit
    DIFFERENT = "different"
    NOT_COMPUTED = "not_computed"  # we have no value


@dataclass(frozen=True, slots=True)
class ComparedFigure:
    """A published figure, ours, and the verdict."""

    published: PublishedFigure
    ours: Fraction | None
    verdict: Verdict


def compare(figures: Sequence[PublishedFigure], rated: RatedScores, places: Places) -> list[ComparedFigure]:
    """Every published figure against the score of its organisation (the first of its rows)."""
    row_of: dict[int, int] = {}
    for index, organisation in enumerate(rated.rows.organisation.tolist() if figures else ()):
        row_of.setdefault(organisation, index)
    return [_compared(figure, _ours(figure, rated, places, row_of)) for figure in figures]


def _ours(figure: PublishedFigure, rated: RatedScores, places: Places, row_of: dict[int, int]) -> Fraction | None:
    index = row_of.get(figure.organisation)
    if index is None:
        return None
    if figure.subject == PLACE:
        return Fraction(int(places[index])) if places[index] != NO_PLACE else None
    return rated.exact(figure.subject, index)


def _compared(figure: PublishedFigure, ours: Fraction | None) -> ComparedFigure:
    if ours is None:
        return ComparedFigure(figure, None, Verdict.NOT_COMPUTED)
    if Fraction(round_exact(ours, figure.decimals, RoundingMode.HALF_UP)) == figure.value:
        return ComparedFigure(figure, ours, Verdict.REPRODUCED)
    # A place is a whole number that was counted, not rounded: one apart is different.
    near = figure.subject != PLACE and abs(ours - figure.value) <= Fraction(1, 10**figure.decimals)
    return ComparedFigure(figure, ours, Verdict.ROUNDING if near else Verdict.DIFFERENT)
