"""What a printed number may stand for: the interval of values that print so, rounded or cut off."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction

HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Span:
    """All values from `low` to `high`, both included."""

    low: Fraction
    high: Fraction

    def meets(self, other: Span) -> bool:
        """Whether some value lies in both."""
        return self.low <= other.high and other.low <= self.high

    def shares_more_than_an_edge(self, other: Span) -> bool:
        """Whether they have more in common than one end of an interval."""
        low, high = max(self.low, other.low), min(self.high, other.high)
        return low < high or (low == high and (self.low == self.high or other.low == other.high))

    def plus(self, other: Span) -> Span:
        """Sums of a value of each."""
        return Span(self.low + other.low, self.high + other.high)

    def times(self, factor: Fraction) -> Span:
        """Every value times a factor, which may be negative."""
        ends = (self.low * factor, self.high * factor)
        return Span(min(ends), max(ends))

    def moved(self, by: Fraction) -> Span:
        """Every value plus a constant."""
        return Span(self.low + by, self.high + by)

    def widened(self, by: Fraction) -> Span:
        """Longer at both ends."""
        return Span(self.low - by, self.high + by)

    def within(self, low: Fraction, high: Fraction) -> Span:
        """Every value brought into a range, as a score is kept on its scale."""
        return Span(min(max(self.low, low), high), min(max(self.high, low), high))

    def printed(self, decimals: int) -> tuple[Decimal, Decimal]:
        """The smallest and the largest number of so many decimals that some value in it may be printed as."""
        scale = 10**decimals
        lowest = -((HALF - self.low * scale) // 1)
        highest = (self.high * scale + HALF) // 1
        return Decimal(min(lowest, highest)).scaleb(-decimals), Decimal(highest).scaleb(-decimals)


def exactly(value: Fraction | int) -> Span:
    """The one value."""
    return Span(Fraction(value), Fraction(value))


def total(spans: list[Span]) -> Span:
    """Sums of a value of each."""
    found = exactly(0)
    for span in spans:
        found = found.plus(span)
    return found


class Reading(Enum):
    """How a printed number is taken."""

    AS_PRINTED = "as_printed"  # nothing but the digits
    ROUNDED = "rounded"  # to the nearest, ties either way
    CUT = "cut"  # digits dropped
    LOOSE = "loose"  # rounded, rounded twice, or cut: whatever is not even one of these is beyond rounding


@dataclass(frozen=True, slots=True)
class PrintedNumber:
    """A number as printed: its text, value, decimals, whether a percent sign stands after it.

    `is_exact` marks what was counted or chosen and never rounded.
    """

    text: str
    value: Fraction
    decimals: int
    percent: bool = False
    is_exact: bool = False

    @property
    def unit(self) -> Fraction:
        """One unit of the last printed digit."""
        return Fraction(1, 10**self.decimals)

    def span(self, reading: Reading = Reading.ROUNDED) -> Span:
        """The values it may stand for."""
        if self.is_exact:
            return exactly(self.value)
        half = self.unit / 2
        cut = self._cut()
        match reading:
            case Reading.AS_PRINTED:
                return exactly(self.value)
            case Reading.ROUNDED:
                return exactly(self.value).widened(half)
            case Reading.CUT:
                return cut
            case Reading.LOOSE:
                # Rounded to one digit more first, then to these: 9.445 → 9.45 → 9.5.
                twice = exactly(self.value).widened(half + self.unit / 20)
                return Span(min(twice.low, cut.low), max(twice.high, cut.high))

    def _cut(self) -> Span:
        if self.value == 0:
            return exactly(0).widened(self.unit)
        away = self.value + (self.unit if self.value > 0 else -self.unit)
        return Span(min(self.value, away), max(self.value, away))


def agrees(one: PrintedNumber, other: PrintedNumber) -> bool:
    """Whether one value can be printed both ways by one rule: equal where the decimals are equal (84.72 and
    84.7 agree, 84.72 and 84.8 do not)."""
    if one.decimals == other.decimals:
        return one.value == other.value
    return one.span().shares_more_than_an_edge(other.span())
