"""Holm, permutation p-values, exact tails and the intraclass correlation: worked figures, enumeration, laws."""

from __future__ import annotations

from itertools import combinations, product
from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from merilo.assessment.stats.exact_tails import (
    binomial_tail,
    hypergeometric_tail,
    hypergeometric_tails,
    largest_cell_tail,
)
from merilo.assessment.stats.intraclass import intraclass
from merilo.assessment.stats.multiple_tests import holm
from merilo.assessment.stats.permutation import MOST_DRAWS, permutation_p, shuffled

# Shrout & Fleiss (1979), Psychological Bulletin 86, table 2: six targets, four judges; ICC(1,1) is 0.17 in table 4.
RATINGS = np.array([[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]], dtype=float)


def rng() -> np.random.Generator:
    return np.random.default_rng(1)


def test_holm_by_hand() -> None:
    # Sorted 0.01, 0.02, 0.03, 0.04 times 4, 3, 2, 1, never descending.
    np.testing.assert_allclose(holm([0.02, 0.04, 0.01, 0.03]), [0.06, 0.06, 0.04, 0.06])
    np.testing.assert_allclose(holm([0.5, 0.6]), [1.0, 1.0])
    assert holm([]).shape == (0,)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_holm_lies_between_the_p_value_and_bonferroni(p: list[float]) -> None:
    adjusted = holm(p)
    assert (adjusted >= np.array(p) - 1e-12).all()
    assert (adjusted <= np.minimum(np.array(p) * len(p), 1) + 1e-12).all()
    np.testing.assert_array_equal(np.argsort(adjusted[np.argsort(p, kind="stable")], kind="stable"), np.arange(len(p)))


def test_hypergeometric_tail_against_every_draw() -> None:
    strata = [(6, 3, 2), (5, 2, 3)]
    counts = [
        [sum(unit < marked for unit in drawn) for drawn in combinations(range(size), n)] for size, marked, n in strata
    ]
    sums = [a + b for a, b in product(*counts)]
    for reached in range(6):
        expected = sum(one >= reached for one in sums) / len(sums)
        assert hypergeometric_tail(reached, strata) == pytest.approx(expected, abs=1e-12)


def test_hypergeometric_tail_where_some_must_be_drawn() -> None:
    assert hypergeometric_tail(2, [(5, 4, 3)]) == pytest.approx(1.0)  # one unmarked: at least two marked ones come
    assert hypergeometric_tail(3, [(5, 4, 3)]) == pytest.approx(4 / 10)


def test_all_tails_at_once_are_those_one_by_one() -> None:
    tails = hypergeometric_tails(12, 5, 4)
    assert tails.tolist() == pytest.approx([hypergeometric_tail(x, [(12, 5, 4)]) for x in range(5)])


def test_binomial_tail() -> None:
    assert binomial_tail(0, 5, 0.2) == 1.0
    assert binomial_tail(4, 5, 0.2) == pytest.approx(5 * 0.2**4 * 0.8 + 0.2**5)


def test_largest_cell_against_every_division() -> None:
    total, cells = 9, 3
    divisions = [d for d in product(range(1, total), repeat=cells) if sum(d) == total]
    assert len(divisions) == comb(total - 1, cells - 1)
    for largest in (5, 6, 7):  # beyond half of the total only one cell can be so large: the bound is exact
        expected = sum(max(one) >= largest for one in divisions) / len(divisions)
        assert largest_cell_tail(largest, total, cells) == pytest.approx(expected)
    assert largest_cell_tail(8, total, cells) == 0.0
    assert largest_cell_tail(3, total, 1) == 1.0


def test_permutation_p_of_a_constant_statistic_is_one() -> None:
    assert permutation_p(3.0, lambda _, size: np.full(size, 3.0), rng(), cells=1) == 1.0


def test_permutation_p_of_what_never_happens_is_small_and_above_zero() -> None:
    assert permutation_p(3.0, lambda _, size: np.zeros(size), rng(), cells=1) == 1 / (MOST_DRAWS + 1)


def test_permutation_p_holds_its_level() -> None:
    p = np.array(
        [
            permutation_p(g.random(), lambda r, size: r.random(size), g, cells=100)
            for g in map(np.random.default_rng, range(2000))
        ]
    )
    for level in (0.05, 0.2, 0.5):
        assert (p <= level).mean() <= level + 3 * np.sqrt(level * (1 - level) / len(p))
    assert (p <= 0.2).mean() > 0.15


def test_shuffles_stay_inside_strata() -> None:
    values, strata = np.arange(7), np.array([0, 0, 0, 1, 1, 2, 2])
    drawn = shuffled(values, strata, rng(), 50)
    assert drawn.shape == (50, 7)
    np.testing.assert_array_equal(np.sort(drawn[:, :3], axis=1), np.broadcast_to([0, 1, 2], (50, 3)))
    np.testing.assert_array_equal(np.sort(drawn[:, 3:5], axis=1), np.broadcast_to([3, 4], (50, 2)))
    assert len({tuple(row) for row in drawn.tolist()}) > 10


def test_intraclass_correlation_as_published() -> None:
    groups = np.repeat(np.arange(6), 4)
    found = intraclass(RATINGS.ravel(), groups, np.zeros(24, dtype=np.int64), rng())
    assert found is not None
    assert found.correlation == pytest.approx(0.1657, abs=5e-5)
    assert found.groups == 6
    assert found.size == pytest.approx(4)
    assert found.design_effect == pytest.approx(1 + 3 * 0.1657, abs=2e-4)
    # The F test of the same table: F(5, 18) = 1.79, p = 0.165.
    assert found.p == pytest.approx(0.165, abs=0.1)


def test_intraclass_correlation_of_unequal_groups_by_hand() -> None:
    # Groups (1, 2, 3) and (5, 7): B = 19.2 on 1 degree, W = 4/3 on 3, m = 5 − 13/5 = 2.4.
    found = intraclass(np.array([1.0, 2, 3, 5, 7]), np.array([0, 0, 0, 1, 1]), np.zeros(5, dtype=np.int64), rng())
    assert found is not None
    assert found.size == pytest.approx(2.4)
    assert found.correlation == pytest.approx((19.2 - 4 / 3) / (19.2 + 1.4 * 4 / 3))
    # 10 ways to choose the group of three; only this one and its like ((1,2,3) low) reach the statistic.
    assert found.p == pytest.approx(0.1, abs=0.08)


def test_strata_that_differ_are_no_effect_of_groups() -> None:
    values = np.array([0.0, 1, 0, 1, 10, 11, 10, 11])
    groups, strata = np.array([0, 0, 1, 1, 0, 0, 1, 1]), np.repeat([0, 1], 4)
    found = intraclass(values, groups, strata, rng())
    assert found is not None
    assert found.correlation < 0
    assert found.p == 1.0


@pytest.mark.parametrize(
    ("values", "groups"),
    [([1.0, 1, 1, 1], [0, 0, 1, 1]), ([1.0, 2, 3, 4], [0, 0, 0, 0]), ([1.0, 2], [0, 1])],
    ids=["no difference", "one group", "no group of two"],
)
def test_nothing_to_compare(values: list[float], groups: list[int]) -> None:
    assert intraclass(np.array(values), np.array(groups), np.zeros(len(values), dtype=np.int64), rng()) is None
