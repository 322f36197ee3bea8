"""Weights against postStratify, rake and trimWeights of the R package survey; laws and impossible targets."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from merilo.assessment.stats.weights import (
    Margin,
    MarginFault,
    UnreachableTarget,
    UnreachableTargetsError,
    describe_weights,
    design_weights,
    find_unreachable,
    post_stratify,
    rake,
    trim,
)
from tests.assessment.stats.reference import Floats, floats
from tests.assessment.stats.weighted_samples import API, REFERENCE, api_margins, made_up_margins, margin_of

CROSSED = [case for case in REFERENCE["api"] if "crossed" in case]
RAKED = [case for case in REFERENCE["api"] if "margins" in case]
MADE_UP = REFERENCE["made_up"]


def named(cases: list[Any]) -> list[str]:
    return [case["name"] for case in cases]


@pytest.mark.parametrize("case", CROSSED, ids=named(CROSSED))
def test_post_stratified_weights_agree_with_r(case: Any) -> None:
    found = post_stratify(API[case["data"]]["weight"], api_margins(case)[0])
    np.testing.assert_allclose(found, case["weights"], rtol=1e-10)


@pytest.mark.parametrize("case", RAKED, ids=named(RAKED))
def test_raked_weights_and_trimmed_ones_agree_with_r(case: Any) -> None:
    found = rake(API[case["data"]]["weight"], api_margins(case))
    assert found.converged
    np.testing.assert_allclose(found.weights, case["weights"], rtol=1e-10)
    cut = trim(case["weights"], lower=case["lower"], upper=case["upper"])
    np.testing.assert_allclose(cut, case["trimmed"], rtol=1e-10)
    assert cut.sum() == pytest.approx(sum(case["weights"]), rel=1e-12)


@pytest.mark.parametrize("case", MADE_UP, ids=named(MADE_UP))
def test_raked_weights_of_made_up_assessments_agree_with_r(case: Any) -> None:
    before = design_weights(case["stratum"], case["population"])
    np.testing.assert_allclose(before, case["before"], rtol=1e-12)
    np.testing.assert_allclose(rake(before, made_up_margins(case)).weights, case["weights"], rtol=1e-10)


def sample(seed: int, count: int = 60) -> tuple[Floats, tuple[Margin, ...]]:
    """Design weights of `count` respondents and two margins near what they add up to, everybody present."""
    rng = np.random.default_rng(seed)
    weights = rng.uniform(1, 4, count)
    first, second = (np.r_[np.arange(size), rng.integers(0, size, count - size)] for size in (2, 4))
    margins = []
    for name, codes in (("sex", first), ("age", second)):
        sums = np.bincount(codes, weights) * rng.uniform(0.6, 1.6, codes.max() + 1)
        margins.append(Margin(name, codes, 500 * sums / sums.sum()))
    return weights, tuple(margins)


@settings(max_examples=60)
@given(st.integers(0, 100_000))
def test_raking_meets_every_margin_and_keeps_the_odds_within_cells(seed: int) -> None:
    weights, margins = sample(seed)
    found = rake(weights, margins)
    assert found.converged
    assert abs(found.gap.gap) <= 1e-12 * 500
    for margin in margins:
        np.testing.assert_allclose(margin.sums(found.weights), margin.targets, rtol=1e-9)
    factor = found.weights / weights
    cells = margins[0].codes * 10 + margins[1].codes
    for cell in np.unique(cells):
        np.testing.assert_allclose(factor[cells == cell], factor[cells == cell][0], rtol=1e-12)


@settings(max_examples=60)
@given(st.integers(0, 100_000))
def test_trimming_keeps_the_margins(seed: int) -> None:
    weights, margins = sample(seed)
    loose = rake(weights, margins).weights
    upper = float(np.quantile(loose, 0.95))
    found = rake(weights, margins, lower=float(loose.min()), upper=upper)
    for margin in margins:
        np.testing.assert_allclose(margin.sums(found.weights), margin.targets, rtol=1e-9)
    assert found.trims > 0
    assert found.trimmed.any()
    assert found.converged == (not found.beyond.any())
    assert found.weights[~found.beyond].max() <= upper * (1 + 1e-9)
    assert found.weights.max() < loose.max()


def test_bounds_that_leave_no_room_are_reported_and_the_margins_hold() -> None:
    weights, margins = sample(1)
    mean = 500 / len(weights)
    found = rake(weights, margins, lower=mean * 0.99, upper=mean * 1.01)
    assert not found.converged
    assert found.beyond.any()
    np.testing.assert_allclose(margins[1].sums(found.weights), margins[1].targets, rtol=1e-9)


def test_one_margin_is_post_stratification() -> None:
    weights, margins = sample(2)
    np.testing.assert_allclose(rake(weights, margins[:1]).weights, post_stratify(weights, margins[0]), rtol=1e-14)


def test_everything_that_makes_targets_impossible_is_named_at_once() -> None:
    margins = (
        margin_of("sex", [0, 0, 1, 1], [50, 50]),
        margin_of("age", [0, 0, 2, -1], [30, 40, 0, 20]),
    )
    expected = (
        UnreachableTarget(MarginFault.UNKNOWN_CATEGORY, "age", None, 1, 90.0),
        UnreachableTarget(MarginFault.EMPTY_CATEGORY, "age", 1, 0, 40.0),
        UnreachableTarget(MarginFault.NO_RECIPIENTS, "age", 2, 1, 0.0),
        UnreachableTarget(MarginFault.EMPTY_CATEGORY, "age", 3, 0, 20.0),
        UnreachableTarget(MarginFault.TOTALS_DIFFER, "age", None, 4, 90.0),
    )
    assert find_unreachable(margins) == expected
    with pytest.raises(UnreachableTargetsError, match=r"age\[1\]: empty_category") as raised:
        rake(np.ones(4), margins)
    assert raised.value.found == expected
    with pytest.raises(UnreachableTargetsError):
        post_stratify(np.ones(4), margins[1])


def test_margins_that_contradict_each_other_say_where_they_stand() -> None:
    # All men are young and all the young are men: 60 men cannot be 40 young.
    margins = (margin_of("sex", [0, 0, 1, 1], [60, 40]), margin_of("age", [0, 0, 1, 1], [40, 60]))
    found = rake(np.ones(4), margins, most_sweeps=30)
    assert not found.converged
    assert found.sweeps == 30
    assert found.gap.margin == "sex"
    assert abs(found.gap.gap) == pytest.approx(20.0)


def test_what_weights_cost_by_hand() -> None:
    found = describe_weights([1.0, 1.0, 4.0], [False, False, True])  # mean 2, CV² = (1 + 1 + 4) / 3 / 4 = 0.5
    assert found.design_effect == pytest.approx(1.5)
    assert found.effective_size == pytest.approx(2.0)
    assert (found.smallest, found.largest) == pytest.approx((0.5, 2.0))
    assert found.trimmed_share == pytest.approx(1 / 3)
    equal = describe_weights(np.full(7, 3.2))
    assert (equal.design_effect, equal.effective_size, equal.trimmed_share) == pytest.approx((1.0, 7.0, 0.0))


def test_trimming_by_hand() -> None:
    np.testing.assert_allclose(trim([1, 2, 3, 10], upper=4), [3, 4, 5, 4])
    np.testing.assert_allclose(trim([1, 2, 3], upper=4), [1, 2, 3])


def test_design_weights_by_hand() -> None:
    np.testing.assert_allclose(design_weights([0, 2, 2], [9, 5, 7]), [9.0, 3.5, 3.5])


@pytest.mark.parametrize(
    ("does", "says"),
    [
        (lambda: rake([1, 0], ()), "numbers above 0"),
        (lambda: rake([1, 2], ()), "needs a margin"),
        (lambda: rake([1], (margin_of("sex", [0], [5]),), lower=3, upper=2), "lower bound"),
        (lambda: margin_of("sex", [0, 2], [5, 5]), "has no target"),
        (lambda: margin_of("sex", [0, 1], [5, np.nan]), "numbers of recipients"),
        (lambda: trim([5, 6], upper=4), "nobody could take over"),
        (lambda: trim([1, 1, 9], lower=8), "take away whole weights"),
        (lambda: describe_weights([]), "no weights"),
        (lambda: design_weights([0], [np.inf]), "finite populations"),
        (lambda: design_weights([0, 0], floats([1])), "larger than its population"),
    ],
)
def test_what_cannot_be(does: Any, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        does()
