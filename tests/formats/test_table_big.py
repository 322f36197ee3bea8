"""Large tables as polars frames: the same cells and the same problems as the exact reader, only faster."""

from __future__ import annotations

import csv
import time
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from merilo.assessment.errors import Problem
from merilo.formats.big_tables import scan_text_columns
from merilo.formats.quotes import quotes_alternate
from tests.formats.table_files import make_xlsx, only_problem, read, write_bytes


def scan(path: Path) -> tuple[pl.DataFrame | None, list[Problem]]:
    problems: list[Problem] = []
    frame = scan_text_columns(path, problems, row_number="строка")
    return (None if frame is None else frame.collect()), problems


ROWS = [(2, "1", "0,96"), (4, "2", "нет данных"), (5, "две\nстроки", "–")]
TEXT = 'Код;Балл\n1;\u00a00,96 \n\n2;нет данных\n"две\nстроки";–\n;\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_row_numbers_and_cells(tmp_path: Path, encoding: str, line_end: str) -> None:
    frame, problems = scan(write_bytes(tmp_path, TEXT.replace("\n", line_end).encode(encoding)))
    assert problems == []
    assert frame is not None
    assert frame.columns == ["строка", "Код", "Балл"]
    assert [(row, code.replace("\r", ""), score) for row, code, score in frame.rows()] == ROWS


@pytest.mark.parametrize(
    ("content", "code", "row"),
    [
        pytest.param(b"", "TABLE-03", None, id="empty"),
        pytest.param(b"\n\n", "TABLE-03", None, id="blank"),
        pytest.param("а;б\n1;2\n\x00;4\n".encode(), "TABLE-05", 3, id="NUL"),
        pytest.param("имя;б\nслово;2\n".encode() + b"\xff;3\n", "TABLE-07", 3, id="bad byte"),
        pytest.param('а;б\n1;"2\n3;4\n'.encode(), "TABLE-09", 2, id="quote not closed"),
        pytest.param('а;б\n0;0\n"ООО "Ромашка"";5\n'.encode(), "TABLE-09", 3, id="quotes not doubled"),
        pytest.param("а;б;в\n1;2;3\n4;5\n".encode(), "TABLE-10", 3, id="cell missing"),
        pytest.param("а;б\n\n1;2\n3;4;5\n".encode(), "TABLE-10", 4, id="cell too many"),
        pytest.param("а;а\n1;2\n".encode(), "TABLE-12", 1, id="duplicated header"),
        pytest.param("а;;б\n1;;3\n1;2;3\n".encode(), "TABLE-13", 1, id="column without header"),
    ],
)
def test_each_bad_file_gives_one_problem(tmp_path: Path, content: bytes, code: str, row: int | None) -> None:
    path = write_bytes(tmp_path, content)
    frame, problems = scan(path)
    found = only_problem(path, problems)
    assert frame is None
    assert (found.code, found.place.row) == (code, row)


def test_header_only_is_an_empty_frame(tmp_path: Path) -> None:
    path = write_bytes(tmp_path, "а;б\n".encode())
    frame, problems = scan(path)
    assert only_problem(path, problems).code == "TABLE-04"
    assert frame is not None
    assert (frame.columns, frame.height) == (["строка", "а", "б"], 0)


def test_extra_delimiters_at_some_ends_are_no_problem(tmp_path: Path) -> None:
    frame, problems = scan(write_bytes(tmp_path, "а;б;;\n1;2;;\n3;4\n5;6;;;\n".encode()))
    assert problems == []
    assert frame is not None
    assert frame.rows() == [(2, "1", "2"), (3, "3", "4"), (4, "5", "6")]


def test_workbook(tmp_path: Path) -> None:
    def fill(sheet: Any) -> None:
        for row in (0, 1, 3):
            sheet.write_row(row, 0, ["а", row])

    path = make_xlsx(tmp_path / "a.xlsx", fill)
    frame, problems = scan(path)
    assert problems == []
    assert frame is not None
    assert frame.rows() == [(2, "а", "1"), (4, "а", "3")]


def test_parquet(tmp_path: Path) -> None:
    pl.DataFrame({"Код": ["1"], "Балл": [96]}).write_parquet(tmp_path / "a.parquet")
    frame, problems = scan(tmp_path / "a.parquet")
    assert problems == []
    assert frame is not None
    assert frame.rows() == [(1, "1", 96)]
    damaged = write_bytes(tmp_path, b"PAR1 rubbish", "b.parquet")
    assert only_problem(damaged, scan(damaged)[1]).code == "TABLE-26"
    assert only_problem(tmp_path / "c.parquet", scan(tmp_path / "c.parquet")[1]).code == "TABLE-01"


CELL = st.text(alphabet='абя ;"\n1', max_size=5)


@settings(deadline=None)  # the disk of a busy machine is slow at times
@given(rows=st.lists(st.tuples(CELL, CELL), min_size=1, max_size=8))
def test_both_readers_agree(tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]) -> None:
    path = tmp_path_factory.mktemp("big") / "table.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([("Код", "Балл"), *rows])
    table, problems = read(path)
    frame, problems_of_scan = scan(path)
    assert problems_of_scan == problems
    assert table is not None
    assert frame is not None
    assert frame.rows() == [(number, *row) for number, row in table.numbered_rows()]


@settings(deadline=None)  # the disk of a busy machine is slow at times
@given(text=st.text(alphabet='а;"\n', max_size=14))
def test_rubbish_gives_both_readers_the_same_problems(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = write_bytes(tmp_path_factory.mktemp("big"), f"sep=;\nК;Б\n{text}".encode())
    table, problems = read(path)
    frame, problems_of_scan = scan(path)
    assert problems_of_scan == problems
    if frame is not None:
        assert table is not None
        assert frame.rows() == [(number, *row) for number, row in table.numbered_rows()]


@settings(deadline=None)  # the disk of a busy machine is slow at times
@given(text=st.text(alphabet='аб;"\n\r', max_size=14))
def test_quotes_that_alternate_are_sound(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = write_bytes(tmp_path_factory.mktemp("quotes"), text.encode())
    if quotes_alternate(path, ";"):
        with path.open(encoding="utf-8", newline="") as file:
            list(csv.reader(file, delimiter=";", strict=True))


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["utf-8", "cp1251"])
def test_a_million_rows(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "million.csv"
    row = "ш-00001;форма 1;" + "Да;" * 17 + '"долго, но ""хорошо"""\n'
    with path.open("w", encoding=encoding, newline="") as file:
        file.write(";".join(f"в{index}" for index in range(20)) + "\n")
        for _ in range(1000):
            file.write(row * 1000)
    started = time.process_time()
    frame, problems = scan(path)
    assert problems == []
    assert frame is not None
    assert (frame.height, frame.row(-1)[0], frame.row(-1)[-1]) == (1_000_000, 1_000_001, 'долго, но "хорошо"')
    # Three seconds on an ordinary machine; the margin is for a busy one.
    assert time.process_time() - started < 15


@pytest.mark.slow
def test_one_ragged_row_among_a_million(tmp_path: Path) -> None:
    path = tmp_path / "million.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write("а;б;в\n" + "1;2;3\n" * 700_000 + "1;2\n" + "1;2;3\n" * 300_000)
    frame, problems = scan(path)
    found = only_problem(path, problems)
    assert frame is None
    assert (found.code, found.place.row) == ("TABLE-10", 700_002)
