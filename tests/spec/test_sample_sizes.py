"""How many to ask (T16, T17, T30)."""

from __future__ import annotations

from fractions import Fraction as F

import pytest

from merilo.assessment.sampling.size import (
    CAP_675N,
    SHARE_675N,
    finite_population_size,
    nearest,
    rounded_up,
    share_of_population,
)


@pytest.mark.parametrize(("population", "size"), [(1, 1), (76, 31), (1000, 400), (1500, 600), (2979, 600)])
def test_forty_per_cent_but_at_most_600(population: int, size: int) -> None:
    assert share_of_population(population, SHARE_675N, cap=CAP_675N) == size


@pytest.mark.parametrize(
    ("population", "size"), [(76, 19), (106, 20), (210, 22), (292, 23), (516, 23), (2979, 24), (20509, 24)]
)
def test_the_finite_population_formula_as_the_samara_report_rounded_it(population: int, size: int) -> None:
    unrounded = finite_population_size(population, share=F("0.9"), margin=F("0.1"), t=F("1.65"))
    assert nearest(unrounded) == size


def test_rounding_up_never_asks_fewer_than_the_formula_demands() -> None:
    unrounded = finite_population_size(516, share=F("0.9"), margin=F("0.1"), t=F("1.65"))
    assert unrounded > 23
    assert rounded_up(unrounded) == 24


@pytest.mark.parametrize(("population", "size"), [(10, 3), (33, 10), (101, 31)])
def test_thirty_per_cent_of_the_recipients(population: int, size: int) -> None:
    assert share_of_population(population, F("0.30")) == size


@pytest.mark.parametrize(("population", "size"), [(199, 1), (12345, 62)])
def test_half_a_per_cent_of_the_registered(population: int, size: int) -> None:
    assert share_of_population(population, F("0.005")) == size
