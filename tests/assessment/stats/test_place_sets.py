"""Place sets against brute force, against R's studentised range, and the laws they obey."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from merilo.assessment.stats import pairwise
from merilo.assessment.stats.place_sets import (
    PairSearch,
    PlaceSets,
    chances_of_ends,
    groups_not_apart,
    joint_interval_sets,
    pairwise_sets,
    point_places,
    sets_at,
    tiers,
)
from tests.assessment.stats.reference import opened

Floats = NDArray[np.float64]
SCORES = st.integers(2, 12).flatmap(
    lambda p: st.tuples(
        st.lists(st.integers(0, 40), min_size=p, max_size=p), st.lists(st.integers(0, 8), min_size=p, max_size=p)
    )
)


def scattered(seed: int, count: int, spread: float = 3.0) -> tuple[Floats, Floats]:
    rng = np.random.default_rng(seed)
    return rng.normal(80, spread, count), np.exp(rng.normal(0, 0.4, count))


def brute_force(value: Floats, error: Floats, seed: int, draws: int) -> tuple[list[int], list[int], float]:
    """Pair by pair and draw by draw, stepping down over ordered pairs, as the paper says it."""
    x = pairwise.draw_deviations(error, draws, seed)
    scale = {(j, k): float(np.hypot(error[j], error[k])) for j, k in itertools.permutations(range(len(value)), 2)}
    active, apart = set(scale), {pair for pair in scale if scale[pair] == 0 and value[pair[0]] > value[pair[1]]}
    random = {pair for pair in scale if scale[pair] > 0}
    critical = 0.0
    while True:
        tried = active & random
        largest = sorted(max((x[j, b] - x[k, b]) / scale[j, k] for j, k in tried) for b in range(draws))
        critical = largest[int(np.ceil(0.95 * (draws - 1)))]
        new = {(j, k) for j, k in tried if value[j] - value[k] > critical * scale[j, k]}
        if not new:
            break
        apart |= new
        active -= new
    best = [1 + sum((k, j) in apart for k in range(len(value))) for j in range(len(value))]
    worst = [len(value) - sum((j, k) in apart for k in range(len(value))) for j in range(len(value))]
    return best, worst, critical


@pytest.mark.parametrize("seed", range(6))
def test_differences_agree_with_brute_force(seed: int) -> None:
    value, error = scattered(seed, 6, 6.0)
    if seed % 2:
        error[1] = error[4] = 0.0
    best, worst, critical = brute_force(value, error, seed, 200)
    found = pairwise_sets(value, error, seed=seed, draws=200)
    assert found.best.tolist() == best
    assert found.worst.tolist() == worst
    assert found.critical == pytest.approx(critical, rel=1e-12)


@pytest.mark.parametrize("row", opened("distributions")["largest_difference"], ids=lambda row: f"p={row['p']}")
def test_equal_errors_give_the_studentised_range(row: dict[str, float]) -> None:
    count = int(row["p"])
    x = pairwise.draw_deviations(np.ones(count), 20_000, 7)
    found = pairwise.critical_value(x, np.ones((count, 1)), 0.95)
    assert found == pytest.approx(row["c"], abs=0.03)


def test_steps_only_narrow_and_do_narrow() -> None:
    value, error = scattered(3, 40, 12.0)
    x = pairwise.draw_deviations(error, 1000, 1)
    single = sets_at(value, error, pairwise.critical_value(x, error[:, None] ** 2, 0.95))
    stepped = pairwise_sets(value, error, seed=1)
    assert stepped.steps > 1
    assert stepped.critical < single.critical
    assert np.all(stepped.best >= single.best)
    assert np.all(stepped.worst <= single.worst)
    assert stepped.widths().sum() < single.widths().sum()


def test_bins_agree_with_all_pairs() -> None:
    value, error = scattered(4, 700)
    error[::9] = 0.0
    value[::18] = value[0]
    binned = pairwise_sets(value, error, seed=1, search=PairSearch.BINS)
    dense = sets_at(value, error, binned.critical)
    np.testing.assert_array_equal(binned.best, dense.best)
    np.testing.assert_array_equal(binned.worst, dense.worst)
    x = pairwise.draw_deviations(error, 1000, 2)
    exact = pairwise.critical_value(x, error[:, None] ** 2, 0.95)
    assert binned.critical == pytest.approx(exact, rel=0.03)


def test_very_unlike_errors_make_wider_bins_but_not_narrower_sets() -> None:
    value, error = scattered(5, 300)
    error *= 10.0 ** np.random.default_rng(1).uniform(-4, 1, 300)
    binned = pairwise_sets(value, error, seed=1, search=PairSearch.BINS)
    dense = pairwise.critical_value(pairwise.draw_deviations(error, 1000, 2), error[:, None] ** 2, 0.95)
    assert dense - 0.1 < binned.critical < dense * 1.06 + 0.1


def test_joint_intervals_by_hand() -> None:
    # z for two of three with an error: (1 + √0.95) / 2 → 2.2365; intervals 87.8–92.2, 83.5–92.5, exactly 80.
    found = joint_interval_sets([90.0, 88.0, 80.0], [1.0, 2.0, 0.0])
    assert found.critical == pytest.approx(2.2365, abs=1e-4)
    assert found.best.tolist() == [1, 1, 3]
    assert found.worst.tolist() == [2, 2, 3]


def test_joint_intervals_are_the_wider_check() -> None:
    value, error = scattered(6, 120, 6.0)
    narrow, wide = pairwise_sets(value, error, seed=1), joint_interval_sets(value, error)
    assert wide.widths().mean() > 1.05 * narrow.widths().mean()  # single sets of very unlike errors may be narrower
    narrow, wide = pairwise_sets(value, np.ones(120), seed=1), joint_interval_sets(value, np.ones(120))
    assert np.all(wide.best <= narrow.best)
    assert np.all(wide.worst >= narrow.worst)


def test_degrees_of_freedom_widen() -> None:
    value, error = scattered(7, 27)
    known = pairwise_sets(value, error, seed=1)
    estimated = pairwise_sets(value, error, seed=1, degrees=19.0)
    endless = pairwise_sets(value, error, seed=1, degrees=np.inf)
    assert estimated.critical > known.critical
    assert endless.critical == pytest.approx(known.critical, rel=1e-12)


def test_what_is_known_exactly_has_one_place_or_shares_it() -> None:
    for found in (
        pairwise_sets([3.0, 9.0, 5.0, 9.0], [0.0] * 4, seed=1),
        pairwise_sets([3.0, 9.0, 5.0, 9.0], [0.0] * 4, seed=1, search=PairSearch.BINS),
        joint_interval_sets([3.0, 9.0, 5.0, 9.0], [0.0] * 4),
    ):
        assert found.best.tolist() == [4, 1, 3, 1]
        assert found.worst.tolist() == [4, 2, 3, 2]
        assert found.critical == 0
        assert tiers(found).tolist() == [3, 1, 2, 1]
        assert found.surely_best(2).tolist() == [False, True, False, True]
        assert found.surely_worst(1).tolist() == [True, False, False, False]
        assert not found.surely_best(1).any()
        assert found.possibly_best(1).sum() == 2
        assert found.possibly_worst(1).sum() == 1


def test_one_and_none() -> None:
    assert pairwise_sets([7.0], [2.0], seed=1).widths().tolist() == [1]
    assert pairwise_sets([], [], seed=1).widths().tolist() == []
    assert pairwise_sets([], [], seed=1, search=PairSearch.BINS).widths().tolist() == []
    assert joint_interval_sets([], []).widths().tolist() == []
    assert groups_not_apart(pairwise_sets([], [], seed=1)) == ()
    assert tiers(pairwise_sets([], [], seed=1)).tolist() == []


def test_point_places_share() -> None:
    assert point_places([7.0, 9.0, 9.0, 1.0]).tolist() == [3, 1, 1, 4]


def test_groups_and_tiers() -> None:
    found = sets_at([50.0, 90.0, 89.0, 87.5, 51.0], [1.0] * 5, 1.0)  # apart by more than √2
    assert groups_not_apart(found) == ((1, 2), (3,), (4, 0))
    assert tiers(found).tolist() == [3, 1, 1, 2, 3]
    chain = sets_at([3.0, 2.0, 1.0], [0.0, 0.0, 0.0], 1.0)
    assert groups_not_apart(chain) == ((0,), (1,), (2,))
    linked = sets_at([3.0, 2.0, 1.0], [1.0, 1.0, 1.0], 1.0)
    assert groups_not_apart(linked) == ((0, 1), (1, 2))
    assert tiers(linked).tolist() == [1, 1, 1]


def test_chances_of_being_among_the_best_and_the_worst() -> None:
    value, error = np.array([90.0, 88.0, 70.0, 70.0]), np.array([1.0, 1.0, 0.0, 0.0])
    best, worst = chances_of_ends(value, error, 1, seed=1, draws=20_000)
    assert best[0] == pytest.approx(0.9214, abs=0.01)  # Φ(2/√2)
    assert best[:2].sum() == pytest.approx(1.0)
    assert best[2:].tolist() == [0.0, 0.0]
    assert worst.tolist() == [0.0, 0.0, 1.0, 1.0]
    for k, chance in ((4, 1.0), (0, 0.0)):
        assert [one.tolist() for one in chances_of_ends(value, error, k, seed=1)] == [[chance] * 4] * 2


def test_the_seed_decides() -> None:
    value, error = scattered(8, 30)
    one, same, other = (pairwise_sets(value, error, seed=seed) for seed in (1, 1, 2))
    assert one.critical == same.critical != other.critical


def every_kind(value: Floats, error: Floats) -> list[PlaceSets]:
    kinds = [pairwise_sets(value, error, seed=3, draws=60, search=search) for search in PairSearch]
    kinds.append(pairwise_sets(value, error, seed=3, draws=60, degrees=20.0))
    return [*kinds, joint_interval_sets(value, error), sets_at(value, error, 2.0)]


@settings(max_examples=40)
@given(SCORES)
def test_a_set_holds_the_point_place_and_stays_between_first_and_last(scores: tuple[list[int], list[int]]) -> None:
    value, error = np.array(scores[0], np.float64), np.array(scores[1], np.float64)
    places = point_places(value)
    for found in every_kind(value, error):
        assert np.all((found.best >= 1) & (found.worst <= len(value)))
        assert np.all((found.best <= places) & (places <= found.worst))


@settings(max_examples=40)
@given(SCORES)
def test_a_far_worse_organisation_changes_nobody_above(scores: tuple[list[int], list[int]]) -> None:
    value, error = np.array(scores[0], np.float64), np.array(scores[1], np.float64)
    more, errors = np.append(value, -1e6), np.append(error, 1.0)
    before, after = sets_at(value, error, 2.0), sets_at(more, errors, 2.0)
    np.testing.assert_array_equal(after.best[:-1], before.best)
    np.testing.assert_array_equal(after.worst[:-1], before.worst)
    assert after.best[-1] == after.worst[-1] == len(more)
    # One more comparison can only raise the bar: the sets of the others never become narrower.
    found, wider = (pairwise_sets(v, e, seed=3, draws=60) for v, e in ((value, error), (more, errors)))
    assert wider.critical >= found.critical
    assert np.all(wider.best[:-1] <= found.best)
    assert np.all(wider.worst[:-1] >= found.worst)


@settings(max_examples=40)
@given(SCORES, st.integers(0, 11))
def test_sets_grow_with_standard_errors(scores: tuple[list[int], list[int]], which: int) -> None:
    value, error = np.array(scores[0], np.float64), np.array(scores[1], np.float64)
    for found, wider in zip(every_kind(value, error), every_kind(value, 2 * error), strict=True):
        assert np.all(wider.best <= found.best)
        assert np.all(wider.worst >= found.worst)
    one = error.copy()
    one[which % len(one)] += 3
    before, after = sets_at(value, error, 2.0), sets_at(value, one, 2.0)
    assert np.all(after.best <= before.best)
    assert np.all(after.worst >= before.worst)


def test_what_cannot_be() -> None:
    with pytest.raises(ValueError, match="leave the others out"):
        pairwise_sets([1.0, np.nan], [1.0, 1.0], seed=1)
    with pytest.raises(ValueError, match="one length"):
        joint_interval_sets([1.0, 2.0], [1.0])
    with pytest.raises(ValueError, match="no degrees of freedom"):
        pairwise_sets([1.0, 2.0], [1.0, 1.0], seed=1, degrees=9.0, search=PairSearch.BINS)
    with pytest.raises(ValueError, match="above 0"):
        pairwise_sets([1.0, 2.0], [1.0, 1.0], seed=1, degrees=[0.0, 5.0])
