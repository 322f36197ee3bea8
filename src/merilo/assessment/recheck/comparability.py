"""Whether a number of one wave may be compared with one of another: the same yardstick, or a declared link."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from enum import Enum
from fractions import Fraction

from merilo.assessment.methodology.edition import Criterion, CriterionValue, Edition, OverallValue
from merilo.assessment.methodology.policies import FormsOfService, Policies
from merilo.assessment.rounding import Rounding, RoundingStage
from merilo.assessment.scoring.rules import Rules
from merilo.assessment.scoring.score import OVERALL

# They order organisations and touch no score.
PLACES_ONLY = frozenset({"ties", "rank_on"})


class Obstacle(Enum):
    """Why two values are not compared."""

    METHODOLOGY = "methodology"  # another methodology
    EDITION = "edition"  # another version of it
    CONTENT = "content"  # indicators or quantities were changed under the same number of the version
    POLICIES = "policies"
    WEIGHTS = "weights"
    CONSTANTS = "constants"  # a norm given for all organisations, such as the days of waiting, is another
    ONLY_EARLIER = "only_earlier"  # the organisation was not assessed later
    ONLY_LATER = "only_later"
    NO_VALUE = "no_value"
    ERROR_UNKNOWN = "error_unknown"


@dataclass(frozen=True, slots=True)
class Yardstick:
    """What one wave was measured by: its rules, and `constants` given for all organisations, by quantity."""

    rules: Rules
    constants: Mapping[str, Fraction]

    @property
    def are_forms_apart(self) -> bool:
        """Whether a rated row is an organisation in one form of service."""
        return self.rules.policies.forms is FormsOfService.SEPARATE and self.rules.edition.splitting is not None


@dataclass(frozen=True, slots=True)
class Link:
    """A declaration that a subject of the later wave measures what `earlier` measured, and why."""

    earlier: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Counterpart:
    """A subject of the later wave, the one of the `earlier` it stands beside (empty: none), and what hinders the
    comparison (None: nothing), with the names of the rules, weights or constants that differ."""

    subject: str
    earlier: str
    obstacle: Obstacle | None = None
    details: tuple[str, ...] = ()
    link: Link | None = None


def counterparts(earlier: Yardstick, later: Yardstick, links: Mapping[str, Link]) -> tuple[Counterpart, ...]:
    """Every subject of the later wave with its counterpart. A link outweighs every difference of the yardsticks."""
    same_methodology = earlier.rules.edition.code == later.rules.edition.code
    known = set(subjects(earlier.rules.edition)) if same_methodology else set()
    found = []
    for subject in subjects(later.rules.edition):
        link = links.get(subject)
        if link is not None:
            found.append(Counterpart(subject, link.earlier, link=link))
        else:
            obstacle, details = _obstacle(earlier, later, subject)
            found.append(Counterpart(subject, subject if subject in known else "", obstacle, details))
    return tuple(found)


def subjects(edition: Edition) -> Iterator[str]:
    """The codes of all that is compared: the overall score, then every criterion before its indicators."""
    if edition.overall is not OverallValue.NONE:
        yield OVERALL
    for criterion in edition.criteria:
        yield criterion.code
        yield from (indicator.code for indicator in criterion.indicators)


def scale_of(edition: Edition, subject: str) -> tuple[Fraction, Fraction]:
    """The lowest and the highest value of a subject."""
    criterion = _criterion(edition, subject)
    if criterion is not None and criterion.value is CriterionValue.SUM:
        return Fraction(0), sum((one.item.formula.high() for one in criterion.indicators), Fraction(0))
    if criterion is not None or subject == OVERALL:
        return edition.low, edition.high
    return Fraction(0), edition.items[subject].formula.high()


def _criterion(edition: Edition, subject: str) -> Criterion | None:
    return next((one for one in edition.criteria if one.code == subject), None)


def _obstacle(earlier: Yardstick, later: Yardstick, subject: str) -> tuple[Obstacle | None, tuple[str, ...]]:
    """The first that hinders, from the widest to the narrowest."""
    before, after = earlier.rules.edition, later.rules.edition
    if before.code != after.code:
        return Obstacle.METHODOLOGY, (before.code, after.code)
    if before.version != after.version:
        return Obstacle.EDITION, (before.version, after.version)
    if (before.criteria, before.quantities) != (after.criteria, after.quantities):
        return Obstacle.CONTENT, ()
    if policies := _changed_policies(earlier.rules.policies, later.rules.policies):
        return Obstacle.POLICIES, policies
    read = _quantities(after, subject)
    if constants := _changed(earlier.constants, later.constants, read):
        return Obstacle.CONSTANTS, constants
    if subject == OVERALL and earlier.rules.weights != later.rules.weights:
        return Obstacle.WEIGHTS, _changed(earlier.rules.weights, later.rules.weights, {*later.rules.weights})
    return None, ()


def _changed(before: Mapping[str, object], after: Mapping[str, object], among: set[str]) -> tuple[str, ...]:
    return tuple(sorted(code for code in among if before.get(code) != after.get(code)))


def _quantities(edition: Edition, subject: str) -> set[str]:
    """The quantities a subject is computed from."""
    criterion = _criterion(edition, subject)
    if criterion is not None:
        items = [one.item for one in criterion.indicators]
    elif subject == OVERALL:
        items = [one.item for one in edition.indicators]
    else:
        items = [edition.items[subject]]
    return {quantity for item in items for quantity in item.formula.quantities()}


def _changed_policies(before: Policies, after: Policies) -> tuple[str, ...]:
    """The policies that may move a score and differ."""
    names = [field.name for field in fields(Policies) if field.name not in PLACES_ONLY]
    return tuple(name for name in names if _moving(getattr(before, name)) != _moving(getattr(after, name)))


def _moving(policy: object) -> object:
    """Of the rounding rule only what is rounded before further use moves scores."""
    if not isinstance(policy, Rounding):
        return policy
    return None if policy.stage is RoundingStage.NONE else (policy.stage, policy.digits, policy.mode)
