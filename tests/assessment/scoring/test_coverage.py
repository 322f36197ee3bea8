"""How often the intervals hold the true scores, and the sets all true places: 27 organisations, 19–24 asked in each."""

from __future__ import annotations

import numpy as np
import pytest

from merilo.assessment.scoring.bulk import score_all
from merilo.assessment.scoring.errors import ScoreErrors, estimate_errors
from merilo.assessment.scoring.organisations import RatedScores, rate_rows
from merilo.assessment.scoring.score import OVERALL
from merilo.assessment.stats.place_sets import pairwise_sets, point_places
from tests.assessment.scoring.surveyed_regions import ORGANISATIONS, Floats, Region, census, made_up, rules, surveys

LEVELS = {"about 79 % satisfied": 1.0, "about 94 % satisfied": 2.0, "about 98 % satisfied": 2.6}
PLACES = "places"
EXACT = 1e-9


def coverage(region: Region, times: int) -> dict[str, float]:
    """The share of true values inside their intervals, by subject, and of surveys in which every true place lies in
    its set. The surveys are groups of one table: each is computed alone, as it would be."""
    everybody, asked = census(region), surveys(region, times, seed=5)
    truth = rate_rows(rules(everybody), everybody, score_all(rules(everybody), everybody))
    scores = score_all(rules(asked), asked)
    rated = rate_rows(rules(asked), asked, scores)
    groups = [str(turn) for turn in range(times) for _ in range(ORGANISATIONS)]
    found = estimate_errors(rules(asked), asked, scores, rated, groups=groups, level=0.95).rows
    held = {}
    for code, errors in found.items():
        true = np.tile(_values(truth, code), times)
        there = ~np.isnan(_values(rated, code)) & errors.is_sampled
        if there.any():
            held[code] = float(((errors.low <= true + EXACT) & (true - EXACT <= errors.high))[there].mean())
    return held | {PLACES: places_held(truth.overall.value, rated.overall.value, found[OVERALL])}


def places_held(truth: Floats, scores: Floats, errors: ScoreErrors) -> float:
    """The share of surveys in which every true place lies in its set."""
    places, hits, times = point_places(truth), 0, len(scores) // ORGANISATIONS
    for turn in range(times):
        own = slice(ORGANISATIONS * turn, ORGANISATIONS * (turn + 1))
        sets = pairwise_sets(scores[own], errors.error[own], seed=turn, draws=400, degrees=errors.degrees[own])
        hits += bool(((sets.best <= places) & (places <= sets.worst)).all())
    return hits / times


def _values(rated: RatedScores, code: str) -> Floats:
    found = rated.subject(code)
    assert found is not None
    return found.value


def test_a_small_simulation_is_covered() -> None:
    found = coverage(made_up(3, 2.0, 0.3), 100)
    assert min(found.values()) >= 0.92


@pytest.mark.slow
@pytest.mark.parametrize("mood", [0.7, 2.0])
@pytest.mark.parametrize("name", LEVELS)
def test_two_thousand_surveys_are_covered(name: str, mood: float) -> None:
    found = coverage(made_up(3, LEVELS[name] * max(1.0, mood) ** 0.5, 0.3, mood=mood), 2000)
    edition = rules(census(made_up(3, 1.0, 0.3))).edition
    lowest = min(found[one.code] for one in edition.indicators if one.code in found)
    criteria = min(found[one.code] for one in edition.criteria)
    overall, places = found[OVERALL], found[PLACES]
    print(f"\n{name}, mood {mood}: {lowest:.3f} {criteria:.3f} overall {overall:.3f}, places {places:.4f}")
    assert min(found.values()) >= 0.94
