"""Named rounding rules. Nothing else in the house rounds.

Half-up means decimal half-up on the exact value: 60.625 → 60.63 (T14), where binary floating point
and Python's `round` give 60.62.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

NEAR_TIE = 1e-9
Floats = NDArray[np.float64]


class RoundingMode(Enum):
    """What happens to the digits that are not kept."""

    HALF_UP = "half_up"
    HALF_EVEN = "half_even"
    TRUNCATE = "truncate"


class RoundingStage(Enum):
    """Which results are rounded before they are used further."""

    NONE = "none"
    INDICATOR = "indicator"
    CRITERION = "criterion"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Rounding:
    """The rounding rule of an edition.

    `stage` and `digits` say what is rounded before it is used further; `printed` is how many digits
    are shown; `mode` serves both.
    """

    stage: RoundingStage = RoundingStage.NONE
    digits: int = 2
    mode: RoundingMode = RoundingMode.HALF_UP
    printed: int = 2

    def keeps(self, stage: RoundingStage) -> bool:
        """Whether results of this stage are rounded before further use."""
        return self.stage in (RoundingStage.ALL, stage)


def round_exact(value: Fraction, digits: int, mode: RoundingMode) -> Decimal:
    """An exact value to `digits` decimal places; negative values mirror positive ones."""
    scaled = abs(value) * 10**digits
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    doubled = 2 * rest
    match mode:
        case RoundingMode.HALF_UP:
            up = doubled >= scaled.denominator
        case RoundingMode.HALF_EVEN:
            up = doubled > scaled.denominator or (doubled == scaled.denominator and whole % 2 == 1)
        case RoundingMode.TRUNCATE:
            up = False
    units = whole + up
    return Decimal(-units if value < 0 else units).scaleb(-digits)


def round_columns(values: Floats, digits: int, mode: RoundingMode, exact: Callable[[int], Fraction]) -> Floats:
    """Round a column of floats; whatever lies near a tie is settled by its exact value.

    `exact(i)` gives the exact value of row i; it is asked only where the float cannot decide: within
    1e-9 of a rounding tie, or of the next whole step when truncating. NaN stays NaN.
    """
    scaled = np.abs(values) * 10.0**digits
    floor = np.floor(scaled)
    rest = scaled - floor
    tie = 1.0 if mode is RoundingMode.TRUNCATE else 0.5
    units = floor + (0.0 if mode is RoundingMode.TRUNCATE else (rest >= 0.5))
    near = np.abs(rest - tie) <= NEAR_TIE * 10.0**digits
    if mode is RoundingMode.TRUNCATE:
        near |= (rest <= NEAR_TIE * 10.0**digits) & (rest > 0)
    rounded = np.copysign(units / 10.0**digits, values)
    for row in np.flatnonzero(near):
        rounded[row] = float(round_exact(exact(int(row)), digits, mode))
    return rounded


def round_estimates(values: Floats, digits: int) -> Floats:
    """Round errors and the ends of intervals half up, as floats: estimates have no exact value to settle a tie by."""
    return np.asarray(np.copysign(np.floor(np.abs(values) * 10.0**digits + 0.5) / 10.0**digits, values))
