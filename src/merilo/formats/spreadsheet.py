"""XLSX, XLS and ODS workbooks as numbered records of text."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum
from python_calamine import SheetVisibleEnum as Visible

from merilo.assessment.errors import Place, Problem, problem, warning
from merilo.formats.encoding import OLE_MAGIC, ZIP_MAGIC
from merilo.formats.raw_table import RawTable, shape_table
from merilo.formats.spreadsheet_errors import DAMAGED, note_bad_cells

Value = int | float | str | bool | time | date | datetime | timedelta

# A workbook is packed: a small upload can unpack to more than the machine has.
MOST_UNPACKED = 2 << 30
SHOWN_DIGITS = 15


def read_spreadsheet(path: Path, sheet: str | None, problems: list[Problem]) -> RawTable | None:
    """The table on one sheet; without a name, on the first visible sheet that has anything on it."""
    file = path.as_posix()
    refusal = _refusal(path)
    if refusal is not None:
        problems.append(refusal)
        return None
    try:
        with CalamineWorkbook.from_path(path) as workbook:
            found = _choose(workbook, sheet, file, problems)
            if found is None:
                return None
            first_row, first_column = found.start or (0, 0)
            rows = found.to_python()
        note_bad_cells(path, found.name, problems)
    except PasswordError:
        problems.append(problem("TABLE-16", Place(file)))
        return None
    except BaseException as error:
        if not _is_damage(error):
            raise
        problems.append(problem("TABLE-15", Place(file), reason=error))
        return None
    records = ((number, [cell_text(value) for value in row]) for number, row in enumerate(rows, start=first_row + 1))
    return shape_table(file, records, problems, first_column)


def _is_damage(error: BaseException) -> bool:
    """Whether an error means a damaged workbook.

    The reader, written in Rust, panics on some torn .xls files; a panic is no Exception and has no importable name.
    """
    return isinstance(error, (CalamineError, *DAMAGED)) or type(error).__name__ == "PanicException"


def cell_text(value: Value) -> str:
    """A cell's value as text: dates in ISO form, numbers as the spreadsheet shows them in full."""
    match value:
        case str():
            return value
        case bool():
            return "TRUE" if value else "FALSE"
        case int():
            return str(value)
        case float():
            return _float_text(value)
        case timedelta():
            return str(value)
        case _:
            return value.isoformat()


def _float_text(value: float) -> str:
    """A number with the 15 digits that spreadsheets keep and show: 0.1 + 0.2 is 0.3 there, and is here.

    The 16th and 17th digit of a binary number are traces of its storage; the same sheet saved as CSV lacks them.
    """
    if value.is_integer():
        return str(int(value))
    # Decimal writes small numbers out (0.0000001), where a float would take an exponent.
    return format(Decimal(f"{value:.{SHOWN_DIGITS}g}"), "f")


def _refusal(path: Path) -> Problem | None:
    """The problem with a file that is no readable workbook by its first bytes or its unpacked size."""
    file, is_xls = path.as_posix(), path.suffix.lower() == ".xls"
    with path.open("rb") as opened:
        magic = opened.read(8)
    if not magic:
        return problem("TABLE-03", Place(file))
    if magic.startswith(OLE_MAGIC):
        # An encrypted XLSX is a packet in the old container; its name there is written in UTF-16.
        encrypted = "EncryptedPackage".encode("utf-16-le") in path.read_bytes()
        if encrypted:
            return problem("TABLE-16", Place(file))
        return None if is_xls else problem("TABLE-18", Place(file), suffix=path.suffix, right=".xls")
    if magic.startswith(ZIP_MAGIC) and is_xls:
        return problem("TABLE-18", Place(file), suffix=path.suffix, right=".xlsx")
    if not magic.startswith(ZIP_MAGIC):
        return problem("TABLE-17", Place(file), suffix=path.suffix)
    try:
        with zipfile.ZipFile(path) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
    except DAMAGED as error:
        return problem("TABLE-15", Place(file), reason=error)
    return problem("TABLE-24", Place(file), limit=MOST_UNPACKED >> 30) if unpacked > MOST_UNPACKED else None


def _choose(workbook: CalamineWorkbook, sheet: str | None, file: str, problems: list[Problem]) -> CalamineSheet | None:
    """The sheet asked for, or the first visible one with cells; other filled sheets are told about."""
    names = [
        found.name
        for found in workbook.sheets_metadata
        if found.typ is SheetTypeEnum.WorkSheet and (found.visible is Visible.Visible or found.name == sheet)
    ]
    if sheet is not None and sheet not in names:
        problems.append(problem("TABLE-19", Place(file), sheet=sheet, sheets=", ".join(names)))
        return None
    if sheet is not None:
        return workbook.get_sheet_by_name(sheet)
    filled = [found for found in _sheets(workbook, names) if found.start is not None]
    if not filled:
        problems.append(problem("TABLE-03", Place(file)))
        return None
    if len(filled) > 1:
        others = ", ".join(found.name for found in filled[1:])
        problems.append(warning("TABLE-20", Place(file), sheet=filled[0].name, others=others))
    return filled[0]


def _sheets(workbook: CalamineWorkbook, names: list[str]) -> Iterator[CalamineSheet]:
    for name in names:
        yield workbook.get_sheet_by_name(name)
