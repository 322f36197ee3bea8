"""Change between waves against R's t.test and p.adjust, the words that may be written, and the edges."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from merilo.assessment.stats.change import (
    Adjustment,
    Changes,
    ChangeVerdict,
    WaveEstimates,
    compare_share_waves,
    compare_waves,
    floor_error,
)
from merilo.assessment.stats.multiple_tests import holm
from merilo.assessment.stats.proportions import compare_shares
from tests.assessment.stats.reference import opened

ROSE, FELL, WITHIN, NOT, EXACT = ChangeVerdict
INF, NAN = np.inf, np.nan


def wave(values: Any, errors: Any, degrees: Any) -> WaveEstimates:
    return WaveEstimates(*(np.asarray(one, dtype=np.float64) for one in (values, errors, degrees)))


@pytest.mark.parametrize("row", opened("distributions")["welch"])
def test_welch_agrees_with_r(row: Any) -> None:
    earlier, later = (
        wave(np.mean(x), np.std(x, ddof=1) / np.sqrt(len(x)), len(x) - 1) for x in (row["earlier"], row["later"])
    )
    found = compare_waves(earlier, later)
    numbers = (found.statistic, found.degrees, found.p_value, found.interval.low, found.interval.high)
    np.testing.assert_allclose(numbers, [row[name] for name in ("t", "degrees", "p", "low", "high")], rtol=1e-10)


def test_holm_agrees_with_r() -> None:
    row = opened("distributions")["holm"]
    np.testing.assert_allclose(holm(row["p"]), row["adjusted"], rtol=1e-12)
    np.testing.assert_allclose(holm([[0.04, NAN], [0.01, 0.9]]), [[0.08, NAN], [0.03, 0.9]])


@pytest.mark.parametrize(
    ("earlier", "later", "verdict"),
    [
        ((80, 2, 20), (88, 2, 20), ROSE),
        ((88, 2, 20), (80, 2, 20), FELL),
        ((80, 2, 20), (84, 2, 20), WITHIN),
        ((80, 0, INF), (84, 0, INF), EXACT),  # two checklists
        ((80, 0, INF), (80, 0, INF), EXACT),
        ((80, 0, INF), (86, 2, 20), ROSE),  # a census, then a sample: t with 20 degrees of freedom
        ((80, 0, INF), (84, 2, 20), WITHIN),
        ((80, 2, INF), (86, 2, INF), ROSE),
        ((NAN, 2, 20), (80, 2, 20), NOT),
        ((80, 2, 20), (60, NAN, 0), NOT),  # one respondent of several: no error
        ((80, 2, 20), (60, 0, 0), NOT),
        ((100, 0, 19), (95, 2, 19), WITHIN),  # all twenty said yes: by its error of 0 it would have fallen
        ((100, 0, 19), (80, 4, 19), FELL),
        ((100, 0, 19), (100, 0, 23), WITHIN),
    ],
)
def test_words(earlier: tuple[float, ...], later: tuple[float, ...], verdict: ChangeVerdict) -> None:
    assert compare_waves(wave(*earlier), wave(*later)).verdicts == (verdict,)


def test_a_census_then_a_sample_has_the_degrees_of_the_sample() -> None:
    found = compare_waves(wave(80, 0, INF), wave(86, 2, 20))
    assert float(found.degrees) == 20
    assert float(found.statistic) == 3


def test_exact_changes_are_points_and_do_not_count_for_holm() -> None:
    earlier = wave([80, 80, 80, 80], [0, 0, 2, 2], [INF, INF, 20, 20])
    later = wave([84, 80, 87, 80], [0, 0, 2, 2], [INF, INF, 20, 20])
    plain = compare_waves(earlier, later)
    found = compare_waves(earlier, later, adjustment=Adjustment.HOLM)
    np.testing.assert_array_equal(found.interval.low[:2], [4, 0])
    np.testing.assert_array_equal(found.interval.high[:2], [4, 0])
    np.testing.assert_array_equal(found.p_value[:2], [0, 1])
    np.testing.assert_allclose(found.p_value[2:], [2 * plain.p_value[2], 1])


def test_many_indicators_take_a_rise_away() -> None:
    earlier, later = wave(np.full(10, 80.0), 2, 20), wave([86.5, *[80.0] * 9], 2, 20)
    assert compare_waves(earlier, later).verdicts[0] is ROSE
    assert compare_waves(earlier, later, adjustment=Adjustment.HOLM).verdicts[0] is WITHIN


def test_a_changed_methodology_is_not_compared() -> None:
    found = compare_waves(wave([80, 80], 2, 20), wave([60, 60], 2, 20), comparable=[False, True])
    assert found.verdicts == (NOT, FELL)
    for numbers in (found.difference, found.errors, found.interval.low, found.statistic, found.p_value):
        assert np.isnan(numbers[0])
        assert np.isfinite(numbers[1])


def test_an_error_of_nought_is_replaced_and_said_to_be() -> None:
    found = compare_waves(wave([100, 90], [0, 3], 19), wave([95, 95], [2, 2], 19))
    assert found.floored.tolist() == [True, False]
    # p̃ = 22/24 of twenty: 100 √(0.9167 · 0.0833 / 20)
    assert float(floor_error(100, 20)) == pytest.approx(100 * np.sqrt(22 / 24 * 2 / 24 / 20))
    assert float(found.errors[0]) == pytest.approx(np.hypot(float(floor_error(100, 20)), 2))
    assert float(floor_error(10, 20, (0, 10))) == pytest.approx(float(floor_error(100, 20)) / 10)


def test_no_difference_leaves_the_scale() -> None:
    found = compare_waves(wave(2, 30, 3), wave(99, 30, 3))
    assert float(found.interval.high) == 100


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0.1, 20), st.floats(0.5, 90)), min_size=2, max_size=2))
def test_turning_time_round_turns_the_change_round(waves: list[tuple[float, float, float]]) -> None:
    one, other = (wave(*numbers) for numbers in waves)
    there, back = compare_waves(one, other), compare_waves(other, one)
    assert there.difference == -back.difference
    assert there.p_value == back.p_value
    assert there.interval.low == -back.interval.high
    assert {there.verdicts[0], back.verdicts[0]} in ({ROSE, FELL}, {WITHIN})
    assert (there.verdicts[0] is WITHIN) == bool(there.interval.low <= 0 <= there.interval.high)


def shares(first: Any, size: Any, second: Any, other: Any, **more: Any) -> Changes:
    return compare_share_waves(first, size, second, other, **more)


def test_shares_have_the_interval_of_newcombe_and_the_pooled_test() -> None:
    found, known = shares(0.6, 80, 0.8, 70), compare_shares(0.8, 70, 0.6, 80)
    assert found.interval == known.interval
    assert found.p_value == known.p_value
    assert found.verdicts == (ROSE,)
    assert shares(0.8, 70, 0.6, 80).verdicts == (FELL,)


@pytest.mark.parametrize(
    ("first", "size", "second", "other", "more", "verdict"),
    [
        (1.0, 20, 0.9, 20, {}, WITHIN),
        (1.0, 20, 0.9, 20, {"earlier_population": 20, "later_population": 20}, EXACT),
        (1.0, 20, 0.9, 20, {"earlier_population": 20, "later_population": 60}, FELL),  # two who say no refute "all"
        (1.0, 400, 0.9, 500, {}, FELL),
        (NAN, 0, 0.9, 20, {}, NOT),
        (0.9, 20, 0.9, 20, {"comparable": False}, NOT),
        (1.0, 20, 1.0, 24, {}, WITHIN),
    ],
)
def test_words_for_shares(
    first: float, size: int, second: float, other: int, more: Any, verdict: ChangeVerdict
) -> None:
    assert shares(first, size, second, other, **more).verdicts == (verdict,)


def test_test_and_interval_of_shares_never_disagree_with_the_word() -> None:
    x, y = np.meshgrid(np.arange(21), np.arange(24))
    found = shares(x / 20, 20, y / 23, 23)
    for verdict, low, high, p in zip(
        found.verdicts, found.interval.low.ravel(), found.interval.high.ravel(), found.p_value.ravel(), strict=True
    ):
        assert (verdict is WITHIN) == bool(low <= 0 <= high or p >= 0.05)


def test_what_cannot_be() -> None:
    with pytest.raises(ValueError, match="not below 0"):
        wave(80, -1, 20)
    with pytest.raises(ValueError, match="shape mismatch"):
        wave([80, 80], [1, 1, 1], 20)
