"""From scored units to rated rows: an organisation's forms of service averaged element by element, or kept apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import overload

import numpy as np
from numpy.typing import NDArray

from merilo.assessment.methodology.formulas.working import Floats, Status, Statuses
from merilo.assessment.methodology.policies import FormsOfService
from merilo.assessment.observations.table import ObservationTable
from merilo.assessment.observations.units import Rows, UnitTable
from merilo.assessment.rounding import round_columns
from merilo.assessment.scoring.bulk import UnitScores
from merilo.assessment.scoring.evidence import AllEvidence
from merilo.assessment.scoring.exact import score_subject
from merilo.assessment.scoring.rules import Rules
from merilo.assessment.scoring.score import OVERALL


class Values:
    """One number for every rated row: unrounded, its status, and as printed (rounded when first asked for)."""

    __slots__ = ("_print", "_printed", "status", "value")

    def __init__(self, value: Floats, status: Statuses, printer: Callable[[Floats], Floats]) -> None:
        self.value, self.status = value, status
        self._print = printer
        self._printed: Floats | None = None

    @property
    def printed(self) -> Floats:
        """The values as printed."""
        if self._printed is None:
            self._printed = self._print(self.value)
        return self._printed


@dataclass(frozen=True, slots=True)
class RatedRow:
    """One line of the results: an organisation, its form where forms are kept apart, the units behind it."""

    organisation: int
    form: str
    units: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RatedRows(Sequence[RatedRow]):
    """All rated rows, kept as columns: organisation, form, first unit; `several` has the units of rows with
    more than one. A RatedRow is made when it is asked for."""

    organisation: Rows
    forms: Sequence[str]
    first: Rows
    several: Mapping[int, tuple[int, ...]]

    def __len__(self) -> int:
        return len(self.first)

    @overload
    def __getitem__(self, index: int) -> RatedRow: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[RatedRow]: ...
    def __getitem__(self, index: int | slice) -> RatedRow | Sequence[RatedRow]:
        if isinstance(index, slice):
            return [self[row] for row in range(*index.indices(len(self)))]
        return RatedRow(int(self.organisation[index]), self.forms[index], self.units_of(index))

    def units_of(self, index: int) -> tuple[int, ...]:
        """The units behind one row."""
        return self.several.get(index) or (int(self.first[index]),)

    def row_of_units(self, size: int) -> Rows:
        """For every unit the row it belongs to."""
        row_of = np.zeros(size, dtype=np.int64)
        row_of[self.first] = np.arange(len(self))
        for index, units in self.several.items():
            row_of[list(units)] = index
        return row_of


@dataclass(frozen=True, slots=True)
class RatedScores:
    """The scores of all rated rows, by indicator, sub-item and criterion code; `digits` decimals are printed.

    `exact(subject, row)` gives the exact value behind any of them, None where there is none.
    """

    rows: RatedRows
    indicators: Mapping[str, Values]
    items: Mapping[str, Values]
    criteria: Mapping[str, Values]
    overall: Values
    digits: int
    exact: Callable[[str, int], Fraction | None]

    def subject(self, code: str) -> Values | None:
        """The values of an indicator, a sub-item, a criterion, or `overall`."""
        if code == OVERALL:
            return self.overall
        return self.indicators.get(code) or self.items.get(code) or self.criteria.get(code)


def rated_rows(units: UnitTable, forms: FormsOfService) -> RatedRows:
    """The rows to be rated, in the order of the register."""
    organisation_of, written = units.units.organisation_of, units.units.forms
    if forms is FormsOfService.SEPARATE or len(units.units) == len(units.organisations):
        return RatedRows(organisation_of, written, np.arange(len(units.units)), {})
    first = np.flatnonzero(np.diff(organisation_of, prepend=-1))
    lengths = np.diff(first, append=len(units.units))
    several = {
        int(index): tuple(range(int(first[index]), int(first[index] + lengths[index])))
        for index in np.flatnonzero(lengths > 1)
    }
    named = ["" if index in several else written[unit] for index, unit in enumerate(first.tolist())]
    return RatedRows(organisation_of[first], named, first, several)


def rate_rows(rules: Rules, table: ObservationTable, scores: UnitScores) -> RatedScores:
    """The scores of organisations (or of their forms apart), with printed values beside the unrounded."""
    rows = rated_rows(table.units, rules.policies.forms)
    maker = _Maker(rules, table, rows)
    indicators = {
        code: maker.values(columns.result.value, columns.result.status, code)
        for code, columns in scores.indicators.items()
    }
    evidence = AllEvidence(rules.edition, rules.policies, table)
    items = {
        code: maker.values(columns.value, columns.status, code)
        for code, item in rules.edition.items.items()
        if code not in indicators and (columns := item.columns(evidence)) is not None
    }
    criteria = {code: maker.values(columns.value, columns.status, code) for code, columns in scores.criteria.items()}
    overall = maker.values(scores.overall.value, scores.overall.status, OVERALL)
    return RatedScores(rows, indicators, items, criteria, overall, rules.policies.rounding.printed, maker.exact)


class _Maker:
    """Merges unit columns into rated rows and prints them."""

    def __init__(self, rules: Rules, table: ObservationTable, rows: RatedRows) -> None:
        self.rules, self.table, self.rows = rules, table, rows
        self.rounding = rules.policies.rounding
        self.statuses: dict[str, Statuses] = {}

    def values(self, value: Floats, status: Statuses, subject: str) -> Values:
        """One number for every rated row."""
        merged, merged_status = value[self.rows.first].copy(), status[self.rows.first].copy()
        for index, behind in self.rows.several.items():
            units = np.array(behind)
            merged_status[index] = _merged_status(status[units])
            scored = units[status[units] == Status.SCORED]
            merged[index] = value[scored].mean() if merged_status[index] == Status.SCORED else np.nan

        def printed(column: Floats) -> Floats:
            return round_columns(
                column, self.rounding.printed, self.rounding.mode, lambda row: self.exact(subject, row) or Fraction(0)
            )

        self.statuses[subject] = merged_status
        return Values(merged, merged_status, printed)

    def exact(self, subject: str, index: int) -> Fraction | None:
        """The exact value of one subject in one rated row: the mean over its units. None where the row has no
        value: an average over the forms that happen to have data is no score of the organisation."""
        units = self.rows.units_of(index)
        if len(units) > 1 and self.statuses[subject][index] != Status.SCORED:
            return None
        found = [score_subject(self.rules, self.table, unit, subject) for unit in units]
        counted = [one for one in found if one is not None]
        return sum(counted, Fraction(0)) / len(counted) if counted else None


def _merged_status(statuses: NDArray[np.int8]) -> int:
    """Missing data in one form leaves the organisation without data; else it is scored if any form is."""
    if (statuses == Status.NO_DATA).any():
        return int(Status.NO_DATA)
    return int(statuses.min())
