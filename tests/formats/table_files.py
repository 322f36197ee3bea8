"""What the table tests share: reading with the problems at hand, sentences for problems, small workbooks."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import xlsxwriter
import yaml

import merilo
from merilo.assessment.errors import Problem
from merilo.formats.raw_table import RawTable
from merilo.formats.sheets import read_table

WORDING = Path(merilo.__file__).parent / "data" / "wording" / "problems-tables.yaml"


def sentences() -> dict[str, dict[str, str]]:
    loaded: dict[str, dict[str, str]] = yaml.safe_load(WORDING.read_text(encoding="utf-8"))
    return loaded


def say(found: Problem, language: str = "ru") -> str:
    """The sentence a user would see; a missing detail raises KeyError."""
    place = found.place
    return sentences()[found.code][language].format(
        **dict(found.details), file=place.file, row=place.row, column=place.column
    )


def read(path: Path, sheet: str | None = None) -> tuple[RawTable | None, list[Problem]]:
    problems: list[Problem] = []
    return read_table(path, sheet=sheet, problems=problems), problems


def only_problem(path: Path, problems: list[Problem]) -> Problem:
    """The single problem of a file; it names the file and can be said in both languages."""
    assert len(problems) == 1, [found.code for found in problems]
    assert problems[0].place.file == path.as_posix()
    assert say(problems[0], "ru")
    assert say(problems[0], "en")
    return problems[0]


def write_bytes(folder: Path, content: bytes, name: str = "table.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def make_xlsx(path: Path, fill: Callable[[Any], None], name: str = "Лист1") -> Path:
    """A workbook whose sheet is filled by `fill(worksheet)`."""
    with xlsxwriter.Workbook(str(path)) as workbook:
        fill(workbook.add_worksheet(name))
    return path


def make_ods(path: Path, rows: str, name: str = "Лист1") -> Path:
    """An ODS workbook with one sheet, its rows given as XML."""
    spaces = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"' for prefix in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} xmlns:calcext="urn:calcext">'
        f'<office:body><office:spreadsheet><table:table table:name="{name}">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("META-INF/manifest.xml", '<?xml version="1.0"?><manifest/>')
        packed.writestr("content.xml", content)
    return path
