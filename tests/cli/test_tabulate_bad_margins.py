"""Files of known recipients that cannot be used: every problem with its row and column, all in one run."""

from __future__ import annotations

from pathlib import Path

import pytest

from merilo.formats.xlsx_tables import Sheet, write_workbook
from tests.cli.conftest import Merilo
from tests.folder.margins_folder import ANSWERS, BANDS, MARGINS_HEAD, build, margins
from tests.folder.small_folder import swap
from tests.folder.test_several_answers import folder as several_folder
from tests.house.tree import ROOT

SEX = "q17,женский,50\nq17,мужской,50\n"
Found = list[tuple[str, int | None, str | None]]

BAD: list[tuple[str, str, Found]] = [
    ("no rows", "", [("TABLE-04", 1, None), ("MARGINS-01", None, None)]),
    ("unknown variable", SEX + "погода,дождь,100\n", [("MARGINS-02", 4, "variable")]),
    ("no variable", SEX + ",дождь,100\n", [("MARGINS-02", 4, "variable")]),
    ("half of a crossing", "q17*,женский*1,50\n", [("MARGINS-02", 2, "variable")]),
    ("free text", "q16,скамейки,100\n", [("MARGINS-02", 2, "variable")]),
    ("crossed with itself", "q17*17,женский*женский,50\n", [("MARGINS-05", 2, "variable")]),
    ("one part of two", "q17*organisation,женский,50\n", [("MARGINS-06", 2, "category")]),
    ("three parts of two", "q17*organisation,женский*1*да,50\n", [("MARGINS-06", 2, "category")]),
    ("words for a number", SEX.replace("50", "много", 1), [("MARGINS-07", 2, "recipients")]),
    ("nothing for a number", SEX.replace("50", "", 1), [("MARGINS-07", 2, "recipients")]),
    ("half a recipient", SEX.replace("50", "50.5", 1), [("MARGINS-07", 2, "recipients")]),
    ("per cent", SEX.replace("50", "50%", 1), [("MARGINS-07", 2, "recipients")]),
    ("below nothing", SEX.replace("50", "-50", 1), [("MARGINS-07", 2, "recipients")]),
    ("nobody asked", SEX + "q18,<18,10\nq18,18–59,50\nq18,60+,40\n", [("MARGINS-08", 4, "category")]),
    ("nobody without an answer", SEX + "q17,нет ответа,10\n", [("MARGINS-08", 4, "category")]),
    ("no recipients", "q17,женский,100\nq17,мужской,0\n", [("MARGINS-09", 3, "category")]),
    ("unknown category", SEX + "q17,средний,10\n", [("MARGINS-10", 4, "category")]),
    ("unknown half", "organisation*q17,3*женский,10\n", [("MARGINS-10", 2, "category")]),
    ("twice", SEX + "q17,женский,50\n", [("MARGINS-11", 4, "category")]),
    ("twice by another name", SEX + "17,Ж,50\n", [("MARGINS-11", 4, "category")]),
    ("totals differ", SEX + "q18,18–59,70\nq18,60+,40\n", [("MARGINS-12", 4, "variable")]),
    ("a category without a row", "q17,женский,50\n", [("MARGINS-13", None, None)]),
    (
        "margins that go together with nobody",
        "q6*q17,да*женский,98\nq6*q17,да*мужской,1\nq6*q17,нет*женский,1\nq6*q17,нет*мужской,1\nq5,да,1\nq5,нет,100\n",
        [("MARGINS-15", 2, "category")],
    ),
]


@pytest.fixture
def houses(tmp_path: Path) -> Path:
    return build(tmp_path / "in")


def places(ran_json: object) -> Found:
    assert isinstance(ran_json, dict)
    return [(one["code"], one["row"], one["column"]) for one in ran_json["problems"]]


@pytest.mark.parametrize(("rows", "expected"), [one[1:] for one in BAD], ids=[one[0] for one in BAD])
@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_bad_file_is_refused_with_its_place(
    merilo: Merilo,
    houses: Path,
    rows: str,
    expected: Found,
    language: str,
) -> None:
    path = margins(houses, rows)
    asked = ("tabulate", houses, "q6", *BANDS, "--margins", path, "--format", "xlsx,docx", "--json")
    ran = merilo("--lang", language, *asked)
    assert ran.code == 1
    assert sorted(places(ran.json), key=str) == sorted(expected, key=str)
    assert {Path(one["file"]).name for one in ran.json["problems"]} == {"margins.csv"}
    assert not any("{" in one["message"] for one in ran.json["problems"])
    assert not (houses / "out").exists()


