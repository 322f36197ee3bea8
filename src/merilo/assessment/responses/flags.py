"""What a check of the field work can find, and how each finding is kept: figures, rows, p-value."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum

from merilo.assessment.stats.multiple_tests import holm

LEVEL = 0.05


class FlagKind(Enum):
    """What was looked at. The first four are facts: chance has no part in them, and they have no p-value."""

    SAME_ID = "same_id"
    FINISHED_BEFORE_STARTED = "finished_before_started"
    TOO_FAST = "too_fast"
    OVERLAPPING = "overlapping"
    FAST_INTERVIEWER = "fast_interviewer"
    COPIED_ANSWERS = "copied_answers"
    COPIED_FORMS = "copied_forms"
    ALIKE_IN_AN_HOUR = "alike_in_an_hour"
    ALIKE_NEIGHBOURS = "alike_neighbours"
    REPEATED_BLOCK = "repeated_block"
    STRAIGHT_LINES = "straight_lines"
    BURST_IN_AN_HOUR = "burst_in_an_hour"
    BURST_IN_A_DAY = "burst_in_a_day"
    NIGHT = "night"
    NIGHT_INTERVIEWER = "night_interviewer"
    AGE_HEAPING = "age_heaping"
    ROUND_AGES = "round_ages"
    LAST_DIGITS = "last_digits"
    INTERVIEWER_EFFECT = "interviewer_effect"
    CHANNEL_EFFECT = "channel_effect"


@dataclass(frozen=True, slots=True)
class QualityCheck:
    """One thing looked at: of what, with which figures, in which questionnaires (indexes), and how probable as much
    would be if nothing were wrong (None for a fact). `subject` names an hour, a day, a question where there is one;
    `adjusted` is the p-value with the number of checks in mind."""

    kind: FlagKind
    rows: tuple[int, ...]
    figures: tuple[tuple[str, float], ...]
    p: float | None = None
    organisation: str = ""
    interviewer: str = ""
    subject: str = ""
    adjusted: float | None = None

    @property
    def is_fact(self) -> bool:
        """Whether it is seen, not inferred."""
        return self.p is None


@dataclass(frozen=True, slots=True)
class FieldworkQuality:
    """Everything that was checked. `lacking` names the columns that some checks would have needed; `places` are file
    and row of the questionnaires that were looked at."""

    checks: tuple[QualityCheck, ...]
    lacking: tuple[str, ...]
    level: float
    places: tuple[tuple[str, int], ...]

    @property
    def flags(self) -> tuple[QualityCheck, ...]:
        """What deserves a look: facts first, then what chance hardly explains, the least probable first."""
        facts = [one for one in self.checks if one.is_fact]
        found = [one for one in self.checks if one.adjusted is not None and one.adjusted <= self.level]
        return (*facts, *sorted(found, key=lambda one: (one.adjusted or 0.0, one.p or 0.0)))

    @property
    def size(self) -> int:
        """How many questionnaires were looked at."""
        return len(self.places)

    @property
    def tested(self) -> int:
        """How many checks have a p-value."""
        return sum(not one.is_fact for one in self.checks)


def adjust(checks: Iterable[QualityCheck]) -> tuple[QualityCheck, ...]:
    """The same checks with Holm's adjustment over all that have a p-value."""
    found = list(checks)
    adjusted = iter(holm([one.p for one in found if one.p is not None]).tolist())
    return tuple(one if one.p is None else replace(one, adjusted=next(adjusted)) for one in found)
