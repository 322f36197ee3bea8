"""What all formulas over a single quantity share: they differ only in how count and base become a value."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

import numpy as np

from merilo.assessment.methodology.formulas.formula import Item
from merilo.assessment.methodology.formulas.slopes import SampledColumns, Slopes, proportional
from merilo.assessment.methodology.formulas.working import (
    Columns,
    Evidence,
    EvidenceColumns,
    Floats,
    Status,
    Working,
    attainable,
)


@dataclass(frozen=True, slots=True)
class OneQuantity(ABC):
    """A formula over one quantity; subclasses give `value` (exact) and `column` (floats)."""

    quantity: str
    kind: ClassVar[str]

    def quantities(self) -> tuple[str, ...]:
        """The one quantity."""
        return (self.quantity,)

    def items(self) -> tuple[Item, ...]:
        """None."""
        return ()

    def attainable_values(self) -> frozenset[Fraction] | None:
        """Any value of the range, unless a kind says otherwise."""
        return None

    @abstractmethod
    def high(self) -> Fraction:
        """The most it can give."""

    @abstractmethod
    def factors(self) -> tuple[Fraction, ...]:
        """The constants of the formula, as `explain` prints them."""

    @abstractmethod
    def value(self, count: Fraction, base: Fraction | None) -> Fraction | None:
        """The exact value; None where this count cannot be valued."""

    @abstractmethod
    def column(self, count: Floats, base: Floats) -> Floats:
        """The same for all units; NaN where a count cannot be valued. Base is never 0 here."""

    def factor(self) -> Fraction | None:
        """What the formula gives where count and base are equal, for kinds proportional to count / base; the others
        are of things found, not of people asked, and have no slope."""
        return None

    def slopes(self, sample: SampledColumns) -> Slopes:
        """Those of factor × count / base."""
        factor = self.factor()
        if factor is None or not sample.is_sampled(self.quantity):
            return Slopes()
        found, value = sample.observed(self.quantity), self.columns(sample).value
        return proportional(self.quantity, value, found.count, found.base, float(self.high()), float(factor))

    def exact(self, evidence: Evidence) -> Working:
        """The exact result for one unit."""
        found = evidence.observed(self.quantity)
        high = attainable(found.status, self.high())
        if found.status is not Status.SCORED or found.count is None:
            return Working(self.kind, found.status, None, high, (found,), factors=self.factors())
        value = self.value(found.count, found.base)
        status = Status.SCORED if value is not None else Status.NO_DATA
        return Working(self.kind, status, value, high, (found,), factors=self.factors())

    def columns(self, evidence: EvidenceColumns) -> Columns:
        """The result for all units."""
        found = evidence.observed(self.quantity)
        scored = found.status == Status.SCORED
        value = np.where(scored, self.column(found.count, np.where(found.base > 0, found.base, np.nan)), np.nan)
        return Columns(
            value=value,
            status=np.where(scored & np.isnan(value), np.int8(Status.NO_DATA), found.status),
            high=np.where(found.status == Status.NOT_APPLICABLE, 0.0, float(self.high())),
            count=found.count,
            base=found.base,
        )
