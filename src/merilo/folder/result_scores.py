"""The result tables of scores: the rating, criteria, indicators and sub-items, in columns from first to last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from merilo.assessment.methodology.edition import Grade, Indicator
from merilo.assessment.methodology.formulas.formula import Item
from merilo.assessment.methodology.formulas.working import Columns, Floats, Statuses
from merilo.assessment.methodology.policies import Ties
from merilo.assessment.observations.gather import FORMS
from merilo.assessment.pipeline import Assessment
from merilo.assessment.rating.ranking import NO_PLACE
from merilo.assessment.rounding import round_columns
from merilo.assessment.scoring.evidence import AllEvidence, unit_evidence
from merilo.assessment.scoring.exact import score_subject
from merilo.folder.result_table import Kind, ResultTable, TableMaker, spread

Rows = NDArray[np.int64]
LAST = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class Labels:
    """The texts of the register, built once: per organisation its key and name, per row its organisation and form."""

    keys: Sequence[str]
    names: Sequence[str]
    row_organisations: Rows
    row_forms: Sequence[str]
    unit_organisations: Rows
    unit_forms: Sequence[str]


def labels(assessment: Assessment) -> Labels:
    """The texts of an assessment's register."""
    units, rows = assessment.case.table.units, assessment.rated.rows
    return Labels(
        keys=[organisation.key for organisation in units.organisations],
        names=[organisation.name for organisation in units.organisations],
        row_organisations=np.fromiter((row.organisation for row in rows), dtype=np.int64, count=len(rows)),
        row_forms=[row.form for row in rows],
        unit_organisations=units.organisation_rows(),
        unit_forms=[unit.form for unit in units.units],
    )


def rating_table(assessment: Assessment, text: Labels) -> ResultTable:
    """One row per rated row, by group and place; rows without a place stand last in their group."""
    rated, edition = assessment.rated, assessment.case.rules.edition
    groups = sorted(set(assessment.groups))
    numbered = {group: number for number, group in enumerate(groups)}
    group_of = np.fromiter((numbered[group] for group in assessment.groups), np.int64, len(assessment.groups))
    places = assessment.places
    order = np.lexsort((np.where(places == NO_PLACE, LAST, places), group_of))
    last = _last_places(group_of, places, assessment.case.rules.policies.ties)
    grades = _grades(rated.overall.printed, edition.grades)
    table = TableMaker("rating", rated.digits)
    table.texts("organisation", spread(text.keys, text.row_organisations[order]))
    table.texts("name", spread(text.names, text.row_organisations[order]))
    table.texts("form", spread(text.row_forms, order))
    table.texts("group", spread(groups, group_of[order]))
    table.wholes("place", places[order], nothing=NO_PLACE)
    table.wholes("place_to", last[order], nothing=NO_PLACE)
    table.numbers("overall", rated.overall.printed[order], Kind.PRINTED)
    table.numbers("overall_unrounded", rated.overall.value[order])
    table.statuses("status", rated.overall.status[order])
    table.texts("grade", spread(("", *(grade.name for grade in _ascending(edition.grades))), grades[order]))
    for code, values in rated.criteria.items():
        table.numbers(f"criterion_{code}", values.printed[order], Kind.PRINTED)
    table.wholes("n_questionnaires", _questionnaires(assessment)[order], nothing=-1)
    return table.finish()


def _last_places(groups: Rows, places: Rows, ties: Ties) -> Rows:
    """The last of the places that equal scores share: 5 and 6 for the two fifths of 5, 5, 7."""
    if ties is not Ties.COMPETITION:
        return places
    _, same, shared_by = np.unique(groups * (len(places) + 1) + places, return_inverse=True, return_counts=True)
    return np.where(places == NO_PLACE, NO_PLACE, places + shared_by[same] - 1)


def _ascending(grades: Sequence[Grade]) -> list[Grade]:
    return sorted(grades, key=lambda grade: grade.lowest)


def _grades(printed: Floats, grades: Sequence[Grade]) -> Rows:
    """How many grades a printed score reaches, lowest first: its index in ("", lowest, … best)."""
    reached = np.searchsorted(np.array([float(grade.lowest) for grade in _ascending(grades)]), printed, side="right")
    return np.where(np.isnan(printed), 0, reached).astype(np.int64)


def _questionnaires(assessment: Assessment) -> Rows:
    """How many questionnaires stand behind each rated row; −1 where that is not known."""
    rows = assessment.rated.rows
    column = assessment.case.table.columns.get(FORMS)
    if column is None:
        return np.full(len(rows), -1, dtype=np.int64)
    sizes = np.fromiter((len(row.units) for row in rows), np.int64, len(rows))
    units = np.fromiter((unit for row in rows for unit in row.units), np.int64, int(sizes.sum()))
    row_of_unit = np.repeat(np.arange(len(rows)), sizes)
    counted = column.count[units]
    known = np.bincount(row_of_unit, ~np.isnan(counted), len(rows)) > 0
    total = np.bincount(row_of_unit, np.nan_to_num(counted), len(rows))
    return np.where(known, total, -1).astype(np.int64)


