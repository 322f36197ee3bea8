"""Every indicator of every shipped edition has a clause and stands in a worked example."""

from __future__ import annotations

import pytest

from merilo.assessment.errors import Problem
from merilo.pack import open_pack, shipped
from merilo.shelf import EDITIONS
from merilo.worked_examples import read_examples


@pytest.mark.parametrize("name", shipped())
def test_every_indicator_has_a_clause_and_an_example(name: str) -> None:
    problems: list[Problem] = []
    pack = open_pack(EDITIONS / name, problems)
    assert pack is not None, problems
    shown = {one.subject for example in read_examples(pack, problems) for one in example.expected}
    for indicator in pack.edition.indicators:
        assert indicator.clause, f"{indicator.code} has no clause"
        inside = {item.code for item in indicator.item.with_nested()}
        assert inside & shown, f"{indicator.code} stands in no worked example"
