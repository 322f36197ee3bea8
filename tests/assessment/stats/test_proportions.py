"""Shares: Wilson and the pooled test against R, Newcombe against the table of his paper, and the edges."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from merilo.assessment.stats.proportions import compare_shares, effective_size, finite_size, wilson
from tests.assessment.stats.reference import opened

# Newcombe (1998), table II, method 10: successes and sizes, the interval to four digits.
NEWCOMBE = [
    ((56, 70, 48, 80), (0.0524, 0.3339)),
    ((9, 10, 3, 10), (0.1705, 0.8090)),
    ((6, 7, 2, 7), (0.0582, 0.8062)),
    ((5, 56, 0, 29), (-0.0381, 0.1926)),
    ((0, 10, 0, 20), (-0.1611, 0.2775)),
    ((0, 10, 0, 10), (-0.2775, 0.2775)),
    ((10, 10, 0, 20), (0.6791, 1.0000)),
    ((10, 10, 0, 10), (0.6075, 1.0000)),
]


def test_wilson_agrees_with_r() -> None:
    for row in opened("distributions")["wilson"]:
        found = wilson(row["x"] / row["n"], row["n"])
        assert float(found.low) == pytest.approx(row["low"], rel=1e-10, abs=1e-15)
        assert float(found.high) == pytest.approx(row["high"], rel=1e-10)


def test_the_pooled_test_agrees_with_r() -> None:
    for row in opened("distributions")["pooled"]:
        a, m, b, n = row["given"]
        found = compare_shares(a / m, m, b / n, n)
        assert float(found.z) ** 2 == pytest.approx(row["z2"], rel=1e-10)
        assert float(found.p_value) == pytest.approx(row["p"], rel=1e-10)


@pytest.mark.parametrize(("given_counts", "interval"), NEWCOMBE)
def test_newcombe_agrees_with_his_table(given_counts: tuple[int, int, int, int], interval: tuple[float, float]) -> None:
    a, m, b, n = given_counts
    found = compare_shares(a / m, m, b / n, n)
    assert (float(found.interval.low), float(found.interval.high)) == pytest.approx(interval, abs=5.1e-5)


@given(st.integers(0, 50), st.floats(0.3, 5000), st.floats(0.5, 0.999))
def test_wilson_stays_inside_holds_the_share_and_has_a_width(step: int, size: float, level: float) -> None:
    share = step / 50
    found = wilson(share, size, level=level)
    assert 0 <= found.low <= share <= found.high <= 1
    assert found.high > found.low
    larger = wilson(share, size * 2, level=level)
    assert larger.high - larger.low < found.high - found.low


def test_a_finite_population_narrows_and_a_census_knows() -> None:
    whole = wilson([0.0, 0.8, 1.0], 30)
    part = wilson([0.0, 0.8, 1.0], 30, population=60)
    census = wilson([0.0, 0.8, 1.0], 30, population=30)
    assert np.all(part.high - part.low < whole.high - whole.low)
    assert np.all(part.high > part.low)
    np.testing.assert_array_equal(census.low, [0.0, 0.8, 1.0])
    np.testing.assert_array_equal(census.high, [0.0, 0.8, 1.0])
    np.testing.assert_allclose(finite_size([10, 10, 10], [10, 19, np.inf]), [np.inf, 20.0, 10.0])


def test_nobody_asked_is_unknown() -> None:
    found = wilson([math.nan, 0.0], [0, 0])
    assert np.isnan(found.low).all()
    assert np.isnan(found.high).all()
    assert math.isnan(float(compare_shares(math.nan, 0, 0.5, 10).z))
    assert math.isnan(float(compare_shares(math.nan, 0, 0.5, 10).p_value))


def test_two_censuses_are_compared_exactly() -> None:
    found = compare_shares([0.5, 0.6, 0.5], 10, 0.5, 20, first_population=10, second_population=20)
    np.testing.assert_array_equal(found.z, [0.0, np.inf, 0.0])
    np.testing.assert_array_equal(found.p_value, [1.0, 0.0, 1.0])
    np.testing.assert_array_equal(found.interval.low, found.interval.high)


def test_equal_extreme_shares_do_not_differ() -> None:
    found = compare_shares(1.0, 20, 1.0, 24)
    assert (float(found.z), float(found.p_value)) == (0.0, 1.0)
    assert found.interval.low < 0 < found.interval.high


def test_an_effective_size_gives_back_the_error() -> None:
    assert float(effective_size(0.8, 0.05, 40)) == pytest.approx(64)
    np.testing.assert_array_equal(effective_size([0.0, 1.0, 0.5], [0.0, 0.0, 0.0], [40, 41, 42]), [40, 41, 42])


def test_what_cannot_be() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        wilson(80, 20)
    with pytest.raises(ValueError, match="larger than its population"):
        wilson(0.5, 20, population=19)
