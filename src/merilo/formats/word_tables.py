"""The tables of a Word document as numbered records of text: merged cells spread out, nothing else of it read.

A .docx is a zip of XML. Before a part is parsed it is refused if it declares a document type: entities, which can
unfold to more than the memory, exist only there. So the parser of the standard library is enough.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from merilo.assessment.errors import Place, Problem, problem
from merilo.formats.plain_text import clean_cell, plain
from merilo.formats.raw_table import RawTable, shape_table

SUFFIX = ".docx"
PART = "word/document.xml"
MOST_UNPACKED = 200 << 20
MOST_COLUMNS = 200
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DOCTYPE = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
# What a revision took away is not in the document; what it put in is.
_LEFT_OUT = {f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}delText"}
_BLANKS = re.compile(r"\s+")

Grid = list[list[str]]


def read_word_table(path: Path, number: int, header_rows: int, problems: list[Problem]) -> RawTable | None:
    """The table with this number (from 1, in the order of the document, tables inside cells left out).

    The first `header_rows` rows become the header, each column's texts joined with « / », a text once. Rows are
    numbered from the top of the table.
    """
    body = _body(path, problems)
    if body is None:
        return None
    file = path.as_posix()
    try:
        tables = list(_tables(body))
        if not 1 <= number <= len(tables):
            problems.append(problem("AUDIT-20", Place(file), asked=number, found=len(tables)))
            return None
        grid = _grid(tables[number - 1])
    except RecursionError as error:
        problems.append(problem("AUDIT-22", Place(file), reason=error))
        return None
    return shape_table(file, _records(grid, header_rows), problems)


def _body(path: Path, problems: list[Problem]) -> ElementTree.Element | None:
    file = Place(path.as_posix())
    try:
        with zipfile.ZipFile(path) as packed:
            found = packed.getinfo(PART)
            if found.file_size > MOST_UNPACKED:
                problems.append(problem("AUDIT-21", file, limit=MOST_UNPACKED >> 20))
                return None
            with packed.open(found) as part:
                # A zip may lie about the size: never read more than was promised and allowed.
                xml = part.read(MOST_UNPACKED + 1)
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        problems.append(problem("AUDIT-22", file, reason=error))
        return None
    # UTF-16 would hide a document type from the search below; Word writes UTF-8.
    if len(xml) > MOST_UNPACKED or b"\x00" in xml or _DOCTYPE.search(xml):
        problems.append(problem("AUDIT-23", file))
        return None
    try:
        root = ElementTree.fromstring(xml)  # noqa: S314 - see above
    except ElementTree.ParseError as error:
        problems.append(problem("AUDIT-22", file, reason=error))
        return None
    return root.find(f"{_W}body")


def _tables(node: ElementTree.Element) -> Iterator[ElementTree.Element]:
    """Tables in the order of the document; those inside the cells of another are part of its text."""
    for child in node:
        if child.tag == f"{_W}tbl":
            yield child
        elif child.tag not in _LEFT_OUT:
            yield from _tables(child)


def _grid(table: ElementTree.Element) -> Grid:
    """Every row with a text for every grid column: a merged cell's text stands in each place it covers."""
    rows: Grid = []
    for row in _children(table, "tr"):
        cells: list[str] = [""] * _number(row.find(f"{_W}trPr/{_W}gridBefore"), 0)
        for cell in _children(row, "tc"):
            properties = cell.find(f"{_W}tcPr")
            width = _number(properties.find(f"{_W}gridSpan") if properties is not None else None, 1)
            text = _text(cell)
            above = rows[-1] if rows else []
            if _continues(properties) and len(above) > len(cells):
                text = above[len(cells)]
            cells += [text] * width
        rows.append(cells[:MOST_COLUMNS])
    return rows


def _children(node: ElementTree.Element, name: str) -> Iterator[ElementTree.Element]:
    """Children of a name, also inside content controls and revisions, never inside another table."""
    for child in node:
        if child.tag == f"{_W}{name}":
            yield child
        elif child.tag not in _LEFT_OUT and child.tag not in (f"{_W}tbl", f"{_W}tr", f"{_W}tc"):
            yield from _children(child, name)


def _continues(properties: ElementTree.Element | None) -> bool:
    """Whether a cell goes on from the one above: vMerge without `restart`."""
    merge = properties.find(f"{_W}vMerge") if properties is not None else None
    return merge is not None and merge.get(f"{_W}val", "continue") != "restart"


def _number(node: ElementTree.Element | None, otherwise: int) -> int:
    value = node.get(f"{_W}val", "") if node is not None else ""
    return min(int(value), MOST_COLUMNS) if value.isdecimal() else otherwise


def _text(cell: ElementTree.Element) -> str:
    """The text of a cell: paragraphs and breaks become one blank."""
    return _BLANKS.sub(" ", "".join(_pieces(cell))).strip()


def _pieces(node: ElementTree.Element) -> Iterator[str]:
    for child in node:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in (f"{_W}br", f"{_W}tab", f"{_W}cr"):
            yield " "
        elif child.tag == f"{_W}noBreakHyphen":
            yield "-"
        elif child.tag not in _LEFT_OUT:
            yield from _pieces(child)
            if child.tag == f"{_W}p":
                yield " "


def _records(grid: Grid, header_rows: int) -> Iterator[tuple[int, list[str]]]:
    width = max((len(row) for row in grid), default=0)
    padded = [row + [""] * (width - len(row)) for row in grid]
    head = padded[:header_rows]
    if head:
        joined = [
            " / ".join(dict.fromkeys(clean_cell(row[index]) for row in head if row[index])) for index in range(width)
        ]
        yield header_rows, _apart(joined)
    yield from enumerate(padded[header_rows:], start=header_rows + 1)


def _apart(header: list[str]) -> list[str]:
    """Headers as they are, with @2 for the second column where there is no text or the text stands before."""
    seen: set[str] = set()
    found = []
    for index, text in enumerate(header, start=1):
        name = text if text and plain(text) not in seen else f"{text} @{index}".strip()
        seen.add(plain(name))
        found.append(name)
    return found
