"""An exclusion: a recorded decision to leave one questionnaire out, with its reason, its author and its date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Exclusion:
    """One questionnaire left out of the tally: where it lies, whose it is, why, who decided and when.

    `row` is the row of the file, found by `id` where the decision names that; `date` is written year-month-day.
    """

    file: str
    row: int
    id: str
    organisation: str
    reason: str
    decided_by: str
    date: str


def excluded_rows(exclusions: Iterable[Exclusion], file: str) -> list[int]:
    """The rows of a file that are left out, in their order."""
    return sorted(one.row for one in exclusions if one.file == file)
