"""How often a change is seen where there is none, and where there is one: 19–24 respondents a wave, shares near 0.9."""

from __future__ import annotations

import numpy as np
import pytest

from merilo.assessment.stats.change import Changes, ChangeVerdict, WaveEstimates, compare_share_waves, compare_waves
from tests.assessment.stats.reference import Floats
from tests.assessment.stats.survey_worlds import answer, estimated

SEEN = {ChangeVerdict.ROSE, ChangeVerdict.FELL}


def seen(found: Changes) -> float:
    """The share of changes that are said to be one."""
    return sum(verdict in SEEN for verdict in found.verdicts) / len(found.verdicts)


def share_changes(rng: np.random.Generator, before: float, after: float, population: int, count: int) -> Changes:
    first, second = rng.integers(19, 25, (2, count))
    yes_before, yes_after = round(before * population), round(after * population)
    one = rng.hypergeometric(yes_before, population - yes_before, first) / first
    other = rng.hypergeometric(yes_after, population - yes_after, second) / second
    return compare_share_waves(one, first, other, second, earlier_population=population, later_population=population)


def surveyed(rng: np.random.Generator, people: tuple[Floats, Floats], count: int) -> WaveEstimates:
    """Scores of `count` samples of these people, 11 questions of which three stand behind a filter."""
    y, n = people
    sizes = rng.integers(19, 25, count)
    asked = [rng.choice(len(y), size, replace=False) for size in sizes]
    values, errors = estimated([(y[own], n[own]) for own in asked], np.full(count, float(len(y))))
    return WaveEstimates(values, errors, (sizes - 1).astype(np.float64))


def score_changes(rng: np.random.Generator, level: float, later_level: float, worlds: int, count: int) -> list[float]:
    found = []
    for _ in range(worlds):
        population = int(rng.integers(60, 400))
        first = answer(rng, population, level)
        second = first if level == later_level else answer(rng, population, later_level)
        found.append(seen(compare_waves(surveyed(rng, first, count), surveyed(rng, second, count))))
    return found


def expected(rng: np.random.Generator, level: float) -> float:
    y, n = answer(rng, 20_000, level)
    return float(100 * np.mean(y.sum(axis=0) / n.sum(axis=0)))


def test_a_small_simulation_keeps_the_level() -> None:
    rng = np.random.default_rng(1)
    assert seen(share_changes(rng, 0.9, 0.9, 200, 2000)) <= 0.06
    assert np.mean(score_changes(rng, 1.5, 1.5, 4, 100)) <= 0.08


@pytest.mark.slow
@pytest.mark.parametrize("share", [0.8, 0.9, 0.95])
def test_the_level_for_shares(share: float) -> None:
    rng = np.random.default_rng(2)
    found = {population: seen(share_changes(rng, share, share, population, 20_000)) for population in (60, 200, 400)}
    power = seen(share_changes(rng, share, share - 0.3, 200, 20_000))
    print(share, found, "a fall by 0.3:", power)
    assert max(found.values()) <= 0.06
    assert power > 0.3


@pytest.mark.slow
@pytest.mark.parametrize(("level", "lower"), [(1.0, 0.4), (1.5, 0.8), (2.0, 1.2)])
def test_the_level_for_scores(level: float, lower: float) -> None:
    rng = np.random.default_rng(3)
    found = float(np.mean(score_changes(rng, level, level, 40, 500)))
    power = float(np.mean(score_changes(rng, level, lower, 40, 500)))
    true = [expected(rng, own) for own in (level, lower)]
    print("true score", true, "seen without change", found, "seen with it", power)
    assert found <= 0.065
    assert power > 0.3
