"""From scored units to rated rows: an organisation's forms of service averaged element by element, or kept apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from merilo.assessment.methodology.formulas.working import Floats, Status, Statuses
from merilo.assessment.methodology.policies import FormsOfService
from merilo.assessment.observations.table import ObservationTable
from merilo.assessment.observations.units import UnitTable
from merilo.assessment.rounding import round_columns
from merilo.assessment.scoring.bulk import Settler, UnitScores
from merilo.assessment.scoring.rules import Rules
from merilo.assessment.scoring.score import OVERALL


@dataclass(frozen=True, slots=True)
class Values:
    """One number for every rated row: unrounded, as printed, and its status."""

    value: Floats
    printed: Floats
    status: Statuses


@dataclass(frozen=True, slots=True)
class RatedRow:
    """One line of the results: an organisation, its form where forms are kept apart, the units behind it."""

    organisation: int
    form: str
    units: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RatedScores:
    """The scores of all rated rows, by indicator and criterion code; `digits` decimals are printed.

    `exact(subject, row)` gives the exact value behind any of them, None where there is none.
    """

    rows: Sequence[RatedRow]
    indicators: Mapping[str, Values]
    criteria: Mapping[str, Values]
    overall: Values
    digits: int
    exact: Callable[[str, int], Fraction | None]

    def subject(self, code: str) -> Values | None:
        """The values of an indicator, a criterion, or `overall`."""
        return self.overall if code == OVERALL else self.indicators.get(code) or self.criteria.get(code)


def rated_rows(units: UnitTable, forms: FormsOfService) -> tuple[RatedRow, ...]:
    """The rows to be rated, in the order of the register."""
    if forms is FormsOfService.SEPARATE:
        return tuple(RatedRow(unit.organisation, unit.form, (row,)) for row, unit in enumerate(units.units))
    behind: dict[int, list[int]] = {}
    for row, unit in enumerate(units.units):
        behind.setdefault(unit.organisation, []).append(row)
    forms_of = {index: units.units[rows[0]].form if len(rows) == 1 else "" for index, rows in behind.items()}
    return tuple(RatedRow(index, forms_of[index], tuple(rows)) for index, rows in behind.items())


def rate_rows(rules: Rules, table: ObservationTable, scores: UnitScores) -> RatedScores:
    """The scores of organisations (or of their forms apart), with printed values beside the unrounded."""
    rows = rated_rows(table.units, rules.policies.forms)
    maker = _Maker(rules, Settler(rules, table), rows)
    indicators = {
        code: maker.values(columns.result.value, columns.result.status, code)
        for code, columns in scores.indicators.items()
    }
    criteria = {code: maker.values(columns.value, columns.status, code) for code, columns in scores.criteria.items()}
    overall = maker.values(scores.overall.value, scores.overall.status, OVERALL)
    return RatedScores(rows, indicators, criteria, overall, rules.policies.rounding.printed, maker.exact)


class _Maker:
    """Merges unit columns into rated rows and prints them."""

    def __init__(self, rules: Rules, settler: Settler, rows: Sequence[RatedRow]) -> None:
        self.rounding, self.settler, self.rows = rules.policies.rounding, settler, rows
        self.first = np.array([row.units[0] for row in rows], dtype=np.int64)
        self.several = [index for index, row in enumerate(rows) if len(row.units) > 1]

    def values(self, value: Floats, status: Statuses, subject: str) -> Values:
        """One number for every rated row."""
        merged, merged_status = value[self.first].copy(), status[self.first].copy()
        for index in self.several:
            units = np.array(self.rows[index].units)
            merged_status[index] = _merged_status(status[units])
            scored = units[status[units] == Status.SCORED]
            merged[index] = value[scored].mean() if merged_status[index] == Status.SCORED else np.nan

        def settle(index: int) -> Fraction:
            return self.exact(subject, index) or Fraction(0)

        printed = round_columns(merged, self.rounding.printed, self.rounding.mode, settle)
        return Values(merged, printed, merged_status)

    def exact(self, subject: str, index: int) -> Fraction | None:
        """The exact value of one subject in one rated row: the mean over its units."""
        found = [self.settler.score(unit).value_of(subject) for unit in self.rows[index].units]
        counted = [one for one in found if one is not None]
        return sum(counted, Fraction(0)) / len(counted) if counted else None


def _merged_status(statuses: NDArray[np.int8]) -> int:
    """Missing data in one form leaves the organisation without data; else it is scored if any form is."""
    if (statuses == Status.NO_DATA).any():
        return int(Status.NO_DATA)
    return int(statuses.min())
