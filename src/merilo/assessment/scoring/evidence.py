"""Observations as formulas read them: exact for one unit, columnar for all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from merilo.assessment.methodology.edition import Edition
from merilo.assessment.methodology.formulas.working import Flags, Floats, Observed, ObservedColumn
from merilo.assessment.methodology.policies import Policies
from merilo.assessment.observations.table import ObservationTable, exact_number, observed_column, observed_exactly


@dataclass(frozen=True, slots=True)
class UnitEvidence:
    """The evidence about one unit (row of the unit table)."""

    edition: Edition
    policies: Policies
    table: ObservationTable
    row: int
    attributes: Mapping[str, str]

    def observed(self, quantity: str) -> Observed:
        """What was observed of a quantity."""
        return observed_exactly(self.table, self.edition.quantities[quantity], self.edition, self.row)

    def given(self, code: str) -> Fraction | None:
        """A value handed in ready."""
        column = self.table.given.get(code)
        return None if column is None else exact_number(column[self.row])


def unit_evidence(edition: Edition, policies: Policies, table: ObservationTable, row: int) -> UnitEvidence:
    """The evidence about one unit."""
    return UnitEvidence(edition, policies, table, row, table.units.attributes(row))


@dataclass(slots=True)
class AllEvidence:
    """The evidence about all units; columns are read once and kept."""

    edition: Edition
    policies: Policies
    table: ObservationTable
    _observed: dict[str, ObservedColumn] = field(default_factory=dict)
    _attributes: dict[str, tuple[list[str], NDArray[np.int64]]] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many units there are."""
        return self.table.size

    def attribute_in(self, category: str, values: Sequence[str]) -> Flags:
        """Which units have one of these values of a category."""
        if category not in self._attributes:
            self._attributes[category] = self.table.units.coded(category)
        # Text is compared once per distinct value, not once per unit.
        distinct, codes = self._attributes[category]
        return np.array([value in values for value in distinct], dtype=np.bool_)[codes]

    def observed(self, quantity: str) -> ObservedColumn:
        """A quantity's counts, bases and statuses."""
        if quantity not in self._observed:
            self._observed[quantity] = observed_column(self.table, self.edition.quantities[quantity], self.edition)
        return self._observed[quantity]

    def given(self, code: str) -> Floats | None:
        """Values handed in ready."""
        return self.table.given.get(code)
