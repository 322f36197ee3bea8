"""What questionnaires give besides counts: how many there were, conflicts, shares by group."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class BreakdownShare:
    """One quantity in one group of respondents of one organisation: count of base."""

    column: str
    group: int | str
    organisation: str
    form: str
    quantity: str
    count: int
    base: int


@dataclass(slots=True)
class SurveyResult:
    """`forms` questionnaires in `files`; `conflicts` are answers given behind a closed filter, per quantity."""

    files: tuple[str, ...] = ()
    forms: int = 0
    conflicts: dict[str, int] = field(default_factory=dict)
    breakdowns: list[BreakdownShare] = field(default_factory=list)
