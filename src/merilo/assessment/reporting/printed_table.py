"""A table as it is printed: texts and rounded numbers, the same on the screen, in Word and in a workbook."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from math import isfinite

from merilo.assessment.rounding import RoundingMode, round_exact
from merilo.assessment.wording import Wording

DASH = "–"
PERCENT_DIGITS = 1
HUNDRED = 100


@dataclass(frozen=True, slots=True)
class PrintedNumber:
    """A rounded number; `mark` stands behind it where people read (an arrow), not where programs do."""

    value: Decimal
    mark: str = ""


PrintedCell = str | PrintedNumber


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A row, one cell a column; `strong` for bases and for the question above its answers."""

    cells: tuple[PrintedCell, ...]
    strong: bool = False


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table: a short `name` (for a sheet), a caption, headers, rows, and notes below it; `is_detail` where the screen
    does without it."""

    name: str
    caption: str
    headers: tuple[str, ...]
    rows: tuple[PrintedRow, ...]
    notes: tuple[str, ...] = ()
    is_detail: bool = False


def parts_of(table: PrintedTable, most: int, words: Wording) -> tuple[PrintedTable, ...]:
    """The table itself, or, where it has more than `most` columns beside the first, several of about the same width
    with that first column in each; notes stand below the last."""
    columns = len(table.headers) - 1
    parts = -(-columns // max(most, 1))
    if parts < 2:
        return (table,)
    width = -(-columns // parts)
    found = []
    for part in range(parts):
        chosen = slice(1 + part * width, 1 + (part + 1) * width)
        rows = tuple(replace(row, cells=(row.cells[0], *row.cells[chosen])) for row in table.rows)
        caption = words.say("TABULATE-PART", caption=table.caption, part=part + 1, parts=parts)
        headers = (table.headers[0], *table.headers[chosen])
        notes = table.notes if part == parts - 1 else ()
        found.append(replace(table, caption=caption, headers=headers, rows=rows, notes=notes))
    return tuple(found)


def rounded(value: float, digits: int, mark: str = "") -> PrintedCell:
    """A number with so many decimals, rounded half up; a dash for NaN."""
    if not isfinite(value):
        return DASH
    return PrintedNumber(round_exact(Fraction(value), digits, RoundingMode.HALF_UP), mark)


def percent(share: float, mark: str = "") -> PrintedCell:
    """A share 0…1 in percent with one decimal."""
    return rounded(share * HUNDRED, PERCENT_DIGITS, mark)


def count(number: int) -> PrintedNumber:
    """A whole number."""
    return PrintedNumber(Decimal(int(number)))


def cell_text(cell: PrintedCell, words: Wording) -> str:
    """A cell as people read it."""
    return cell if isinstance(cell, str) else words.number(cell.value) + cell.mark


def p_text(value: float, words: Wording) -> str:
    """`p = 0,031`, `p < 0,001`: a p-value as papers print it."""
    if value < 0.001:
        return words.say("TABULATE-P-SMALL", bound=Decimal("0.001"))
    return words.say("TABULATE-P", value=round_exact(Fraction(value), 3, RoundingMode.HALF_UP))
