"""A .docx read back: the parts of the zip and the XML of its body."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from python_calamine import CalamineWorkbook

SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
}
W = f"{{{SPACES['w']}}}"


def part(path: Path, name: str) -> ElementTree.Element:
    """The XML of one part."""
    with zipfile.ZipFile(path) as archive:
        return ElementTree.fromstring(archive.read(name))  # noqa: S314 - a file we have just written


def names(path: Path, start: str = "") -> list[str]:
    """The parts whose names begin so."""
    with zipfile.ZipFile(path) as archive:
        return [name for name in archive.namelist() if name.startswith(start)]


def body(path: Path) -> ElementTree.Element:
    """The document's main part."""
    return part(path, "word/document.xml")


def texts(root: ElementTree.Element, style: str) -> list[str]:
    """What a reader sees in the paragraphs of a style: fields show their kept text."""
    return ["".join(node.text or "" for node in found.iter(f"{W}t")) for found in paragraphs(root, style)]


def paragraphs(root: ElementTree.Element, style: str) -> list[ElementTree.Element]:
    """The paragraphs of a style."""
    return [
        found
        for found in root.iter(f"{W}p")
        if (named := found.find("w:pPr/w:pStyle", SPACES)) is not None and named.get(f"{W}val") == style
    ]


def sheet(path: Path, name: str) -> Sequence[Sequence[Any]]:
    """The cells of a workbook that lies in the file."""
    with zipfile.ZipFile(path) as archive:
        book = CalamineWorkbook.from_filelike(io.BytesIO(archive.read(name)))
    return book.get_sheet_by_index(0).to_python(skip_empty_area=False)


def formulas(path: Path, name: str) -> dict[str, str]:
    """The formulas of a workbook that lies in the file, by cell."""
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(io.BytesIO(archive.read(name))) as book:
        root = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))  # noqa: S314 - a file we have just written
    space = {"s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    cells = root.iterfind(".//s:c[s:f]", space)
    return {cell.get("r") or "": cell.findtext("s:f", "", space) for cell in cells}
