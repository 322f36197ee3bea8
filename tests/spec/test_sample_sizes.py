"""How many to ask by the rules the editions carry (T16, T17, T30), and all sizes the Samara report printed."""

from __future__ import annotations

import csv
from dataclasses import replace
from fractions import Fraction as F

import pytest

from merilo.assessment.methodology.edition import SampleRule
from merilo.assessment.methodology.size_rule import SizeRounding, coefficient
from merilo.assessment.sampling.size import error_of_share, finite_population_size, required_size
from merilo.pack import open_pack
from merilo.shelf import EDITIONS
from tests.house.tree import ROOT


def rules(edition: str) -> dict[str, SampleRule]:
    pack = open_pack(EDITIONS / edition, [])
    assert pack is not None
    return {rule.code: rule for rule in pack.edition.sampling}


def size(population: int, edition: str, code: str) -> int:
    return required_size(population, rules(edition)[code].size)


@pytest.mark.parametrize(("population", "expected"), [(0, 0), (1, 1), (76, 31), (1000, 400), (1500, 600), (2979, 600)])
def test_forty_per_cent_but_at_most_600(population: int, expected: int) -> None:
    assert size(population, "ru-344n-2018", "order_675n") == expected


@pytest.mark.parametrize(
    ("population", "expected"), [(76, 19), (106, 20), (210, 22), (292, 23), (516, 23), (2979, 24), (20509, 24)]
)
def test_the_finite_population_formula_as_the_samara_report_rounded_it(population: int, expected: int) -> None:
    assert size(population, "ru-995n-2014", "samara_2016") == expected


def test_26_of_the_27_sizes_of_the_samara_report_come_out() -> None:
    text = (ROOT / "examples" / "samara-2016" / "organisations.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(text.splitlines()))
    pairs = [(int(row["recipients"]), int(row["sample"])) for row in rows]
    unlike = [pair for pair in pairs if size(pair[0], "ru-995n-2014", "samara_2016") != pair[1]]
    assert len(pairs) == 27
    # The report's own formula gives 21.83 for 200 recipients; it prints 21.
    assert unlike == [(200, 21)]


def test_the_quantile_of_the_stated_probability_would_not_give_the_printed_sizes() -> None:
    rule = rules("ru-995n-2014")["samara_2016"].size
    assert required_size(292, rule) == 23
    assert required_size(292, replace(rule, t=coefficient(F("0.9")))) == 22


def test_rounding_up_never_asks_fewer_than_the_formula_demands() -> None:
    rule = rules("ru-995n-2014")["samara_2016"].size
    unrounded = finite_population_size(516, share=rule.share, margin=rule.margin, t=rule.t)
    assert unrounded > 23
    assert required_size(516, replace(rule, rounding=SizeRounding.UP)) == 24


@pytest.mark.parametrize(("population", "expected"), [(10, 3), (33, 10), (101, 31)])
def test_thirty_per_cent_of_the_recipients(population: int, expected: int) -> None:
    assert size(population, "ru-krasnoyarsk-2024", "institution_recipients") == expected


@pytest.mark.parametrize(("population", "expected"), [(199, 1), (12345, 62)])
def test_half_a_per_cent_of_the_registered(population: int, expected: int) -> None:
    assert size(population, "ru-krasnoyarsk-2024", "office_registered") == expected


@pytest.mark.parametrize(
    ("level", "expected"), [("0.9", "1.644854"), ("0.95", "1.959964"), ("0.954", "1.995393"), ("0.99", "2.575829")]
)
def test_the_coefficient_of_a_level(level: str, expected: str) -> None:
    # Quantiles of the normal distribution as printed in statistical tables.
    assert coefficient(F(level)) == F(expected)


def test_the_error_is_the_formula_solved_for_it() -> None:
    rule = rules("ru-995n-2014")["samara_2016"].size
    for population in (76, 516, 20509):
        exact = finite_population_size(population, share=rule.share, margin=rule.margin, t=rule.t)
        assert required_size(population, replace(rule, rounding=SizeRounding.UP)) >= exact
    # t √(w(1−w)(1/n − 1/N)) = 1.65 · √(0.09 · (1/24 − 1/2979)) by hand
    assert error_of_share(24, 2979, share=rule.share, t=rule.t) == pytest.approx(0.1006336, abs=1e-6)
    assert error_of_share(50, 50, share=rule.share, t=rule.t) == 0
    assert error_of_share(0, 50, share=rule.share, t=rule.t) is None
