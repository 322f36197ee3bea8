"""How every score moves with what people answered: the formulas' slopes carried through weights and policies.

A weight, a policy that puts a constant in place of a value, and what applies to whom are taken as given; so are
weights that come from the respondents' own importance ratings, and the rounding of intermediate results.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from merilo.assessment.methodology.edition import CriterionValue, OverallValue
from merilo.assessment.methodology.formulas.slopes import Slopes, added
from merilo.assessment.methodology.formulas.working import Flags, Floats, ObservedColumn, Status
from merilo.assessment.methodology.policies import Policies
from merilo.assessment.observations.sample import SurveySample, is_sampled
from merilo.assessment.scoring.bulk import CriterionColumns, UnitScores
from merilo.assessment.scoring.evidence import AllEvidence
from merilo.assessment.scoring.rules import Rules
from merilo.assessment.scoring.score import OVERALL


@dataclass(frozen=True)
class SampledEvidence:
    """The evidence about all units and the sample behind it, as formulas read it for their slopes."""

    evidence: AllEvidence
    sample: SurveySample
    _variances: dict[str, tuple[Floats, Floats, Floats]] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many units there are."""
        return self.evidence.size

    @property
    def policies(self) -> Policies:
        """The policies in force."""
        return self.evidence.policies

    def attribute_in(self, category: str, values: Sequence[str]) -> Flags:
        """Which units have one of these values of a category."""
        return self.evidence.attribute_in(category, values)

    def observed(self, quantity: str) -> ObservedColumn:
        """A quantity's counts, bases and statuses."""
        return self.evidence.observed(quantity)

    def given(self, code: str) -> Floats | None:
        """Values handed in ready."""
        return self.evidence.given(code)

    def is_sampled(self, quantity: str) -> bool:
        """Whether a quantity's totals come from a sample of people; also where only a value of it was given."""
        return is_sampled(self.sample.edition.quantities[quantity])

    @property
    def respondents(self) -> Floats:
        """How many people answered in each unit, as they count in a finite population; NaN where not known."""
        asked = np.maximum(self.sample.sizes, self.sample.asked)
        rest = self.sample.rest
        return np.where(asked > 0, asked / np.where(rest > 0, rest, np.nan), np.nan)

    def variance(self, slopes: Slopes) -> Floats:
        """The sampling variance of a value with these slopes, per unit; questions taken as independent."""
        total = np.zeros(self.size)
        for code, one in slopes.partials.items():
            squares, mixed, bases = self._own(code)
            total += one.count**2 * squares + 2 * one.count * one.base * mixed + one.base**2 * bases
        return np.asarray(np.maximum(total, 0.0) + sum(one.variance for one in slopes.loose), dtype=np.float64)

    def _own(self, code: str) -> tuple[Floats, Floats, Floats]:
        """The variances of a quantity's totals and their covariance, per unit."""
        if code not in self._variances:
            found, sizes = self.evidence.observed(code), np.maximum(self.sample.sizes, 1.0)
            y, n = np.nan_to_num(found.count), np.nan_to_num(found.base)
            squares, mixed, bases = self.sample.own_products(code)
            factors = self.sample.factors
            self._variances[code] = (
                factors * (squares - y * y / sizes),
                factors * (mixed - y * n / sizes),
                factors * (bases - n * n / sizes),
            )
        return self._variances[code]


def subject_slopes(rules: Rules, scores: UnitScores, sampled: SampledEvidence) -> dict[str, Slopes]:
    """The slopes of every sub-item, indicator, criterion and the overall score, in this order."""
    edition = rules.edition
    found = {code: item.slopes(sampled) for code, item in edition.items.items()}
    counted = {code: found[code].scaled(_free(scores, code)) for code in scores.indicators}
    for criterion in edition.criteria:
        codes = [indicator.code for indicator in criterion.indicators]
        weights = np.stack([scores.indicators[code].weight for code in codes])
        if criterion.value is CriterionValue.SUM:
            weights = np.where(weights != 0, 1.0, 0.0)
        values = np.stack([scores.indicators[code].value for code in codes])
        shares = _shares(weights, values, summed=criterion.value is CriterionValue.SUM)
        there = np.where(scores.criteria[criterion.code].status == Status.SCORED, 1.0, 0.0)
        parts = [counted[code].scaled(share * there) for code, share in zip(codes, shares, strict=True)]
        found[criterion.code] = added(parts)
    found[OVERALL] = _overall(rules, scores, found)
    return found


def _free(scores: UnitScores, code: str) -> Floats:
    """1 where an indicator counts with the value its formula gave, 0 where a policy put another in its place."""
    column = scores.indicators[code]
    return np.where((column.result.status == Status.SCORED) & ~np.isnan(column.value), 1.0, 0.0)


def _shares(weights: Floats, values: Floats, *, summed: bool) -> Floats:
    """What each part counts for, after those without a value have left their weight to the others."""
    counted = np.where(~np.isnan(values), weights, 0.0)
    if summed:
        return counted
    total = counted.sum(axis=0)
    return np.asarray(counted / np.where(total > 0, total, 1.0))


def _overall(rules: Rules, scores: UnitScores, found: Mapping[str, Slopes]) -> Slopes:
    kind, columns = rules.edition.overall, scores.criteria
    if kind is OverallValue.NONE or not columns:
        return Slopes()
    values = np.stack([one.value for one in columns.values()])
    there = np.where(scores.overall.status == Status.SCORED, 1.0, 0.0)
    if kind is OverallValue.SHARE_OF_ATTAINABLE:
        shares = _of_attainable(list(columns.values()), values, float(rules.edition.high))
    else:
        shares = _shares(np.stack([one.weight for one in columns.values()]), values, summed=False)
    return added([found[code].scaled(share * there) for code, share in zip(columns, shares, strict=True)])


def _of_attainable(columns: Sequence[CriterionColumns], values: Floats, high: float) -> Floats:
    attainable = np.where(~np.isnan(values), np.stack([one.high for one in columns]), 0.0).sum(axis=0)
    share = high / np.where(attainable > 0, attainable, np.nan)
    return np.where(~np.isnan(values), np.nan_to_num(share), 0.0)
