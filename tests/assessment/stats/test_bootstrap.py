"""The bootstrap agrees with the linearisation within its own chance, and is the same for the same seed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from merilo.assessment.stats.bootstrap import bootstrap_errors, bootstrap_respondents, bootstrap_totals
from merilo.assessment.stats.linearisation import SampleDesign, count_together, linearise

DESIGN = SampleDesign(np.array([500.0, 150.0, np.inf, 200.0]), np.array([0, 0, 1, 2]))
WEIGHTS = np.array([[30.0, 30.0, 40.0], [0.0, 100.0, 0.0]])


def answers() -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int64]]:
    rng = np.random.default_rng(12)
    strata = np.repeat(np.arange(4), [120, 60, 200, 200])
    level = np.array([0.2, 1.2, 0.5, 0.4])[strata]
    mood = rng.normal(size=len(strata)) + level
    y = (mood[:, None] + rng.normal(size=(len(strata), 3)) > 0).astype(np.float64)
    n = (rng.random(y.shape) < [1.0, 0.9, 0.7]).astype(np.float64)
    return y * n, n, strata


def test_both_bootstraps_agree_with_the_linearisation() -> None:
    y, n, strata = answers()
    together = count_together(y, n, strata, 4)
    errors = linearise(together, WEIGHTS, DESIGN).errors
    raw = bootstrap_respondents(y, n, strata, WEIGHTS, DESIGN, seed=1, draws=4000)
    counted = bootstrap_totals(together, WEIGHTS, DESIGN, seed=1, draws=4000)
    np.testing.assert_allclose(bootstrap_errors(raw)[:2], errors[:2], rtol=0.05)
    np.testing.assert_allclose(bootstrap_errors(counted)[:2], errors[:2], rtol=0.05)


def test_a_census_does_not_move() -> None:
    y, n, strata = answers()
    together = count_together(y, n, strata, 4)
    counted = bootstrap_totals(together, WEIGHTS, DESIGN, seed=1, draws=20)
    np.testing.assert_allclose(counted[:, 2], np.tile(linearise(together, WEIGHTS, DESIGN).values[2], (20, 1)))
    assert bootstrap_errors(counted)[0].min() > 0


def test_the_seed_decides() -> None:
    y, n, strata = answers()
    one, same, other = (bootstrap_respondents(y, n, strata, WEIGHTS, DESIGN, seed=seed, draws=50) for seed in (1, 1, 2))
    np.testing.assert_array_equal(one, same)
    assert not np.array_equal(one, other)
