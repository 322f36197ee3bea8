"""Numbers as a report prints them: points with their unit, shares in percent, counts, weights."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from merilo.assessment.methodology.edition import Edition
from merilo.assessment.rounding import Rounding, RoundingMode, round_exact
from merilo.assessment.wording import NO_BREAK, Wording, plural_index

HUNDRED = Fraction(100)
LONG_NUMBER = 10_000
WEIGHT_DIGITS = 4
SMALL_DENOMINATOR = 12


@dataclass(frozen=True, slots=True)
class NumberWords:
    """Prints numbers in one language by the rounding rule in force; `unit` are the plural forms of a point."""

    wording: Wording
    rounding: Rounding
    unit: tuple[str, ...]

    def score(self, value: Fraction) -> Decimal:
        """A score rounded as scores are printed."""
        return round_exact(value, self.rounding.printed, self.rounding.mode)

    def text(self, value: Decimal) -> str:
        """A rounded number with the decimal sign of the language."""
        return self.wording.number(value)

    def score_text(self, value: Fraction) -> str:
        """A score as printed, without its unit."""
        return self.text(self.score(value))

    def points(self, value: Decimal) -> str:
        """`9,44 балла`: a printed score with its unit in the right form."""
        index = plural_index(self.wording.language, value)
        return f"{self.text(value)}{NO_BREAK}{self.unit[min(index, len(self.unit) - 1)]}"

    @property
    def unit_of_many(self) -> str:
        """The unit as a column header needs it: `баллов`."""
        return self.unit[-1]

    def percent(self, share: Fraction) -> str:
        """`44,4 %`: a share 0…1 with one decimal, rounded half up."""
        return self.percent_of(round_exact(HUNDRED * share, 1, RoundingMode.HALF_UP))

    def percent_of(self, value: Decimal) -> str:
        """A rounded number of percent with its sign."""
        return self.wording.say("REPORT-PERCENT", value=self.text(value))

    def count(self, number: int) -> str:
        """A count; groups of three digits stand apart in long ones."""
        grouped = f"{number:,}" if abs(number) >= LONG_NUMBER else str(number)
        return grouped.replace(",", NO_BREAK) if self.wording.language == "ru" else grouped

    def of(self, count: int, base: int) -> str:
        """`12 из 27 (44,4 %)`; without a share where the base is 0."""
        share = self.percent(Fraction(count, base)) if base else "–"
        return self.wording.say("REPORT-OF", count=self.count(count), base=self.count(base), share=share)

    def constant(self, value: Fraction) -> str:
        """A constant of the methodology: exact where a short decimal or a small fraction says it, else rounded."""
        rounded = round_exact(value, WEIGHT_DIGITS, RoundingMode.HALF_UP)
        if Fraction(rounded) == value:
            return self.text(_short(rounded))
        if value.denominator <= SMALL_DENOMINATOR:
            return f"{value.numerator}/{value.denominator}"
        return f"≈{NO_BREAK}{self.text(rounded)}"


def _short(value: Decimal) -> Decimal:
    """A decimal without zeros at its end, never in exponent form."""
    whole = value.to_integral_value()
    return whole.quantize(Decimal(1)) if value == whole else value.normalize()


def number_words(edition: Edition, rounding: Rounding, wording: Wording) -> NumberWords:
    """The printer of an edition's numbers. Editions name their unit in Russian; other languages say points."""
    known = edition.unit if wording.language == "ru" else ()
    return NumberWords(wording, rounding, known or tuple(wording.say("REPORT-UNIT").split("|")))
