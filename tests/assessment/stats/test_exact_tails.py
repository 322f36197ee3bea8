"""Exact tails against the enumeration of everything that can happen."""

from __future__ import annotations

from itertools import combinations, product
from math import comb

import pytest

from merilo.assessment.stats.exact_tails import (
    binomial_tail,
    hypergeometric_tail,
    hypergeometric_tails,
    largest_cell_tail,
)


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
