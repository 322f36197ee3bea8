"""The first sheet of the workbook: places and printed scores, each a formula over the sheet of criteria."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from merilo.assessment.methodology.formulas.working import Status
from merilo.assessment.methodology.policies import RankOn, Ties
from merilo.assessment.rating.grades import grade_of
from merilo.assessment.rating.ranking import NO_PLACE
from merilo.assessment.reporting.facts import category_value_name
from merilo.assessment.reporting.workbook_cells import (
    FormulaCell,
    NumberCell,
    SheetCell,
    WorkbookColumn,
    WorkbookSheet,
    column_letters,
    estimate_cell,
    own_row,
    rounded_formula,
    shown_digits,
    width_of,
)
from merilo.assessment.reporting.workbook_scores import FIGURE_WIDTH, CriterionSheet, ScoredUnits, titled
from merilo.assessment.scoring.organisations import Values
from merilo.assessment.scoring.score import OVERALL

LAST = 2**63


class RatingSheet:
    """Rated rows by group and place; those without a place stand last in their group."""

    def __init__(self, of: ScoredUnits, criteria: CriterionSheet) -> None:
        self.of, self.criteria, self.rated = of, criteria, of.assessment.rated
        self.edition, self.policies = of.assessment.case.rules.edition, of.assessment.case.rules.policies
        self.has_groups = bool(of.assessment.case.ranking_within)
        self.has_forms = any(row.form or len(row.units) > 1 for row in self.rated.rows)
        self.group_of = [self._group(index) for index in range(len(self.rated.rows))]
        self.order = sorted(range(len(self.rated.rows)), key=lambda one: (self.group_of[one], self._place_or_last(one)))
        self.blocks: dict[str, tuple[int, int]] = {}
        for number, index in enumerate(self.order, start=1):
            first, _ = self.blocks.get(self.group_of[index], (number, number))
            self.blocks[self.group_of[index]] = (first, number)
        self.columns: list[WorkbookColumn] = []
        self.overall_at = 0

    def _place_or_last(self, index: int) -> int:
        place = int(self.of.assessment.places[index])
        return LAST if place == NO_PLACE else place

    def _group(self, index: int) -> str:
        if not self.has_groups:
            return ""
        attributes, within = self.of.assessment.attributes(index), self.of.assessment.case.ranking_within
        return " / ".join(category_value_name(self.edition, attributes.get(one, ""), one) for one in within)

    def sheet(self) -> WorkbookSheet:
        """The sheet."""
        named = [self._named(index) for index in self.order]
        self._name_columns(named)
        frozen = len(self.columns)
        self._figure_columns()
        rows = []
        for number, (index, texts) in enumerate(zip(self.order, named, strict=True), start=1):
            place = (self._place(index, number),) if self.criteria.has_overall else ()
            rows.append((*place, *texts, *self._figures(index)))
        return WorkbookSheet(self.of.words.say("WORKBOOK-SHEET-RATING"), tuple(self.columns), rows, frozen)

    def _named(self, index: int) -> tuple[str, ...]:
        row = self.rated.rows[index]
        organisation = self.of.assessment.case.table.units.organisations[row.organisation]
        group = (self.group_of[index],) if self.has_groups else ()
        form = category_value_name(self.edition, row.form) if row.form else ""
        if len(row.units) > 1:
            form = self.of.words.say("WORKBOOK-MEAN-OF-FORMS")
        return (*group, organisation.key, organisation.name, *((form,) if self.has_forms else ()))

    def _name_columns(self, named: Sequence[tuple[str, ...]]) -> None:
        if self.criteria.has_overall:
            self._column("WORKBOOK-PLACE", 8)
        codes = [code for code, shown in (("GROUP", self.has_groups), ("KEY", True), ("ORGANISATION", True)) if shown]
        codes += ["FORM"] if self.has_forms else []
        for place, code in enumerate(codes):
            self._column(f"WORKBOOK-{code}", width_of([texts[place] for texts in named]))

    def _column(self, code: str, width: int) -> None:
        self.columns.append(WorkbookColumn(self.of.words.say(code), width))

    def _figure_columns(self) -> None:
        for criterion in self.edition.criteria:
            self.columns.append(WorkbookColumn(titled(criterion.label, criterion.short_name), FIGURE_WIDTH))
        if self.criteria.has_overall:
            self.overall_at = len(self.columns)
            self._column("WORKBOOK-OVERALL", FIGURE_WIDTH)
            if self.edition.grades:
                self._column("WORKBOOK-GRADE", 20)
            self._column("WORKBOOK-OVERALL-UNROUNDED", FIGURE_WIDTH)
            for code in ("LOW", "HIGH", "BEST-PLACE", "WORST-PLACE"):
                self._column(f"WORKBOOK-{code}", FIGURE_WIDTH)

    def _figures(self, index: int) -> list[SheetCell]:
        cells = [
            self._printed(self.rated.criteria[one.code], index, self.criteria.cell(one.code, index))
            for one in self.edition.criteria
        ]
        if not self.criteria.has_overall:
            return cells
        reference = self.criteria.overall(index)
        cells.append(self._printed(self.rated.overall, index, reference))
        if self.edition.grades:
            cells.append(self._grade(index))
        is_scored = self.rated.overall.status[index] == Status.SCORED
        digits = max(shown_digits(self.of.rounding), self.rated.digits + 4)
        unrounded = FormulaCell(reference, float(self.rated.overall.value[index]), digits)
        return [*cells, unrounded if is_scored else None, *self._sureness(index)]

    def _sureness(self, index: int) -> tuple[SheetCell, ...]:
        """The interval and the possible places: estimates, and no formula of a sheet gives them."""
        errors, sets = self.of.assessment.errors.rows[OVERALL], self.of.assessment.place_sets
        interval = (estimate_cell(float(one[index]), self.rated.digits) for one in (errors.low, errors.high))
        places = (None if one[index] == NO_PLACE else NumberCell(int(one[index]), 0) for one in (sets.first, sets.last))
        return (*interval, *places)

    def _printed(self, values: Values, index: int, reference: str) -> SheetCell:
        """The printed score: the unrounded one, rounded by the edition's rule."""
        if values.status[index] != Status.SCORED:
            return self.of.status_word(values.status[index])
        printed, digits = float(values.printed[index]), self.rated.digits
        text = rounded_formula(reference, digits, self.of.rounding)
        return NumberCell(printed, digits) if text is None else FormulaCell(text, printed, digits)

    def _grade(self, index: int) -> str:
        if self.rated.overall.status[index] != Status.SCORED:
            return ""
        printed = Decimal(f"{self.rated.overall.printed[index]:.{self.rated.digits}f}")
        return grade_of(printed, self.edition.grades)

    def _place(self, index: int, number: int) -> SheetCell:
        """A rank within the rows of the group; a plain number where places are not given that way."""
        place = int(self.of.assessment.places[index])
        if place == NO_PLACE:
            return None
        if self.policies.ties is not Ties.COMPETITION or self.policies.rank_on is not RankOn.PRINTED:
            return NumberCell(place, 0)
        first, last = self.blocks[self.group_of[index]]
        letters = column_letters(self.overall_at)
        block = f"${letters}${first + 1}:${letters}${last + 1}"
        return FormulaCell(f"RANK({own_row(self.overall_at, number)},{block},0)", place, 0)
