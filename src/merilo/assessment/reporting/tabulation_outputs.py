"""Printed tables as a document and as a workbook."""

from __future__ import annotations

from collections.abc import Sequence

from merilo.assessment.reporting.document import (
    Align,
    Block,
    Column,
    Document,
    Heading,
    Paragraph,
    Row,
    Table,
    TitlePage,
)
from merilo.assessment.reporting.fixed_words import fixed_words
from merilo.assessment.reporting.printed_table import PrintedCell, PrintedNumber, PrintedTable, cell_text, parts_of
from merilo.assessment.reporting.typography import typeset
from merilo.assessment.reporting.workbook import ScoresWorkbook
from merilo.assessment.reporting.workbook_cells import NumberCell, SheetCell, WorkbookColumn, WorkbookSheet, width_of
from merilo.assessment.wording import Wording

MOST_COLUMNS = 16  # what a landscape page holds in letters that can be read
FIRST_WIDTH, OTHER_WIDTH = 8.0, 1.8
WIDEST, NARROWEST = 60, 9
LONGEST_SHEET_NAME = 31
NOT_IN_SHEET_NAMES = "[]:*?/\\"


def tabulation_document(
    tables: Sequence[PrintedTable], head: tuple[str, str, str], filters: Sequence[str], words: Wording
) -> Document:
    """Every table with its notes; `head` is the operator, the title and the period; `filters` say who is in it."""
    operator, title, period = head
    page = TitlePage(operator, title, words.say("TABULATE-TITLE"), period, "", tuple(filters))
    heading = Heading(1, words.say("TABULATE-TITLE"), "tables", numbered=False)
    blocks: list[Block] = [
        heading,
        *(Paragraph(one) for one in filters),
        *(_table(part, words) for one in tables for part in parts_of(one, MOST_COLUMNS, words)),
    ]
    return typeset(Document(page, tuple(blocks), words.language, fixed_words(words)))


def _table(table: PrintedTable, words: Wording) -> Table:
    first, *others = table.headers
    columns = (Column(first, FIRST_WIDTH), *(Column(one, OTHER_WIDTH, Align.RIGHT) for one in others))
    rows = tuple(Row(tuple(cell_text(cell, words) for cell in row.cells), row.strong) for row in table.rows)
    return Table(table.caption, columns, rows, " ".join(table.notes))


def tabulation_workbook(
    tables: Sequence[PrintedTable], title: str, filters: Sequence[str], words: Wording
) -> ScoresWorkbook:
    """A sheet for every table, and one with captions and notes."""
    names: list[str] = []
    sheets = [_sheet(table, names) for table in tables]
    first, second = words.say("TABULATE-SHEET"), words.say("TABULATE-NOTES")
    lines: list[tuple[SheetCell, ...]] = [("", title), *(("", one) for one in filters)]
    for table, name in zip(tables, names, strict=True):
        lines += [(name, table.caption), *(("", note) for note in table.notes)]
    notes = WorkbookSheet(second, (WorkbookColumn(first, 20), WorkbookColumn(second, 110)), tuple(lines), 1)
    return ScoresWorkbook(title, words.language, (*sheets, notes))


def _sheet(table: PrintedTable, names: list[str]) -> WorkbookSheet:
    columns = tuple(
        WorkbookColumn(
            header,
            width_of([str(_plain(row.cells[place])) for row in table.rows], NARROWEST, WIDEST)
            if place == 0
            else width_of([header], NARROWEST, 16),
        )
        for place, header in enumerate(table.headers)
    )
    rows = [tuple(_sheet_cell(cell) for cell in row.cells) for row in table.rows]
    names.append(_free_name(table.name, names))
    return WorkbookSheet(names[-1], columns, rows, 1)


def _free_name(wanted: str, taken: Sequence[str]) -> str:
    """A name Excel takes for a sheet, of which there must be no second one."""
    allowed = "".join(letter for letter in wanted if letter not in NOT_IN_SHEET_NAMES)
    name, number = allowed[:LONGEST_SHEET_NAME], 1
    while name.casefold() in {one.casefold() for one in taken}:
        number += 1
        name = f"{allowed[: LONGEST_SHEET_NAME - 4]} {number}"
    return name


def _plain(cell: PrintedCell) -> object:
    return cell.value if isinstance(cell, PrintedNumber) else cell


def _sheet_cell(cell: PrintedCell) -> SheetCell:
    if isinstance(cell, str):
        return cell or None
    exponent = cell.value.as_tuple().exponent
    return NumberCell(float(cell.value), -exponent if isinstance(exponent, int) else 0)
