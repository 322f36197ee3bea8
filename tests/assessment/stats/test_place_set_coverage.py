"""How often the sets hold all true places at once: simulated surveys of 27 organisations with 19–24 respondents."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from merilo.assessment.stats.place_sets import point_places
from tests.assessment.stats.survey_worlds import ORGANISATIONS, answer, estimated, holds, made_up, surveyed, three_kinds


def measured(spread: float, replications: int) -> dict[str, float]:
    world, rng = made_up(3, spread), np.random.default_rng(5)
    places = point_places(world.truth())
    held: Counter[str] = Counter()
    for turn in range(replications):
        value, error = surveyed(world, rng)
        held.update(kind for kind, sets in three_kinds(value, error, world.sizes, turn).items() if holds(sets, places))
    return {kind: count / replications for kind, count in held.items()}


def measured_among_equals(replications: int) -> dict[str, float]:
    """The hardest case: all truly equal, so every place is true of everyone and nobody may be told apart."""
    rng = np.random.default_rng(6)
    sizes = rng.integers(19, 25, ORGANISATIONS)
    held: Counter[str] = Counter()
    for turn in range(replications):
        value, error = estimated([answer(rng, int(size), 1.0) for size in sizes], np.full(ORGANISATIONS, np.inf))
        for kind, sets in three_kinds(value, error, sizes, turn).items():
            held[kind] += bool((sets.widths() == ORGANISATIONS).all())
    return {kind: count / replications for kind, count in held.items()}


def test_a_small_simulation_is_covered() -> None:
    assert min(measured(0.3, 60).values()) >= 0.94


@pytest.mark.slow
def test_two_thousand_surveys_are_covered() -> None:
    found = measured(0.3, 2000)
    print(found)
    assert min(found.values()) >= 0.94


@pytest.mark.slow
def test_two_thousand_surveys_of_equals_are_covered_with_degrees_of_freedom() -> None:
    found = measured_among_equals(2000)
    print(found)
    assert found["differences, degrees of freedom"] >= 0.94
    assert found["joint intervals"] >= 0.94
