"""Named rounding rules (T14, T26), exact and in columns."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction as F

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from merilo.assessment.rounding import RoundingMode, round_columns, round_exact

UP, EVEN, CUT = RoundingMode.HALF_UP, RoundingMode.HALF_EVEN, RoundingMode.TRUNCATE


@pytest.mark.parametrize(
    ("value", "digits", "mode", "printed"),
    [
        (F(97, 160) * 100, 2, UP, "60.63"),
        (F(97, 160) * 100, 2, EVEN, "60.62"),
        (F(53, 61) * 100, 2, UP, "86.89"),
        (F(53, 61) * 100, 2, CUT, "86.88"),
        (F(5, 2), 0, EVEN, "2"),
        (F(7, 2), 0, EVEN, "4"),
        (F(-5, 2), 0, UP, "-3"),
        (F(100), 2, UP, "100.00"),
        (F(0), 1, UP, "0.0"),
    ],
)
def test_a_value_is_rounded_by_the_named_rule(value: F, digits: int, mode: RoundingMode, printed: str) -> None:
    assert round_exact(value, digits, mode) == Decimal(printed)


@given(
    st.lists(st.tuples(st.integers(0, 2000), st.integers(1, 2000)), min_size=1, max_size=50),
    st.sampled_from([0, 1, 2, 4]),
    st.sampled_from(list(RoundingMode)),
)
def test_columns_are_rounded_as_exact_values_are(
    shares: list[tuple[int, int]], digits: int, mode: RoundingMode
) -> None:
    exact = [100 * F(min(count, base), base) for count, base in shares]
    columns = round_columns(np.array([float(value) for value in exact]), digits, mode, lambda row: exact[row])
    assert [Decimal(repr(float(value))) for value in columns] == [
        Decimal(repr(float(round_exact(value, digits, mode)))) for value in exact
    ]


def test_no_value_stays_no_value() -> None:
    assert np.isnan(round_columns(np.array([np.nan]), 2, UP, lambda _row: F(0))[0])
