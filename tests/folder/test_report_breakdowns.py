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
    raw = [one for one in opened.survey.breakdowns if one.column == "channel" and one.quantity == "satisfied"]
    summed = [one for one in by_channel.shares if one.quantity == "satisfied"]
    assert sum(one.base or 0 for one in summed) == sum(one.base for one in raw)
    assert sum(one.count or 0 for one in summed) == sum(one.count for one in raw)


def test_a_small_group_and_those_it_follows_from_are_hidden_in_the_report_too() -> None:
    problems: list[Problem] = []
    opened = open_folder(ROOT / "examples" / "fictional-krasnoyarsk", problems)
    assert opened is not None, problems
    by_service, _, _ = report_head(opened).breakdowns
    satisfied = {one.group: one.base for one in by_service.shares if one.quantity == "satisfied"}
    assert satisfied["Другая услуга"] is None  # four answers
    assert list(satisfied.values()).count(None) == 2  # one of the others follows with it


def test_forms_of_service_are_groups_of_all_organisations_together() -> None:
    problems: list[Problem] = []
    opened = open_folder(ROOT / "examples" / "fictional-995n", problems)
    assert opened is not None, problems
    forms = report_head(opened).breakdowns[0]
    splitting = opened.pack.edition.splitting
    assert splitting is not None
    assert forms.name == splitting.name
    assert {one.group for one in forms.shares} == {value.name for value in splitting.values}
    assert all(one.low is not None and one.high is not None for one in forms.shares if one.base)
