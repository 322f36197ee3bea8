"""Rules × observations and scores → shortcomings, per organisation and over all of them.

A shortcoming over all organisations is a numerator (where it was found), a base (where it could be
examined) and only then a share; an organisation it could not be examined in is in neither.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from merilo.assessment.methodology.edition import Edition
from merilo.assessment.methodology.formulas.working import Flags, Floats, Status
from merilo.assessment.methodology.policies import Policies
from merilo.assessment.methodology.quantity import QuantityKind
from merilo.assessment.observations.table import Cells, ObservationTable
from merilo.assessment.scoring.bulk import UnitScores
from merilo.assessment.scoring.evidence import AllEvidence
from merilo.assessment.scoring.organisations import RatedRows


@dataclass(frozen=True, slots=True, eq=False)
class Shortcoming:
    """One shortcoming over all rated rows: flags of the rows it was found in and of those it was examined in."""

    code: str
    text: str
    recommendation: str
    found: Flags
    examined: Flags

    @property
    def found_in(self) -> tuple[int, ...]:
        """The rated rows it was found in."""
        return tuple(np.flatnonzero(self.found).tolist())

    @property
    def examined_in(self) -> tuple[int, ...]:
        """The rated rows it was examined in."""
        return tuple(np.flatnonzero(self.examined).tolist())

    @property
    def numerator(self) -> int:
        """In how many organisations it was found."""
        return int(self.found.sum())

    @property
    def base(self) -> int:
        """In how many organisations it was examined."""
        return int(self.examined.sum())

    @property
    def share(self) -> Fraction | None:
        """numerator / base; None where it was examined nowhere."""
        return Fraction(self.numerator, self.base) if self.base else None


def detect(
    edition: Edition, policies: Policies, table: ObservationTable, scores: UnitScores, rows: RatedRows
) -> list[Shortcoming]:
    """Every shortcoming the edition knows, in its order: its rules, then the cells of its checklists.

    An organisation rated over several forms has a shortcoming where any of its forms has it.
    """
    evidence, row_of = AllEvidence(edition, policies, table), rows.row_of_units(table.size)
    found = []
    for rule in edition.findings:
        values = _values(rule.subject, evidence, scores)
        found.append(
            _over_rows(
                rule.code, rule.text, rule.recommendation, values, rule.comparison.holds(values, rule.bound), row_of
            )
        )
    for quantity in edition.quantities.values():
        if quantity.kind is not QuantityKind.CHECKLIST:
            continue
        for item in quantity.items:
            cells = table.items.get(f"{quantity.code}.{item.code}")
            if cells is not None and item.shortcoming:
                found.append(
                    _over_rows(f"{quantity.code}.{item.code}", item.shortcoming, "", cells, cells == 0, row_of)
                )
    return found


def _values(subject: str, evidence: AllEvidence, scores: UnitScores) -> Floats:
    """The subject's value for every unit, NaN where there is none: a criterion or overall score, an item's
    value, a quantity's share in percent, or its count where it has no base."""
    if subject in scores.criteria:
        return scores.criteria[subject].value
    items = evidence.edition.items
    if subject in items:
        return items[subject].columns(evidence).value
    if subject in evidence.edition.quantities:
        observed = evidence.observed(subject)
        kind = evidence.edition.quantities[subject].kind
        scored = np.where(observed.status == Status.SCORED, observed.count, np.nan)
        if not kind.has_base:
            return scored
        factor = 100.0 if kind.bounded_by_base else 1.0
        return factor * scored / np.where(observed.base > 0, observed.base, np.nan)
    return scores.overall.value


def _over_rows(
    code: str, text: str, recommendation: str, values: Floats | Cells, holds: Flags, row_of: NDArray[np.int64]
) -> Shortcoming:
    return Shortcoming(code, text, recommendation, _rows_with(holds, row_of), _rows_with(~np.isnan(values), row_of))


def _rows_with(flags: Flags, row_of: NDArray[np.int64]) -> Flags:
    """The rated rows any of whose units is flagged."""
    flagged = np.zeros(int(row_of.max(initial=-1)) + 1, dtype=np.bool_)
    flagged[row_of[flags]] = True
    return flagged
