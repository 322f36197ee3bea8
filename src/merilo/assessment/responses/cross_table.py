"""Cross-tables: the answers of one variable within the groups of another, with the test whether they hang together."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from merilo.assessment.responses.respondents import Respondents, Weighting
from merilo.assessment.responses.variable import Variable
from merilo.assessment.stats.crosstab import Association, pearson, rao_scott, table_sample
from merilo.assessment.stats.disclosure import Suppression, protect_list, protect_table

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Values = TypeVar("Values", Ints, Floats, Mask)


class ShareOf(Enum):
    """What a share is a share of: the column's respondents, the row's, or all of the table's."""

    COLUMN = "column"
    ROW = "row"
    TOTAL = "total"


@dataclass(frozen=True, slots=True, eq=False)
class CrossTable:
    """Two variables of the same respondents, each with its total as a last row or column.

    `counts` (R+1, C+1): respondents, never weighted; `weighted` (R+1, C+1): their weights. A total counts each
    respondent once, however many answers he gave. `hidden` (R+1, C+1): what must not be published. `association`: the
    design-based test, or Pearson's without weights; None for several answers and where there is nothing to test.
    """

    rows: Variable
    columns: Variable
    counts: Ints
    weighted: Floats
    hidden: Mask
    association: Association | None
    is_design_based: bool

    def bases(self, of: ShareOf) -> Ints:
        """The respondents each cell (R+1, C+1) is a share of."""
        return _base(self.counts, of)

    def shares(self, of: ShareOf) -> Floats:
        """Weighted shares (R+1, C+1), NaN where nobody is in the base, and where the cell or its base is hidden: a
        share and a count would give the base away."""
        base = _base(self.weighted, of)
        found = np.divide(self.weighted, base, out=np.full(self.weighted.shape, np.nan), where=base > 0)
        return np.where(self.hidden | _base(self.hidden, of), np.nan, found)


def cross_table(rows: Variable, columns: Variable, of: Respondents, minimum: int) -> CrossTable:
    """Count respondents who answered both into a table; `minimum` is the least number that is published."""
    both = of.inside & rows.answered & columns.answered
    counts = _with_totals(rows, columns, both.astype(np.float64)).astype(np.int64)
    weighted = _with_totals(rows, columns, of.weights * both)
    is_exclusive = not rows.is_several and not columns.is_several
    is_design_based = of.weighting is not Weighting.NONE
    association = _association(rows, columns, of, counts) if is_exclusive else None
    hidden = _hidden(rows, columns, counts, minimum)
    return CrossTable(rows, columns, counts, weighted, hidden, association, is_design_based)


def _base(values: Values, of: ShareOf) -> Values:
    match of:
        case ShareOf.COLUMN:
            base = values[-1:, :]
        case ShareOf.ROW:
            base = values[:, -1:]
        case ShareOf.TOTAL:
            base = values[-1:, -1:]
    return np.broadcast_to(base, values.shape)


def _with_totals(rows: Variable, columns: Variable, weights: Floats) -> Floats:
    """Σ w in every cell and total."""
    shape = len(rows.groups) + 1, len(columns.groups) + 1
    table = np.zeros(shape)
    column_members = columns.members
    for row in range(shape[0] - 1):
        mine = weights * (rows.codes == row if rows.chosen is None else rows.chosen[:, row])
        table[row, :-1], table[row, -1] = mine @ column_members, mine.sum()
    table[-1, :-1], table[-1, -1] = weights @ column_members, weights.sum()
    return table


def _association(rows: Variable, columns: Variable, of: Respondents, counts: Ints) -> Association | None:
    if of.weighting is Weighting.NONE:
        return pearson(counts[:-1, :-1])
    strata, populations = of.tested_strata
    if len(strata) - len(np.unique(strata)) < 1:
        return None
    sample = table_sample(
        np.where(of.inside, rows.codes, -1),
        np.where(of.inside, columns.codes, -1),
        shape=(len(rows.groups), len(columns.groups)),
        strata=strata,
        populations=populations,
        weights=of.weights,
    )
    return rao_scott(sample)


def _hidden(rows: Variable, columns: Variable, counts: Ints, minimum: int) -> Mask:
    """Small cells and what protects them. With several answers the cells of a row or column add up to no total: there
    rows of exclusive groups are protected one by one, and the bases of the groups."""
    hidden = np.zeros(counts.shape, dtype=np.bool_)
    if 0 < counts[-1, -1] < minimum:
        return ~hidden
    if not rows.is_several and not columns.is_several:
        found: Suppression = protect_table(counts[:-1, :-1], minimum)
        hidden[:-1, :-1], hidden[:-1, -1], hidden[-1, :-1] = found.cells, found.rows, found.columns
        return hidden
    hidden = (counts > 0) & (counts < minimum)
    if not columns.is_several:
        for row in range(len(counts)):
            hidden[row, :-1] |= protect_list(counts[row, :-1], minimum)
    if not rows.is_several:
        for column in range(counts.shape[1]):
            hidden[:-1, column] |= protect_list(counts[:-1, column], minimum)
    return hidden
