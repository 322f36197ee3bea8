"""Intervals of scores: what they come down to, what they never do, and the pooled correlation."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from merilo.assessment.stats.linearisation import SampleDesign, count_together
from merilo.assessment.stats.proportions import wilson
from merilo.assessment.stats.score_intervals import (
    TAKEN_FOR_GRANTED,
    pooled_correlation,
    score_intervals,
    share_sizes,
)


def test_one_share_with_its_own_error_is_wilson_with_t() -> None:
    n, p = 24, 0.75
    error = 100 * np.sqrt(p * (1 - p) / (n - 1))  # as linearisation has it, with n − 1
    found = score_intervals(75.0, error, [100.0], [n], n - 1)
    expected = wilson(p, n - 1, degrees=n - 1)
    assert float(found.low) == pytest.approx(100 * float(expected.low))
    assert float(found.high) == pytest.approx(100 * float(expected.high))


def test_where_everybody_said_yes_the_interval_has_a_width() -> None:
    # Σ e² = 4 · (1/4)²/20 = 1/80, (Σ e)² = 1/20: at ρ = 0.2 the answers are worth 1 / (0.8/80 + 0.2/20) = 50.
    found = score_intervals(100.0, 0.0, [25.0] * 4, [20.0] * 4, 19)
    expected = wilson(1.0, 50, degrees=19)
    assert float(found.low) == pytest.approx(100 * float(expected.low))
    assert float(found.high) == 100


def test_a_part_that_is_no_sample_shifts_the_interval_and_bounds_it() -> None:
    whole = score_intervals(80.0, 4.0, [50.0, 50.0], [20.0, 20.0], 19)
    part = score_intervals(30 + 80 * 0.4, 4.0 * 0.4, [20.0, 20.0], [20.0, 20.0], 19, fixed=30.0)
    assert float(part.low) == pytest.approx(30 + 0.4 * float(whole.low))
    assert float(part.high) == pytest.approx(30 + 0.4 * float(whole.high))
    nothing_sampled = score_intervals(30.0, 0.0, [0.0], [0.0], 19, fixed=30.0)
    assert np.isnan(nothing_sampled.low)


@given(st.floats(0, 100), st.floats(0, 30), st.integers(1, 6), st.floats(1, 60))
def test_it_holds_the_score_stays_on_the_scale_and_has_a_width(
    value: float, error: float, shares: int, size: float
) -> None:
    weights = np.full(shares, 100 / shares)
    found = score_intervals(value, error, weights, np.full(shares, size), 19)
    assert -1e-9 <= found.low <= value + 1e-9
    assert value - 1e-9 <= found.high <= 100 + 1e-9
    assert found.high > found.low
    wider = score_intervals(value, error, weights, np.full(shares, size), 19, correlation=0.9)
    assert wider.high - wider.low >= found.high - found.low - 1e-9


def test_a_census_has_no_width_and_one_respondent_no_interval() -> None:
    census = score_intervals([90.0, 100.0], 0.0, [50.0, 50.0], np.inf, 19)
    np.testing.assert_array_equal(census.low, [90, 100])
    np.testing.assert_array_equal(census.high, [90, 100])
    unknown = score_intervals([90.0, np.nan], [np.nan, 3.0], [50.0, 50.0], 5.0, [0, 19])
    assert np.isnan(unknown.low).all()
    assert np.isnan(unknown.high).all()


def test_what_a_base_is_worth() -> None:
    n = np.array([[1.0, 1], [1, 0], [1, 1], [1, 0]])
    together = count_together(n, n, [0, 0, 1, 1], 2)
    endless = share_sizes(together, SampleDesign(np.full(2, np.inf)))
    np.testing.assert_allclose(endless, [[2, 1], [2, 1]])
    # Two strata of 4 and 12 recipients: weights 2 and 6, rest 1/2 and 5/6; (4 + 12)² / (2·4/2 + 2·36·5/6) = 4.
    both = share_sizes(together, SampleDesign(np.array([4.0, 12.0]), np.array([0, 0])))
    np.testing.assert_allclose(both[0], [16**2 / (4 + 60), 8**2 / (2 + 30)])
    census = share_sizes(
        count_together(n[:, :1], n[:, :1] * 0 + [[1], [1], [0], [0]], [0] * 4, 1), SampleDesign(np.array([4.0]))
    )
    assert census[0, 0] == np.inf
    nobody = share_sizes(count_together(n * 0, n * 0, [0] * 4, 1), SampleDesign(np.array([9.0])))
    np.testing.assert_array_equal(nobody, [[0, 0]])


@pytest.mark.parametrize("correlation", [0.0, 0.3, 1.0])
def test_the_pooled_correlation_is_the_one_the_errors_were_made_with(correlation: float) -> None:
    share, weights, sizes = np.array([0.6, 0.8, 0.95]), np.array([60.0, 30, 10]), np.array([20.0, 20, 9])
    parts = weights / 100 / np.sqrt(sizes)
    spread = (1 - correlation) * (parts**2).sum() + correlation * parts.sum() ** 2
    errors = 100 * np.sqrt(share * (1 - share) * spread)
    found = pooled_correlation(100 * share, errors, weights, sizes)
    assert found == pytest.approx(correlation, abs=1e-12)
    assert pooled_correlation([np.nan, *(100 * share)], [3.0, *errors], weights, sizes) == pytest.approx(
        found, abs=1e-12
    )


def test_without_two_shares_or_anything_known_there_is_nothing_to_pool() -> None:
    assert pooled_correlation([80.0], [4.0], [100.0], [20.0]) == TAKEN_FOR_GRANTED
    assert pooled_correlation([np.nan], [np.nan], [50.0, 50.0], [20.0, 20.0]) == TAKEN_FOR_GRANTED
    assert pooled_correlation([100.0], [0.0], [50.0, 50.0], [20.0, 20.0]) == TAKEN_FOR_GRANTED


def test_what_cannot_be() -> None:
    with pytest.raises(ValueError, match="not below 0"):
        score_intervals(80.0, 4.0, [120.0, -20.0], [20.0, 20.0], 19)
