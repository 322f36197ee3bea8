"""The editions that come with Merilo: each opens without problems, and all its worked examples come out."""

from __future__ import annotations

import pytest

from merilo.assessment.errors import Problem
from merilo.pack import Pack, open_pack, shipped
from merilo.shelf import EDITIONS
from merilo.worked_examples import check_examples


def opened(name: str) -> Pack:
    problems: list[Problem] = []
    pack = open_pack(EDITIONS / name, problems)
    assert not problems
    assert pack is not None
    return pack


@pytest.mark.parametrize("name", shipped())
def test_an_edition_opens_under_the_name_of_its_folder(name: str) -> None:
    assert opened(name).edition.code == name


@pytest.mark.parametrize("name", shipped())
def test_all_examples_of_an_edition_come_out(name: str) -> None:
    count, problems = check_examples(opened(name))
    assert count > 0
    assert not problems


@pytest.mark.parametrize("name", shipped())
def test_every_indicator_says_where_it_comes_from(name: str) -> None:
    assert not [indicator.code for indicator in opened(name).edition.indicators if not indicator.clause]


@pytest.mark.parametrize("name", shipped())
def test_every_quantity_of_an_edition_can_be_observed(name: str) -> None:
    """A quantity with a question has the question in the questionnaire, whatever source it comes from."""
    pack = opened(name)
    asked = {quantity.question for quantity in pack.edition.quantities.values() if quantity.question}
    assert asked <= set(pack.questionnaire.questions)