def test_all_problems_come_in_one_run(merilo: Merilo, houses: Path) -> None:
    answers = houses / ANSWERS
    answers.write_text(answers.read_text(encoding="utf-8").replace("2,нет,нет,мужской,70", "2,нет,нет,,70"), "utf-8")
    rows = "q17,женский,50\nq17,мужской,50\nпогода,дождь,100\nq18,18–59,много\nq18,60 лет,40\nq6,да,10\nq5,да,1\n"
    ran = merilo("tabulate", houses, *BANDS, "--margins", margins(houses, rows), "--json")
    found = places(ran.json)
    assert sorted(found, key=str) == sorted(
        [
            ("MARGINS-02", 4, "variable"),
            ("MARGINS-07", 5, "recipients"),
            ("MARGINS-10", 6, "category"),
            ("MARGINS-14", None, None),  # of q17
            ("MARGINS-13", None, None),  # no row for «нет» to q6
            ("MARGINS-13", None, None),  # nor to q5
            ("MARGINS-12", 7, "variable"),
            ("MARGINS-12", 8, "variable"),
        ],
        key=str,
    )


def test_columns_that_are_not_there(merilo: Merilo, houses: Path) -> None:
    path = houses.parent / "margins.csv"
    path.write_text("variable,value\nq17,1\n", encoding="utf-8")
    ran = merilo("tabulate", houses, "--margins", path, "--json")
    assert places(ran.json) == [("FOLDER-05", 1, None)] * 2


def test_a_number_needs_bands(merilo: Merilo, houses: Path) -> None:
    (houses / "own").mkdir()
    for path in (ROOT / "src" / "merilo" / "data" / "editions" / "ru-344n-2018").glob("*.yaml"):
        text = path.read_text(encoding="utf-8").replace("bands: [18, 30, 45, 60], ", "")
        (houses / "own" / path.name).write_text(text, encoding="utf-8")
    swap("assessment.yaml", "methodology: ru-344n-2018", "methodology: own")(houses)
    path = margins(houses, "q18,18–59,60\nq18,60+,40\n")
    ran = merilo("tabulate", houses, "q6", "--margins", path, "--json")
    assert places(ran.json) == [("MARGINS-04", 2, "variable")]
    assert merilo("tabulate", houses, "q6", *BANDS, "--margins", path, "--json").code == 0


def test_a_question_of_several_answers_is_no_margin(merilo: Merilo, tmp_path: Path) -> None:
    where = several_folder(tmp_path, "organisation,q1,q9\n" + "1,да,Сайт\n" * 6)
    ran = merilo("tabulate", where, "q1", "--margins", margins(where, "q9,Сайт,10\n"), "--json")
    assert places(ran.json) == [("MARGINS-03", 2, "variable")]


def test_a_workbook_and_a_semicolon_file_read_the_same(merilo: Merilo, houses: Path) -> None:
    book = houses.parent / "margins.xlsx"
    write_workbook(book, [Sheet("m", ("variable", "category", "recipients"), [("q17", "Ж", 50), ("q17", "М", 50)])])
    text = houses.parent / "margins-2.csv"
    text.write_text((MARGINS_HEAD + SEX).replace(",", ";"), encoding="cp1251")
    first = merilo("tabulate", houses, "q6", "--margins", book, "--json").json
    second = merilo("tabulate", houses, "q6", "--margins", text, "--json").json
    assert first["frequencies"] == second["frequencies"]
    assert first["calibration"]["sha256"] != second["calibration"]["sha256"]


def test_a_second_sheet_that_is_not_read_is_said(merilo: Merilo, houses: Path) -> None:
    book, header = houses.parent / "margins.xlsx", ("variable", "category", "recipients")
    first = Sheet("m", header, [("q17", "Ж", 50), ("q17", "М", 50)])
    write_workbook(book, [first, Sheet("other", header, [("q5", "да", 100)])])
    ran = merilo("tabulate", houses, "q6", "--margins", book, "--json")
    assert ran.code == 0
    assert [(one["code"], one["severity"]) for one in ran.json["problems"]] == [("TABLE-20", "warning")]
    assert "TABLE-20" in merilo("tabulate", houses, "q6", "--margins", book).err
