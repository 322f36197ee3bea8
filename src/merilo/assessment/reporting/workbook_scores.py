"""The sheets of indicators and criteria: values as cells, scores as formulas over them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from merilo.assessment.methodology.edition import Criterion, CriterionValue, Indicator, OverallValue
from merilo.assessment.methodology.formulas.working import Floats, Status, Statuses
from merilo.assessment.reporting.assessed import Assessed
from merilo.assessment.reporting.facts import category_value_name
from merilo.assessment.reporting.workbook_cells import (
    NumberCell,
    SheetCell,
    WorkbookColumn,
    WorkbookSheet,
    computed,
    fixed,
    own_row,
    shown_digits,
    width_of,
)
from merilo.assessment.reporting.workbook_weights import Weights
from merilo.assessment.rounding import Rounding, RoundingStage
from merilo.assessment.scoring.bulk import CriterionColumns, IndicatorColumns, UnitScores
from merilo.assessment.wording import Wording

NAMED = 3  # columns before the figures: key, name, form
FIGURE_WIDTH = 19


class AssessedUnits(Assessed, Protocol):
    """An assessment with the scores of its units: the material of the workbook."""

    @property
    def scores(self) -> UnitScores:
        """The scores of all units, by indicator and criterion code."""
        ...


@dataclass(frozen=True, slots=True)
class ScoredUnits:
    """What the score sheets are made of."""

    assessment: AssessedUnits
    words: Wording

    @property
    def scores(self) -> UnitScores:
        """The scores of all units."""
        return self.assessment.scores

    @property
    def rounding(self) -> Rounding:
        """The rounding rule in force."""
        return self.assessment.case.rules.policies.rounding

    @property
    def by_points(self) -> bool:
        """Whether the overall score is a share of what could be attained."""
        return self.assessment.case.rules.edition.overall is OverallValue.SHARE_OF_ATTAINABLE

    def stage(self, stage: RoundingStage) -> Rounding | None:
        """The rounding rule where results of this stage are rounded before further use."""
        return self.rounding if self.rounding.keeps(stage) else None

    def status_word(self, status: int) -> str:
        """`нет данных`."""
        return self.words.say(f"WORKBOOK-STATUS-{Status(status).name}")

    def named(self, unit: int) -> tuple[str, str, str]:
        """Key, name and form of a unit."""
        units = self.assessment.case.table.units
        found = units.units[unit]
        organisation = units.organisations[found.organisation]
        form = category_value_name(self.assessment.case.rules.edition, found.form) if found.form else ""
        return organisation.key, organisation.name, form

    def named_columns(self) -> tuple[WorkbookColumn, ...]:
        """Headers of those three."""
        texts = [self.named(unit) for unit in range(self.assessment.case.table.size)]
        headers = [self.words.say(f"WORKBOOK-{code}") for code in ("KEY", "ORGANISATION", "FORM")]
        return tuple(
            WorkbookColumn(header, width_of([text[place] for text in texts])) for place, header in enumerate(headers)
        )


def titled(label: str, name: str) -> str:
    """`1.1 Соответствие информации`."""
    return f"{label} {name}".strip()


class IndicatorSheet:
    """Every unit's indicators: the value, its base, what could be attained, and what counted."""

    def __init__(self, of: ScoredUnits) -> None:
        self.of, self.name = of, of.words.say("WORKBOOK-SHEET-INDICATORS")
        self.columns = list(of.named_columns())
        self.cells: list[list[SheetCell]] = [[], [], []]
        self.counted_at: dict[str, int] = {}
        self.attainable_at: dict[str, int] = {}
        for unit in range(of.assessment.case.table.size):
            for column, text in zip(self.cells, of.named(unit), strict=True):
                column.append(text)
        for indicator in of.assessment.case.rules.edition.indicators:
            self._add(indicator)

    def sheet(self) -> WorkbookSheet:
        """The sheet."""
        return WorkbookSheet(self.name, tuple(self.columns), list(zip(*self.cells, strict=True)), NAMED)

    def _add(self, indicator: Indicator) -> None:
        found, short = self.of.scores.indicators[indicator.code], indicator.item.label or indicator.short_name
        values = [self._value(found.result.value, found.result.status, unit) for unit in range(len(self.cells[0]))]
        value_at = self._column(titled(indicator.item.label, indicator.short_name), values)
        if not np.isnan(found.result.base).all():
            self._column(self.of.words.say("WORKBOOK-N", name=short), [number(base) for base in found.result.base])
        if self.of.by_points:
            header = self.of.words.say("WORKBOOK-ATTAINABLE", name=short)
            self.attainable_at[indicator.code] = self._column(header, [number(high) for high in found.result.high])
        header, counted = self.of.words.say("WORKBOOK-COUNTED", name=short), self._counted(found, value_at)
        self.counted_at[indicator.code] = self._column(header, counted)

    def _column(self, header: str, cells: list[SheetCell]) -> int:
        self.columns.append(WorkbookColumn(header, FIGURE_WIDTH))
        self.cells.append(cells)
        return len(self.columns) - 1

    def _counted(self, found: IndicatorColumns, value_at: int) -> list[SheetCell]:
        """The value where it counts as it is, a number where a policy gave one, nothing where it was left out."""
        digits, stage = shown_digits(self.of.rounding), self.of.stage(RoundingStage.INDICATOR)
        return [
            computed(own_row(value_at, unit + 1), value, digits, stage)
            if value == value and found.result.status[unit] == Status.SCORED
            else number(value, digits)
            for unit, value in enumerate(found.value.tolist())
        ]

    def _value(self, values: Floats, statuses: Statuses, unit: int) -> SheetCell:
        if statuses[unit] == Status.SCORED:
            return NumberCell(float(values[unit]), shown_digits(self.of.rounding))
        return self.of.status_word(statuses[unit])

    def counted(self, code: str, unit: int) -> str:
        """The cell of what an indicator counted for."""
        return fixed(self.name, self.counted_at[code], unit + 1)

    def attainable(self, code: str, unit: int) -> str:
        """The cell of what could be attained in an indicator."""
        return fixed(self.name, self.attainable_at[code], unit + 1)


