"""mean_of_maximum: the mean rating as a share of the greatest one (Kaluga 2023: 24 of 8 × 5 → 60 %).

On a scale that starts at 1 it never falls below 100 / maximum; it is neither a share of the satisfied
(`ratio` over the best answers) nor a rescaled mean, and is never called so.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from merilo.assessment.located import Reader
from merilo.assessment.methodology.formulas.formula import ReadFormula, read_positive
from merilo.assessment.methodology.formulas.one_quantity import OneQuantity
from merilo.assessment.methodology.formulas.working import Floats


@dataclass(frozen=True, slots=True)
class MeanOfMaximum(OneQuantity):
    """The quantity sums ratings over its base; `maximum` is the greatest rating, `scale` what it is worth."""

    maximum: Fraction = Fraction(5)
    scale: Fraction = Fraction(100)
    kind: ClassVar[str] = "mean_of_maximum"

    @classmethod
    def read(cls, reader: Reader, nested: ReadFormula) -> MeanOfMaximum:
        """`{kind: mean_of_maximum, quantity: stars, maximum: 5, scale: 100}`."""
        maximum, scale = read_positive(reader, "maximum"), read_positive(reader, "scale", Fraction(100))
        return cls(reader.text("quantity"), maximum, scale)

    def high(self) -> Fraction:
        """The scale."""
        return self.scale

    def factors(self) -> tuple[Fraction, ...]:
        """The scale and the greatest rating."""
        return (self.scale, self.maximum)

    def factor(self) -> Fraction:
        """What a whole base is worth."""
        return self.scale / self.maximum

    def value(self, count: Fraction, base: Fraction | None) -> Fraction | None:
        """scale × sum / (base × maximum)."""
        return self.scale * count / (base * self.maximum) if base else None

    def column(self, count: Floats, base: Floats) -> Floats:
        """scale × sum / (base × maximum), elementwise."""
        return float(self.scale) * count / (base * float(self.maximum))
