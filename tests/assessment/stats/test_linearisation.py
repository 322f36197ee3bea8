"""Standard errors of combinations of shares against the R package survey, and what must hold for any answers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from merilo.assessment.stats.linearisation import (
    CoOccurrence,
    Linearised,
    SampleDesign,
    answered,
    count_together,
    linearise,
    renormalise,
)
from tests.assessment.stats.reference import Floats, floats, opened

CASES = opened("linearisation")


def computed(case: Any) -> Linearised:
    population = floats(case["population"])
    strata = np.asarray(case["stratum"])
    together = count_together(case["y"], case["n"], strata, len(population))
    design = SampleDesign(population, np.zeros(len(population), np.int64), floats(case["weight"]))
    return linearise(together, case["coefficients"], design)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_estimates_and_errors_agree_with_r(case: Any) -> None:
    found = computed(case)
    np.testing.assert_allclose(found.shares[0], case["shares"], rtol=1e-10)
    np.testing.assert_allclose(found.share_errors[0], case["share_errors"], rtol=1e-10)
    np.testing.assert_allclose(found.values[0], case["values"], rtol=1e-10)
    np.testing.assert_allclose(found.errors[0], case["errors"], rtol=1e-10)


def test_default_weights_are_population_by_respondents() -> None:
    case = next(case for case in CASES if case["name"] == "made up 3")
    population = floats(case["population"])
    together = count_together(case["y"], case["n"], case["stratum"], len(population))
    found = linearise(together, case["coefficients"], SampleDesign(population, np.zeros(len(population), np.int64)))
    np.testing.assert_allclose(found.errors[0], case["errors"], rtol=1e-10)


def answers(seed: int, sizes: list[int], shares: int = 4) -> tuple[Floats, Floats, NDArray[np.int64]]:
    rng = np.random.default_rng(seed)
    strata = np.repeat(np.arange(len(sizes)), sizes)
    base = (rng.random((len(strata), shares)) < 0.8).astype(np.float64)
    return (rng.random((len(strata), shares)) < 0.7) * base, base, strata


def by_influence(y: Floats, n: Floats, weights: Floats, population: float) -> float:
    """The formula as it is written in the module, one respondent at a time."""
    size, variance = len(y), 0.0
    ratio = y.sum(axis=0) / n.sum(axis=0)
    for i in range(size):
        z = sum(weights[q] * (y[i, q] - ratio[q] * n[i, q]) / (n[:, q].sum() / size) for q in range(len(weights)))
        variance += z * z
    return float(np.sqrt((1 - size / population) / (size * (size - 1)) * variance))


def test_errors_are_those_of_the_formula() -> None:
    y, n, strata = answers(1, [20, 31])
    weights = np.array([10.0, 20.0, 30.0, 40.0])
    found = linearise(count_together(y, n, strata, 2), [weights], SampleDesign(np.array([50.0, np.inf])))
    for h, population in enumerate((50.0, np.inf)):
        own = strata == h
        assert found.errors[h, 0] == pytest.approx(by_influence(y[own], n[own], weights, population), rel=1e-12)


def test_strata_of_their_own_and_blocks_of_them_agree_with_one_at_a_time() -> None:
    sizes = [3] * 5000
    y, n, strata = answers(2, sizes, 2)
    together = count_together(y, n, strata, len(sizes))
    design = SampleDesign(np.full(len(sizes), 9.0))
    weights = renormalise([60.0, 40.0], answered(together, design)[:, None, :])
    whole = linearise(together, weights, design)
    last = linearise(together.part(slice(4999, 5000)), weights[4999:], SampleDesign(np.full(1, 9.0)))
    np.testing.assert_array_equal(whole.errors[4999], last.errors[0])


@given(st.integers(0, 10_000))
def test_raw_answers_in_any_order_and_added_counts_are_identical(seed: int) -> None:
    y, n, strata = answers(seed, [9, 14, 5])
    design = SampleDesign(np.array([30.0, 14.0, 80.0]), np.array([0, 0, 1]))
    whole = count_together(y, n, strata, 3)
    order = np.random.default_rng(seed).permutation(len(y))
    half = len(order) // 2
    one, other = (count_together(y[part], n[part], strata[part], 3) for part in (order[:half], order[half:]))
    added = CoOccurrence(one.sizes + other.sizes, one.totals + other.totals, one.products + other.products)
    coefficients = np.where(answered(whole, design)[:, None, :], [[10.0, 20.0, 30.0, 40.0]], 0.0)
    found, again = linearise(whole, coefficients, design), linearise(added, coefficients, design)
    np.testing.assert_array_equal(found.errors, again.errors)
    np.testing.assert_array_equal(found.values, again.values)
    np.testing.assert_array_equal(found.share_errors, again.share_errors)


def test_shares_of_nought_and_of_all_have_no_error_at_all() -> None:
    n = np.ones((20, 3))
    y = np.stack([np.ones(20), np.zeros(20), np.arange(20) % 3 == 0], axis=1).astype(np.float64)
    found = linearise(count_together(y, n, np.zeros(20), 1), [[70.0, 30.0, 0.0]], SampleDesign(np.array([np.inf])))
    assert found.errors[0, 0] == found.share_errors[0, 0] == found.share_errors[0, 1] == 0
    assert found.share_errors[0, 2] > 0


def test_a_census_has_no_error_and_a_single_respondent_an_unknown_one() -> None:
    y, n, strata = answers(3, [12, 1, 1])
    n[:], y[12:] = 1.0, 1.0
    found = linearise(count_together(y, n, strata, 3), [[1.0] * 4], SampleDesign(np.array([12.0, 40.0, 1.0])))
    assert found.errors[0, 0] == found.errors[2, 0] == 0
    assert np.isnan(found.errors[1, 0])


def test_a_stratum_of_nobody_adds_nothing() -> None:
    y, n, strata = answers(3, [12, 0])
    design = SampleDesign(np.array([40.0, 0.0]), np.array([0, 0]))
    found = linearise(count_together(y, n, strata, 2), [[1.0] * 4], design)
    alone = linearise(count_together(y, n, strata, 1), [[1.0] * 4], SampleDesign(np.array([40.0])))
    np.testing.assert_allclose(found.errors, alone.errors, rtol=1e-12)


def test_a_share_without_answers_is_dropped_or_unknown_but_never_nought() -> None:
    y, n, strata = answers(4, [25])
    y[:, 1] = n[:, 1] = 0
    together, design = count_together(y, n, strata, 1), SampleDesign(np.array([90.0]))
    weights = np.array([10.0, 20.0, 30.0, 40.0])
    kept = renormalise(weights, answered(together, design))
    np.testing.assert_allclose(kept, [[12.5, 0.0, 37.5, 50.0]])
    found = linearise(together, [weights, kept[0]], design)
    assert np.isnan(found.shares[0, 1])
    assert np.isnan(found.share_errors[0, 1])
    assert np.isnan(found.values[0, 0])
    assert np.isnan(found.errors[0, 0])
    rest = [0, 2, 3]
    assert found.errors[0, 1] == pytest.approx(by_influence(y[:, rest], n[:, rest], kept[0][rest], 90.0), rel=1e-12)


def test_renormalising_keeps_the_sum_and_full_weights_untouched() -> None:
    np.testing.assert_array_equal(renormalise([0.1, 0.2, 0.7], [True, True, True]), [0.1, 0.2, 0.7])
    np.testing.assert_array_equal(renormalise([1.0, 3.0], [False, False]), [0.0, 0.0])
    assert renormalise([0.3, 0.3, 0.4], [True, False, True]).sum() == pytest.approx(1.0)


def test_what_cannot_be() -> None:
    y, n, strata = answers(5, [6, 6])
    together = count_together(y, n, strata, 2)
    with pytest.raises(ValueError, match="larger than its population"):
        linearise(together, [[1.0] * 4], SampleDesign(np.array([5.0, 9.0])))
    with pytest.raises(ValueError, match="inf, not NaN"):
        SampleDesign(np.array([np.nan]))
    with pytest.raises(ValueError, match="one entry per stratum"):
        SampleDesign(np.array([9.0, 9.0]), np.array([0]))
    with pytest.raises(ValueError, match="need weights"):
        linearise(together, [[1.0] * 4], SampleDesign(np.array([np.inf, 9.0]), np.array([0, 0])))
    with pytest.raises(ValueError, match="do not fit"):
        CoOccurrence(np.ones(2), np.ones((2, 3)), np.ones((2, 3, 3)))
