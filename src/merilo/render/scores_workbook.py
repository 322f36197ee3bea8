"""The workbook of scores as an XLSX file: live formulas with their values, ready to print, always the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from merilo.assessment.reporting.workbook import ScoresWorkbook
from merilo.assessment.reporting.workbook_cells import FormulaCell, NumberCell, SheetCell, WorkbookSheet
from merilo.render.xml_text import allowed
from merilo.whole_files import write_whole

# A moment in the file would make every copy differ; who made what when is told by the provenance stamp.
CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - XlsxWriter wants a moment without a zone
OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
LANGUAGES = {"ru": "ru-RU", "en": "en-GB"}
CORE = "docProps/core.xml"
A4 = 9
LONGEST_TEXT = 32_767
TOP = {"valign": "top"}
LINE, HIGHEST = 15.0, 405.0  # points; no row may be higher than 409
WIDER_THAN_DIGITS = 1.15  # a letter of a Russian text against the digits that widths are measured in
READABLE = 240  # digits across a page of A4 that are still read without a glass
FIXED_DATE = (1980, 1, 1, 0, 0, 0)


def write_scores_workbook(workbook: ScoresWorkbook, path: Path) -> None:
    """Write the workbook at `path`, whole or not at all. Texts stay texts: only our own formulas are formulas."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, OPTIONS) as file:
        file.set_properties({"title": allowed(workbook.title), "created": CREATED})
        formats = _Formats(file)
        for sheet in workbook.sheets:
            _write_sheet(file.add_worksheet(sheet.name), sheet, formats)
    write_whole(path, _in_language(stream.getvalue(), LANGUAGES[workbook.language]))


class _Formats:
    """Cell formats, made once each."""

    def __init__(self, file: Any) -> None:
        self.file = file
        self.header = file.add_format({**TOP, "bold": True, "text_wrap": True, "bottom": 1, "bg_color": "#F2F2F2"})
        self.text = file.add_format({**TOP, "text_wrap": True, "align": "left", "indent": 1})
        self.word = file.add_format({**TOP, "text_wrap": True, "italic": True, "align": "right"})
        self.numbers: dict[int | None, Any] = {}

    def number(self, digits: int | None) -> Any:
        """The format of numbers with so many decimals."""
        if digits not in self.numbers:
            code = "General" if digits is None else f"0.{'0' * digits}" if digits else "0"
            self.numbers[digits] = self.file.add_format({**TOP, "num_format": code})
        return self.numbers[digits]


def _write_sheet(page: Any, sheet: WorkbookSheet, formats: _Formats) -> None:
    last = len(sheet.columns) - 1
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.width, formats.text)
        page.write_string(0, place, allowed(column.header), formats.header)
    figures = {
        place for row in sheet.rows for place, cell in enumerate(row) if isinstance(cell, NumberCell | FormulaCell)
    }
    page.set_row(0, _height([column.header for column in sheet.columns], sheet))
    for number, row in enumerate(sheet.rows, start=1):
        page.set_row(number, _height(row, sheet))
        for place, cell in enumerate(row):
            # A word where a number would stand («нет данных») stands as a number would: on the right.
            _write_cell(page, (number, place), cell, formats.word if place in figures else formats.text, formats)
    page.freeze_panes(1, sheet.frozen)
    page.autofilter(0, 0, len(sheet.rows), last)
    _set_up_print(page, sheet)
    # A column of keys or a status word beside numbers is meant; Excel's green corners would only frighten.
    page.ignore_errors({"number_stored_as_text": f"A1:{xl_rowcol_to_cell(len(sheet.rows), last)}"})


def _height(cells: Sequence[SheetCell], sheet: WorkbookSheet) -> float:
    """The height of a row that shows its texts whole: LibreOffice does not work it out by itself."""
    lines = [
        sum(-(-max(len(line), 1) * WIDER_THAN_DIGITS // column.width) for line in cell.split("\n"))
        for cell, column in zip(cells, sheet.columns, strict=True)
        if isinstance(cell, str)
    ]
    return min(HIGHEST, LINE * max(lines, default=1))


def _set_up_print(page: Any, sheet: WorkbookSheet) -> None:
    """A4, landscape, headers on every page, as many pages across as the letters need to be readable."""
    page.set_landscape()
    page.set_paper(A4)
    width = sum(column.width for column in sheet.columns)
    page.fit_to_pages(-(-width // READABLE), 0)
    page.repeat_rows(0)
    if sheet.frozen:
        page.repeat_columns(0, sheet.frozen - 1)
    page.set_footer("&C&A, &P / &N")


def _write_cell(page: Any, position: tuple[int, int], cell: SheetCell, text_format: Any, formats: _Formats) -> None:
    match cell:
        case None | "":
            return
        case str():
            text = allowed(cell)
            if len(text) > LONGEST_TEXT:
                raise ValueError(f"a cell holds {LONGEST_TEXT} letters, not {len(text)}")
            page.write_string(*position, text, text_format)
        case NumberCell():
            page.write_number(*position, cell.value, formats.number(cell.digits))
        case FormulaCell():
            page.write_formula(*position, f"={cell.formula}", formats.number(cell.digits), cell.value)


def _in_language(content: bytes, language: str) -> bytes:
    """The same file with its language among the properties, which XlsxWriter leaves out and readers aloud ask for."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            part = old.read(name)
            if name == CORE:
                part = part.replace(
                    b"</cp:coreProperties>", f"<dc:language>{language}</dc:language></cp:coreProperties>".encode()
                )
            entry = zipfile.ZipInfo(name, FIXED_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, part)
    return stream.getvalue()
