"""Words for scores, and norms met or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from merilo.assessment.methodology.edition import Grade, Norm


def grade_of(score: Decimal, grades: Sequence[Grade]) -> str:
    """The word for a printed score: the best grade whose lower bound it reaches; empty without grades."""
    exact = Fraction(score)
    reached = [grade for grade in grades if exact >= grade.lowest]
    return max(reached, key=lambda grade: grade.lowest).name if reached else ""


@dataclass(frozen=True, slots=True)
class NormCheck:
    """How many organisations meet a norm: row indexes met, not met, and without a value."""

    norm: Norm
    met: tuple[int, ...]
    not_met: tuple[int, ...]
    unknown: tuple[int, ...]


def check_norm(norm: Norm, values: Sequence[Fraction | None]) -> NormCheck:
    """One norm against one exact value per row."""
    met, not_met, unknown = [], [], []
    for row, value in enumerate(values):
        if value is None:
            unknown.append(row)
        elif norm.comparison.holds(value, norm.bound):
            met.append(row)
        else:
            not_met.append(row)
    return NormCheck(norm, tuple(met), tuple(not_met), tuple(unknown))
