"""Every way a CSV file comes out of other people's programs: read alike, or refused with one clear problem."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from merilo.assessment.errors import Severity
from merilo.formats.raw_table import RawTable, column_letters
from tests.formats.table_files import only_problem, read, say, write_bytes

HEADER = ("Код", "Название", "Балл")
ROWS: list[tuple[str, ...]] = [
    ("1", "Школа № 5", "0,96"),
    ("2", "Дом культуры", "–"),
    ("3", "Поликлиника", "нет данных"),
]


OLD = "Код;Название;Балл\n1;Школа № 5;0,96\n2;Дом культуры;нет данных\n"


def table_text(delimiter: str = ";", line_end: str = "\n") -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=line_end).writerows([HEADER, *ROWS])
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(table_text().encode("utf-8"), id="utf-8"),
        pytest.param(table_text().encode("utf-8-sig"), id="utf-8 with BOM"),
        pytest.param(table_text().encode("cp1251"), id="cp1251"),
        pytest.param(table_text().encode("utf-16"), id="utf-16 with BOM"),
        pytest.param(table_text().encode("utf-16-le"), id="utf-16-le without BOM"),
        pytest.param(table_text().encode("utf-16-be"), id="utf-16-be without BOM"),
        pytest.param(table_text(",").encode(), id="comma, decimal commas in quotes"),
        pytest.param(table_text("\t").encode(), id="tab"),
        pytest.param(table_text("\t").encode("utf-16"), id="«Текст Юникод» of Excel"),
        pytest.param(table_text(line_end="\r\n").encode(), id="CRLF"),
        pytest.param(table_text(line_end="\r").encode(), id="CR"),
        pytest.param(table_text().rstrip("\n").encode(), id="no last line end"),
        pytest.param((table_text() + "\n\n;;\n").encode(), id="empty lines at the end"),
        pytest.param(table_text().replace("\n", ";;\n").encode(), id="empty columns at the end"),
        pytest.param(table_text().replace("Код", "\u200b Код\u00a0").encode(), id="invisible characters around"),
    ],
)
def test_the_same_table_in_every_dialect(tmp_path: Path, content: bytes) -> None:
    path = write_bytes(tmp_path, content)
    table, problems = read(path)
    assert problems == []
    assert table == RawTable(path.as_posix(), HEADER, ROWS, first_row=2)


@pytest.mark.parametrize(
    ("text", "header", "first"),
    [
        ("код;балл, %\n1;0,96\n2;0,5\n", ("код", "балл, %"), ("1", "0,96")),
        ("код;доля, %;балл, ср\n1;0,96;0,5\n2;0,5;0,7\n", ("код", "доля, %", "балл, ср"), ("1", "0,96", "0,5")),
        ("id,comment\n1,да; нет\n2,нет\n", ("id", "comment"), ("1", "да; нет")),
        ('id,comment\n1,"a;b;c"\n2,"d;e"\n', ("id", "comment"), ("1", "a;b;c")),
        ("Отзыв\nхорошо, но долго\nплохо\nда, нет, не знаю\n", ("Отзыв",), ("хорошо, но долго",)),
        ("sep=,\nа,б\n1,2\n", ("а", "б"), ("1", "2")),
    ],
)
def test_delimiter_is_found(tmp_path: Path, text: str, header: tuple[str, ...], first: tuple[str, ...]) -> None:
    table, problems = read(write_bytes(tmp_path, text.encode()))
    assert problems == []
    assert table is not None
    assert (table.header, table.rows[0]) == (header, first)


@pytest.mark.parametrize(
    ("content", "code", "row"),
    [
        pytest.param(b"", "TABLE-03", None, id="empty file"),
        pytest.param(b"\xef\xbb\xbf", "TABLE-03", None, id="BOM alone"),
        pytest.param(b" \n;;\n\n", "TABLE-03", None, id="blanks alone"),
        pytest.param("а;б\n".encode(), "TABLE-04", 1, id="header only"),
        pytest.param("а;б\n;\n\n".encode(), "TABLE-04", 1, id="header and blank rows"),
        pytest.param("а;б\n1;2\n3;\x00\n".encode(), "TABLE-05", 3, id="NUL byte"),
        pytest.param(bytes(range(256)) * 9, "TABLE-05", 1, id="binary rubbish"),
        pytest.param(OLD.encode("cp866", "ignore"), "TABLE-06", None, id="cp866"),
        pytest.param(OLD.encode("koi8-r", "ignore"), "TABLE-06", None, id="KOI8-R"),
        pytest.param(OLD.encode("mac-cyrillic", "ignore"), "TABLE-06", None, id="Mac Cyrillic"),
        pytest.param(table_text().encode("utf-16")[:-1], "TABLE-06", None, id="torn utf-16"),
        pytest.param(
            'имя;б\n"две\nстроки";2\n'.encode() + b"\xff;3\n", "TABLE-07", 3, id="one byte of another encoding"
        ),
        pytest.param("имя;б\nслово;2\nещё".encode()[:-1], "TABLE-07", 3, id="torn utf-8"),
        pytest.param(b"PK\x03\x04" + bytes(99), "TABLE-08", None, id="XLSX renamed .csv"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "TABLE-08", None, id="XLS renamed .csv"),
        pytest.param('а;б\n1;"2\n3;4\n'.encode(), "TABLE-09", 2, id="quote not closed"),
        pytest.param('а;б\n0;0\n"ООО "Ромашка"";5\n'.encode(), "TABLE-09", 3, id="quotes inside not doubled"),
        pytest.param("а;б;в\n1;2;3\n4;5\n".encode(), "TABLE-10", 3, id="cell missing"),
        pytest.param("а;б\n1;2\n3;4;5\n".encode(), "TABLE-10", 3, id="cell too many"),
        pytest.param('а;б\n"1\n2";3\n4;5;6\n'.encode(), "TABLE-10", 3, id="ragged after a cell of two lines"),
        pytest.param("а;б\n\n3;4;5\n".encode(), "TABLE-10", 3, id="ragged after a blank line"),
        pytest.param("sep=;\nа;б\n3;4;5\n".encode(), "TABLE-10", 3, id="ragged under sep="),
        pytest.param("Балл;б;балл\u00a0\n1;2;3\n".encode(), "TABLE-12", 1, id="duplicated header"),
        pytest.param("а;;в\n1;;3\n4;5;6\n".encode(), "TABLE-13", 1, id="column without header"),
        pytest.param("а;б;\n1;2;\n4;5;6\n".encode(), "TABLE-13", 1, id="last column without header"),
    ],
)
def test_each_bad_file_gives_one_problem(tmp_path: Path, content: bytes, code: str, row: int | None) -> None:
    path = write_bytes(tmp_path, content)
    _, problems = read(path)
    found = only_problem(path, problems)
    assert (found.code, found.place.row) == (code, row)


@pytest.mark.parametrize(
    ("name", "code"),
    [("absent.csv", "TABLE-01"), ("absent.xlsx", "TABLE-01"), ("report.docx", "TABLE-02"), ("folder.csv", "TABLE-29")],
)
def test_a_path_that_is_no_table(tmp_path: Path, name: str, code: str) -> None:
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "report.docx").write_bytes(b"PK\x03\x04")
    table, problems = read(tmp_path / name)
    assert table is None
    assert only_problem(tmp_path / name, problems).code == code


def test_header_only_is_a_warning_and_still_a_table(tmp_path: Path) -> None:
    table, problems = read(write_bytes(tmp_path, "а;б\n".encode()))
    assert [found.severity for found in problems] == [Severity.WARNING]
    assert table is not None
    assert (table.header, table.rows) == (("а", "б"), [])


def test_a_ragged_row_is_said_in_words(tmp_path: Path) -> None:
    _, problems = read(write_bytes(tmp_path, "а;б;в\n1;2;3\n4;5\n".encode()))
    assert say(problems[0]).startswith("Ячеек в строке: 2, а должно быть 3, как в заголовке.")


def test_an_unnamed_column_is_named_by_its_letter(tmp_path: Path) -> None:
    _, problems = read(write_bytes(tmp_path, "а;;в\n1;;3\n4;5;6\n".encode()))
    assert problems[0].place.column == "B"
    assert dict(problems[0].details)["data_row"] == "3"


def test_many_ragged_rows_are_counted(tmp_path: Path) -> None:
    _, problems = read(write_bytes(tmp_path, "а;б\n".encode() + b"1;2\n" * 99 + b"1;2;3\n" * 30))
    assert [found.code for found in problems] == ["TABLE-10"] * 20 + ["TABLE-11"]
    assert dict(problems[-1].details) == {"count": "10", "shown": "20"}


def test_row_numbers_are_those_of_the_file(tmp_path: Path) -> None:
    table, problems = read(write_bytes(tmp_path, '\nа;б\n"1\n1";2\n\n3;4\n'.encode()))
    assert problems == []
    assert table is not None
    assert list(table.numbered_rows()) == [(3, ("1\n1", "2")), (5, ("3", "4"))]
    assert table.place(5, "б").row == 5


def test_one_cyrillic_letter_late_in_a_long_file(tmp_path: Path) -> None:
    latin = b"id;name\n" + b"1;abcdefgh\n" * 200_000
    table, problems = read(write_bytes(tmp_path, latin + "2;Иван\n".encode("cp1251")))
    assert problems == []
    assert table is not None
    assert table.rows[-1] == ("2", "Иван")


@pytest.mark.parametrize(("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_column_letters(index: int, letters: str) -> None:
    assert column_letters(index) == letters


CELL = st.text(alphabet='абя ё;,\t"\n1', max_size=6)


@settings(deadline=None)  # the disk of a busy machine is slow at times
@given(rows=st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=8), delimiter=st.sampled_from(";,\t"))
def test_what_the_csv_module_writes_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, str]], delimiter: str
) -> None:
    path = tmp_path_factory.mktemp("csv") / "table.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(f"sep={delimiter}\n")
        csv.writer(file, delimiter=delimiter).writerows([HEADER, *rows])
    table, _ = read(path)
    assert table is not None
    expected = [tuple(cell.strip() for cell in row) for row in rows]
    while expected and not any(expected[-1]):
        expected.pop()
    assert table.rows == expected
