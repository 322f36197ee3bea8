"""choice: points for one of a closed list of findings (995н: отсутствует 0, частично 0,5, в полном объёме 1)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

import numpy as np

from merilo.assessment.located import Reader
from merilo.assessment.methodology.formulas.formula import ReadFormula
from merilo.assessment.methodology.formulas.one_quantity import OneQuantity
from merilo.assessment.methodology.formulas.working import Floats

NO_OR_YES = (Fraction(0), Fraction(1))


@dataclass(frozen=True, slots=True)
class Choice(OneQuantity):
    """The quantity is observed as one of its options; `points` are the values the options may have."""

    points: tuple[Fraction, ...] = NO_OR_YES
    kind: ClassVar[str] = "choice"

    @classmethod
    def read(cls, reader: Reader, nested: ReadFormula) -> Choice:
        """`{kind: choice, quantity: ramp, points: [0, 0.5, 1]}`; without `points`, no and yes."""
        return cls(reader.text("quantity"), reader.numbers("points") or NO_OR_YES)

    def high(self) -> Fraction:
        """The best option."""
        return max(self.points)

    def factors(self) -> tuple[Fraction, ...]:
        """The options' points."""
        return self.points

    def attainable_values(self) -> frozenset[Fraction] | None:
        """The options' points."""
        return frozenset(self.points)

    def value(self, count: Fraction, base: Fraction | None) -> Fraction | None:
        """The points of the option observed."""
        return count if count in self.points else None

    def column(self, count: Floats, base: Floats) -> Floats:
        """The same, elementwise."""
        return np.where(np.isin(count, [float(points) for points in self.points]), count, np.nan)
