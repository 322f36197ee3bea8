"""rate_per_100: so many of one thing per hundred of another (complaints per 100 recipients); it may exceed 100."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from merilo.assessment.located import Reader
from merilo.assessment.methodology.formulas.formula import ReadFormula
from merilo.assessment.methodology.formulas.one_quantity import OneQuantity
from merilo.assessment.methodology.formulas.working import Floats

HUNDRED = Fraction(100)


@dataclass(frozen=True, slots=True)
class RatePer100(OneQuantity):
    """`quantity` counts the one thing, its base is the other."""

    kind: ClassVar[str] = "rate_per_100"

    @classmethod
    def read(cls, reader: Reader, nested: ReadFormula) -> RatePer100:
        """`{kind: rate_per_100, quantity: complaints}`."""
        return cls(reader.text("quantity"))

    def high(self) -> Fraction:
        """A rate has no bound of its own; 100 stands for one each."""
        return HUNDRED

    def factors(self) -> tuple[Fraction, ...]:
        """One hundred."""
        return (HUNDRED,)

    def factor(self) -> Fraction:
        """What a whole base is worth."""
        return HUNDRED

    def value(self, count: Fraction, base: Fraction | None) -> Fraction | None:
        """100 × count / base."""
        return HUNDRED * count / base if base else None

    def column(self, count: Floats, base: Floats) -> Floats:
        """100 × count / base, elementwise."""
        return 100.0 * count / base
