"""Simple tables as an XLSX workbook: a frozen header, a filter, widths by content, the same bytes every time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from merilo.assessment.errors import InputError, Place, Problem, problem
from merilo.formats.raw_table import column_letters
from merilo.formats.writing import Cell
from merilo.whole_files import write_atomically

# What Excel itself can hold; XlsxWriter leaves out what is beyond it and says nothing.
LONGEST_TEXT = 32_767
MOST_ROWS = 1_048_576
EXACT_DIGITS = 15

NARROWEST, WIDEST = 8, 60
WIDTH_SAMPLE = 1_000
# A moment in the file would make every copy differ; who made what when is told by the provenance stamp.
CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - XlsxWriter wants a moment without a zone
OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "constant_memory": True}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, header and rows, and the number format of each column that has one (`0.00`)."""

    name: str
    header: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]
    number_formats: Mapping[str, str] = field(default_factory=dict)


def write_workbook(path: Path, sheets: Sequence[Sheet]) -> None:
    """Write tables as a workbook, whole or not at all. Text stays text: nothing becomes a formula or a link.

    Raises InputError for what Excel cannot hold, instead of leaving it out.
    """
    problems = [found for sheet in sheets for found in _beyond_excel(path, sheet)]
    if problems:
        raise InputError(problems)

    import xlsxwriter  # only where a workbook is written: it takes long to import

    def write(unfinished: Path) -> None:
        try:
            with xlsxwriter.Workbook(str(unfinished), OPTIONS) as workbook:
                workbook.set_properties({"created": CREATED})
                for sheet in sheets:
                    _write_sheet(workbook, sheet)
        except xlsxwriter.exceptions.FileCreateError as error:
            raise OSError(getattr(error.args[0], "errno", None), str(error), path.name) from error

    write_atomically(path, write)


def _beyond_excel(path: Path, sheet: Sheet) -> list[Problem]:
    """The problems with rows and texts that do not fit into a sheet."""
    file = path.as_posix()
    if len(sheet.rows) >= MOST_ROWS:
        return [problem("TABLE-28", Place(file), sheet=sheet.name, rows=len(sheet.rows), limit=MOST_ROWS - 1)]
    return [
        problem("TABLE-27", Place(file, number, column_letters(index)), sheet=sheet.name, limit=LONGEST_TEXT)
        for number, row in enumerate(sheet.rows, start=2)
        for index, cell in enumerate(row)
        if isinstance(cell, str) and len(cell) > LONGEST_TEXT
    ]


def _write_sheet(workbook: Any, sheet: Sheet) -> None:
    """Header, widths and rows of one sheet, in the order that constant memory asks for."""
    page = workbook.add_worksheet(sheet.name)
    bold = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    dates = workbook.add_format({"num_format": "dd.mm.yyyy"})
    formats = [
        workbook.add_format({"num_format": sheet.number_formats[name]}) if name in sheet.number_formats else None
        for name in sheet.header
    ]
    for index, width in enumerate(_widths(sheet)):
        page.set_column(index, index, width)
    page.freeze_panes(1, 0)
    if sheet.header:
        page.autofilter(0, 0, len(sheet.rows), len(sheet.header) - 1)
    for index, name in enumerate(sheet.header):
        page.write_string(0, index, name, bold)
    for number, row in enumerate(sheet.rows, start=1):
        for index, (cell, cell_format) in enumerate(zip(row, formats, strict=True)):
            _write_cell(page, (number, index), cell, dates if isinstance(cell, date) else cell_format)


def _write_cell(page: Any, position: tuple[int, int], cell: Cell, cell_format: Any) -> None:
    match cell:
        case None | "":
            return
        case str():
            page.write_string(*position, cell, cell_format)
        case date():
            page.write_datetime(*position, cell, cell_format)
        case _ if _significant_digits(cell) > EXACT_DIGITS:
            # Excel keeps 15 digits of a number and turns the rest into zeros; as text they all stay.
            page.write_string(*position, format(cell, "f") if isinstance(cell, Decimal) else str(cell))
        case _:
            page.write_number(*position, cell, cell_format)


def _significant_digits(number: int | Decimal) -> int:
    return len("".join(map(str, Decimal(number).as_tuple().digits)).strip("0"))


def _widths(sheet: Sheet) -> list[int]:
    """A width for each column, in letters: as wide as its longest text, within reason."""
    sample = [sheet.header, *sheet.rows[:WIDTH_SAMPLE]]
    return [
        min(WIDEST, max(NARROWEST, *(_width(row[index]) for row in sample if index < len(row))))
        for index in range(len(sheet.header))
    ]


def _width(cell: Cell) -> int:
    """The longest line of a cell and a little air, also for the arrow of the filter."""
    return max(map(len, str(cell if cell is not None else "").split("\n")), default=0) + 3
