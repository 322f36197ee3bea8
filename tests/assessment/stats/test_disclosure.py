"""Hidden cells stay hidden: an attacker with the printed rest of a table and linear programming finds none of them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from merilo.assessment.stats.bridges import edges_on_cycles
from merilo.assessment.stats.disclosure import Suppression, protect_list, protect_table

pytestmark = pytest.mark.slow

Counts = NDArray[np.int64]
SIZES = st.sampled_from([0, 0, 1, 1, 2, 3, 4, 5, 6, 9, 17, 40, 200])
LISTS = st.lists(SIZES, min_size=2, max_size=7)
SHAPES = st.tuples(st.integers(2, 6), st.integers(2, 5))
TABLES = SHAPES.flatmap(lambda shape: arrays(np.int64, shape, elements=SIZES))
PUBLIC = st.booleans()


def ranges(
    values: Counts, hidden: NDArray[np.bool_], sums: Counts, low: NDArray[np.float64]
) -> list[tuple[float, float]]:
    """The least and the greatest value each hidden number can have: `sums` (m, k) @ values = 0 is what is known."""
    from scipy.optimize import linprog

    known = sums[:, ~hidden] @ values[~hidden]
    bounds = [(one, None) for one in low[hidden]]
    found = []
    for place in range(int(hidden.sum())):
        aim = np.zeros(int(hidden.sum()))
        aim[place] = 1
        ends = []
        for sign in (1, -1):
            solved = linprog(sign * aim, A_eq=sums[:, hidden], b_eq=-known, bounds=bounds)
            ends.append(np.inf * -sign if solved.status == 3 else float(solved.x[place]))
        found.append((ends[0], ends[1]))
    return found


def list_ranges(counts: Counts, hidden: NDArray[np.bool_]) -> list[tuple[float, float]]:
    values = np.append(counts, counts.sum())
    return ranges(
        values,
        np.append(hidden, False),
        np.append(np.ones(len(counts), np.int64), -1)[None, :],
        np.full(len(values), 0.0 if hidden.all() and (counts <= 1).all() else 1.0),
    )


def table_ranges(counts: Counts, found: Suppression, veiled: NDArray[np.bool_]) -> list[tuple[float, float]]:
    """The attacker's knowledge of a table: every row and column adds up to its total, as far as they are printed."""
    rows, columns = counts.shape
    values = np.zeros((rows + 1, columns + 1), np.int64)
    hidden, low = np.zeros(values.shape, np.bool_), np.ones(values.shape)
    values[:-1, :-1], values[:-1, -1], values[-1, :-1] = counts, counts.sum(axis=1), counts.sum(axis=0)
    values[-1, -1] = counts.sum()
    hidden[:-1, :-1], hidden[:-1, -1], hidden[-1, :-1] = found.cells, found.rows, found.columns
    low[:-1, :-1][veiled] = 0
    if veiled.all():
        low[:] = 0
    sign = np.ones(values.shape, np.int64)
    sign[-1, :] = sign[:, -1] = -1
    sign[-1, -1] = 1
    lines = []
    for row in range(rows + 1):
        lines.append(np.where(np.arange(rows + 1)[:, None] == row, sign, 0).ravel())
    for column in range(columns + 1):
        lines.append(np.where(np.arange(columns + 1)[None, :] == column, sign, 0).ravel())
    return ranges(values.ravel(), hidden.ravel(), np.array(lines), low.ravel())


@given(counts=LISTS, minimum=st.integers(2, 10))
@settings(deadline=None)
def test_no_count_of_a_list_can_be_computed(counts: list[int], minimum: int) -> None:
    values = np.array(counts)
    hidden = protect_list(values, minimum)
    small = (values > 0) & (values < minimum)
    assert hidden[small].all()
    if not small.any():
        assert not hidden.any()
    elif values.sum() < minimum:
        assert hidden.all()
    else:
        assert values[hidden].sum() >= minimum
        assert all(high - low >= 1 - 1e-6 for low, high in list_ranges(values, hidden))


