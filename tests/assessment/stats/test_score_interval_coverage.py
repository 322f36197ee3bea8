"""How often intervals of a whole score hold the truth: the plain one, and three of Wilson's with an effective size.

Eleven shares among 19–24 respondents, three of them behind filters, populations of 60–399, true shares 0.6–0.98.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pytest

from merilo.assessment.stats.linearisation import (
    CoOccurrence,
    Linearised,
    SampleDesign,
    answered,
    count_together,
    linearise,
    renormalise,
)
from merilo.assessment.stats.proportions import Intervals, wilson
from merilo.assessment.stats.score_intervals import pooled_correlation, score_intervals, share_sizes
from merilo.assessment.stats.tails import t_quantile
from tests.assessment.stats.reference import Floats
from tests.assessment.stats.survey_worlds import BASES, SHARES

EQUAL = np.full(SHARES, 100 / SHARES)
TOGETHER = 27
UNLIKE = np.array([30.0, 30, 10, 10, 5, 5, 2, 2, 2, 2, 2])  # two questions weigh more than all the others


@dataclass(frozen=True)
class Surveys:
    """Many independent surveys, one organisation each: counts, design, respondents, true scores, weights, estimates."""

    together: CoOccurrence
    design: SampleDesign
    sizes: Floats
    truth: Floats
    weights: Floats
    found: Linearised


def made_up(count: int, low: float, high: float, *, weights: Floats = EQUAL, mood: float = 0.7) -> Surveys:
    """`count` organisations whose true shares lie about a level of their own in `low`…`high`."""
    rng = np.random.default_rng(1)
    sizes, populations = rng.integers(19, 25, count), rng.integers(60, 400, count)
    truth, parts = np.zeros(count), []
    for one in range(count):
        level = np.clip(rng.uniform(low, high) + rng.normal(0, 0.05, SHARES), low, high)
        y, n = people(rng, int(populations[one]), level, mood)
        truth[one] = weights @ (y.sum(axis=0) / n.sum(axis=0))
        asked = rng.choice(len(y), sizes[one], replace=False)
        parts.append((y[asked], n[asked]))
    strata = np.repeat(np.arange(count), sizes)
    y, n = (np.concatenate([part[side] for part in parts]) for side in (0, 1))
    together, design = count_together(y, n, strata, count), SampleDesign(populations.astype(np.float64))
    used = renormalise(weights, answered(together, design))
    found = linearise(together, used[:, None, :], design)
    return Surveys(together, design, sizes.astype(np.float64), truth, used, found)


def people(rng: np.random.Generator, count: int, level: Floats, mood: float) -> tuple[Floats, Floats]:
    """`level`: the share of yes to each question; answers of one person hang together by their `mood`."""
    from scipy.special import ndtri

    n = (rng.random((count, SHARES)) < BASES).astype(np.float64)
    moods = mood * rng.normal(size=(count, 1))
    needed = ndtri(1 - level) * np.sqrt(1 + mood**2)
    return (moods + rng.normal(size=(count, SHARES)) > needed) * n, n


def plain(surveys: Surveys) -> Intervals:
    """S ± t se, cut at the ends of the scale."""
    value = surveys.found.values[:, 0]
    half = t_quantile(0.95, surveys.sizes - 1) * surveys.found.errors[:, 0]
    return Intervals(np.maximum(value - half, 0.0), np.minimum(value + half, 100.0))


def floored(surveys: Surveys) -> Intervals:
    """Wilson with n_eff = p (1 − p) / se², the variance of each share at least that of (y + 2) / (n + 4)."""
    yes, bases = (surveys.together.totals[:, side] for side in (slice(0, SHARES), slice(SHARES, None)))
    shrunken = (yes + 2) / (bases + 4)
    rest = (1 - surveys.sizes / surveys.design.populations)[:, None]
    least = rest * shrunken * (1 - shrunken) / np.maximum(bases, 1.0)
    missing = np.maximum(least - np.nan_to_num(surveys.found.share_errors) ** 2, 0.0) * (bases > 0)
    variance = surveys.found.errors[:, 0] ** 2 + (surveys.weights**2 * missing).sum(axis=1)
    share = np.clip(surveys.found.values[:, 0] / 100, 0.0, 1.0)
    inside = np.clip(share, 0.001, 0.999)
    found = wilson(share, inside * (1 - inside) / (variance / 1e4), degrees=surveys.sizes - 1)
    return Intervals(100 * found.low, 100 * found.high)


def bounded(surveys: Surveys) -> Intervals:
    """The library's, for an organisation that stands alone."""
    value, error = surveys.found.values[:, 0], surveys.found.errors[:, 0]
    sizes = share_sizes(surveys.together, surveys.design)
    return score_intervals(value, error, surveys.weights, sizes, surveys.sizes - 1)


