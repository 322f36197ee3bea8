"""Which cells of a table must not be published, so that no small one can be read or computed from the others.

A cell of fewer than `minimum` people is hidden, and as many others as its protection takes. The attacker knows the
table's totals as far as they are printed, that counts are whole, and that a hidden cell holds somebody, for empty
cells are printed. The guarantee, which tests try by linear programming: no hidden cell is determined, and hidden
cells with a printed total hold `minimum` people together.

Rows and columns are the vertices of a graph, hidden cells and hidden totals its edges. A hidden cell can have another
value than the true one exactly if it lies on a cycle along which one person can be moved: up, down, up, down. The
cells that complete the cheapest such cycle are hidden with it.
Sources: Gusfield (1988), SIAM Journal on Computing 17, 552–571 (the graph); Kelly, Golden & Assad (1992), Networks 22,
397–417 (cheapest paths); Hundepool et al. (2012), Statistical Disclosure Control, chapter 4.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from merilo.assessment.stats.bridges import edges_on_cycles

Counts = NDArray[np.int64]
Mask = NDArray[np.bool_]
Cell = tuple[int, int]
Path = list[Cell]


@dataclass(frozen=True, slots=True)
class Suppression:
    """What of a table (R, C) is hidden: `cells` (R, C), totals of `rows` (R) and of `columns` (C)."""

    cells: Mask
    rows: Mask
    columns: Mask


def protect_list(counts: ArrayLike, minimum: int) -> Mask:
    """Which counts (k) of a list whose total is printed are hidden.

    A list of fewer than `minimum` people is hidden whole, empty cells too; its total should not be printed either. So
    is a list of nothing but ones.
    """
    values = np.asarray(counts, dtype=np.int64)
    if values.sum() < minimum:
        return np.full(len(values), bool(values.sum()))
    hidden = (values > 0) & (values < minimum)
    if hidden.any():
        # Those that remain are at least `minimum`, so one of them is enough for the sum and for freedom.
        shown = [place for place in np.argsort(values, kind="stable").tolist() if values[place] >= minimum]
        is_alone = np.count_nonzero(hidden) == 1
        if is_alone or values[hidden].sum() < minimum or (values[hidden] == 1).all():
            hidden[shown[:1] or slice(None)] = True
    return hidden


def protect_table(counts: ArrayLike, minimum: int, *, rows_are_public: bool = False) -> Suppression:
    """What of a table (R, C) with row, column and grand totals is hidden.

    `rows_are_public`: the totals of rows stand elsewhere and cannot be hidden (organisations and their respondents);
    a row of fewer than `minimum` people is then hidden whole, empty cells too. So is a table that nothing else helps.
    """
    table = _Table(np.asarray(counts, dtype=np.int64), minimum, rows_are_public=rows_are_public)
    return table.suppression()


class _Table:
    """A table with its totals as a last column and a last row; the grand total in the corner is always printed."""

    def __init__(self, counts: Counts, minimum: int, *, rows_are_public: bool) -> None:
        self.rows, self.columns = counts.shape
        self.minimum, self.rows_are_public = minimum, rows_are_public
        values = np.zeros((self.rows + 1, self.columns + 1), dtype=np.int64)
        values[:-1, :-1] = counts
        values[:-1, -1], values[-1, :-1] = counts.sum(axis=1), counts.sum(axis=0)
        self.values = values
        self.may_hide = values > 0
        self.may_hide[-1, -1] = False
        self.veiled = np.zeros(values.shape, dtype=np.bool_)  # hidden without regard to whether anybody is there
        if rows_are_public:
            self.may_hide[:-1, -1] = False
            small = values[:-1, -1] < minimum
            self.veiled[:-1, :-1] = (small & (values[:-1, -1] > 0))[:, None]
        self.hidden = (self.may_hide & (values < minimum)) | self.veiled
        self.is_hopeless = False

    def suppression(self) -> Suppression:
        if counts_fewer(self.values[:-1, :-1], self.minimum):
            return self._everything()
        if self.hidden.any():
            # To hide a cell that follows from public totals anyway would help nobody.
            for cell in self._determined(self.may_hide | self.veiled):
                self.may_hide[cell] = False
            for row in range(self.rows + 1):
                self._fill(self.values[row], self.hidden[row], self.may_hide[row], self.veiled[row])
            for column in range(self.columns + 1 - self.rows_are_public):
                self._fill(
                    self.values[:, column], self.hidden[:, column], self.may_hide[:, column], self.veiled[:, column]
                )
            for cell in self._determined(self.hidden):
                cycle = self._cheapest_cycle(cell)
                if cycle is None:
                    self.is_hopeless = True
                    break
                for one in cycle:
                    self.hidden[one] = True
        if self.is_hopeless:
            return self._everything()
        return Suppression(self.hidden[:-1, :-1], self.hidden[:-1, -1], self.hidden[-1, :-1])

    def _everything(self) -> Suppression:
        is_there = bool(self.values[:-1, :-1].any())
        rows = np.full(self.rows, is_there and not self.rows_are_public)
        cells = np.full((self.rows, self.columns), is_there)
        if self.rows_are_public:
            cells &= self.values[:-1, -1:] > 0  # of an organisation nobody answered about there is nothing to hide
        return Suppression(cells, rows, np.full(self.columns, is_there))

    def _fill(self, values: Counts, hidden: Mask, may_hide: Mask, veiled: Mask) -> None:
        """Hide the smallest cell that is left, or else the total, where the hidden ones of a line are too few."""
        inner = hidden[:-1]
        if not inner.any() or hidden[-1] or veiled[:-1].all() or values[:-1][inner].sum() >= self.minimum:
            return
        left = np.flatnonzero(may_hide[:-1] & ~inner)
        if len(left):
            hidden[left[np.argmin(values[:-1][left])]] = True
        elif may_hide[-1]:
            hidden[-1] = True
        else:
            self.is_hopeless = True

    def _moves(self) -> tuple[Mask, Mask]:
        """Where a person may be put in and taken out, seen from the row: a total moves against its cells."""
        rises = self.may_hide | self.veiled | self.hidden
        falls = rises & (self.values > np.where(self.veiled, 0, 1))
        forth, back = rises.copy(), falls.copy()
        for total in (np.s_[-1, :], np.s_[:, -1]):
            forth[total], back[total] = falls[total], rises[total]
        return forth, back

    def _determined(self, hidden: Mask) -> list[Cell]:
        """The cells that can have no other value than their own although they and others are hidden."""
        forth, back = self._moves()
        cells = np.argwhere(hidden)
        rows, columns = cells[:, 0], cells[:, 1]
        free = edges_on_cycles(
            rows,
            columns + self.rows + 1,
            forth[rows, columns],
            back[rows, columns],
            vertices=self.rows + self.columns + 2,
        )
        return [(int(row), int(column)) for row, column in cells[~free]]

    def _cheapest_cycle(self, cell: Cell) -> Path | None:
        """The cells of the cheapest cycle of moves through a cell; None where there is none."""
        forth, back = self._moves()
        found = []
        if forth[cell]:
            found.append(self._cheapest_path(cell, forth, back, from_row=False))
        if back[cell]:
            found.append(self._cheapest_path(cell, forth, back, from_row=True))
        known = [one for one in found if one is not None]
        return min(known)[1] if known else None

    def _cheapest_path(self, cell: Cell, forth: Mask, back: Mask, *, from_row: bool) -> tuple[float, Path] | None:
        """Dijkstra's path from one end of a cell to the other without the cell itself, and its cost.

        What is hidden already costs next to nothing, a cell its people, a total the people of the whole table.
        """
        cost = np.where(self.hidden, 1e-6, self.values + 1.0)
        cost[:-1, -1] += self.values[-1, -1] * ~self.hidden[:-1, -1]
        cost[-1, :-1] += self.values[-1, -1] * ~self.hidden[-1, :-1]
        out_of_row, out_of_column = np.where(forth, cost, np.inf), np.where(back, cost, np.inf)
        out_of_row[cell] = out_of_column[cell] = np.inf
        start, goal = ((0, cell[0]), (1, cell[1])) if from_row else ((1, cell[1]), (0, cell[0]))
        best = (np.full(self.rows + 1, np.inf), np.full(self.columns + 1, np.inf))
        came: dict[tuple[int, int], tuple[int, int]] = {}
        best[start[0]][start[1]] = 0.0
        queue = [(0.0, start)]
        while queue:
            so_far, (side, place) = heapq.heappop(queue)
            if (side, place) == goal:
                return so_far, _cells_of(goal, start, came)
            if so_far > best[side][place]:
                continue
            onward = so_far + (out_of_row[place] if side == 0 else out_of_column[:, place])
            for next_place in np.flatnonzero(onward < best[1 - side]).tolist():
                best[1 - side][next_place] = onward[next_place]
                came[1 - side, next_place] = (side, place)
                heapq.heappush(queue, (float(onward[next_place]), (1 - side, next_place)))
        return None


def _cells_of(goal: tuple[int, int], start: tuple[int, int], came: dict[tuple[int, int], tuple[int, int]]) -> Path:
    cells = []
    while goal != start:
        before = came[goal]
        cells.append((goal[1], before[1]) if goal[0] == 0 else (before[1], goal[1]))
        goal = before
    return cells


def counts_fewer(counts: Counts, minimum: int) -> bool:
    """Whether a table holds somebody, but fewer than `minimum`."""
    return 0 < int(counts.sum()) < minimum
