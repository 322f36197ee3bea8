"""From an opened folder to the head of its report: titles, questionnaires, remarks, shares by group."""

from __future__ import annotations

import re
from collections.abc import Iterator

from merilo.assessment.instrument.questionnaire import Questionnaire
from merilo.assessment.methodology.quantity import Quantity
from merilo.assessment.reporting.report_head import BreakdownShares, FieldworkHead, GroupShare, Remark, ReportHead
from merilo.folder.assessment_folder import OpenedFolder

YEAR = re.compile(r"\b(?:19|20)\d{2}\b")


def report_head(opened: OpenedFolder, fieldwork: FieldworkHead | None = None) -> ReportHead:
    """What the report says besides results; the year is the last one its period names."""
    settings, units = opened.settings, opened.case.table.units
    years = YEAR.findall(settings.period)
    return ReportHead(
        title=settings.title,
        period=settings.period,
        operator=settings.operator,
        authority=settings.authority,
        place=settings.place,
        year=years[-1] if years else "",
        notes=settings.notes,
        questionnaires=opened.survey.forms,
        conflicts=tuple(opened.survey.conflicts.items()),
        remarks=tuple(
            Remark(units.organisations[units.units[found.unit].organisation].key, found.code, found.note)
            for found in opened.observations
            if found.note
        ),
        breakdowns=tuple(_breakdowns(opened)),
        fieldwork=fieldwork or FieldworkHead(),
    )


def _breakdowns(opened: OpenedFolder) -> Iterator[BreakdownShares]:
    """Shares by group of respondents, summed over organisations, with the texts of answers for their numbers."""
    quantities = opened.pack.edition.quantities
    for breakdown in opened.pack.edition.breakdowns:
        sums: dict[tuple[str, str], list[int]] = {}
        texts = _answer_texts(opened.pack.questionnaire, breakdown.column)
        for one in opened.survey.breakdowns:
            if one.column == breakdown.column and _is_told(quantities.get(one.quantity), one.column):
                group = texts.get(str(one.group), str(one.group))
                found = sums.setdefault((group, one.quantity), [0, 0])
                found[0] += one.count
                found[1] += one.base
        ordered = sorted(sums.items(), key=lambda pair: _rank(pair[0][0], list(texts.values())))
        shares = tuple(GroupShare(group, code, count, base) for (group, code), (count, base) in ordered)
        if shares:
            yield BreakdownShares(breakdown.name, shares)


def _answer_texts(questionnaire: Questionnaire, column: str) -> dict[str, str]:
    question = questionnaire.questions.get(column)
    return {str(option.value): option.text for option in question.options} if question is not None else {}


def _is_told(quantity: Quantity | None, column: str) -> bool:
    """Whether shares of a quantity say something by group: not where the groups are its own answers."""
    return quantity is not None and quantity.kind.bounded_by_base and quantity.question != column


def _rank(group: str, options: list[str]) -> tuple[int, str]:
    """Answers in the order of the questionnaire, other groups by their names."""
    return (options.index(group), "") if group in options else (len(options), group)
