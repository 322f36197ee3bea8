"""The narrow waist. Survey, visit, mystery call, web check: all end up as this, nothing else does."""

from __future__ import annotations

from dataclasses import dataclass

from merilo.assessment.errors import Place


@dataclass(frozen=True, slots=True)
class Observation:
    """One count about one unit, exact as long as it has at most 15 significant digits.

    `code` is a quantity of the edition, one item of its checklist (`quantity.item`), or, for a value
    given ready, an indicator or sub-item. `unit` is the row of the unit table. `count` is None where a
    state stands in its place, or where nothing could be observed.
    """

    unit: int
    code: str
    count: float | None
    base: float | None
    state: str
    source: str
    place: Place
    note: str = ""
