"""The observations of an assessment as columns: per quantity a count, a base and a status for every unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from merilo.assessment.methodology.edition import Edition, StateEffect
from merilo.assessment.methodology.formulas.working import Floats, Observed, ObservedColumn, Status, Statuses
from merilo.assessment.methodology.quantity import Quantity, QuantityKind, Source
from merilo.assessment.observations.joint import JointCounts
from merilo.assessment.observations.units import UnitTable

# 1 found, 0 missing, NaN does not apply: half the width holds them, and there may be ten million.
Cells = NDArray[np.float32]
NO_STATE = ""


@dataclass(slots=True)
class RawColumn:
    """Counts and bases as they came in, NaN where nothing did; `states` by unit row where a word stands instead.

    `seen` marks the units with an observation, even one of 0 of 0.
    """

    count: Floats
    base: Floats
    seen: NDArray[np.bool_]
    states: dict[int, str] = field(default_factory=dict)


def empty_column(size: int) -> RawColumn:
    """A column with nothing observed."""
    return RawColumn(np.full(size, np.nan), np.full(size, np.nan), np.zeros(size, dtype=np.bool_))


@dataclass(frozen=True, slots=True)
class ObservationTable:
    """All observations: `columns` by quantity, `given` by indicator or sub-item, `items` by `quantity.item`
    (checklist cells: 1 found, 0 missing, NaN does not apply), `joint` who answered what together, where
    questionnaires were read."""

    units: UnitTable
    columns: Mapping[str, RawColumn]
    given: Mapping[str, Floats]
    items: Mapping[str, Cells]
    joint: JointCounts | None = None

    @property
    def size(self) -> int:
        """How many units there are."""
        return len(self.units.units)


def observed_column(table: ObservationTable, quantity: Quantity, edition: Edition) -> ObservedColumn:
    """A quantity's counts, bases and statuses for all units."""
    raw = table.columns.get(quantity.code)
    if raw is None:
        nothing = np.full(table.size, np.nan)
        return ObservedColumn(nothing, nothing, np.full(table.size, Status.NO_DATA, dtype=np.int8))
    status = _status(raw, quantity)
    for row, state in raw.states.items():
        status[row] = _status_of_state(edition, state)
    scored = status == Status.SCORED
    kept = scored | (status == Status.NO_RESPONDENTS)
    return ObservedColumn(np.where(kept, raw.count, np.nan), np.where(kept, raw.base, np.nan), status)


def observed_exactly(table: ObservationTable, quantity: Quantity, edition: Edition, row: int) -> Observed:
    """The same for one unit, as exact numbers."""
    raw = table.columns.get(quantity.code)
    if raw is None or not raw.seen[row]:
        return Observed(quantity.code, None, None, Status.NO_DATA)
    state = raw.states.get(row, NO_STATE)
    if state:
        return Observed(quantity.code, None, None, _status_of_state(edition, state), state)
    count, base = exact_number(float(raw.count[row])), exact_number(float(raw.base[row]))
    return Observed(quantity.code, count, base, _exact_status(count, base, quantity))


def exact_number(value: float) -> Fraction | None:
    """The decimal a float was read from: exact for up to 15 significant digits, which input is held to."""
    return None if np.isnan(value) else Fraction(Decimal(repr(float(value))))


def _exact_status(count: Fraction | None, base: Fraction | None, quantity: Quantity) -> Status:
    """The status of something seen: 0 of 0 is nobody to ask in a survey, nothing that applies in a checklist,
    and no data elsewhere."""
    if quantity.kind.has_base and base == 0:
        return _empty_base(quantity)
    if count is None or (quantity.kind.has_base and base is None):
        return Status.NO_DATA
    return Status.SCORED


def _status(raw: RawColumn, quantity: Quantity) -> Statuses:
    """The columnar twin of _exact_status."""
    status = np.where(raw.seen & ~np.isnan(raw.count), np.int8(Status.SCORED), np.int8(Status.NO_DATA))
    if not quantity.kind.has_base:
        return status
    no_base = np.isnan(raw.base) | (raw.base == 0)
    status = np.where((status == Status.SCORED) & no_base, np.int8(Status.NO_DATA), status)
    return np.where(raw.seen & (raw.base == 0), np.int8(_empty_base(quantity)), status)


def _empty_base(quantity: Quantity) -> Status:
    if quantity.source is Source.SURVEY:
        return Status.NO_RESPONDENTS
    return Status.NOT_APPLICABLE if quantity.kind is QuantityKind.CHECKLIST else Status.NO_DATA


def _status_of_state(edition: Edition, code: str) -> Status:
    state = edition.state(code)
    if state is not None and state.effect is StateEffect.NOT_APPLICABLE:
        return Status.NOT_APPLICABLE
    return Status.NO_DATA
