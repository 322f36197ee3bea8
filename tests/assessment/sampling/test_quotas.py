"""Quotas add up in every row and keep to the shares over all rows."""

from __future__ import annotations

from fractions import Fraction as F

from hypothesis import given
from hypothesis import strategies as st

from merilo.assessment.sampling.quotas import divide


def test_small_rows_keep_to_the_shares_together() -> None:
    found = divide([3] * 20, [F(1, 2), F(1, 2)])
    assert [sum(column) for column in zip(*found, strict=True)] == [30, 30]
    assert set(found) == {(2, 1), (1, 2)}


def test_a_row_that_divides_evenly_is_divided_evenly() -> None:
    assert divide([10, 100, 0], [F(1, 2), F(3, 10), F(1, 5)]) == [(5, 3, 2), (50, 30, 20), (0, 0, 0)]


@given(st.lists(st.integers(0, 700), max_size=30), st.lists(st.integers(1, 40), min_size=1, max_size=5))
def test_rows_add_up_and_totals_stay_near_their_shares(sizes: list[int], parts: list[int]) -> None:
    shares = [F(part, sum(parts)) for part in parts]
    found = divide(sizes, shares)
    assert [sum(row) for row in found] == sizes
    assert all(quota >= 0 for row in found for quota in row)
    for share, column in zip(shares, zip(*found, strict=True), strict=False):
        assert abs(sum(column) - share * sum(sizes)) < len(parts)
