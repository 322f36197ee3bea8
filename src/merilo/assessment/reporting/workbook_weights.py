"""The sheet of weights, and where on it each weight stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from merilo.assessment.methodology.edition import CriterionValue, Edition, OverallValue, Weight
from merilo.assessment.reporting.facts import category_value_name
from merilo.assessment.reporting.workbook_cells import SheetCell, WorkbookColumn, WorkbookSheet, fixed, fraction_cell
from merilo.assessment.scoring.rules import Rules
from merilo.assessment.wording import Wording

SCALE = "scale"
WEIGHT_COLUMN = 5
WIDTHS = (18, 10, 28, 60, 28, 12)


@dataclass(slots=True)
class Weights:
    """The rows of the sheet, and the cell of every weight by code and category value (empty: for all)."""

    rules: Rules
    words: Wording
    rows: list[tuple[SheetCell, ...]] = field(default_factory=list)
    cells: dict[tuple[str, str], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        edition = self.rules.edition
        by_points = edition.overall is OverallValue.SHARE_OF_ATTAINABLE
        if by_points:
            self._add("SCALE", ("", SCALE, ""), Weight(edition.high))
        for criterion in edition.criteria:
            if edition.overall is OverallValue.WEIGHTED_MEAN and criterion.code in self.rules.weights:
                named = (criterion.label, criterion.code, criterion.name)
                self._add("CRITERION", named, self.rules.weights[criterion.code])
            for indicator in criterion.indicators if criterion.value is CriterionValue.WEIGHTED_MEAN else ():
                self._add("INDICATOR", (indicator.item.label, indicator.code, indicator.item.name), indicator.weight)

    @property
    def name(self) -> str:
        """The sheet's name."""
        return self.words.say("WORKBOOK-SHEET-WEIGHTS")

    def _add(self, level: str, named: tuple[str, str, str], weight: Weight) -> None:
        cases: list[tuple[str, Fraction]] = list(weight.cases)
        if weight.default is not None or not cases:
            cases.append(("", weight.default or Fraction(0)))
        for value, share in cases:
            self.cells[(named[1], value)] = fixed(self.name, WEIGHT_COLUMN, len(self.rows) + 1)
            whom = self._whom(self.rules.edition, weight, value)
            word = self.words.say(f"WORKBOOK-LEVEL-{level}")
            self.rows.append((word, *named, whom, fraction_cell(share)))

    def _whom(self, edition: Edition, weight: Weight, value: str) -> str:
        return category_value_name(edition, value, weight.category) if value else self.words.say("WORKBOOK-FOR-ALL")

    def cell(self, code: str, weight: Weight, attributes: Mapping[str, str]) -> str:
        """The cell with the weight of one criterion or indicator for a unit with these attributes."""
        value = attributes.get(weight.category, "") if weight.category else ""
        return self.cells[(code, value if value in dict(weight.cases) else "")]

    def scale(self) -> str:
        """The cell with the top of the scale."""
        return self.cells[(SCALE, "")]

    def sheet(self) -> WorkbookSheet:
        """The sheet."""
        codes = ("LEVEL", "LABEL", "CODE", "NAME", "FOR", "WEIGHT")
        headers = [self.words.say(f"WORKBOOK-{code}") for code in codes]
        columns = tuple(WorkbookColumn(header, width) for header, width in zip(headers, WIDTHS, strict=True))
        return WorkbookSheet(self.name, columns, self.rows)
