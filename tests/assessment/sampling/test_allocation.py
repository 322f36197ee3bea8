"""A budget shared out: it adds up, keeps its bounds, follows its weights; figures worked out by hand."""

from __future__ import annotations

from fractions import Fraction as F

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merilo.assessment.sampling.allocation import Allocation, allocate, allocation_weights
from merilo.assessment.sampling.frame import Stratum


def stratum(population: int, deviation: F | None = None) -> Stratum:
    return Stratum("1", "", "", population, {}, deviation)


def sizes(budget: int, weights: list[int], least: int = 0, most: int = 10**6) -> list[int]:
    count = len(weights)
    return allocate(budget, [F(one) for one in weights], [least] * count, [most] * count)


@pytest.mark.parametrize(
    ("budget", "weights", "least", "most", "expected"),
    [
        (100, [1, 1, 2], 0, 1000, [25, 25, 50]),
        (10, [1, 1, 1], 0, 1000, [4, 3, 3]),  # 3⅓ each: the first of equal remainders gets the one left over
        (11, [1, 1, 1], 0, 1000, [4, 4, 3]),
        (7, [5, 3, 1], 0, 1000, [4, 2, 1]),  # 3.89, 2.33, 0.78
        (100, [90, 5, 5], 10, 1000, [80, 10, 10]),  # two are raised to the minimum, the rest is left to the first
        (100, [90, 5, 5], 0, 60, [60, 20, 20]),  # one is held back, the others share what it left
        (12, [0, 1, 1], 0, 5, [2, 5, 5]),  # no weight, but the others are full
        (0, [1, 2], 0, 9, [0, 0]),
    ],
)
def test_shares_worked_out_by_hand(budget: int, weights: list[int], least: int, most: int, expected: list[int]) -> None:
    assert sizes(budget, weights, least, most) == expected


@pytest.mark.parametrize(("budget", "least", "most"), [(5, 3, 9), (19, 3, 9), (6, 5, 3)])
def test_what_bounds_do_not_allow_is_refused(budget: int, least: int, most: int) -> None:
    with pytest.raises(ValueError, match="does not lie between"):
        sizes(budget, [1, 2], least, most)


cases = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 20), st.integers(0, 60)), min_size=1, max_size=12).map(
    lambda rows: [(weight, low, low + room) for weight, low, room in rows]
)


@given(cases, st.floats(0, 1))
def test_any_budget_between_the_bounds_is_shared_out_exactly(rows: list[tuple[int, int, int]], part: float) -> None:
    weights, least, most = ([row[index] for row in rows] for index in range(3))
    budget = sum(least) + int(part * (sum(most) - sum(least)))
    found = allocate(budget, [F(one) for one in weights], least, most)
    assert sum(found) == budget
    assert all(low <= size <= high for low, size, high in zip(least, found, most, strict=True))
    # Who is strictly between his bounds by more than the rounding has the same size per weight as the others there.
    free = [
        (size, weight) for (weight, low, high), size in zip(rows, found, strict=True) if low < size < high and weight
    ]
    for size, weight in free:
        for other, other_weight in free:
            assert (size - 1) * other_weight < (other + 1) * weight


@given(st.lists(st.integers(1, 5000), min_size=2, max_size=8))
def test_a_larger_population_never_gets_less(populations: list[int]) -> None:
    strata = [stratum(one) for one in populations]
    for allocation in (Allocation.PROPORTIONAL, Allocation.POWER):
        weights = allocation_weights(strata, allocation, F(1, 2))
        found = allocate(sum(populations) // 2, weights, [0] * len(strata), populations)
        for size, own in zip(found, populations, strict=True):
            for other, larger in zip(found, populations, strict=True):
                assert not (larger > own and other < size)


def test_the_weights_of_every_allocation() -> None:
    strata = [stratum(100, F(1, 2)), stratum(400, F(1, 4)), stratum(900)]
    half = F(1, 2)
    assert allocation_weights(strata, Allocation.PROPORTIONAL, half) == [100, 400, 900]
    assert allocation_weights(strata, Allocation.EQUAL, half) == [1, 1, 1]
    assert allocation_weights(strata, Allocation.NEYMAN, half) == [50, 100, 900]
    assert allocation_weights(strata, Allocation.POWER, half) == [5, 5, 30]  # √100 · ½, √400 · ¼, √900 · 1
    assert allocation_weights(strata, Allocation.POWER, F(0)) == [F(1, 2), F(1, 4), 1]
    assert allocation_weights(strata, Allocation.POWER, F(1)) == allocation_weights(strata, Allocation.NEYMAN, half)


def test_neyman_beats_proportional_in_the_variance_it_minimises() -> None:
    strata = [stratum(1000, F(1, 10)), stratum(1000, F(1, 2)), stratum(200, F(9, 10))]

    def variance(allocation: Allocation) -> F:
        weights = allocation_weights(strata, allocation, F(1, 2))
        found = allocate(300, weights, [1] * 3, [one.population for one in strata])
        parts = zip(strata, found, strict=True)
        return sum((F((one.population * (one.deviation or F(0))) ** 2) / size for one, size in parts), F(0))

    assert variance(Allocation.NEYMAN) < variance(Allocation.PROPORTIONAL)
    assert variance(Allocation.NEYMAN) < variance(Allocation.EQUAL)
