"""Questions with several answers: read from one cell or a column an option, never counted in a score."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from merilo.assessment.errors import Problem
from merilo.folder.responses import ResponseReader
from merilo.folder.several_answers import bits, several_in_cell
from merilo.pack import Pack
from merilo.shelf import wording
from tests.folder.small_folder import opened as opened_folder
from tests.folder.test_bad_methodology import SMALL, opened

SCALE = """\
  answer_scales:
    sources:
      options:
        - {code: site, value: 1, text: Сайт}
        - {code: press, value: 2, text: "Газеты, радио"}
        - {code: paper, value: 3, text: Газеты, also: [пресса]}
        - {code: none, value: 4, text: Не помню, missing: true}
"""
QUESTION = "    - {code: q9, number: '9', kind: several, answers: sources, text: Откуда Вы узнали?}\n"
SEVERAL = SMALL.replace("  answer_scales:\n", SCALE) + QUESTION
SITE, PRESS, PAPER = 1, 2, 4
FOLDER = {
    "assessment.yaml": "methodology: own.yaml\ntitle: Т\nperiod: 2024\n",
    "organisations.csv": "organisation,name,sector\n1,Первая,social\n",
    "observations.csv": "organisation,item,value\n1,ways,2\n",
}


def pack(tmp_path: Path) -> Pack:
    found, problems = opened(tmp_path, SEVERAL)
    assert found is not None, problems
    return found


def folder(tmp_path: Path, answers: str) -> Path:
    where = tmp_path / "in"
    (where / "responses").mkdir(parents=True)
    for name, text in {**FOLDER, "own.yaml": SEVERAL, "responses/1.csv": answers}.items():
        (where / name).write_text(text, encoding="utf-8")
    return where


def read(tmp_path: Path, answers: str) -> tuple[list[int | None], list[Problem]]:
    where = folder(tmp_path, answers)
    found, problems = opened_folder(where)
    assert found is not None, problems
    noted: list[Problem] = []
    units = found.case.table.units
    needed = frozenset({"q9"})
    reader = ResponseReader(found.pack.edition, found.pack.questionnaire, units, {}, (), noted, needed=needed)
    frame = reader.read(where / "responses" / "1.csv", "responses/1.csv")
    return [] if frame is None else frame.collect()["q9"].to_list(), noted


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Сайт", SITE),
        ("Сайт, Газеты", SITE | PAPER),
        ("Сайт;Газеты", SITE | PAPER),
        ("сайт; газеты, радио;", SITE | PRESS),
        ("Газеты, радио, Сайт", SITE | PRESS),
        ("Газеты, Сайт", SITE | PAPER),
        ("Сайт\nГазеты", SITE | PAPER),
        ("site|paper", SITE | PAPER),
        ("1;3", SITE | PAPER),
        ("1,2", SITE | PRESS),
        ("Пресса, сайт", SITE | PAPER),
        ("Не помню", 0),
        ("Не помню; Сайт", SITE),
        ("–", 0),
        ("Сайт, телевидение", None),
        ("Сайты", None),
    ],
)
def test_a_cell_with_several_answers(cell: str, expected: int | None, tmp_path: Path) -> None:
    question = pack(tmp_path).questionnaire.questions["q9"]
    assert bits(question) == {"site": SITE, "press": PRESS, "paper": PAPER}
    assert several_in_cell(cell, question) == expected


@pytest.mark.parametrize("header", ["q9", "9", "Откуда Вы узнали?", "9. Откуда Вы узнали?"])
def test_all_answers_in_one_column(header: str, tmp_path: Path) -> None:
    answers = f'organisation,q1,{header}\n1,да,"Сайт, Газеты"\n1,да,\n1,нет,Не помню\n'
    assert read(tmp_path, answers) == ([SITE | PAPER, None, None], [])


@pytest.mark.parametrize(
    "headers",
    [
        ("q9.site", "q9.paper"),
        ("q9[site]", "q9[paper]"),
        ("Откуда Вы узнали? [Сайт]", "Откуда Вы узнали? [Газеты]"),
        ("9 / Сайт", "9 / Газеты"),
    ],
)
def test_a_column_for_every_option(headers: tuple[str, str], tmp_path: Path) -> None:
    answers = f"organisation,q1,{','.join(headers)}\n1,да,1,да\n1,да,Сайт,\n1,нет,0,нет\n1,нет,,\n"
    assert read(tmp_path, answers) == ([SITE | PAPER, SITE, None, None], [])


def test_what_is_no_option_is_named_with_its_row(tmp_path: Path) -> None:
    found, problems = read(tmp_path, "organisation,q1,q9\n1,да,Сайт\n1,да,Сайт; радио\n")
    assert [(one.code, one.place.row, one.place.column) for one in problems] == [("ANSWERS-05", 3, "q9")]
    assert found == [SITE, None]
    _, problems = read(tmp_path / "apart", "organisation,q1,q9.site\n1,да,иногда\n")
    assert [(one.code, one.place.row) for one in problems] == [("ANSWERS-05", 2)]


def test_numbers_in_a_parquet_file_are_read_as_options(tmp_path: Path) -> None:
    where = folder(tmp_path, "organisation,q1\n1,да\n")
    frame = pl.DataFrame({"organisation": ["1", "1"], "q1": [1, 0], "q9.site": [1, 0], "q9.paper": [1, 1]})
    frame.write_parquet(where / "responses" / "2.parquet")
    found, problems = opened_folder(where)
    assert found is not None, problems
    reader = ResponseReader(
        found.pack.edition, found.pack.questionnaire, found.case.table.units, {}, (), [], needed=frozenset({"q9"})
    )
    read_frame = reader.read(where / "responses" / "2.parquet", "2.parquet")
    assert read_frame is not None
    assert read_frame.collect()["q9"].to_list() == [SITE | PAPER, PAPER]


def test_scoring_reads_no_answers_to_such_a_question(tmp_path: Path) -> None:
    found, problems = opened_folder(folder(tmp_path, "organisation,q1,q2,q9\n1,да,да,чепуха\n"))
    assert found is not None
    assert problems == []


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("question: q2, counted", "question: q9, counted", "TABULATE-01"),
        (QUESTION, f"{QUESTION}    - {{code: q10, answers: yes_no, asked_if: {{question: q9, answers: [site]}}, text: "
         "Т}\n", "TABULATE-02"),
        ("questionnaire:\n", "breakdowns:\n  - {column: q9, name: Т}\nquestionnaire:\n", "TABULATE-02"),
        (QUESTION, f"{QUESTION}    - {{code: q10, kind: number, bands: [30, 18], text: Т}}\n", "TABULATE-03"),
        (QUESTION, f"{QUESTION}    - {{code: q10, kind: number, bands: [1/2], text: Т}}\n", "TABULATE-03"),
    ],
)  # fmt: skip
def test_a_methodology_that_counts_on_several_answers_is_refused(old: str, new: str, code: str, tmp_path: Path) -> None:
    assert SEVERAL.count(old) == 1
    found, problems = opened(tmp_path, SEVERAL.replace(old, new))
    assert found is None
    assert [one.code for one in problems] == [code]
    assert problems[0].place.row
    for language in ("ru", "en"):
        details = dict(problems[0].details)
        assert wording(language, "problems-tabulate").say(code, **details)


def test_more_options_than_bits_are_refused(tmp_path: Path) -> None:
    options = "".join(f"        - {{code: o{number}, value: {number}, text: О{number}}}\n" for number in range(10, 73))
    many = SEVERAL.replace("        - {code: site", f"{options}        - {{code: site")
    found, problems = opened(tmp_path, many)
    assert found is None
    assert [one.code for one in problems] == ["TABULATE-04"]
