"""Order 995n: what can be attained in each form of service, and what the forms leave out."""

from __future__ import annotations

from fractions import Fraction

import pytest

from merilo.assessment.errors import Problem
from merilo.assessment.methodology.edition import Edition
from merilo.assessment.methodology.formulas.working import Status, Working
from merilo.assessment.observations.register import Organisation
from merilo.assessment.observations.table import ObservationTable
from merilo.assessment.observations.units import split_units
from merilo.assessment.scoring.evidence import unit_evidence
from merilo.pack import open_pack
from merilo.shelf import EDITIONS


def edition() -> Edition:
    problems: list[Problem] = []
    pack = open_pack(EDITIONS / "ru-995n-2014", problems)
    assert pack is not None, problems
    return pack.edition


def worked(form: str) -> dict[str, Working]:
    """Every indicator and sub-item of an organisation about which nothing is known but its form of service."""
    found = edition()
    units = split_units([Organisation("one", "", {"form": (form,)})], "form")
    evidence = unit_evidence(found, found.policies, ObservationTable(units, {}, {}, {}), 0)
    return {code: item.exact(evidence) for code, item in found.items.items()}


def points(form: str) -> dict[str, Fraction]:
    """The attainable points by criterion."""
    works = worked(form)
    return {
        criterion.code: sum((works[f"{one.code}_points"].high for one in criterion.indicators), Fraction(0))
        for criterion in edition().criteria
    }


@pytest.mark.parametrize(
    ("form", "by_criterion", "total"),
    [("residential", [15, 8, 0, 3, 5], 31), ("day", [15, 8, 2, 3, 5], 33), ("home", [15, 2, 2, 3, 4], 26)],
)
def test_attainable_points_t21(form: str, by_criterion: list[int], total: int) -> None:
    assert list(points(form).values()) == by_criterion
    assert sum(points(form).values()) == total


@pytest.mark.parametrize(
    ("form", "left_out"),
    [
        ("residential", {"13", "14", "19.12"}),
        ("day", {"19.12"}),
        ("home", {"8", "8.1", "8.2", "8.3", "8.4", "10", "12", "20", "19.11", *(f"19.{n}" for n in range(1, 9))}),
    ],
)
def test_what_a_form_of_service_leaves_out(form: str, left_out: set[str]) -> None:
    items = edition().items
    absent = {items[code].label for code, work in worked(form).items() if work.status is Status.NOT_APPLICABLE}
    assert absent - {""} == left_out


def test_every_indicator_is_its_points_carried_to_ten() -> None:
    for indicator in edition().indicators:
        points_item = edition().items[f"{indicator.code}_points"]
        assert points_item.label == indicator.item.label
        assert points_item.applies == indicator.item.applies
        assert indicator.item.formula.high() == 10


def test_the_table_has_22_indicators_in_order() -> None:
    assert [indicator.item.label for indicator in edition().indicators] == [str(n) for n in range(1, 23)]
