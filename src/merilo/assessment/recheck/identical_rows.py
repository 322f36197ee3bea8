"""Organisations whose printed rows are the same: how often chance would make them so, counted cautiously."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from merilo.assessment.recheck.defect import Certainty, Defect, DefectKind, defect_at
from merilo.assessment.recheck.publication import PLACE, POPULATION, SAMPLE, Publication

# Fewer columns or units say nothing; rarer than once in a thousand reports is worth telling.
LEAST_COLUMNS = 6
LEAST_UNITS = 4
RARE = 0.001
CERTAINLY_RARE = 0.000_001


@dataclass(frozen=True, slots=True)
class EqualRows:
    """Units with equal rows, the column that was left out of the comparison (or none), the columns compared, and
    how many such groups chance would bring."""

    units: tuple[str, ...]
    without: str
    columns: tuple[str, ...]
    by_chance: float


def check_identical_rows(publication: Publication) -> Iterator[Defect]:
    """Groups of units that are equal in all columns, or in all but one, and rarer by chance than once in a thousand."""
    for group in equal_rows(publication):
        cells = [publication.cell(unit, group.columns[0]) for unit in group.units]
        first = cells[0]
        if first is None:
            continue
        yield defect_at(
            first,
            DefectKind.IDENTICAL_ROWS,
            Certainty.LIKELY if group.by_chance <= CERTAINLY_RARE else Certainty.HINT,
            reason="BY-CHANCE",
            others=tuple(cell.where for cell in cells[1:] if cell is not None),
            units=group.units,
            columns=len(group.columns),
            without=publication.name(group.without) if group.without else "",
            chance=_as_power(group.by_chance),
        )


def equal_rows(publication: Publication) -> list[EqualRows]:
    """The groups worth telling, the largest first; a unit stands in one group only."""
    columns = _columns(publication)
    if len(columns) < LEAST_COLUMNS:
        return []
    table = {
        unit: tuple(
            cell.number.value if (cell := publication.cell(unit, one)) and cell.number else None for one in columns
        )
        for unit in publication.units
    }
    table = {unit: row for unit, row in table.items() if sum(value is not None for value in row) >= LEAST_COLUMNS}
    if len(table) < LEAST_UNITS:
        return []
    found = [group for left_out in (None, *range(len(columns))) for group in _groups(table, columns, left_out)]
    found.sort(key=lambda one: (-len(one.units), one.by_chance, one.without))
    told: set[str] = set()
    kept = []
    for group in found:
        if not told & set(group.units):
            kept.append(group)
            told |= set(group.units)
    return kept


def _columns(publication: Publication) -> tuple[str, ...]:
    """The columns compared: figures that vary, without those that follow from others."""
    left_out = {PLACE, POPULATION, SAMPLE, *_following(publication)}
    varying = []
    for subject in publication.printed_subjects:
        values = {cell.number.value for cell in publication.column(subject) if cell.number}
        if subject not in left_out and len(values) > 1:
            varying.append(subject)
    return tuple(varying)


def _following(publication: Publication) -> set[str]:
    """The wholes that follow from something printed, at whatever remove."""
    printed = set(publication.printed_subjects)
    found: set[str] = set()
    # A methodology is shallow; each round takes one step from parts to wholes.
    while True:
        step = {
            relation.whole
            for relation in publication.relations
            if any(part.subject in printed | found for part in relation.parts)
        }
        if step <= found:
            return found
        found |= step


Row = tuple[Fraction | None, ...]


def _groups(table: dict[str, Row], columns: Sequence[str], left_out: int | None) -> Iterator[EqualRows]:
    compared = [index for index in range(len(columns)) if index != left_out]
    by_row: dict[Row, list[str]] = {}
    for unit, row in table.items():
        by_row.setdefault(tuple(row[index] for index in compared), []).append(unit)
    for units in by_row.values():
        if len(units) < 2:
            continue
        chance = expected_groups(table, units, compared) * (1 if left_out is None else len(columns))
        if chance < RARE:
            without = "" if left_out is None else columns[left_out]
            yield EqualRows(tuple(units), without, tuple(columns[index] for index in compared), chance)


def expected_groups(table: dict[str, Row], units: Sequence[str], columns: Sequence[int]) -> float:
    """How many groups of so many equal rows chance would bring, by a model that favours chance.

    A row takes the group's value in a column as often as the rows outside the group do, and one more to be careful.
    Columns of one survey go together, so only half of what they say is counted: as if every column repeated
    another one. The number of ways to choose the group multiplies the whole.
    """
    outside = [row for unit, row in table.items() if unit not in units]
    mine = table[units[0]]
    shares = [(sum(row[one] == mine[one] for row in outside) + 1) / (len(outside) + 2) for one in columns]
    logarithm = (len(units) - 1) * sum(math.log(share) for share in shares) / 2
    ways = math.comb(len(table), len(units))
    return math.exp(min(0.0, logarithm + math.log(ways)))


def _as_power(value: float) -> str:
    """The power of ten just above: 10^-7."""
    return f"10^{math.ceil(math.log10(value))}" if value > 0 else "10^-300"
