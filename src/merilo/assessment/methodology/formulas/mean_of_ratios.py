"""mean_of_ratios: the plain mean of several shares (344н 1.1 and 1.3: half for the stands, half for the site).

Two variants are in use. With separate bases each share has its own; with a common base, as in the first
reports of 2018–2019 (unverified), counts are added and divided by the number of parts times one base.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

import numpy as np

from merilo.assessment.located import Reader
from merilo.assessment.methodology.formulas.formula import Item, ReadFormula
from merilo.assessment.methodology.formulas.mean_of import columns_mean_status, mean_status
from merilo.assessment.methodology.formulas.slopes import Partial, SampledColumns, Slopes, added, proportional
from merilo.assessment.methodology.formulas.working import (
    Columns,
    Evidence,
    EvidenceColumns,
    Floats,
    Observed,
    ObservedColumn,
    Status,
    Statuses,
    Working,
    attainable,
    smallest,
)
from merilo.assessment.methodology.policies import Bases

HUNDRED = Fraction(100)


@dataclass(frozen=True, slots=True)
class MeanOfRatios:
    """`shares` are the quantities; `common_base` the quantity whose base (or, without one, whose count)
    serves all of them where the policy asks for a common base."""

    shares: tuple[str, ...]
    common_base: str = ""
    kind: ClassVar[str] = "mean_of_ratios"

    @classmethod
    def read(cls, reader: Reader, nested: ReadFormula) -> MeanOfRatios:
        """`{kind: mean_of_ratios, quantities: [stand_items, site_items], common_base: info_required}`."""
        shares = reader.texts("quantities")
        if len(shares) < 2:
            reader.note("EDITION-01", reader.place("quantities"), key="quantities", least=2)
        return cls(shares, reader.text("common_base", ""))

    def quantities(self) -> tuple[str, ...]:
        """The shares and the common base."""
        return (*self.shares, self.common_base) if self.common_base else self.shares

    def items(self) -> tuple[Item, ...]:
        """None."""
        return ()

    def high(self) -> Fraction:
        """All shares full."""
        return HUNDRED

    def attainable_values(self) -> frozenset[Fraction] | None:
        """Any value of the range."""
        return None

    def exact(self, evidence: Evidence) -> Working:
        """The mean of 100 × count / base over the parts that count, or the common-base variant."""
        found = tuple(evidence.observed(quantity) for quantity in self.shares)
        if self._common(evidence):
            return self._exact_common(evidence.observed(self.common_base), found)
        status, counted = mean_status([(one.quantity, one.status) for one in found], evidence.policies)
        high = attainable(status, HUNDRED)
        if status is not Status.SCORED:
            return Working(self.kind, status, None, high, found)
        ratios = [_share(one) for one in found if one.quantity in counted]
        value = HUNDRED * sum(ratios, Fraction(0)) / len(ratios)
        return Working(self.kind, status, value, high, found, factors=(Fraction(len(ratios)),))

    def _common(self, evidence: Evidence | EvidenceColumns) -> bool:
        return bool(self.common_base) and evidence.policies.bases is Bases.COMMON

    def _exact_common(self, common: Observed, found: tuple[Observed, ...]) -> Working:
        """Counts over one base; a part with nobody in its group has counted nobody, one without data spoils all."""
        base = common.base if common.base is not None else common.count
        whole = Observed(common.quantity, common.count, base, common.status, common.state)
        applicable = [one for one in found if one.status is not Status.NOT_APPLICABLE]
        status = _common_status(common.status, base, [one.status for one in found])
        inputs = (*found, whole)
        if status is not Status.SCORED or not base:
            return Working(self.kind, status, None, attainable(status, HUNDRED), inputs)
        total = sum((one.count or Fraction(0) for one in applicable), Fraction(0))
        value = HUNDRED * total / (len(applicable) * base)
        return Working(self.kind, Status.SCORED, value, HUNDRED, inputs, factors=(Fraction(len(applicable)), base))

    def columns(self, evidence: EvidenceColumns) -> Columns:
        """The same, elementwise."""
        found = [evidence.observed(quantity) for quantity in self.shares]
        if self._common(evidence):
            return self._columns_common(evidence.observed(self.common_base), found)
        status = np.stack([one.status for one in found])
        shares = np.stack([_shares(one) for one in found])
        whole, counted = columns_mean_status(status, self.shares, evidence.policies)
        value = 100.0 * np.where(counted, shares, 0.0).sum(axis=0) / np.maximum(counted.sum(axis=0), 1)
        return self._result(whole, value, found)

    def slopes(self, sample: SampledColumns) -> Slopes:
        """Those of its shares; under a common base the base moves them all."""
        found = {quantity: sample.observed(quantity) for quantity in self.shares}
        if self._common(sample):
            return self._slopes_common(sample, found)
        status = np.stack([one.status for one in found.values()])
        whole, counted = columns_mean_status(status, self.shares, sample.policies)
        weight = np.where(whole == Status.SCORED, 1.0, 0.0) / np.maximum(counted.sum(axis=0), 1)
        parts = [
            proportional(quantity, 100.0 * _shares(one), one.count, one.base, 100.0, 100.0).scaled(weight)
            for quantity, one in found.items()
            if sample.is_sampled(quantity)
        ]
        return added(parts)

    def _slopes_common(self, sample: SampledColumns, found: dict[str, ObservedColumn]) -> Slopes:
        common = sample.observed(self.common_base)
        result = self.columns(sample)
        base = np.where(np.isnan(common.base), common.count, common.base)
        applicable = sum((one.status != Status.NOT_APPLICABLE).astype(np.float64) for one in found.values())
        there = ~np.isnan(result.value) & (base > 0) & (applicable > 0)
        per_count = np.where(there, 100.0 / np.where(there, applicable * base, 1.0), 0.0)
        nothing = np.zeros(sample.size)
        partials = {
            quantity: Partial(per_count, nothing, per_count * base, per_count * np.nan_to_num(one.count))
            for quantity, one in found.items()
            if sample.is_sampled(quantity)
        }
        if sample.is_sampled(self.common_base):
            by_base = np.where(there, -result.value / np.where(there, base, 1.0), 0.0)
            of_count = np.isnan(common.base)
            own = Partial(np.where(of_count, by_base, 0.0), np.where(of_count, 0.0, by_base), nothing, nothing)
            return added([Slopes(partials), Slopes({self.common_base: own})])
        return Slopes(partials)

    def _columns_common(self, common: ObservedColumn, found: list[ObservedColumn]) -> Columns:
        base = np.where(np.isnan(common.base), common.count, common.base)
        statuses = np.stack([one.status for one in found])
        applicable = statuses != Status.NOT_APPLICABLE
        no_base = (common.status == Status.SCORED) & ~(base > 0)
        status = np.where(no_base, np.int8(Status.NO_RESPONDENTS), common.status)
        status = np.where((statuses == Status.NO_DATA).any(axis=0), np.int8(Status.NO_DATA), status)
        status = np.where(applicable.any(axis=0), status, np.int8(Status.NOT_APPLICABLE))
        total = np.where(applicable, np.nan_to_num(np.stack([one.count for one in found])), 0.0).sum(axis=0)
        divisor = applicable.sum(axis=0) * np.where(base > 0, base, np.nan)
        value = 100.0 * total / np.where(divisor > 0, divisor, np.nan)
        return self._result(status, value, [*found, ObservedColumn(common.count, base, common.status)])

    def _result(self, status: Statuses, value: Floats, found: list[ObservedColumn]) -> Columns:
        return Columns(
            value=np.where(status == Status.SCORED, value, np.nan),
            status=status,
            high=np.where(status == Status.NOT_APPLICABLE, 0.0, 100.0),
            count=np.full(len(status), np.nan),
            base=smallest([one.base for one in found]),
        )


def _common_status(common: Status, base: Fraction | None, parts: list[Status]) -> Status:
    if all(status is Status.NOT_APPLICABLE for status in parts):
        return Status.NOT_APPLICABLE
    if Status.NO_DATA in parts:
        return Status.NO_DATA
    return Status.NO_RESPONDENTS if common is Status.SCORED and not base else common


def _share(found: Observed) -> Fraction:
    return found.count / found.base if found.base and found.count is not None else Fraction(0)


def _shares(found: ObservedColumn) -> Floats:
    return np.where(found.base > 0, np.nan_to_num(found.count) / np.where(found.base > 0, found.base, 1.0), 0.0)
