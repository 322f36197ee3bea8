"""The simulated forecast against what theory says, and the laws it must keep."""

from __future__ import annotations

from dataclasses import replace
from statistics import NormalDist

import numpy as np
import pytest

from merilo.assessment.sampling.power import (
    PowerDesign,
    ScoreSpread,
    even_scores,
    forecast_places,
    needed_size,
    score_errors,
    without_chance,
)

DESIGN = PowerDesign(replications=1000)
# Populations without end and large samples: estimated errors are as good as known, and theory has a closed form.
PAIR = ScoreSpread(np.array([50.0, 60.0]), np.array([30.0, 30.0]), np.full(2, np.inf))


def spread(scores: list[float], deviation: float = 25.0, population: float = 400.0) -> ScoreSpread:
    count = len(scores)
    return ScoreSpread(np.array(scores), np.full(count, deviation), np.full(count, population))


def test_errors_are_those_of_simple_samples_without_replacement() -> None:
    # 25 √(1/50 · (1 − 50/400)) = 3.3072; twice the variance with a design effect of 2; a census has none.
    errors = score_errors(spread([70, 80]), [50, 400], DESIGN)
    assert errors == pytest.approx([3.30719, 0.0], abs=1e-5)
    doubled = score_errors(spread([70, 80]), [50, 400], replace(DESIGN, design_effect=2.0))
    assert doubled == pytest.approx(np.sqrt(2) * errors)
    with pytest.raises(ValueError, match="nobody"):
        score_errors(spread([70, 80]), [0, 5], DESIGN)


def test_two_organisations_are_told_apart_as_often_as_the_normal_distribution_says() -> None:
    found = forecast_places(PAIR, [900, 900], replace(DESIGN, replications=6000))
    error = np.sqrt(2) * 30 / np.sqrt(900)
    assert found.critical == pytest.approx(1.96, abs=0.12)
    for distance in (2.0, 4.0, 6.0):
        expected = NormalDist().cdf(distance / error - found.critical)
        assert found.chance(distance) == pytest.approx(expected, abs=0.03)


def test_the_needed_size_is_that_of_the_formula_for_two_means() -> None:
    # n = 2 σ² (z₀.₉₇₅ + z₀.₈)² / d² = 2 · 900 · 7.849 / 25 = 565
    assert needed_size(PAIR, 5.0, 0.8, replace(DESIGN, replications=4000)) == pytest.approx(565, rel=0.08)


@pytest.mark.parametrize("distance", [4.0, 8.0, 16.0])
def test_the_needed_size_reaches_the_wanted_probability(distance: float) -> None:
    assumed = spread([70, 74, 78, 82, 86, 90], population=5000)
    size = needed_size(assumed, distance, 0.8, DESIGN)
    assert forecast_places(assumed, [size] * 6, DESIGN).chance(distance) == pytest.approx(0.8, abs=0.03)


def test_when_even_everybody_is_too_few_everybody_is_needed() -> None:
    assert needed_size(spread([70, 80, 90], population=40), 0.01, 0.99, DESIGN) == 40


def test_a_census_gives_every_place_exactly() -> None:
    found = forecast_places(spread([70, 90, 80]), [400, 400, 400], DESIGN)
    assert (found.best.tolist(), found.worst.tolist()) == ([3, 1, 2], [3, 1, 2])
    assert (found.widths.tolist(), found.pairs_apart, found.covered) == ([1, 1, 1], 1.0, 1.0)


def test_more_interviews_narrow_the_sets_and_raise_the_chances() -> None:
    assumed = spread([70, 74, 78, 82, 86, 90], population=5000)
    found = [forecast_places(assumed, [size] * 6, DESIGN) for size in (25, 100, 400)]
    widths = [float(one.widths.mean()) for one in found]
    chances = [one.chance(8.0) for one in found]
    assert widths == sorted(widths, reverse=True)
    assert widths[0] > widths[2] + 1
    assert chances == sorted(chances)
    assert chances[2] > chances[0] + 0.5


def test_true_places_lie_in_their_sets_as_often_as_promised() -> None:
    # All equal is the hardest case: nobody may be told apart in 95 % of the replications.
    found = forecast_places(spread([80.0] * 8, population=np.inf), [24] * 8, replace(DESIGN, replications=3000))
    assert found.covered >= 0.93
    assert forecast_places(spread([70.0 + 4 * i for i in range(8)]), [24] * 8, DESIGN).covered >= 0.99


def test_the_same_seed_gives_the_same_forecast() -> None:
    one, other = (forecast_places(spread([70, 80, 90]), [30] * 3, DESIGN) for _ in range(2))
    assert one.widths.tolist() == other.widths.tolist()
    third = forecast_places(spread([70, 80, 90]), [30] * 3, replace(DESIGN, seed=2))
    assert third.margins.tolist() != one.margins.tolist()


def test_scores_without_chance_spread_as_the_true_ones() -> None:
    rng = np.random.default_rng(5)
    truth = rng.normal(80, 4, 20_000)
    estimates = truth + rng.normal(0, 3, truth.size)
    drawn = without_chance(estimates, np.full(truth.size, 3.0))
    assert estimates.std() == pytest.approx(5, abs=0.1)
    assert drawn.std() == pytest.approx(4, abs=0.1)
    assert drawn.mean() == pytest.approx(estimates.mean())
    assert without_chance(np.array([79.0, 81.0]), np.array([9.0, 9.0])).tolist() == [80.0, 80.0]
    assert without_chance(np.array([80.0, 80.0]), np.zeros(2)).tolist() == [80.0, 80.0]


def test_assumed_scores_have_the_spread_asked_for() -> None:
    found = even_scores(300, 6.0)
    assert found.std() == pytest.approx(6.0, rel=0.02)
    assert found.mean() == pytest.approx(0.0, abs=1e-9)
    assert even_scores(1, 6.0).tolist() == [0.0]


def test_vectors_of_unlike_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="one length"):
        ScoreSpread(np.zeros(2), np.zeros(3), np.zeros(2))
