"""Permutation p-values: their ends, their level, and that shuffles stay inside strata."""

from __future__ import annotations

import numpy as np

from merilo.assessment.stats.permutation import MOST_DRAWS, permutation_p, shuffled


def rng() -> np.random.Generator:
    return np.random.default_rng(1)


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
