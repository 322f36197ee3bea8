"""Shares by group in the head of a report: answers by their texts, summed over organisations, none of itself."""

from __future__ import annotations

from merilo.assessment.errors import Problem
from merilo.folder.assessment_folder import open_folder
from merilo.folder.report_head import report_head
from tests.house.tree import ROOT


def test_groups_are_named_by_the_texts_of_answers_and_summed_over_organisations() -> None:
    problems: list[Problem] = []
    opened = open_folder(ROOT / "examples" / "fictional-krasnoyarsk", problems)
    assert opened is not None, problems
    by_service, by_channel, by_place = report_head(opened).breakdowns
    assert (by_service.name, by_channel.name, by_place.name) == ("Услуга", "Способ получения анкеты", "Место опроса")
    options = [option.text for option in opened.pack.questionnaire.questions["q1"].options]
    assert list(dict.fromkeys(one.group for one in by_service.shares)) == options
    assert {one.quantity for one in by_place.shares} == {"satisfied", "dissatisfied", "undecided"}
    raw = [one for one in opened.survey.breakdowns if one.column == "q1" and one.quantity == "satisfied"]
    summed = [one for one in by_service.shares if one.quantity == "satisfied"]
    assert sum(one.base for one in summed) == sum(one.base for one in raw)
    assert sum(one.count for one in summed) == sum(one.count for one in raw)
