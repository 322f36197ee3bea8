"""Workbooks: what is read from their cells, and what is wrong with them."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from merilo.assessment.errors import Severity
from merilo.formats.spreadsheet import Value, cell_text
from merilo.formats.writing import write_csv
from tests.formats.table_files import make_ods, make_xlsx, only_problem, read, write_bytes


def fill_plain(sheet: Any) -> None:
    """A heading and two rows, not in the corner of the sheet."""
    for row, cells in enumerate([["Код", "Балл"], ["ш1", 0.96], ["ш2", 3.0]], start=2):
        sheet.write_row(row, 1, cells)


def with_formula(formula: str, value: object) -> Callable[[Any], None]:
    """The plain table with a formula in C5."""

    def fill(sheet: Any) -> None:
        fill_plain(sheet)
        sheet.write_formula(4, 2, formula, None, value)

    return fill


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("текст", "текст"),
        (3.0, "3"),
        (0.96, "0.96"),
        (0.1 + 0.2, "0.3"),
        (16 / 18, "0.888888888888889"),
        (0.0000001, "0.0000001"),
        (1e20, "100000000000000000000"),
        (True, "TRUE"),
        (7, "7"),
        (date(2024, 5, 6), "2024-05-06"),
        (datetime(2024, 5, 6, 12, 30), "2024-05-06T12:30:00"),  # noqa: DTZ001 - sheets know no zones
        (time(9, 5), "09:05:00"),
        (timedelta(hours=30), "1 day, 6:00:00"),
    ],
)
def test_values_become_text(value: Value, text: str) -> None:
    assert cell_text(value) == text


def test_a_table_anywhere_on_the_sheet(tmp_path: Path) -> None:
    table, problems = read(make_xlsx(tmp_path / "баллы.xlsx", fill_plain))
    assert problems == []
    assert table is not None
    assert table.header == ("Код", "Балл")
    assert list(table.numbered_rows()) == [(4, ("ш1", "0.96")), (5, ("ш2", "3"))]


def test_merged_cells_and_dates(tmp_path: Path) -> None:
    def fill(sheet: Any) -> None:
        sheet.write_row(0, 0, ["Дата", "Пояснение", "Знак"])
        sheet.write_datetime(1, 0, date(2024, 5, 6))
        sheet.merge_range(1, 1, 2, 2, "вместе")

    path = tmp_path / "table.xlsx"
    with xlsxwriter.Workbook(str(path), {"default_date_format": "dd.mm.yyyy"}) as workbook:
        fill(workbook.add_worksheet())
    table, problems = read(path)
    assert problems == []
    assert table is not None
    assert table.rows == [("2024-05-06", "вместе", "")]


@pytest.mark.parametrize("error", ["#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!"])
def test_an_error_cell_is_named_by_its_address(tmp_path: Path, error: str) -> None:
    path = make_xlsx(tmp_path / "table.xlsx", with_formula("=1/0", error))
    found = only_problem(path, read(path)[1])
    assert (found.code, found.place.row, found.place.column) == ("TABLE-21", 5, "C")
    assert dict(found.details) == {"cell": "C5", "error": error}


def test_not_available_is_a_warning(tmp_path: Path) -> None:
    path = make_xlsx(tmp_path / "table.xlsx", with_formula("=NA()", "#N/A"))
    found = only_problem(path, read(path)[1])
    assert (found.code, found.severity) == ("TABLE-25", Severity.WARNING)


def test_a_formula_nobody_computed(tmp_path: Path) -> None:
    path = make_xlsx(tmp_path / "table.xlsx", with_formula("=A1", ""))
    found = only_problem(path, read(path)[1])
    assert (found.code, found.place.row) == ("TABLE-22", 5)


def test_a_formula_that_gives_empty_text_is_well(tmp_path: Path) -> None:
    path = make_xlsx(tmp_path / "table.xlsx", with_formula("=A1", ""))
    repack(path, "xl/worksheets/sheet1.xml", b'<c r="C5"><f>', b'<c r="C5" t="str"><f>')
    assert read(path)[1] == []


def test_very_many_error_cells_are_counted(tmp_path: Path) -> None:
    def fill(sheet: Any) -> None:
        sheet.write_row(0, 0, ["Код", "Балл"])
        for row in range(1, 31):
            sheet.write(row, 0, row)
            sheet.write_formula(row, 1, "=1/0", None, "#DIV/0!")

    _, problems = read(make_xlsx(tmp_path / "table.xlsx", fill))
    assert [found.code for found in problems] == ["TABLE-21"] * 20 + ["TABLE-11"]
    assert dict(problems[-1].details)["count"] == "10"


def test_an_error_on_another_sheet_does_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "table.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        workbook.add_worksheet("Черновик & <прочее>").write_formula(0, 0, "=1/0", None, "#DIV/0!")
        fill_plain(workbook.add_worksheet("Итог & балл"))
    assert read(path, sheet="Итог & балл")[1] == []
    _, problems = read(path, sheet="Черновик & <прочее>")
    assert "TABLE-21" in [found.code for found in problems]


def test_sheets(tmp_path: Path) -> None:
    path = tmp_path / "table.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        workbook.add_worksheet("Пустой")
        hidden = workbook.add_worksheet("Скрытый")
        hidden.write(0, 0, "тайна")
        hidden.hide()
        fill_plain(workbook.add_worksheet("Баллы"))
        workbook.add_worksheet("Справка").write(0, 0, "пояснение")
    table, problems = read(path)
    found = only_problem(path, problems)
    assert (found.code, found.severity) == ("TABLE-20", Severity.WARNING)
    assert dict(found.details) == {"sheet": "Баллы", "others": "Справка"}
    assert table is not None
    assert table.header == ("Код", "Балл")
    assert read(path, sheet="Баллы")[1] == []
    absent = only_problem(path, read(path, sheet="Балы")[1])
    assert absent.code == "TABLE-19"
    assert dict(absent.details)["sheets"] == "Пустой, Баллы, Справка"


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("table.xlsx", b"", "TABLE-03"),
        ("table.xlsx", b"PK\x03\x04" + bytes(500), "TABLE-15"),
        ("table.xls", OLE + bytes(2000), "TABLE-15"),
        ("table.xlsx", OLE + bytes(500) + "EncryptedPackage".encode("utf-16-le"), "TABLE-16"),
        ("table.xlsx", "код;балл\n1;2\n".encode(), "TABLE-17"),
        ("table.xls", b"<html><table><tr><td>1</td></tr></table></html>", "TABLE-17"),
        ("table.ods", b"\x00\x01\x02", "TABLE-17"),
        ("table.xlsx", OLE + bytes(2000), "TABLE-18"),
        ("table.xls", b"PK\x03\x04" + bytes(500), "TABLE-18"),
    ],
)
def test_what_is_no_workbook(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    path = write_bytes(tmp_path, content, name)
    table, problems = read(path)
    assert table is None
    assert only_problem(path, problems).code == code


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.7, 0.9, 0.99])
def test_a_torn_workbook(tmp_path: Path, share: float) -> None:
    whole = make_xlsx(tmp_path / "whole.xlsx", fill_plain).read_bytes()
    path = write_bytes(tmp_path, whole[: int(len(whole) * share)], "table.xlsx")
    assert only_problem(path, read(path)[1]).code == "TABLE-15"


def test_a_workbook_with_broken_xml(tmp_path: Path) -> None:
    path = make_xlsx(tmp_path / "table.xlsx", fill_plain)
    repack(path, "xl/worksheets/sheet1.xml", b"<sheetData>", b"<sheetData")
    assert only_problem(path, read(path)[1]).code == "TABLE-15"


class PanicException(BaseException):
    """What the reader of workbooks throws where its own code panics."""


def test_a_panic_of_the_reader_is_damage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def panic(*_: object) -> None:
        raise PanicException("range start index 116 out of range")

    monkeypatch.setattr("merilo.formats.spreadsheet.note_bad_cells", panic)
    path = make_xlsx(tmp_path / "table.xlsx", fill_plain)
    assert only_problem(path, read(path)[1]).code == "TABLE-15"


def test_an_archive_with_a_broken_name(tmp_path: Path) -> None:
    whole = make_xlsx(tmp_path / "whole.xlsx", fill_plain)
    with zipfile.ZipFile(whole, "a") as packed:
        packed.writestr("я.xml", "")
    path = write_bytes(tmp_path, whole.read_bytes().replace("я".encode(), b"\xff\xfe"), "table.xlsx")
    assert only_problem(path, read(path)[1]).code == "TABLE-15"


def test_a_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("merilo.formats.spreadsheet.MOST_UNPACKED", 1000)
    path = make_xlsx(tmp_path / "table.xlsx", fill_plain)
    assert only_problem(path, read(path)[1]).code == "TABLE-24"


def test_an_empty_workbook(tmp_path: Path) -> None:
    path = make_xlsx(tmp_path / "table.xlsx", lambda sheet: None)
    assert only_problem(path, read(path)[1]).code == "TABLE-03"


TEXT_CELL = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
ODS_ROWS = (
    '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
    f"<table:table-row>{TEXT_CELL.format('Код')}{TEXT_CELL.format('Балл')}</table:table-row>"
    f"<table:table-row>{TEXT_CELL.format('ш1')}"
    '<table:table-cell office:value-type="float" office:value="0.96"><text:p>0,96</text:p></table:table-cell>'
    "</table:table-row>"
)
ODS_ERROR = (
    '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row><table:table-row>'
    '<table:table-cell table:number-columns-repeated="1"/>'
    '<table:table-cell office:value-type="string" office:string-value="" calcext:value-type="error">'
    "<text:p>#DIV/0!</text:p></table:table-cell></table:table-row>"
)


def test_ods(tmp_path: Path) -> None:
    table, problems = read(make_ods(tmp_path / "table.ods", ODS_ROWS))
    assert problems == []
    assert table is not None
    assert list(table.numbered_rows()) == [(4, ("ш1", "0.96"))]


def test_an_error_cell_of_ods_below_repeated_rows(tmp_path: Path) -> None:
    path = make_ods(tmp_path / "table.ods", ODS_ROWS + ODS_ERROR)
    found = only_problem(path, read(path)[1])
    assert (found.code, dict(found.details)) == ("TABLE-21", {"cell": "B8", "error": "#DIV/0!"})


def test_a_workbook_renamed_csv_and_a_csv_renamed_workbook(tmp_path: Path) -> None:
    workbook = make_xlsx(tmp_path / "table.xlsx", fill_plain).rename(tmp_path / "table.csv")
    assert only_problem(workbook, read(workbook)[1]).code == "TABLE-08"
    write_csv(tmp_path / "other.csv", ["а"], [["1"]])
    text = (tmp_path / "other.csv").rename(tmp_path / "other.xlsx")
    assert only_problem(text, read(text)[1]).code == "TABLE-17"


def repack(path: Path, part: str, old: bytes, new: bytes) -> None:
    """Change some bytes inside a packed part."""
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new)
    with zipfile.ZipFile(path, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
