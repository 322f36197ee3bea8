"""The workbook of scores as data: every score a formula over the values and weights it was made of."""

from __future__ import annotations

from dataclasses import dataclass

from merilo.assessment.errors import InputError, Place, problem
from merilo.assessment.reporting.report_head import ReportHead
from merilo.assessment.reporting.workbook_cells import WorkbookSheet
from merilo.assessment.reporting.workbook_errors import errors_sheet
from merilo.assessment.reporting.workbook_pages import (
    compared_sheet,
    organisations_sheet,
    rules_sheet,
    shortcomings_sheet,
)
from merilo.assessment.reporting.workbook_rating import RatingSheet
from merilo.assessment.reporting.workbook_scores import AssessedUnits, CriterionSheet, IndicatorSheet, ScoredUnits
from merilo.assessment.reporting.workbook_weights import Weights
from merilo.assessment.wording import Wording

MOST_ROWS = 1_048_575
CATALOGUE = "workbook"


@dataclass(frozen=True, slots=True)
class ScoresWorkbook:
    """A workbook of scores: its title, its language ("ru" or "en") and its sheets."""

    title: str
    language: str
    sheets: tuple[WorkbookSheet, ...]


def scores_workbook(assessment: AssessedUnits, words: Wording, head: ReportHead | None = None) -> ScoresWorkbook:
    """The workbook of an assessment; `words` hold the catalogue of workbooks, `head` its title and period.

    Raises InputError where there are more rows than a sheet holds.
    """
    of = ScoredUnits(assessment, words)
    edition = assessment.case.rules.edition
    named = edition.title if words.language == "ru" else edition.title_en
    head = head or ReportHead(words.say("WORKBOOK-UNTITLED", edition=named), "")
    weights = Weights(assessment.case.rules, words)
    indicators = IndicatorSheet(of)
    criteria = CriterionSheet(of, indicators, weights)
    criteria_sheet = criteria.sheet()
    found = (
        RatingSheet(of, criteria).sheet(),
        criteria_sheet,
        indicators.sheet(),
        errors_sheet(of),
        organisations_sheet(of),
        weights.sheet(),
        rules_sheet(of, head),
        shortcomings_sheet(of),
        compared_sheet(of),
    )
    sheets = tuple(sheet for sheet in found if sheet is not None)
    too_long = [
        problem("TABLE-28", Place(sheet.name), sheet=sheet.name, rows=len(sheet.rows), limit=MOST_ROWS)
        for sheet in sheets
        if len(sheet.rows) > MOST_ROWS
    ]
    if too_long:
        raise InputError(too_long)
    return ScoresWorkbook(head.title, words.language, sheets)
