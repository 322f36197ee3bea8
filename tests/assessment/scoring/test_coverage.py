"""How often the intervals hold the true scores, and the sets all true places: 27 organisations, 19–24 asked in each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray

from merilo.assessment.scoring.bulk import score_all
from merilo.assessment.scoring.errors import AllErrors, estimate_errors
from merilo.assessment.scoring.organisations import RatedScores, rate_rows
from merilo.assessment.scoring.score import OVERALL
from merilo.assessment.stats.place_sets import pairwise_sets, point_places
from tests.assessment.scoring.surveyed_regions import ORGANISATIONS, Region, census, made_up, rules, surveys

LEVELS = {"about 79 % satisfied": 1.0, "about 94 % satisfied": 2.0, "about 98 % satisfied": 2.6}
EXACT = 1e-9


@dataclass(frozen=True)
class Replicated:
    """So many surveys of one region, scored, and what they estimate."""

    rated: RatedScores
    errors: AllErrors
    truth: RatedScores
    times: int


def replicated(region: Region, times: int) -> Replicated:
    everybody, asked = census(region), surveys(region, times, seed=5)
    truth = rate_rows(rules(everybody), everybody, score_all(rules(everybody), everybody))
    scores = score_all(rules(asked), asked)
    rated = rate_rows(rules(asked), asked, scores)
    return Replicated(rated, estimate_errors(rules(asked), asked, scores, rated, level=0.95), truth, times)


def held(found: Replicated, subject: str) -> float:
    """The share of true values inside their intervals."""
    values, truth, errors = found.rated.subject(subject), found.truth.subject(subject), found.errors.rows[subject]
    assert values is not None
    assert truth is not None
    true = np.tile(truth.value, found.times)
    there = ~np.isnan(values.value)
    inside = (errors.low <= true + EXACT) & (true - EXACT <= errors.high)
    return float(inside[there].mean())


def places_held(found: Replicated) -> float:
    """The share of surveys in which every true place lies in its set."""
    true: NDArray[np.int64] = point_places(found.truth.overall.value)
    errors, hits = found.errors.rows[OVERALL], 0
    for turn in range(found.times):
        own = slice(ORGANISATIONS * turn, ORGANISATIONS * (turn + 1))
        sets = pairwise_sets(
            found.rated.overall.value[own], errors.error[own], seed=turn, draws=400, degrees=errors.degrees[own]
        )
        hits += bool(((sets.best <= true) & (true <= sets.worst)).all())
    return hits / found.times


def sampled(found: Replicated) -> list[str]:
    return [code for code, errors in found.errors.rows.items() if errors.is_sampled.any()]


def test_a_small_simulation_is_covered() -> None:
    found = replicated(made_up(3, 2.0, 0.3), 100)
    assert min(held(found, code) for code in sampled(found)) >= 0.92
    assert places_held(found) >= 0.94


@pytest.mark.slow
@pytest.mark.parametrize("name", LEVELS)
def test_two_thousand_surveys_are_covered(name: str) -> None:
    found = replicated(made_up(3, LEVELS[name], 0.3), 2000)
    indicators = {code: held(found, code) for code in sampled(found) if code in found.rated.indicators}
    criteria = {code: held(found, code) for code in found.rated.criteria}
    overall, places = held(found, OVERALL), places_held(found)
    lowest = (min(indicators.values()), min(criteria.values()))
    print(f"\n{name}: indicators {lowest[0]:.3f}, criteria {lowest[1]:.3f}, overall {overall:.3f}, places {places:.4f}")
    assert min(*lowest, overall, places) >= 0.94
