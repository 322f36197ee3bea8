"""Words for scores, and norms met or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import numpy as np

from merilo.assessment.methodology.edition import Grade, Norm
from merilo.assessment.methodology.formulas.working import Flags, Floats, Status, Statuses


def grade_of(score: Decimal, grades: Sequence[Grade]) -> str:
    """The word for a printed score: the best grade whose lower bound it reaches; empty without grades."""
    exact = Fraction(score)
    reached = [grade for grade in grades if exact >= grade.lowest]
    return max(reached, key=lambda grade: grade.lowest).name if reached else ""


@dataclass(frozen=True, slots=True)
class NormCheck:
    """How many organisations meet a norm: row indexes met, not met, and without a value though the norm is
    for them; those it is not for are in none."""

    norm: Norm
    met: tuple[int, ...]
    not_met: tuple[int, ...]
    unknown: tuple[int, ...]


def check_norm(norm: Norm, values: Floats, status: Statuses) -> NormCheck:
    """One norm against one value per row, NaN where there is none."""
    holds, without = norm.comparison.holds(values, norm.bound), np.isnan(values)
    unknown = without & (status != Status.NOT_APPLICABLE)
    return NormCheck(norm, _rows(holds), _rows(~holds & ~without), _rows(unknown))


def _rows(flags: Flags) -> tuple[int, ...]:
    return tuple(int(row) for row in np.flatnonzero(flags))
