"""Place sets of rated rows: group by group, around the places, and with those whose error nobody knows."""

from __future__ import annotations

import numpy as np
import pytest

from merilo.assessment.methodology.policies import Ties
from merilo.assessment.rating.place_sets import RatedSets, place_sets
from merilo.assessment.rating.ranking import NO_PLACE, last_places, rank_within
from merilo.assessment.scoring.errors import ScoreErrors
from merilo.assessment.stats.uncertainty_settings import UncertaintySettings

HOW = UncertaintySettings(draws=400)


def sets_of(groups: list[str], scores: list[float], errors: list[float], how: UncertaintySettings = HOW) -> RatedSets:
    value, error = np.array(scores), np.array(errors)
    keys = [f"{number:03}" for number in range(len(scores))]
    places = rank_within(groups, value, Ties.COMPETITION, tie_break=value, keys=keys)
    endless = np.full(len(value), np.inf)
    known = ScoreErrors(error, error, value, value, endless, np.where(error == 0, 0.0, 100.0))
    return place_sets(groups, value, known, places, last_places(groups, places, Ties.COMPETITION), how)


def spans(found: RatedSets) -> list[tuple[int, int]]:
    return list(zip(found.first.tolist(), found.last.tolist(), strict=True))


def test_what_is_far_apart_has_its_own_place_and_what_is_near_shares() -> None:
    assert spans(sets_of([""] * 4, [90, 60, 59, 20], [1, 1, 1, 1])) == [(1, 1), (2, 3), (2, 3), (4, 4)]


def test_groups_know_nothing_of_each_other() -> None:
    found = sets_of(["a", "b", "a", "b"], [90, 90, 60, 89], [1, 1, 1, 1])
    assert spans(found) == [(1, 1), (1, 2), (2, 2), (1, 2)]
    assert [group.name for group in found.groups] == ["a", "b"]


def test_without_a_sample_the_set_is_the_place() -> None:
    assert spans(sets_of([""] * 4, [90, 80, 80, 70], [0, 0, 0, 0])) == [(1, 1), (2, 3), (2, 3), (4, 4)]


def test_who_has_no_score_has_no_place_and_no_set() -> None:
    assert spans(sets_of([""] * 3, [90, np.nan, 60], [1, np.nan, 1])) == [(1, 1), (NO_PLACE, NO_PLACE), (2, 2)]


def test_who_has_an_unknown_error_may_stand_anywhere() -> None:
    """Of three, the second is above the third for sure; the first, of whom nothing is known, may be above or below."""
    assert spans(sets_of([""] * 3, [95, 90, 20], [np.nan, 1, 1])) == [(NO_PLACE, NO_PLACE), (1, 2), (2, 3)]


def test_a_place_lies_in_its_set() -> None:
    rng = np.random.default_rng(3)
    scores, errors = rng.normal(80, 5, 30), rng.uniform(0.5, 3, 30)
    found = sets_of([""] * 30, scores.tolist(), errors.tolist())
    places = 1 + np.argsort(np.argsort(-scores))
    assert ((found.first <= places) & (places <= found.last)).all()


def test_chances_are_told_where_the_group_is_twice_as_large() -> None:
    found = sets_of([""] * 6, [90, 89, 60, 59, 20, 19], [1] * 6)
    assert found.chance_best[:2] == pytest.approx(1.0)
    assert found.chance_best[2] + found.chance_best[3] == pytest.approx(1.0)
    assert found.chance_worst[4:] == pytest.approx(1.0)
    assert np.isnan(sets_of([""] * 5, [90, 89, 60, 59, 20], [1] * 5).chance_best).all()


def test_the_best_row_of_a_run_comes_first() -> None:
    (group,) = sets_of([""] * 3, [59, 60, 20], [1, 1, 1]).groups
    assert group.not_apart() == ((1, 0), (2,))
