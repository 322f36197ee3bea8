"""Cells that show an error or hold a formula nobody computed: the reader of workbooks returns them as empty.

An empty cell means «no data», a `#DIV/0!` means that somebody's computation broke; so the packed XML is searched
for such cells, by pattern, because taking every cell apart a second time would double the reading time.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import IO

from merilo.assessment.errors import Place, Problem, problem, warning
from merilo.formats.raw_table import SHOWN, column_letters

CHUNK = 1 << 20
NOT_AVAILABLE = "#N/A"

# What a damaged archive makes of the standard library, found by damaging archives: names that are no text
# (ValueError), sizes that are no sizes, torn streams, parts that call themselves encrypted (RuntimeError).
DAMAGED = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, OverflowError, LookupError, RuntimeError)


def note_bad_cells(path: Path, sheet: str, problems: list[Problem]) -> None:
    """Note every cell of a sheet that shows an error; of very many, the first ones and their number."""
    file = path.as_posix()
    if not zipfile.is_zipfile(path):
        problems.append(warning("TABLE-23", Place(file)))
        return
    with zipfile.ZipFile(path) as packed:
        found = [_cell_problem(file, cell, error) for cell, error in _bad_cells(packed, sheet)]
    problems.extend(found[:SHOWN])
    if len(found) > SHOWN:
        problems.append(problem("TABLE-11", Place(file), count=len(found) - SHOWN, shown=SHOWN))


def _cell_problem(file: str, cell: str, error: str) -> Problem:
    """The problem for one cell; `error` is empty for a formula without a computed value."""
    letters = cell.rstrip("0123456789")
    digits = cell[len(letters) :]
    place = Place(file, int(digits) if digits else None, letters)
    if not error:
        return problem("TABLE-22", place, cell=cell)
    # People write NA() on purpose where a figure does not exist, and a failed lookup writes the same.
    if error == NOT_AVAILABLE:
        return warning("TABLE-25", place, cell=cell, error=error)
    return problem("TABLE-21", place, cell=cell, error=error)


def _bad_cells(packed: zipfile.ZipFile, sheet: str) -> Iterator[tuple[str, str]]:
    """The address and the error of each bad cell of a sheet."""
    parts = packed.namelist()
    if "content.xml" in parts:
        yield from _bad_cells_of_ods(packed.read("content.xml").decode("utf-8", errors="replace"), sheet)
        return
    part = _sheet_part(packed, sheet)
    if part in parts:
        with packed.open(part) as xml:
            yield from _bad_cells_of_xlsx(xml)


_ATTRIBUTE = re.compile(r"""([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_SHEET = re.compile(r"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s[^>]*>")


def _attributes(tag: str) -> dict[str, str]:
    """The attributes of one XML tag, prefixes of names left out."""
    return {name.rpartition(":")[2]: unescape(one or two) for name, one, two in _ATTRIBUTE.findall(tag)}


def _sheet_part(packed: zipfile.ZipFile, sheet: str) -> str:
    """The name of the packed file that holds a sheet of an XLSX workbook; empty where there is none."""
    parts = packed.namelist()
    if "xl/workbook.xml" not in parts or "xl/_rels/workbook.xml.rels" not in parts:
        return ""
    workbook = packed.read("xl/workbook.xml").decode("utf-8", errors="replace")
    relations = packed.read("xl/_rels/workbook.xml.rels").decode("utf-8", errors="replace")
    sheets = [_attributes(tag) for tag in _SHEET.findall(workbook)]
    wanted = next((found.get("id", "") for found in sheets if found.get("name") == sheet), "")
    targets = {found.get("Id", ""): found.get("Target", "") for found in map(_attributes, _RELATION.findall(relations))}
    target = targets.get(wanted, "")
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


# A cell with t="e" shows an error. A formula cell without <v> was written by a program that did not compute it;
# with t="str" an empty <v> is the true result of a formula that gives an empty text.
_CELL = re.compile(rb"<(?:\w+:)?c\s(?P<attributes>[^>]*?)(?:/>|>(?P<inside>.*?)</(?:\w+:)?c>)", re.DOTALL)
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>(?P<value>[^<]+)<")
_SUSPECT = re.compile(rb"""\st=["']e["']|<(?:\w+:)?f[\s>/]""")


def _bad_cells_of_xlsx(xml: IO[bytes]) -> Iterator[tuple[str, str]]:
    for piece in _whole_rows(xml):
        if not _SUSPECT.search(piece):
            continue
        for cell in _CELL.finditer(piece):
            inside = cell["inside"] or b""
            attributes = _attributes(cell["attributes"].decode("utf-8", errors="replace"))
            kind, address = attributes.get("t", "n"), attributes.get("r", "")
            value = _VALUE.search(inside)
            if kind == "e":
                yield address, value["value"].decode() if value else NOT_AVAILABLE
            elif value is None and kind == "n" and re.search(rb"<(?:\w+:)?f[\s>/]", inside):
                yield address, ""


def _whole_rows(xml: IO[bytes]) -> Iterator[bytes]:
    """The XML in pieces that end with a row, so that no cell is torn."""
    rest = b""
    while chunk := xml.read(CHUNK):
        piece = rest + chunk
        end = piece.rfind(b"</row>") + 1 or piece.rfind(b":row>") + 1
        yield piece[:end]
        rest = piece[end:]
    yield rest


_ODS_TAG = re.compile(r"<table:(table|table-row|table-cell|covered-table-cell)(?=[\s/>])([^>]*)>(?:<text:p>([^<]*))?")


def _bad_cells_of_ods(xml: str, sheet: str) -> Iterator[tuple[str, str]]:
    """Walk over rows and cells, which may stand for many (`number-rows-repeated`), and keep count."""
    if 'value-type="error"' not in xml:
        return
    row = column = rows_here = 0
    in_sheet = False
    for kind, written, shown in _ODS_TAG.findall(xml):
        attributes = _attributes(written)
        if kind == "table":
            in_sheet, row, rows_here = attributes.get("name") == sheet, 0, 0
        elif kind == "table-row":
            row, column, rows_here = row + rows_here, 0, _repeated(attributes.get("number-rows-repeated", ""))
        else:
            if in_sheet and 'value-type="error"' in written:
                yield f"{column_letters(column)}{row + 1}", unescape(shown) or "#"
            column += _repeated(attributes.get("number-columns-repeated", ""))


def _repeated(written: str) -> int:
    """How many rows or cells one element stands for."""
    return int(written) if written.isdecimal() else 1
