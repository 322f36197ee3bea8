"""What a report says besides results: its title, who made it, what the questionnaires and remarks were."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from merilo.assessment.recheck.exclusion_effect import ExclusionEffect
from merilo.assessment.responses.exclusions import Exclusion
from merilo.assessment.responses.flags import FieldworkQuality
from merilo.assessment.stats.uncertainty_settings import MINIMUM_BASE


@dataclass(frozen=True, slots=True)
class Remark:
    """A note somebody wrote beside an observation: about which organisation (key) and what (code)."""

    organisation: str
    subject: str
    note: str


@dataclass(frozen=True, slots=True)
class GroupShare:
    """One quantity in one group of respondents over all organisations: `count` of `base` answers, both None where they
    are hidden; `low` and `high` (0…1) bound the share, None where nobody answered."""

    group: str
    quantity: str
    count: int | None
    base: int | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class BreakdownShares:
    """What the questionnaires say group by group; `name` is what the groups differ in, groups are named as people
    read them."""

    name: str
    shares: tuple[GroupShare, ...]


@dataclass(frozen=True, slots=True)
class FieldworkHead:
    """How the questionnaires were collected: what its check found (None where it was not made), the questionnaires
    left out, what that does to the rating (None where it cannot be told), and how questions are called by code."""

    quality: FieldworkQuality | None = None
    exclusions: tuple[Exclusion, ...] = ()
    effects: tuple[ExclusionEffect, ...] | None = None
    questions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReportHead:
    """The head of a report. `questionnaires` is how many were counted; `conflicts` pairs a quantity's code
    with the answers that were given behind a closed filter and left out; of groups with fewer than `minimum_base`
    answers nothing is told; `fieldwork` is how they were collected."""

    title: str
    period: str
    operator: str = ""
    authority: str = ""
    place: str = ""
    year: str = ""
    notes: tuple[str, ...] = ()
    questionnaires: int = 0
    conflicts: tuple[tuple[str, int], ...] = ()
    remarks: tuple[Remark, ...] = ()
    breakdowns: tuple[BreakdownShares, ...] = ()
    minimum_base: int = MINIMUM_BASE
    fieldwork: FieldworkHead = FieldworkHead()
