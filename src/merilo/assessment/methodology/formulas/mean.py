"""mean: sum / base of one quantity, in its own unit (average waiting time, average number of stars)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from merilo.assessment.located import Reader
from merilo.assessment.methodology.formulas.formula import ReadFormula, read_positive
from merilo.assessment.methodology.formulas.one_quantity import OneQuantity
from merilo.assessment.methodology.formulas.working import Floats


@dataclass(frozen=True, slots=True)
class Mean(OneQuantity):
    """`maximum` is the greatest value the mean can have, in the quantity's unit."""

    maximum: Fraction = Fraction(100)
    kind: ClassVar[str] = "mean"

    @classmethod
    def read(cls, reader: Reader, nested: ReadFormula) -> Mean:
        """`{kind: mean, quantity: waiting_minutes, maximum: 480}`."""
        return cls(reader.text("quantity"), read_positive(reader, "maximum"))

    def high(self) -> Fraction:
        """The maximum."""
        return self.maximum

    def factors(self) -> tuple[Fraction, ...]:
        """None: nothing but the sum and its base goes in."""
        return ()

    def factor(self) -> Fraction:
        """What a whole base is worth."""
        return Fraction(1)

    def value(self, count: Fraction, base: Fraction | None) -> Fraction | None:
        """sum / base."""
        return count / base if base else None

    def column(self, count: Floats, base: Floats) -> Floats:
        """sum / base, elementwise."""
        return count / base
