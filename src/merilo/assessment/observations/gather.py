"""Gathers observations from every source into one table: the last step before scoring."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from merilo.assessment.methodology.edition import Edition
from merilo.assessment.methodology.formulas.working import Floats
from merilo.assessment.methodology.quantity import QuantityKind
from merilo.assessment.observations.joint import JointCounts
from merilo.assessment.observations.observation import Observation
from merilo.assessment.observations.table import Cells, ObservationTable, RawColumn, empty_column
from merilo.assessment.observations.units import UnitTable

FORMS = "questionnaires"


@dataclass(slots=True)
class Gathering:
    """A table in the making. Each source adds its part; `finish` gives the table."""

    edition: Edition
    units: UnitTable
    columns: dict[str, RawColumn] = field(default_factory=dict)
    given: dict[str, Floats] = field(default_factory=dict)
    items: dict[str, Cells] = field(default_factory=dict)
    joint: JointCounts | None = None

    @property
    def _size(self) -> int:
        return len(self.units.units)

    def add_observations(self, observations: Iterable[Observation]) -> None:
        """Counts, values given ready and checklist cells, one by one."""
        for found in observations:
            code, _, cell = found.code.partition(".")
            if cell:
                cells = self.items.setdefault(found.code, np.full(self._size, np.nan, dtype=np.float32))
                cells[found.unit] = np.nan if found.count is None else found.count
                self._see(code, found.unit)
            elif code in self.edition.quantities:
                self._count(code, found)
            else:
                column = self.given.setdefault(code, np.full(self._size, np.nan))
                column[found.unit] = np.nan if found.count is None else found.count

    def _see(self, code: str, row: int) -> None:
        self.columns.setdefault(code, empty_column(self._size)).seen[row] = True

    def _count(self, code: str, found: Observation) -> None:
        column = self.columns.setdefault(code, empty_column(self._size))
        if found.count is None and not found.state:
            return
        column.seen[found.unit] = True
        if found.state:
            column.states[found.unit] = found.state
            return
        column.count[found.unit] = np.nan if found.count is None else found.count
        column.base[found.unit] = np.nan if found.base is None else found.base

    def add_counts(self, code: str, rows: NDArray[np.int64], count: Floats, base: Floats | None) -> None:
        """A whole column of counts for some units, as a tally gives it."""
        column = self.columns.setdefault(code, empty_column(self._size))
        column.seen[rows] = True
        column.count[rows] = count
        if base is not None:
            column.base[rows] = base

    def add_cells(self, code: str, column: Cells) -> None:
        """A whole column of checklist cells: 1 found, 0 missing, NaN does not apply."""
        self.items[code] = column
        quantity = self.columns.setdefault(code.partition(".")[0], empty_column(self._size))
        quantity.seen |= ~np.isnan(column)

    def add_norms(self, values: Mapping[str, Fraction]) -> None:
        """Norms given for all organisations, where none was observed."""
        for code, value in values.items():
            column = self.columns.setdefault(code, empty_column(self._size))
            column.count = np.where(np.isnan(column.count), float(value), column.count)
            column.seen |= True

    def finish(self) -> ObservationTable:
        """The table, checklists added up from their cells where they were not given as totals."""
        for quantity in self.edition.quantities.values():
            if quantity.kind is QuantityKind.CHECKLIST:
                self._add_up(quantity.code)
            if quantity.per_recipient and quantity.code in self.columns:
                column = self.columns[quantity.code]
                column.base = np.where(np.isnan(column.base), self._recipients(), column.base)
        return ObservationTable(self.units, self.columns, self.given, self.items, self.joint)

    def _recipients(self) -> Floats:
        recipients = np.array(
            [np.nan if number is None else number for number in self.units.organisations.recipients], dtype=np.float64
        )
        return recipients[self.units.units.organisation_of]

    def _add_up(self, code: str) -> None:
        cells = [column for name, column in self.items.items() if name.partition(".")[0] == code]
        if not cells:
            return
        column = self.columns[code]
        found, applicable = np.zeros(self._size), np.zeros(self._size)
        for cell in cells:  # one by one: a checklist of a nation stacked up would fill the memory
            found += np.nan_to_num(cell)
            applicable += ~np.isnan(cell)
        from_cells = np.isnan(column.count) & column.seen
        column.count = np.where(from_cells, found, column.count)
        column.base = np.where(from_cells, applicable, column.base)
