"""count_capped: so many points per thing found, up to a cap (344н 1.2, 2.1, 3.1, 3.2: min(T × C, 100))."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

import numpy as np

from merilo.assessment.located import Reader
from merilo.assessment.methodology.formulas.formula import ReadFormula, read_positive
from merilo.assessment.methodology.formulas.one_quantity import OneQuantity
from merilo.assessment.methodology.formulas.working import Floats


@dataclass(frozen=True, slots=True)
class CountCapped(OneQuantity):
    """`points` for each thing counted, at most `cap`."""

    points: Fraction = Fraction(1)
    cap: Fraction = Fraction(100)
    kind: ClassVar[str] = "count_capped"

    @classmethod
    def read(cls, reader: Reader, nested: ReadFormula) -> CountCapped:
        """`{kind: count_capped, quantity: remote_ways, points: 30, cap: 100}`."""
        return cls(
            reader.text("quantity"), read_positive(reader, "points"), read_positive(reader, "cap", Fraction(100))
        )

    def high(self) -> Fraction:
        """The cap."""
        return self.cap

    def factors(self) -> tuple[Fraction, ...]:
        """Points for one thing, and the cap."""
        return (self.points, self.cap)

    def attainable_values(self) -> frozenset[Fraction] | None:
        """Whole multiples of the points up to the cap, and the cap."""
        steps = range(int(self.cap / self.points) + 1)
        return frozenset({min(self.points * step, self.cap) for step in steps} | {self.cap})

    def value(self, count: Fraction, base: Fraction | None) -> Fraction | None:
        """min(points × count, cap)."""
        return min(self.points * count, self.cap)

    def column(self, count: Floats, base: Floats) -> Floats:
        """min(points × count, cap), elementwise."""
        return np.minimum(float(self.points) * count, float(self.cap))
