"""The result tables of scores: the rating, criteria and indicators, in columns from first to last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from merilo.assessment.methodology.edition import Grade, Indicator
from merilo.assessment.methodology.formulas.working import Columns, Floats, Statuses
from merilo.assessment.observations.gather import FORMS
from merilo.assessment.observations.units import Rows
from merilo.assessment.pipeline import Assessment
from merilo.assessment.rating.ranking import NO_PLACE
from merilo.assessment.rounding import round_columns, round_estimates
from merilo.assessment.scoring.errors import ScoreErrors
from merilo.assessment.scoring.exact import score_subject
from merilo.folder.result_table import Kind, ResultTable, TableMaker, spread, text_column

if TYPE_CHECKING:
    import polars as pl

LAST = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class Labels:
    """The texts of the register, built once: per organisation its key and name, per row its organisation and form."""

    keys: pl.Series
    names: pl.Series
    row_organisations: Rows
    row_forms: pl.Series
    unit_organisations: Rows
    unit_forms: pl.Series


def labels(assessment: Assessment) -> Labels:
    """The texts of an assessment's register."""
    units, rows = assessment.case.table.units, assessment.rated.rows
    return Labels(
        keys=text_column(units.organisations.keys),
        names=text_column(units.organisations.names),
        row_organisations=rows.organisation,
        row_forms=text_column(rows.forms),
        unit_organisations=units.organisation_rows(),
        unit_forms=text_column(units.units.forms),
    )


def rating_table(assessment: Assessment, text: Labels) -> ResultTable:
    """One row per rated row, by group and place; rows without a place stand last in their group."""
    rated, edition = assessment.rated, assessment.case.rules.edition
    groups = sorted(set(assessment.groups))
    numbered = {group: number for number, group in enumerate(groups)}
    group_of = np.fromiter((numbered[group] for group in assessment.groups), np.int64, len(assessment.groups))
    places = assessment.places
    order = np.lexsort((np.where(places == NO_PLACE, LAST, places), group_of))
    last = assessment.last_places
    grades = _grades(rated.overall.printed, edition.grades)
    table = TableMaker("rating", rated.digits)
    table.texts("organisation", spread(text.keys, text.row_organisations[order]))
    table.texts("name", spread(text.names, text.row_organisations[order]))
    table.texts("form", spread(text.row_forms, order))
    table.texts("group", spread(groups, group_of[order]))
    table.wholes("place", places[order], nothing=NO_PLACE)
    table.wholes("place_to", last[order], nothing=NO_PLACE)
    table.wholes("place_set_first", assessment.place_sets.first[order], nothing=NO_PLACE)
    table.wholes("place_set_last", assessment.place_sets.last[order], nothing=NO_PLACE)
    table.numbers("overall", rated.overall.printed[order], Kind.PRINTED)
    table.numbers("overall_unrounded", rated.overall.value[order])
    error_columns(table, [assessment.overall_errors], order)
    table.statuses("status", rated.overall.status[order])
    table.texts("grade", spread(("", *(grade.name for grade in _ascending(edition.grades))), grades[order]))
    for code, values in rated.criteria.items():
        table.numbers(f"criterion_{code}", values.printed[order], Kind.PRINTED)
    table.wholes("n_questionnaires", _questionnaires(assessment)[order], nothing=-1)
    table.numbers("chance_best", assessment.place_sets.chance_best[order], Kind.SHARE)
    table.numbers("chance_worst", assessment.place_sets.chance_worst[order], Kind.SHARE)
    return table.finish()


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
    row_of = rows.row_of_units(len(column.count))
    known = np.bincount(row_of, ~np.isnan(column.count), len(rows)) > 0
    total = np.bincount(row_of, np.nan_to_num(column.count), len(rows))
    return np.where(known, total, -1).astype(np.int64)


