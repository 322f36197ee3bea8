"""One dated edition of a methodology: what is measured, how it adds up, and on what legal basis."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction

import numpy as np

from merilo.assessment.methodology.formulas.formula import Applicability, Item
from merilo.assessment.methodology.formulas.working import Flags, Floats
from merilo.assessment.methodology.policies import Policies
from merilo.assessment.methodology.quantity import Quantity
from merilo.assessment.methodology.size_rule import SizeRule

NEAR = 1e-9


class Standing(Enum):
    """How far a statement was checked against its source. Everything but VERIFIED and SEED is shown as
    unverified."""

    VERIFIED = "verified"  # seen in a public copy of the act
    PRACTICE = "practice"  # seen in the work of real operators, not in the act
    SEED = "document"  # stated by the document the edition was made from
    INFERRED = "inferred"  # follows from figures, nobody states it
    UNVERIFIED = "unverified"  # from memory, to be checked

    @property
    def is_doubtful(self) -> bool:
        """Whether readers must be told."""
        return self in (Standing.UNVERIFIED, Standing.INFERRED)


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """An act, the place in it, and how far that was checked."""

    act: str
    clause: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class CategoryValue:
    """One value of a category and other spellings found in files."""

    code: str
    name: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Category:
    """An attribute of organisations that the rules depend on: sector, form of service.

    `splits` marks the form of service: an organisation with several values is scored once for each.
    """

    code: str
    name: str
    values: tuple[CategoryValue, ...]
    required: bool
    splits: bool


class StateEffect(Enum):
    """What a state does to the indicators that read the quantity."""

    NOT_APPLICABLE = "not_applicable"  # lowers the attainable maximum
    NO_DATA = "no_data"


@dataclass(frozen=True, slots=True)
class State:
    """A word that may stand in place of a number («канал связи не используется»), and what follows."""

    code: str
    name: str
    effect: StateEffect
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Weight:
    """A number, or one per value of a category."""

    default: Fraction | None
    category: str = ""
    cases: tuple[tuple[str, Fraction], ...] = ()

    def of(self, attributes: Mapping[str, str]) -> Fraction:
        """The weight for a unit with these attributes; 0 where the edition gives none."""
        found = dict(self.cases).get(attributes.get(self.category, "")) if self.category else None
        return found if found is not None else (self.default or Fraction(0))


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator: its item (code, label, name, formula, applicability), weight, clause and unit of its value.

    `raw_unit` is the unit of the value before normalisation, where there is one.
    """

    item: Item
    weight: Weight
    clause: str
    standing: Standing
    short_name: str

    @property
    def code(self) -> str:
        """Its stable code."""
        return self.item.code


class CriterionValue(Enum):
    """How indicators make a criterion."""

    WEIGHTED_MEAN = "weighted_mean"
    SUM = "sum"  # points add up; what does not apply lowers the attainable maximum


@dataclass(frozen=True, slots=True)
class Criterion:
    """A group of indicators with one value."""

    code: str
    label: str
    name: str
    short_name: str
    value: CriterionValue
    indicators: tuple[Indicator, ...]


class OverallValue(Enum):
    """How criteria make the overall score."""

    WEIGHTED_MEAN = "weighted_mean"
    SHARE_OF_ATTAINABLE = "share_of_attainable"  # 100 × points / attainable points
    NONE = "none"


class SchemeKind(Enum):
    """Where criterion weights come from."""

    FIXED = "fixed"
    EQUAL = "equal"
    IMPORTANCE = "importance"  # from the respondents' importance ratings


@dataclass(frozen=True, slots=True)
class WeightScheme:
    """One way to weigh criteria. `weights` for FIXED; `quantities` (ratings) for IMPORTANCE, per criterion code."""

    code: str
    name: str
    kind: SchemeKind
    standing: Standing
    clause: str = ""
    weights: tuple[tuple[str, Weight], ...] = ()
    quantities: tuple[tuple[str, str], ...] = ()


