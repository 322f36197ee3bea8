"""Named rules where the acts are silent or practice differs. Every one is explicit and printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType
from typing import Generic, TypeVar

from merilo.assessment.rounding import Rounding

E = TypeVar("E", bound=Enum)


class EmptyGroup(Enum):
    """What an indicator counts for when nobody belongs to the group it asks (0 of 0)."""

    RENORMALISE = "renormalise"  # leave it out and divide by the remaining weights
    ZERO = "zero"
    FULL = "full"
    DROP_CRITERION = "drop_criterion"  # leave its whole criterion out of the overall score


class EmptyPart(Enum):
    """What a part of a mean counts for when nobody belongs to its group (nobody used the stands)."""

    OTHER_PARTS = "other_parts"
    ZERO = "zero"


class Denominator(Enum):
    """Who is in the base of a share taken from a questionnaire."""

    ANSWERED = "answered"  # those who answered this question (344н, annex, 5.1.1)
    ALL_FORMS = "all_forms"  # every questionnaire of the organisation
    FILTER_YES = "filter_yes"  # everybody whom the filter question let through


class Bases(Enum):
    """Whether the parts of a mean of ratios have a base each or one common base."""

    SEPARATE = "separate"
    COMMON = "common"


class NoData(Enum):
    """What happens to a criterion when evidence for one of its indicators is missing."""

    NOT_SCORED = "not_scored"  # the criterion and the overall score are not computed
    RENORMALISE = "renormalise"
    ZERO = "zero"


class Ties(Enum):
    """How equal scores share places: 5,6,7 – 5,5,7 – 5,5,6."""

    ORDINAL = "ordinal"
    COMPETITION = "competition"
    DENSE = "dense"


class FormsOfService(Enum):
    """Whether an organisation's forms of service are rated apart or averaged element by element."""

    MEAN = "mean"
    SEPARATE = "separate"


class RankOn(Enum):
    """Whether places follow the printed digits or the unrounded score."""

    PRINTED = "printed"
    UNROUNDED = "unrounded"


@dataclass(frozen=True, slots=True)
class PerCode(Generic[E]):
    """A rule with exceptions: `default` for all, another for the codes in `exceptions`."""

    default: E
    exceptions: Mapping[str, E] = field(default_factory=lambda: MappingProxyType({}))

    def of(self, code: str) -> E:
        """The rule for one indicator or quantity."""
        return self.exceptions.get(code, self.default)


@dataclass(frozen=True, slots=True)
class Policies:
    """All policies of an edition as they hold for one assessment."""

    empty_group: PerCode[EmptyGroup] = field(default_factory=lambda: PerCode(EmptyGroup.RENORMALISE))
    empty_part: PerCode[EmptyPart] = field(default_factory=lambda: PerCode(EmptyPart.OTHER_PARTS))
    denominator: PerCode[Denominator] = field(default_factory=lambda: PerCode(Denominator.ANSWERED))
    bases: Bases = Bases.SEPARATE
    no_data: PerCode[NoData] = field(default_factory=lambda: PerCode(NoData.NOT_SCORED))
    forms: FormsOfService = FormsOfService.MEAN
    ties: Ties = Ties.COMPETITION
    rank_on: RankOn = RankOn.PRINTED
    rounding: Rounding = field(default_factory=Rounding)
