"""The sample rules of the editions at work on their made-up assessments."""

from __future__ import annotations

from pathlib import Path

import pytest

from merilo.assessment.errors import Place, Problem, has_errors
from merilo.assessment.located import Mapping
from merilo.folder.sample_plan import make_plan
from tests.house.tree import ROOT

NO_OPTIONS = Mapping({}, Place("--"))
EXPECTED = {
    "fictional-344n-2024": [168, 72, 104, 504, 96, 256, 360],
    "fictional-995n": [23, 21, 22, 22, 22, 23, 23],
    "fictional-krasnoyarsk": [31, 24, 31, 10, 18],
}


def planned(folder: Path) -> tuple[list[int], list[Problem]]:
    problems: list[Problem] = []
    found = make_plan(folder, NO_OPTIONS, problems)
    return ([] if found is None else [row.size for row in found.plan.rows]), problems


@pytest.mark.parametrize("name", EXPECTED)
def test_the_made_up_assessments_can_be_planned_by_their_methodology(name: str) -> None:
    sizes, problems = planned(ROOT / "examples" / name)
    assert problems == []
    assert sizes == EXPECTED[name]


@pytest.mark.parametrize("name", ["fictional-kaluga", "fictional-kemerovo"])
def test_a_methodology_without_a_rule_says_so(name: str) -> None:
    sizes, problems = planned(ROOT / "examples" / name)
    assert has_errors(problems)
    assert ([one.code for one in problems], sizes) == (["SAMPLE-05"], [])
