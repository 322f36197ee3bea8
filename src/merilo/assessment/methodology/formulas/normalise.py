"""normalise: a value carried to the common scale between its worst and its best (391а, paragraph 33).

benefit: (k − k_worst) / (k_best − k_worst) × scale; a cost, where less is better, is the same with
best < worst. Results are kept within 0…scale.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import ClassVar

import numpy as np

from merilo.assessment.located import Reader
from merilo.assessment.methodology.formulas.formula import Formula, Item, ReadFormula, read_positive
from merilo.assessment.methodology.formulas.slopes import SampledColumns, Slopes
from merilo.assessment.methodology.formulas.working import (
    Columns,
    Evidence,
    EvidenceColumns,
    Status,
    Working,
    attainable,
)

NEAR = 1e-9


@dataclass(frozen=True, slots=True)
class Normalise:
    """The value of `of` between `worst` (0) and `best` (`scale`)."""

    of: Formula
    worst: Fraction
    best: Fraction
    scale: Fraction
    kind: ClassVar[str] = "normalise"

    @classmethod
    def read(cls, reader: Reader, nested: ReadFormula) -> Normalise:
        """`{kind: normalise, of: {…}, worst: 30, best: 0, scale: 10}`."""
        worst, best = reader.number("worst"), reader.number("best")
        if worst == best:
            reader.note("EDITION-05", reader.place("best"), worst=float(worst))
            best = worst + 1
        return cls(nested(reader, "of"), worst, best, read_positive(reader, "scale"))

    def quantities(self) -> tuple[str, ...]:
        """Those of the inner formula."""
        return self.of.quantities()

    def items(self) -> tuple[Item, ...]:
        """Those of the inner formula."""
        return self.of.items()

    def high(self) -> Fraction:
        """The scale."""
        return self.scale

    def attainable_values(self) -> frozenset[Fraction] | None:
        """The inner formula's values, carried over."""
        inner = self.of.attainable_values()
        return None if inner is None else frozenset(self.carry(value) for value in inner)

    def carry(self, value: Fraction) -> Fraction:
        """One value carried to the scale."""
        carried = (value - self.worst) / (self.best - self.worst) * self.scale
        return min(max(carried, Fraction(0)), self.scale)

    def exact(self, evidence: Evidence) -> Working:
        """The carried value."""
        inner = self.of.exact(evidence)
        value = None if inner.value is None else self.carry(inner.value)
        high, factors = attainable(inner.status, self.scale), (self.worst, self.best, self.scale)
        return Working(self.kind, inner.status, value, high, parts=(("", inner),), factors=factors)

    def columns(self, evidence: EvidenceColumns) -> Columns:
        """The same, elementwise."""
        inner = self.of.columns(evidence)
        carried = (inner.value - float(self.worst)) / float(self.best - self.worst) * float(self.scale)
        return replace(
            inner,
            value=np.clip(carried, 0.0, float(self.scale)),
            high=np.where(inner.status == Status.NOT_APPLICABLE, 0.0, float(self.scale)),
        )

    def slopes(self, sample: SampledColumns) -> Slopes:
        """Those of the inner formula, carried over; none beyond the worst and the best value, where nothing moves."""
        inner = self.of.columns(sample).value
        low, high = sorted((float(self.worst), float(self.best)))
        inside = (inner >= low - NEAR) & (inner <= high + NEAR)
        return self.of.slopes(sample).scaled(np.where(inside, float(self.scale / (self.best - self.worst)), 0.0))