class Comparison(Enum):
    """How a value is compared."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    BELOW = "below"
    ABOVE = "above"
    EQUALS = "equals"

    def holds(self, values: Floats, bound: Fraction) -> Flags:
        """Which values stand so to the bound; values within 1e-9 of the bound stand on it, NaN stands nowhere."""
        edge = float(bound)
        on_bound = np.abs(values - edge) <= NEAR
        match self:
            case Comparison.AT_LEAST:
                return (values > edge) | on_bound
            case Comparison.AT_MOST:
                return (values < edge) | on_bound
            case Comparison.BELOW:
                return (values < edge) & ~on_bound
            case Comparison.ABOVE:
                return (values > edge) & ~on_bound
            case Comparison.EQUALS:
                return on_bound


@dataclass(frozen=True, slots=True)
class Norm:
    """A value an act demands of an indicator, sub-item, criterion or the overall score."""

    code: str
    name: str
    subject: str
    comparison: Comparison
    bound: Fraction
    unit: str
    clause: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class Grade:
    """A word for scores from `lowest` up; grades are listed from the best."""

    name: str
    lowest: Fraction


@dataclass(frozen=True, slots=True)
class FindingRule:
    """When something is a shortcoming: the subject's value stands so to the bound.

    The bound is in the subject's own unit. A quantity that is a share or a checklist is compared in percent
    (90), a measure, a rating or a rate as sum / base, a quantity without a base as it is; an indicator, a
    sub-item or a criterion as its formula gives it: a ratio with `scale: 1` lies between 0 and 1 (0.9).
    """

    code: str
    text: str
    subject: str
    comparison: Comparison
    bound: Fraction
    recommendation: str = ""


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A column of the questionnaires by which shares are also shown apart."""

    column: str
    name: str


@dataclass(frozen=True, slots=True)
class SampleRule:
    """How many respondents an act or a published practice asks for, and of which organisations."""

    code: str
    name: str
    size: SizeRule
    applies: Applicability
    clause: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class Edition:
    """A whole edition. `unit` are the plural forms of a point; `ranking_within` the categories within which
    places are given."""

    code: str
    version: str
    title: str
    title_en: str
    legal_basis: tuple[LegalBasis, ...]
    valid_from: date | None
    valid_to: date | None
    standing: Standing
    notes: tuple[str, ...]
    low: Fraction
    high: Fraction
    unit: tuple[str, ...]
    categories: tuple[Category, ...]
    states: tuple[State, ...]
    policies: Policies
    quantities: Mapping[str, Quantity]
    criteria: tuple[Criterion, ...]
    overall: OverallValue
    schemes: tuple[WeightScheme, ...]
    ranking_within: tuple[str, ...]
    norms: tuple[Norm, ...]
    grades: tuple[Grade, ...]
    findings: tuple[FindingRule, ...]
    breakdowns: tuple[Breakdown, ...]
    sampling: tuple[SampleRule, ...] = ()

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """All indicators in order."""
        return tuple(indicator for criterion in self.criteria for indicator in criterion.indicators)

    @property
    def items(self) -> dict[str, Item]:
        """Every indicator and sub-item by code."""
        return {item.code: item for indicator in self.indicators for item in indicator.item.with_nested()}

    def category(self, code: str) -> Category | None:
        """A category by code."""
        return next((category for category in self.categories if category.code == code), None)

    @property
    def splitting(self) -> Category | None:
        """The category whose values are scored apart: the form of service."""
        return next((category for category in self.categories if category.splits), None)

    def scheme(self, code: str) -> WeightScheme | None:
        """A weighting scheme by code; the first one without a code."""
        return next((scheme for scheme in self.schemes if code in ("", scheme.code)), None)

    def state(self, code: str) -> State | None:
        """A state by code."""
        return next((state for state in self.states if state.code == code), None)
