"""What a printed number may stand for."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction as F

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merilo.assessment.recheck.printed import Reading, Span, agrees, exactly
from merilo.assessment.rounding import RoundingMode, round_exact
from tests.assessment.recheck.printed_values import number

VALUES = st.fractions(F(-200), F(200), max_denominator=10_000)
DECIMALS = st.integers(0, 3)


@given(VALUES, DECIMALS, st.sampled_from(list(RoundingMode)))
def test_a_value_lies_in_the_span_of_what_it_is_printed_as(value: F, decimals: int, mode: RoundingMode) -> None:
    printed = number(format(round_exact(value, decimals, mode), "f"))
    reading = Reading.CUT if mode is RoundingMode.TRUNCATE else Reading.ROUNDED
    assert printed.span(reading).meets(exactly(value))
    assert printed.span(Reading.LOOSE).meets(exactly(value))


@given(VALUES, st.integers(0, 2), st.sampled_from([RoundingMode.HALF_UP, RoundingMode.HALF_EVEN]))
def test_a_number_rounded_twice_is_read_loosely(value: F, decimals: int, mode: RoundingMode) -> None:
    once = F(round_exact(value, decimals + 1, mode))
    printed = number(format(round_exact(once, decimals, mode), "f"))
    assert printed.span(Reading.LOOSE).meets(exactly(value))


@given(VALUES, DECIMALS, DECIMALS)
def test_two_roundings_of_one_value_agree(value: F, first: int, second: int) -> None:
    texts = [format(round_exact(value, decimals, RoundingMode.HALF_UP), "f") for decimals in (first, second)]
    assert agrees(number(texts[0]), number(texts[1]))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("84.72", "84.7", True),
        ("84.72", "84.8", False),
        ("9.04", "9.05", False),
        ("9.80", "9.8", True),
        ("9", "9.4", True),
        ("9", "9.6", False),
        ("9.05", "9.1", True),
        ("9.05", "9.0", True),  # 9.046 is printed both ways
    ],
)
def test_what_agrees(one: str, other: str, expected: bool) -> None:
    assert agrees(number(one), number(other)) is expected
    assert agrees(number(other), number(one)) is expected


@pytest.mark.parametrize(
    ("span", "decimals", "low", "high"),
    [
        (Span(F("9.59"), F("9.69")), 2, "9.59", "9.69"),
        (exactly(F("9.645")), 2, "9.64", "9.65"),
        (exactly(F(17, 27)), 2, "0.63", "0.63"),
        (Span(F(-7, 2), F("-3.4")), 0, "-4", "-3"),
    ],
)
def test_what_a_span_may_be_printed_as(span: Span, decimals: int, low: str, high: str) -> None:
    assert span.printed(decimals) == (Decimal(low), Decimal(high))


def test_a_negative_factor_turns_a_span_round() -> None:
    assert Span(F(1), F(2)).times(F(-3)) == Span(F(-6), F(-3))


def test_what_was_counted_was_not_rounded() -> None:
    assert number("24", exact=True).span(Reading.LOOSE) == exactly(24)
    assert number("24").span() == Span(F("23.5"), F("24.5"))