def criteria_table(assessment: Assessment, text: Labels) -> ResultTable:
    """One row per rated row and criterion. A row over several forms has the weight of none of them."""
    rated, scores, codes = assessment.rated, assessment.scores, list(assessment.rated.criteria)
    first = np.fromiter((row.units[0] for row in rated.rows), np.int64, len(rated.rows))
    weights = [scores.criteria[code].weight[first].copy() for code in codes]
    for index, row in enumerate(rated.rows):
        if len(row.units) > 1:
            for code, column in zip(codes, weights, strict=True):
                behind = scores.criteria[code].weight[list(row.units)]
                column[index] = behind[0] if (behind == behind[0]).all() else np.nan
    found = list(rated.criteria.values())
    table = TableMaker("criteria", rated.digits)
    long = _Long(len(rated.rows), len(codes))
    table.texts("organisation", spread(text.keys, text.row_organisations[long.rows]))
    table.texts("form", spread(text.row_forms, long.rows))
    table.texts("criterion", spread(codes, long.parts))
    table.numbers("value", long.joined([one.printed for one in found]), Kind.PRINTED)
    table.numbers("value_unrounded", long.joined([one.value for one in found]))
    table.statuses("status", long.joined([one.status for one in found]).astype(np.int8))
    table.numbers("weight", long.joined(weights))
    return table.finish()


def indicators_table(assessment: Assessment, text: Labels) -> ResultTable:
    """One row per scored unit and indicator: the formula's value, and what counted of it after the policies."""
    scores = assessment.scores
    indicators = assessment.case.rules.edition.indicators
    found = [scores.indicators[indicator.code] for indicator in indicators]
    table = TableMaker("indicators", assessment.rated.digits)
    long = _Long(assessment.case.table.size, len(indicators))
    _units(table, text, long)
    table.texts("indicator", spread([indicator.code for indicator in indicators], long.parts))
    table.texts("label", spread([indicator.item.label for indicator in indicators], long.parts))
    table.numbers("value", long.joined(_printed_indicators(assessment, indicators)), Kind.PRINTED)
    _results(table, long, [one.result for one in found])
    table.numbers("weight", long.joined([one.weight for one in found]))
    table.numbers("counted_value", long.joined([one.value for one in found]))
    table.numbers("attainable", long.joined([one.result.high for one in found]))
    return table.finish()


def items_table(assessment: Assessment, text: Labels) -> ResultTable | None:
    """One row per scored unit and sub-item of a formula; None where the edition has none."""
    case = assessment.case
    inside = [(one.code, item) for one in case.rules.edition.indicators for item in one.item.with_nested()[1:]]
    if not inside:
        return None
    evidence = AllEvidence(case.rules.edition, case.rules.policies, case.table)
    found = [item.columns(evidence) for _, item in inside]
    printed = [_printed_item(assessment, item, one) for (_, item), one in zip(inside, found, strict=True)]
    table = TableMaker("items", assessment.rated.digits)
    long = _Long(case.table.size, len(inside))
    _units(table, text, long)
    table.texts("indicator", spread([code for code, _ in inside], long.parts))
    table.texts("item", spread([item.code for _, item in inside], long.parts))
    table.texts("label", spread([item.label for _, item in inside], long.parts))
    table.numbers("value", long.joined(printed), Kind.PRINTED)
    _results(table, long, found)
    table.numbers("attainable", long.joined([one.high for one in found]))
    return table.finish()


class _Long:
    """The rows of a long table: every part of row 0, every part of row 1, and so on."""

    def __init__(self, rows: int, parts: int) -> None:
        self.rows = np.repeat(np.arange(rows), parts)
        self.parts = np.tile(np.arange(parts), rows)

    def joined(self, columns: Sequence[Floats | Statuses]) -> Floats:
        """The columns of the parts as one."""
        return np.asarray(np.stack(columns, axis=1).ravel() if columns else np.zeros(0), dtype=np.float64)


def _units(table: TableMaker, text: Labels, long: _Long) -> None:
    table.texts("organisation", spread(text.keys, text.unit_organisations[long.rows]))
    table.texts("form", spread(text.unit_forms, long.rows))


def _results(table: TableMaker, long: _Long, found: Sequence[Columns]) -> None:
    table.numbers("value_unrounded", long.joined([one.value for one in found]))
    table.statuses("status", long.joined([one.status for one in found]).astype(np.int8))
    table.numbers("count", long.joined([one.count for one in found]))
    table.numbers("base", long.joined([one.base for one in found]))


def _printed_indicators(assessment: Assessment, indicators: Sequence[Indicator]) -> list[Floats]:
    """Printed values of units: those of the rated rows where each stands on one unit, rounded here where not."""
    rated = assessment.rated
    if len(rated.rows) == assessment.case.table.size:
        return [rated.indicators[indicator.code].printed for indicator in indicators]
    rules, table, rounding = assessment.case.rules, assessment.case.table, assessment.case.rules.policies.rounding

    def printed(code: str) -> Floats:
        def exact(row: int) -> Fraction:
            return score_subject(rules, table, row, code) or Fraction(0)

        return round_columns(assessment.scores.indicators[code].result.value, rounding.printed, rounding.mode, exact)

    return [printed(indicator.code) for indicator in indicators]


def _printed_item(assessment: Assessment, item: Item, found: Columns) -> Floats:
    case, rounding = assessment.case, assessment.case.rules.policies.rounding

    def exact(row: int) -> Fraction:
        return item.exact(unit_evidence(case.rules.edition, case.rules.policies, case.table, row)).value or Fraction(0)

    return round_columns(found.value, rounding.printed, rounding.mode, exact)
