"""Standard errors under post-stratified and raked weights against the R package survey, and what they must obey."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from merilo.assessment.stats.calibration import (
    CalibratedSample,
    ResidualRule,
    calibration_residuals,
    linearise_calibrated,
)
from merilo.assessment.stats.linearisation import Linearised, SampleDesign, count_together, linearise
from merilo.assessment.stats.weights import design_weights, post_stratify, rake
from tests.assessment.stats.reference import floats, opened
from tests.assessment.stats.weighted_samples import (
    API,
    REFERENCE,
    api_answers,
    api_margins,
    made_up_margins,
    margin_of,
    whole_numbers,
)

CASES, MADE_UP = REFERENCE["api"], REFERENCE["made_up"]
RULES = {"design_errors": ResidualRule.DESIGN_WEIGHTS, "errors": ResidualRule.SWEEPS_AS_IN_R}


def api_sample(case: Any) -> CalibratedSample:
    data, margins, before = API[case["data"]], api_margins(case), floats(API[case["data"]]["weight"])
    weights = rake(before, margins).weights if margins else before
    if case["data"] == "apistrat":
        stratum = whole_numbers(data["stratum"])
        return CalibratedSample(weights, before, margins, stratum, populations_of(data, stratum))
    nought = np.zeros(len(before), np.int64)
    return CalibratedSample(
        weights, before, margins, nought, populations_of(data, nought), whole_numbers(data["cluster"])
    )


def populations_of(data: Any, stratum: Any) -> Any:
    return np.array([data["population"][int(np.flatnonzero(stratum == h)[0])] for h in range(max(stratum) + 1)])


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_api_estimates_and_errors_agree_with_r(case: Any) -> None:
    y, n = api_answers(API[case["data"]])
    # After postStratify and by design R has one error, after raking one by each rule.
    rules = RULES if "design_errors" in case else {"errors": ResidualRule.DESIGN_WEIGHTS}
    for errors, rule in rules.items():
        found = linearise_calibrated(y, n, np.eye(4), api_sample(case), rule=rule)
        np.testing.assert_allclose(found.shares[0], case["values"], rtol=1e-10)
        np.testing.assert_allclose(found.share_errors[0], case[errors], rtol=1e-10)
        np.testing.assert_allclose(found.errors[0], case[errors], rtol=1e-10)


def test_clusters_by_their_totals_agree_with_r() -> None:
    """One-stage clusters are units of which each brings totals: the plain linearisation knows them too."""
    case = next(case for case in CASES if case["name"] == "apiclus1 by design")
    data = API["apiclus1"]
    y, n = api_answers(data)
    same = np.eye(max(data["cluster"]) + 1)[data["cluster"]].T
    design = SampleDesign(floats(data["population"][:1]))
    together = count_together(same @ y, same @ n, np.zeros(len(same), np.int64), 1)
    found = linearise(together, np.eye(4), design)
    np.testing.assert_allclose(found.values[0], case["values"], rtol=1e-10)
    np.testing.assert_allclose(found.errors[0], case["errors"], rtol=1e-10)


def test_domains_of_a_stratified_sample_agree_with_r() -> None:
    case = next(case for case in CASES if case["name"] == "apistrat by design")
    sample, (y, n) = api_sample(case), api_answers(API["apistrat"])
    together = count_together(y, n, sample.strata, 3)
    weights = np.array([sample.weights[sample.strata == h][0] for h in range(3)])  # the file rounds them
    found = linearise(together, np.eye(4), SampleDesign(sample.populations, np.zeros(3, np.int64), weights))
    np.testing.assert_allclose(found.values[0], case["values"], rtol=1e-10)
    np.testing.assert_allclose(found.errors[0], case["errors"], rtol=1e-10)


def made_up_sample(case: Any, margins: bool = True) -> CalibratedSample:
    before = design_weights(case["stratum"], case["population"])
    own = made_up_margins(case) if margins else ()
    weights = rake(before, own).weights if margins else before
    return CalibratedSample(weights, before, own, whole_numbers(case["stratum"]), floats(case["population"]))


@pytest.mark.parametrize("case", MADE_UP, ids=[case["name"] for case in MADE_UP])
@pytest.mark.parametrize(
    ("rule", "key"), [(ResidualRule.DESIGN_WEIGHTS, "calibrated"), (ResidualRule.SWEEPS_AS_IN_R, "raked")]
)
def test_combinations_of_ratios_agree_with_r(case: Any, rule: ResidualRule, key: str) -> None:
    found = linearise_calibrated(case["y"], case["n"], case["coefficients"], made_up_sample(case), rule=rule)
    assert_same(found, case[key])


def assert_same(found: Linearised, expected: Any) -> None:
    for name in ("shares", "share_errors", "values", "errors"):
        np.testing.assert_allclose(getattr(found, name)[0], expected[name], rtol=1e-10)


@pytest.mark.parametrize("case", opened("linearisation"), ids=lambda case: case["name"])
def test_without_margins_it_is_the_linearisation(case: Any) -> None:
    strata, populations = whole_numbers(case["stratum"]), floats(case["population"])
    weights = floats(case["weight"])[strata]
    sample = CalibratedSample(weights, weights, (), strata, populations)
    assert_same(linearise_calibrated(case["y"], case["n"], case["coefficients"], sample), case)


def test_what_the_margins_say_has_no_error_left() -> None:
    case = MADE_UP[0]
    women = floats(case["sex"])[:, None]
    for rule in ResidualRule:
        found = linearise_calibrated(women, np.ones_like(women), [[100.0]], made_up_sample(case), rule=rule)
        assert found.values[0, 0] == pytest.approx(100 * case["targets"][0][1] / sum(case["targets"][0]), rel=1e-10)
        assert found.errors[0, 0] < 1e-6


def test_both_rules_agree_under_equal_weights() -> None:
    rng = np.random.default_rng(5)
    codes = rng.integers(0, 3, 90)
    margins = (margin_of("age", codes, [300, 200, 400]), margin_of("sex", rng.integers(0, 2, 90), [500, 400]))
    before = np.full(90, 10.0)
    sample = CalibratedSample(rake(before, margins).weights, before, margins, np.zeros(90, np.int64), np.array([900.0]))
    y = rng.random((90, 2))
    by_design, as_in_r = (calibration_residuals(y, sample, rule) for rule in ResidualRule)
    np.testing.assert_allclose(by_design, as_in_r, atol=1e-9)


def test_post_stratification_by_hand() -> None:
    """Cochran: the residual of a mean is the distance from the mean of the post-stratum."""
    y = np.array([1.0, 0, 1, 1, 0, 1])[:, None]
    margin = margin_of("age", [0, 0, 0, 0, 1, 1], [30, 30])
    before = np.full(6, 10.0)
    weights = post_stratify(before, margin)
    sample = CalibratedSample(weights, before, (margin,), np.zeros(6, np.int64), np.array([60.0]))
    found = linearise_calibrated(y, np.ones((6, 1)), [[1.0]], sample)
    assert found.values[0, 0] == pytest.approx(0.5 * 0.75 + 0.5 * 0.5)
    residual = weights / 60 * np.array([0.25, -0.75, 0.25, 0.25, -0.5, 0.5])
    assert found.errors[0, 0] == pytest.approx(np.sqrt((1 - 6 / 60) * 6 / 5 * (residual**2).sum()))


def test_a_share_of_nobody_is_unknown_and_a_census_has_no_error() -> None:
    strata, ones = np.array([0, 0, 0]), np.ones(3)
    sample = CalibratedSample(ones, ones, (), strata, np.array([3.0]))
    y, n = np.array([[1.0, 0], [0, 0], [1, 0]]), np.array([[1.0, 0], [1, 0], [1, 0]])
    found = linearise_calibrated(y, n, [[1.0, 0.0], [0.5, 0.5]], sample)
    assert found.errors[0, 0] == 0
    assert np.isnan(found.values[0, 1])
    assert np.isnan(found.errors[0, 1])
    assert np.isnan(found.shares[0, 1])
    alone = CalibratedSample(ones[:1], ones[:1], (), strata[:1], np.array([9.0]))
    assert np.isnan(linearise_calibrated(y[:1], n[:1], [[1.0, 0.0]], alone).errors[0, 0])


def test_what_cannot_be() -> None:
    ones, strata = np.ones(4), np.array([0, 0, 1, 1])
    with pytest.raises(ValueError, match="one entry per respondent"):
        CalibratedSample(ones, ones, (), strata[:3], np.array([9.0, 9.0]))
    split = CalibratedSample(ones, ones, (), strata, np.array([9.0, 9.0]), np.array([0, 1, 1, 2]))
    with pytest.raises(ValueError, match="lies in one stratum"):
        linearise_calibrated(ones[:, None], ones[:, None], [[1.0]], split)
    small = CalibratedSample(ones, ones, (), strata, np.array([1.0, 9.0]))
    with pytest.raises(ValueError, match="larger than its population"):
        linearise_calibrated(ones[:, None], ones[:, None], [[1.0]], small)


@pytest.mark.parametrize("sizes", [(4,), (3, 5), (2, 3, 4), (3, 3, 9)])
def test_residuals_are_those_of_least_squares_on_indicators(sizes: tuple[int, ...]) -> None:
    """Also where one margin is two others crossed, so that the categories depend on each other more than once."""
    rng = np.random.default_rng(7)
    codes = [rng.integers(0, size, 200) for size in sizes]
    if sizes[-1] == 9:
        codes[-1] = codes[0] * 3 + codes[1]
    margins = tuple(margin_of(str(place), one, np.ones(sizes[place])) for place, one in enumerate(codes))
    before, y = rng.uniform(0.5, 50, 200), rng.normal(size=(200, 3))
    sample = CalibratedSample(before, before, margins, np.zeros(200, np.int64), np.array([np.inf]))
    known = np.concatenate([np.eye(size)[one] for size, one in zip(sizes, codes, strict=True)], axis=1)
    root = np.sqrt(before)[:, None]
    expected = y - known @ np.linalg.lstsq(root * known, root * y, rcond=None)[0]
    np.testing.assert_allclose(calibration_residuals(y, sample), expected, atol=1e-10)