def number(value: float, digits: int | None = None) -> SheetCell:
    """A number, or an empty cell where there is none."""
    return None if value != value else NumberCell(float(value), digits)


class CriterionSheet:
    """Every unit's criteria and overall score, and below the forms of one organisation their mean."""

    def __init__(self, of: ScoredUnits, indicators: IndicatorSheet, weights: Weights) -> None:
        self.of, self.name = of, of.words.say("WORKBOOK-SHEET-CRITERIA")
        self.indicators, self.weights = indicators, weights
        self.criteria = of.assessment.case.rules.edition.criteria
        self.has_overall = of.assessment.case.rules.edition.overall is not OverallValue.NONE
        self.columns = list(of.named_columns())
        self.value_at: dict[str, int] = {}
        self.high_at: dict[str, int] = {}
        self.row_at: dict[int, int] = {}
        self.rows: list[tuple[SheetCell, ...]] = []
        self._lay_out()

    def _lay_out(self) -> None:
        for criterion in self.criteria:
            self.value_at[criterion.code] = len(self.columns)
            self.columns.append(WorkbookColumn(titled(criterion.label, criterion.short_name), FIGURE_WIDTH))
            if self.of.by_points:
                self.high_at[criterion.code] = len(self.columns)
                named = self.of.words.say("WORKBOOK-ATTAINABLE", name=criterion.label or criterion.short_name)
                self.columns.append(WorkbookColumn(named, FIGURE_WIDTH))
        self.overall_at = len(self.columns)
        if self.has_overall:
            self.columns.append(WorkbookColumn(self.of.words.say("WORKBOOK-OVERALL"), FIGURE_WIDTH))

    def sheet(self) -> WorkbookSheet:
        """The sheet; a rated row over several forms stands below them."""
        for index, rated in enumerate(self.of.assessment.rated.rows):
            rows = [self._add(self._unit(unit, len(self.rows) + 1)) for unit in rated.units]
            self.row_at[index] = rows[0] if len(rows) == 1 else self._add(self._mean(index, rows))
        return WorkbookSheet(self.name, tuple(self.columns), self.rows, NAMED)

    def _add(self, cells: tuple[SheetCell, ...]) -> int:
        self.rows.append(cells)
        return len(self.rows)

    def _unit(self, unit: int, row: int) -> tuple[SheetCell, ...]:
        attributes = self.of.assessment.case.table.units.attributes(unit)
        cells: list[SheetCell] = list(self.of.named(unit))
        for criterion in self.criteria:
            found = self.of.scores.criteria[criterion.code]
            parts = [
                indicator
                for indicator in criterion.indicators
                if not np.isnan(self.of.scores.indicators[indicator.code].value[unit])
            ]
            formula = self._criterion_formula(criterion, parts, unit, attributes)
            cells.append(self._score(found, unit, formula, RoundingStage.CRITERION))
            if self.of.by_points:
                cells.append(self._attainable(criterion, parts, unit))
        if self.has_overall:
            formula = self._overall_formula(unit, row, attributes)
            cells.append(self._score(self.of.scores.overall, unit, formula, RoundingStage.ALL))
        return tuple(cells)

    def _score(self, found: CriterionColumns, unit: int, formula: str, stage: RoundingStage) -> SheetCell:
        if found.status[unit] != Status.SCORED:
            return self.of.status_word(found.status[unit])
        digits = shown_digits(self.of.rounding)
        return computed(formula, float(found.value[unit]), digits, self.of.stage(stage))

    def _criterion_formula(
        self, criterion: Criterion, parts: Sequence[Indicator], unit: int, attributes: dict[str, str]
    ) -> str:
        values = [self.indicators.counted(part.code, unit) for part in parts]
        if criterion.value is CriterionValue.SUM:
            return "+".join(values)
        return mean_formula([self.weights.cell(part.code, part.weight, attributes) for part in parts], values)

    def _attainable(self, criterion: Criterion, parts: Sequence[Indicator], unit: int) -> SheetCell:
        found = self.of.scores.criteria[criterion.code]
        if found.status[unit] != Status.SCORED:
            return None
        highs = "+".join(self.indicators.attainable(part.code, unit) for part in parts)
        formula = highs if criterion.value is CriterionValue.SUM else self.weights.scale()
        return computed(formula, float(found.high[unit]), None)

    def _overall_formula(self, unit: int, row: int, attributes: dict[str, str]) -> str:
        weights = self.of.assessment.case.rules.weights
        counted = [
            criterion.code
            for criterion in self.criteria
            if not np.isnan(self.of.scores.criteria[criterion.code].value[unit])
            and (self.of.by_points or self.of.scores.criteria[criterion.code].weight[unit] != 0)
        ]
        values = [own_row(self.value_at[code], row) for code in counted]
        if self.of.by_points:
            highs = "+".join(own_row(self.high_at[code], row) for code in counted)
            return f"{self.weights.scale()}*({'+'.join(values)})/({highs})"
        return mean_formula([self.weights.cell(code, weights[code], attributes) for code in counted], values)

    def _mean(self, index: int, rows: Sequence[int]) -> tuple[SheetCell, ...]:
        rated = self.of.assessment.rated
        key, name, _ = self.of.named(rated.rows[index].units[0])
        cells: list[SheetCell] = [None] * len(self.columns)
        cells[:NAMED] = [key, name, self.of.words.say("WORKBOOK-MEAN-OF-FORMS")]
        found = [(self.value_at[code], values) for code, values in rated.criteria.items()]
        if self.has_overall:
            found.append((self.overall_at, rated.overall))
        for column, values in found:
            scored = [own_row(column, row) for row in rows if not isinstance(self.rows[row - 1][column], str)]
            if values.status[index] == Status.SCORED:
                digits = shown_digits(self.of.rounding)
                cells[column] = computed(f"AVERAGE({','.join(scored)})", float(values.value[index]), digits)
            else:
                cells[column] = self.of.status_word(values.status[index])
        return tuple(cells)

    def cell(self, code: str, index: int) -> str:
        """The cell of a criterion's unrounded value in a rated row."""
        return fixed(self.name, self.value_at[code], self.row_at[index])

    def overall(self, index: int) -> str:
        """The cell of the unrounded overall score of a rated row."""
        return fixed(self.name, self.overall_at, self.row_at[index])


def mean_formula(weights: Sequence[str], values: Sequence[str]) -> str:
    """`(w1*v1+w2*v2)/(w1+w2)`."""
    terms = "+".join(f"{weight}*{value}" for weight, value in zip(weights, values, strict=True))
    return f"({terms})/({'+'.join(weights)})"
