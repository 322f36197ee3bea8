"""ratio: scale × count / base of one quantity (344н: 100 × У / Ч; 995н: a share of 0…1, scale 1)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from merilo.assessment.located import Reader
from merilo.assessment.methodology.formulas.formula import ReadFormula, read_positive
from merilo.assessment.methodology.formulas.one_quantity import OneQuantity
from merilo.assessment.methodology.formulas.working import Floats


@dataclass(frozen=True, slots=True)
class Ratio(OneQuantity):
    """`scale` is what a full share is worth."""

    scale: Fraction = Fraction(100)
    kind: ClassVar[str] = "ratio"

    @classmethod
    def read(cls, reader: Reader, nested: ReadFormula) -> Ratio:
        """`{kind: ratio, quantity: …, scale: 100}`."""
        return cls(reader.text("quantity"), read_positive(reader, "scale", Fraction(100)))

    def high(self) -> Fraction:
        """A full share."""
        return self.scale

    def factors(self) -> tuple[Fraction, ...]:
        """The scale."""
        return (self.scale,)

    def factor(self) -> Fraction:
        """What a whole base is worth."""
        return self.scale

    def value(self, count: Fraction, base: Fraction | None) -> Fraction | None:
        """scale × count / base."""
        return self.scale * count / base if base else None

    def column(self, count: Floats, base: Floats) -> Floats:
        """scale × count / base, elementwise."""
        return float(self.scale) * count / base
