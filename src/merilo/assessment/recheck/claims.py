"""Statements of a report's text as data: which statistic, of what, over which units, and what is printed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from merilo.assessment.methodology.edition import Comparison
from merilo.assessment.recheck.defect import Certainty, Defect, DefectKind, Detail
from merilo.assessment.recheck.printed import PrintedNumber, Span
from merilo.assessment.recheck.publication import PrintedPlace, Publication


class Statistic(Enum):
    """What a statement can be about."""

    VALUE = "value"
    MEAN = "mean"
    SUM = "sum"
    MINIMUM = "minimum"
    MAXIMUM = "maximum"
    BEST = "best"
    WORST = "worst"
    HIGHEST = "highest"
    LOWEST = "lowest"
    COUNT = "count"
    COUNT_ABOVE_MEAN = "count_above_mean"
    COUNT_BELOW_MEAN = "count_below_mean"
    COUNT_AT_LEAST = "count_at_least"
    COUNT_AT_MOST = "count_at_most"
    COUNT_ABOVE = "count_above"
    COUNT_BELOW = "count_below"
    COUNT_EQUAL = "count_equal"
    SHARE = "share"
    PERCENT = "percent"
    CHANGE = "change"
    RISE = "rise"
    FALL = "fall"
    FIGURE = "figure"

    @property
    def names_units(self) -> bool:
        """Whether the printed value is a list of units."""
        return self in (Statistic.BEST, Statistic.WORST)

    @property
    def names_subjects(self) -> bool:
        """Whether the printed value is a list of subjects of one unit."""
        return self in (Statistic.HIGHEST, Statistic.LOWEST)

    @property
    def may_be_limit(self) -> bool:
        """Whether a text may give it as a limit: more than 94 %."""
        return self in _LIMITED

    @property
    def is_change(self) -> bool:
        """Whether it compares two waves."""
        return self in (Statistic.CHANGE, Statistic.RISE, Statistic.FALL)

    @property
    def needs_bound(self) -> bool:
        """Whether it counts units against a bound."""
        return self in _BOUNDED

    @property
    def is_counting(self) -> bool:
        """Whether it counts units."""
        return self in _BOUNDED or self in (Statistic.COUNT_ABOVE_MEAN, Statistic.COUNT_BELOW_MEAN)

    @property
    def needs_table(self) -> bool:
        """Whether it is checked against printed tables."""
        return self not in (Statistic.SHARE, Statistic.PERCENT, Statistic.FIGURE) and not self.is_change


_LIMITED = frozenset(
    {Statistic.VALUE, Statistic.MEAN, Statistic.SUM, Statistic.MINIMUM, Statistic.MAXIMUM, Statistic.FIGURE}
)
_BOUNDED = frozenset(
    {
        Statistic.COUNT_AT_LEAST,
        Statistic.COUNT_AT_MOST,
        Statistic.COUNT_ABOVE,
        Statistic.COUNT_BELOW,
        Statistic.COUNT_EQUAL,
    }
)


@dataclass(frozen=True, slots=True)
class Scope:
    """Over which units: `units` by key; or those whose text `column` has `value`; all where neither is given."""

    units: tuple[str, ...] = ()
    column: str = ""
    value: str = ""

    def of(self, publication: Publication) -> tuple[str, ...]:
        """The keys of its units, in the order they were printed."""
        if self.units:
            return self.units
        if not self.column:
            return publication.units
        known = publication.attributes
        return tuple(unit for unit in publication.units if known.get(unit, {}).get(self.column) == self.value)


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement. `value` is the printed number, `limit` that the figure is said to lie beyond it; `named` the
    units (or, of `subjects` of one unit, the subjects) it names; `times` what the table's unit is multiplied by in
    the text; `bases` all that the text allows, `at_most` that they are only known to be no greater."""

    statistic: Statistic
    subject: str
    scope: Scope
    where: PrintedPlace
    text: str
    value: PrintedNumber | None = None
    limit: Comparison = Comparison.EQUALS
    subjects: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    times: Fraction = Fraction(1)
    count: int | None = None
    bases: tuple[int, ...] = ()
    at_most: bool = False
    bound: PrintedNumber | None = None
    before: PrintedNumber | None = None
    after: PrintedNumber | None = None
    before_base: int | None = None
    quote: str = ""

    @property
    def base(self) -> int | None:
        """The only base, or the first of those allowed."""
        return self.bases[0] if self.bases else None


def claim_defect(
    claim: Claim,
    kind: DefectKind,
    certainty: Certainty,
    *,
    expected: Span | None = None,
    reason: str = "",
    others: tuple[PrintedPlace, ...] = (),
    **details: Detail,
) -> Defect:
    """A defect of one statement."""
    decimals = claim.value.decimals if claim.value else 0
    unit = claim.scope.units[0] if len(claim.scope.units) == 1 else ""
    known = {"statistic": claim.statistic.value, **details}
    return Defect(
        kind,
        certainty,
        claim.where,
        claim.subject,
        unit,
        claim.text,
        expected,
        decimals,
        reason,
        tuple(sorted(known.items())),
        others,
    )
