"""The intraclass correlation: as published, by hand, inside strata, and where there is nothing to compare."""

from __future__ import annotations

import numpy as np
import pytest

from merilo.assessment.stats.intraclass import intraclass

# Shrout & Fleiss (1979), Psychological Bulletin 86, table 2: six targets, four judges; ICC(1,1) is 0.17 in table 4.
RATINGS = np.array([[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]], dtype=float)


def rng() -> np.random.Generator:
    return np.random.default_rng(1)


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


@pytest.mark.parametrize("several", [False, True], ids=["yes or no", "several values"])
def test_the_p_value_against_every_deal(several: bool) -> None:
    # Three «yes» all with one of two groups, in both strata: one deal of ten in each, so one of a hundred.
    values = np.tile([1.0, 1, 1, 0, 0], 2)
    groups, strata = np.tile([0, 0, 0, 1, 1], 2), np.repeat([0, 1], 5)
    if several:  # a third value in a stratum of its own, the same in both of its groups
        values, groups = np.append(values, [5.0, 5]), np.append(groups, [0, 1])
        strata = np.append(strata, [2, 2])
    found = intraclass(values, groups, strata, rng())
    assert found is not None
    assert found.p == pytest.approx(0.01, abs=0.006)


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