def pooled(surveys: Surveys) -> Intervals:
    """The library's, with the correlation found from 27 organisations at a time."""
    value, error = surveys.found.values[:, 0], surveys.found.errors[:, 0]
    sizes = share_sizes(surveys.together, surveys.design)
    low, high = np.zeros(len(value)), np.zeros(len(value))
    for own, correlation in zip(regions(len(value)), correlations(surveys), strict=True):
        given = (value[own], error[own], surveys.weights[own], sizes[own], surveys.sizes[own] - 1)
        found = score_intervals(*given, correlation=correlation)
        low[own], high[own] = found.low, found.high
    return Intervals(low, high)


def correlations(surveys: Surveys) -> list[float]:
    value, error = surveys.found.values[:, 0], surveys.found.errors[:, 0]
    sizes = share_sizes(surveys.together, surveys.design)
    own = regions(len(value))
    return [pooled_correlation(value[one], error[one], surveys.weights[one], sizes[one]) for one in own]


def regions(count: int) -> list[slice]:
    return [slice(start, start + TOGETHER) for start in range(0, count, TOGETHER)]


def describe(surveys: Surveys, kind: Callable[[Surveys], Intervals]) -> tuple[float, float, float, float]:
    """The share of intervals that hold the truth, that lie above it, that lie below it; the mean width."""
    found = kind(surveys)
    over, under = found.low > surveys.truth + 1e-9, found.high < surveys.truth - 1e-9
    width = float(np.mean(found.high - found.low))
    return 1 - float(np.mean(over | under)), float(np.mean(over)), float(np.mean(under)), width


def told(surveys: Surveys, world: str) -> float:
    """Print every kind's figures; the smaller coverage of the library's two."""
    figures = {kind.__name__: describe(surveys, kind) for kind in (plain, floored, bounded, pooled)}
    print(f"{world}: pooled correlation {np.mean(correlations(surveys)):.2f}")
    for kind, (held, over, under, width) in figures.items():
        print(f"{world}: {kind} held {held:.3f} above {over:.3f} below {under:.3f} width {width:.2f}")
    return min(figures["bounded"][0], figures["pooled"][0])


def test_a_small_simulation_is_covered_where_the_plain_interval_is_not() -> None:
    surveys = made_up(405, 0.9, 0.98)
    assert min(describe(surveys, kind)[0] for kind in (bounded, pooled)) >= 0.94 > describe(surveys, plain)[0]


@pytest.mark.slow
@pytest.mark.parametrize("mood", [0.0, 0.7, 2.0])
@pytest.mark.parametrize(("low", "high"), [(0.6, 0.98), (0.6, 0.7), (0.9, 0.98), (0.95, 0.99)])
def test_two_thousand_scores_are_covered(low: float, high: float, mood: float) -> None:
    assert told(made_up(2025, low, high, mood=mood), f"shares {low}–{high}, mood {mood}") >= 0.94


@pytest.mark.slow
@pytest.mark.parametrize("mood", [0.0, 0.7, 2.0])
def test_scores_of_unlike_weights_are_covered(mood: float) -> None:
    assert told(made_up(2025, 0.6, 0.98, weights=UNLIKE, mood=mood), f"unlike weights, mood {mood}") >= 0.94
