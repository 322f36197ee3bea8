"""One subject over many organisations: mean, highest, lowest, how many above the mean and near it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from merilo.assessment.rounding import RoundingMode, round_exact

NEAR = Fraction(5, 100)


@dataclass(frozen=True, slots=True)
class Summary:
    """`exact` and `printed` hold the rows that have a value, in their order; `missing` the rest. The mean is
    the plain mean of exact values, and rows are compared with it exactly, not as printed."""

    exact: Mapping[int, Fraction]
    printed: Mapping[int, Decimal]
    missing: tuple[int, ...]
    mean: Fraction
    mean_printed: Decimal

    @property
    def size(self) -> int:
        """How many rows have a value."""
        return len(self.exact)

    @property
    def is_level(self) -> bool:
        """Whether all values are printed alike."""
        return len(set(self.printed.values())) == 1

    @property
    def best(self) -> Decimal:
        """The highest printed value."""
        return max(self.printed.values())

    @property
    def worst(self) -> Decimal:
        """The lowest printed value."""
        return min(self.printed.values())

    def printed_as(self, value: Decimal) -> tuple[int, ...]:
        """The rows printed with this value."""
        return tuple(row for row, printed in self.printed.items() if printed == value)

    @property
    def above(self) -> int:
        """How many rows lie above the mean."""
        return sum(value > self.mean for value in self.exact.values())

    @property
    def near(self) -> int:
        """How many rows differ from the mean by at most 5 % of it."""
        return sum(abs(value - self.mean) <= NEAR * abs(self.mean) for value in self.exact.values())

    def descending(self) -> list[int]:
        """The rows with a value from the highest to the lowest; equal ones keep their order."""
        return sorted(self.exact, key=lambda row: -self.exact[row])


def summarise(values: Mapping[int, Fraction | None], digits: int, mode: RoundingMode) -> Summary:
    """The summary of a value per row, None where a row has none; the mean of nothing is 0."""
    exact = {row: value for row, value in values.items() if value is not None}
    missing = tuple(row for row, value in values.items() if value is None)
    mean = sum(exact.values(), Fraction(0)) / len(exact) if exact else Fraction(0)
    printed = {row: round_exact(value, digits, mode) for row, value in exact.items()}
    return Summary(exact, printed, missing, mean, round_exact(mean, digits, mode))
