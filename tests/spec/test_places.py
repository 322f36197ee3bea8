"""How equal scores share places (T24)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from merilo.assessment.methodology.policies import Ties
from merilo.assessment.rating.ranking import NO_PLACE, rank, rank_within

PUBLISHED = np.array([9.80, 9.74, 9.68, 9.65, 9.64, 9.64, 9.62])
KEYS = ["a", "b", "c", "d", "e", "f", "g"]


@pytest.mark.parametrize(
    ("ties", "last_three"),
    [(Ties.ORDINAL, [5, 6, 7]), (Ties.COMPETITION, [5, 5, 7]), (Ties.DENSE, [5, 5, 6])],
)
def test_two_equal_scores_in_fifth_place(ties: Ties, last_three: list[int]) -> None:
    assert rank(PUBLISHED, ties, tie_break=PUBLISHED, keys=KEYS)[-3:].tolist() == last_three


def test_ordinal_places_follow_the_unrounded_score_then_the_key() -> None:
    printed = np.array([9.6, 9.6, 9.6])
    unrounded = np.array([9.61, 9.64, 9.61])
    assert rank(printed, Ties.ORDINAL, tie_break=unrounded, keys=["b", "c", "a"]).tolist() == [3, 1, 2]


def test_an_organisation_without_a_score_has_no_place() -> None:
    scores = np.array([5.0, np.nan, 7.0])
    assert rank(scores, Ties.COMPETITION, tie_break=scores, keys=["a", "b", "c"]).tolist() == [2, NO_PLACE, 1]


def test_places_are_given_apart_in_every_group() -> None:
    scores = np.array([5.0, 9.0, 7.0, 8.0])
    groups = ["social", "health", "social", "health"]
    found = rank_within(groups, scores, Ties.COMPETITION, tie_break=scores, keys=["a", "b", "c", "d"])
    assert found.tolist() == [2, 1, 1, 2]


scores_lists = st.lists(st.integers(0, 20).map(lambda n: n / 2), min_size=1, max_size=30)


@given(scores_lists, st.sampled_from(list(Ties)))
def test_a_better_score_never_has_a_worse_place(scores: list[float], ties: Ties) -> None:
    column = np.array(scores)
    places = rank(column, ties, tie_break=column, keys=[f"{row:03}" for row in range(len(scores))])
    for one in range(len(scores)):
        for other in range(len(scores)):
            if scores[one] > scores[other]:
                assert places[one] < places[other]
            if scores[one] == scores[other] and ties is not Ties.ORDINAL:
                assert places[one] == places[other]


@given(scores_lists, st.randoms())
def test_places_do_not_depend_on_the_order_of_rows(scores: list[float], random: object) -> None:
    keys = [f"{row:03}" for row in range(len(scores))]
    order = list(range(len(scores)))
    random.shuffle(order)  # type: ignore[attr-defined]
    column = np.array(scores)
    direct = dict(zip(keys, rank(column, Ties.ORDINAL, tie_break=column, keys=keys), strict=True))
    shuffled = column[order]
    places = rank(shuffled, Ties.ORDINAL, tie_break=shuffled, keys=[keys[row] for row in order])
    assert direct == {keys[row]: place for row, place in zip(order, places, strict=True)}