@given(counts=TABLES, minimum=st.integers(2, 8), rows_are_public=PUBLIC)
@settings(deadline=None, max_examples=150)
def test_no_cell_of_a_table_can_be_computed(counts: Counts, minimum: int, rows_are_public: bool) -> None:
    found = protect_table(counts, minimum, rows_are_public=rows_are_public)
    totals = counts.sum(axis=1)
    veiled = np.zeros(counts.shape, np.bool_)
    everything = bool(found.columns.all() and found.cells[totals > 0].all())
    if everything:
        veiled[:] = True  # nothing is printed but the total of all and, where they are public, of rows
    elif rows_are_public:
        veiled[:] = ((totals > 0) & (totals < minimum))[:, None]
    assert found.cells[(counts > 0) & (counts < minimum)].all()
    assert not found.cells[(counts == 0) & ~veiled].any()
    column_totals = counts.sum(axis=0)
    assert found.columns[(column_totals > 0) & (column_totals < minimum)].all()
    if rows_are_public:
        assert not found.rows.any()
    else:
        assert found.rows[(totals > 0) & (totals < minimum)].all()
    if not counts.any() or 0 < counts.sum() < minimum:
        return
    if not ((counts > 0) & (counts < minimum)).any():
        assert not found.cells.any()
    assert all(high - low >= 1 - 1e-6 for low, high in table_ranges(counts, found, veiled))


@given(counts=TABLES, minimum=st.integers(2, 8), rows_are_public=PUBLIC)
@example(counts=np.array([[2, 0], [0, 3], [1, 1]]), minimum=3, rows_are_public=True)
def test_hidden_cells_of_a_printed_total_hold_enough_together(
    counts: Counts, minimum: int, rows_are_public: bool
) -> None:
    found = protect_table(counts, minimum, rows_are_public=rows_are_public)
    totals = counts.sum(axis=1)
    for row in range(len(counts)):
        if found.cells[row].any() and not found.rows[row] and totals[row] >= minimum:
            assert counts[row][found.cells[row]].sum() >= minimum
    for column in range(counts.shape[1]):
        if found.cells[:, column].any() and not found.columns[column] and not found.columns.all():
            assert counts[:, column][found.cells[:, column]].sum() >= minimum


def test_one_small_cell_takes_three_others_of_a_table_with_it() -> None:
    found = protect_table([[3, 40, 50], [30, 20, 60], [70, 80, 90]], 5)
    assert found.cells.tolist() == [[True, True, False], [True, True, False], [False, False, False]]
    assert not found.rows.any()
    assert not found.columns.any()


def test_a_small_group_of_a_list_takes_the_next_smallest_with_it() -> None:
    assert protect_list([3, 40, 20], 5).tolist() == [True, False, True]
    assert protect_list([3, 4, 20], 5).tolist() == [True, True, False]
    assert protect_list([1, 2, 20], 5).tolist() == [True, True, True]
    assert protect_list([0, 40, 20], 5).tolist() == [False, False, False]


def test_a_list_and_a_table_of_too_few_people_are_hidden_whole() -> None:
    assert protect_list([3, 0], 5).tolist() == [True, True]
    assert protect_list([0, 0], 5).tolist() == [False, False]
    found = protect_table([[3, 0], [0, 1]], 5)
    assert found.cells.all()
    assert found.rows.all()
    assert found.columns.all()


def test_an_organisation_with_few_respondents_is_hidden_with_its_empty_cells() -> None:
    found = protect_table([[3, 0], [30, 20], [40, 10]], 5, rows_are_public=True)
    assert found.cells[0].tolist() == [True, True]
    assert not found.rows.any()


@pytest.mark.parametrize("rows", [2000])
def test_a_table_of_many_organisations_is_quick_and_loses_little(rows: int) -> None:
    rng = np.random.default_rng(1)
    counts = rng.multinomial(20, [0.45, 0.45, 0.1], rows)
    found = protect_table(counts, 5, rows_are_public=True)
    assert found.cells[(counts > 0) & (counts < 5)].all()
    assert not found.columns.any()


def test_two_way_bridges_and_one_way_dead_ends_are_on_no_cycle() -> None:
    # 0–1–2–0 a two-way triangle, 2–3 a bridge, 3→4 a one-way dead end
    tails, heads = np.array([0, 1, 2, 2, 3]), np.array([1, 2, 0, 3, 4])
    both = np.array([True, True, True, True, False])
    found = edges_on_cycles(tails, heads, np.ones(5, np.bool_), both, vertices=5)
    assert found.tolist() == [True, True, True, False, False]