def criteria_table(assessment: Assessment, text: Labels) -> ResultTable:
    """One row per rated row and criterion. A row over several forms has the weight of none of them."""
    rated, scores, codes = assessment.rated, assessment.scores, list(assessment.rated.criteria)
    weights = [scores.criteria[code].weight[rated.rows.first] for code in codes]
    for index, units in rated.rows.several.items():
        for code, column in zip(codes, weights, strict=True):
            behind = scores.criteria[code].weight[list(units)]
            column[index] = behind[0] if (behind == behind[0]).all() else np.nan
    found = list(rated.criteria.values())
    table = TableMaker("criteria", rated.digits)
    long = LongRows(len(rated.rows), len(codes))
    table.texts("organisation", spread(text.keys, text.row_organisations[long.rows]))
    table.texts("form", spread(text.row_forms, long.rows))
    table.texts("criterion", spread(codes, long.parts))
    table.numbers("value", long.joined([one.printed for one in found]), Kind.PRINTED)
    table.numbers("value_unrounded", long.joined([one.value for one in found]))
    error_columns(table, [assessment.errors.rows[code] for code in codes])
    table.statuses("status", long.joined([one.status for one in found]).astype(np.int8))
    table.numbers("weight", long.joined(weights))
    return table.finish()


def indicators_table(assessment: Assessment, text: Labels) -> ResultTable:
    """One row per scored unit and indicator: the formula's value, and what counted of it after the policies."""
    scores = assessment.scores
    indicators = assessment.case.rules.edition.indicators
    found = [scores.indicators[indicator.code] for indicator in indicators]
    table = TableMaker("indicators", assessment.rated.digits)
    long = LongRows(assessment.case.table.size, len(indicators))
    unit_texts(table, text, long)
    table.texts("indicator", spread([indicator.code for indicator in indicators], long.parts))
    table.texts("label", spread([indicator.item.label for indicator in indicators], long.parts))
    table.numbers("value", long.joined(_printed_indicators(assessment, indicators)), Kind.PRINTED)
    result_columns(table, long, [one.result for one in found])
    error_columns(table, [assessment.errors.units[indicator.code] for indicator in indicators])
    table.numbers("weight", long.joined([one.weight for one in found]))
    table.numbers("counted_value", long.joined([one.value for one in found]))
    table.numbers("attainable", long.joined([one.result.high for one in found]))
    return table.finish()


class LongRows:
    """The rows of a long table: every part of row 0, every part of row 1, and so on."""

    def __init__(self, rows: int, parts: int) -> None:
        self.rows = np.repeat(np.arange(rows), parts)
        self.parts = np.tile(np.arange(parts), rows)

    def joined(self, columns: Sequence[Floats | Statuses]) -> Floats:
        """The columns of the parts as one."""
        return np.asarray(np.stack(columns, axis=1).ravel() if columns else np.zeros(0), dtype=np.float64)


def unit_texts(table: TableMaker, text: Labels, long: LongRows) -> None:
    """Organisation and form of every row."""
    table.texts("organisation", spread(text.keys, text.unit_organisations[long.rows]))
    table.texts("form", spread(text.unit_forms, long.rows))


def result_columns(table: TableMaker, long: LongRows, found: Sequence[Columns]) -> None:
    """What formulas gave: value, status, count and base."""
    table.numbers("value_unrounded", long.joined([one.value for one in found]))
    table.statuses("status", long.joined([one.status for one in found]).astype(np.int8))
    table.numbers("count", long.joined([one.count for one in found]))
    table.numbers("base", long.joined([one.base for one in found]))


def error_columns(table: TableMaker, found: Sequence[ScoreErrors], order: Rows | None = None) -> None:
    """Standard errors and intervals of a long table's parts, row by row (of one part in another order)."""

    def joined(name: str) -> Floats:
        columns = [getattr(one, name) if order is None else getattr(one, name)[order] for one in found]
        return np.asarray(np.stack(columns, axis=1).ravel() if columns else np.zeros(0), dtype=np.float64)

    table.numbers("standard_error", joined("error"))
    for name in ("low", "high"):
        table.numbers(name, round_estimates(joined(name), table.digits), Kind.PRINTED)


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
