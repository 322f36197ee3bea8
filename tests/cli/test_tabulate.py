"""`merilo tabulate`: what the analyst asks for comes out on the screen, as JSON, in Word and in Excel."""

from __future__ import annotations

import csv
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from merilo.assessment.errors import Problem
from merilo.folder.assessment_folder import open_folder
from tests.cli.conftest import Merilo
from tests.cli.listed import contents
from tests.folder.small_folder import add, swap
from tests.folder.test_several_answers import folder as several_folder
from tests.house.tree import ROOT
from tests.render.recalculated import cells
from tests.render.word_file import body, texts

EXAMPLE = ROOT / "examples" / "fictional-344n-2024"
ALL = ("--minimum-base", "1")


def table(ran_out: str) -> list[list[str]]:
    return [line.split("\t") for line in ran_out.splitlines()]


def social(column: str, *by: str) -> Counter[tuple[str, ...]]:
    """How often answers stand in the example's file of social services."""
    with (EXAMPLE / "responses" / "social.csv").open(encoding="utf-8") as file:
        rows = [tuple(row[name].strip().casefold() for name in (column, *by)) for row in csv.DictReader(file)]
    return Counter(row for row in rows if all(row))


def test_frequencies_of_a_question(merilo: Merilo) -> None:
    ran = merilo("tabulate", EXAMPLE, "q15", "--where", "sector=social", "--weights", "none", *ALL)
    expected = social("q15")
    yes, no = expected[("да",)], expected[("нет",)]
    assert ran.code == 0
    header, question, first, second = table(ran.out)
    assert header == ["Ответ", "Человек", "Доля, %", "от", "до"]
    assert question[:2] == ["15. Удовлетворены ли Вы в целом условиями оказания услуг в организации?", str(yes + no)]
    assert first[:3] == ["Да", str(yes), f"{100 * yes / (yes + no):.1f}".replace(".", ",")]
    assert second[:2] == ["Нет", str(no)]
    assert "Без весов" in ran.err
    assert "Отобраны: Сфера – Социальное обслуживание." in ran.err


def test_a_cross_table_has_unweighted_bases(merilo: Merilo) -> None:
    found = merilo("tabulate", EXAMPLE, "15", "--by", "Канал", "--where", "sector=social", *ALL, "--json")
    assert found.code == 1  # no such column
    ran = merilo("tabulate", EXAMPLE, "15", "--by", "channel", "--where", "sector=social", *ALL, "--json")
    (crossed,) = ran.json["cross_tables"]
    counted = social("q15", "channel")
    for row, answer in enumerate(("да", "нет")):
        for column, channel in enumerate(crossed["columns"]):
            assert crossed["counts"][row][column] == counted[(answer, channel.casefold())]
    assert crossed["counts"][-1][-1] == sum(counted.values())
    assert crossed["test"]["kind"] == "rao_scott_f"
    assert [row[-1] for row in crossed["shares"]][-1] == 1.0


def test_all_questions_without_naming_one(merilo: Merilo) -> None:
    found = merilo("tabulate", EXAMPLE, "--json").json["frequencies"]
    assert [one["code"] for one in found] == [f"q{number}" for number in range(1, 19) if number != 16]


def test_bases_are_those_of_the_scores(merilo: Merilo) -> None:
    """Answers behind closed filters are left out of both."""
    problems: list[Problem] = []
    opened = open_folder(EXAMPLE, problems)
    assert opened is not None
    assert opened.survey.conflicts
    found = {one["code"]: one for one in merilo("tabulate", EXAMPLE, "--json", *ALL).json["frequencies"]}
    for code, quantity in opened.pack.edition.quantities.items():
        if quantity.question in found and quantity.counted == ("yes",):
            column = opened.case.table.columns[code]
            assert found[quantity.question]["base"] == np.nansum(column.base), code
            assert found[quantity.question]["answers"][0]["count"] == np.nansum(column.count), code


def test_columns_can_be_tabulated_as_questions_are(merilo: Merilo) -> None:
    found = merilo("tabulate", EXAMPLE, "channel", "sector", "organisation", "form", "--json", *ALL).json["frequencies"]
    assert [one["code"] for one in found] == ["channel", "sector", "organisation", "form"]
    assert {one["base"] for one in found[1:3]} == {153}
    assert sum(answer["count"] for answer in found[0]["answers"]) == found[0]["base"]


def test_ages_in_bands_of_the_questionnaire_and_of_the_analyst(merilo: Merilo) -> None:
    usual = merilo("tabulate", EXAMPLE, "q18", "--json", *ALL).json["frequencies"][0]
    names = [answer["answer"] for answer in usual["answers"]]
    assert names == ["менее 18", "18–29", "30–44", "45–59", "60 и более"]
    own = merilo("--lang", "en", "tabulate", EXAMPLE, "q18", "--bands", "18=40", "--json", *ALL).json["frequencies"][0]
    assert [answer["answer"] for answer in own["answers"]] == ["under 40", "40 and more"]
    assert own["base"] == usual["base"]


def test_shares_of_rows_end_with_their_base(merilo: Merilo) -> None:
    ran = merilo("tabulate", EXAMPLE, "q15", "--by", "q17", "--shares", "row", *ALL)
    header, *rows = table(ran.out)
    assert header == ["Ответ", "Мужской", "Женский", "Всего", "База, человек"]
    assert [row[0] for row in rows] == ["Да", "Нет", "Всего"]
    assert [row[3] for row in rows] == ["100,0"] * 3


def test_small_cells_are_hidden_on_every_output(merilo: Merilo) -> None:
    ran = merilo("tabulate", EXAMPLE, "q5", "--by", "sector")
    found = merilo("tabulate", EXAMPLE, "q5", "--by", "sector", "--json").json["cross_tables"][0]
    hidden = sum(cell for row in found["hidden"] for cell in row)
    assert hidden >= 4
    assert ran.out.count("скрыто") == hidden
    for counts, shares, mask in zip(found["counts"], found["shares"], found["hidden"], strict=True):
        for count, share, is_hidden in zip(counts, shares, mask, strict=True):
            assert (count is None) == is_hidden
            assert share is None or not is_hidden


def test_the_least_base_is_the_assessments_own_unless_asked(merilo: Merilo, folder: Path) -> None:
    usual = merilo("tabulate", folder, "q15", "--json").json
    assert usual["minimum_base"] == 5
    add("assessment.yaml", "uncertainty: {minimum_base: 22}\n")(folder)
    stricter = merilo("tabulate", folder, "q15", "--json").json
    assert stricter["minimum_base"] == 22
    assert stricter["frequencies"][0]["base"] is None
    assert merilo("tabulate", folder, "q15", "--minimum-base", "2", "--json").json["frequencies"][0]["base"] == 21


def test_files_hold_the_same_tables_and_twice_the_same_bytes(merilo: Merilo, folder: Path) -> None:
    asked = ("tabulate", folder, "q14", "q15", "--by", "organisation", "--format", "xlsx,docx", *ALL)
    ran = merilo(*asked)
    assert ran.code == 0
    written = contents(folder / "out")
    assert written.keys() == {"tabulate.xlsx", "tabulate.docx"}
    assert str(folder / "out" / "tabulate.xlsx") in ran.err
    merilo(*asked)
    assert contents(folder / "out") == written
    sheets = cells(folder / "out" / "tabulate.xlsx")
    assert list(sheets) == ["q14", "q14 остатки", "q15", "q15 остатки", "Пояснения"]
    shown = table(ran.out.split("\n\n")[1])
    book = [[f"{one:.1f}".replace(".", ",") if isinstance(one, float) else one for one in row] for row in sheets["q15"]]
    assert book[0] == shown[1]
    assert book[1] == [cell.rstrip("↑↓") for cell in shown[2]]
    captions = texts(body(folder / "out" / "tabulate.docx"), "Caption")
    assert len(captions) == 4


def test_correlations_of_indicators(merilo: Merilo) -> None:
    found = merilo("tabulate", EXAMPLE, "--correlations", "--json").json["correlations"]
    size = len(found["indicators"])
    assert size == 15
    for one in range(size):
        assert found["values"][one][one] in (None, pytest.approx(1.0))
        for other in range(size):
            assert found["values"][one][other] == found["values"][other][one]
            assert found["organisations"][one][other] <= 6
    assert "от 3 до 6" in merilo("tabulate", EXAMPLE, "--correlations").err


def test_drivers_of_satisfaction(merilo: Merilo) -> None:
    found = merilo("tabulate", EXAMPLE, "--drivers", "q15", "--json").json["drivers"]
    assert [one["code"] for one in found["questions"]] == ["q6", "q13", "q5", "q9", "q10", "q14"]
    assert sum(one["weight"] for one in found["questions"]) == pytest.approx(found["r_squared"])
    assert sum(one["share"] for one in found["questions"]) == pytest.approx(1)
    chosen = merilo("tabulate", EXAMPLE, "--drivers", "15", "--with", "q5,6", "--json").json["drivers"]
    assert {one["code"] for one in chosen["questions"]} == {"q5", "q6"}
    assert chosen["base"] > found["base"]


def test_several_answers(merilo: Merilo, tmp_path: Path) -> None:
    rows = ['1,да,"Сайт, Газеты"'] * 6 + ["1,да,Сайт"] * 3 + ["1,нет,"]
    where = several_folder(tmp_path, "\n".join(["organisation,q1,q9", *rows]) + "\n")
    ran = merilo("tabulate", where, "q9", *ALL)
    assert [row[1:3] + row[5:] for row in table(ran.out)[1:]] == [
        ["9", "", ""],
        ["9", "100,0", "60,0"],
        ["0", "0,0", "0,0"],
        ["6", "66,7", "40,0"],
    ]
    assert "число получателей в реестре не указано" in ran.err
    only = merilo("tabulate", where, "q1", "--where", "q9=Газеты", "--json", *ALL).json["frequencies"][0]
    assert only["base"] == 6
    crossed = merilo("tabulate", where, "q9", "--by", "q1", "--json", *ALL).json["cross_tables"][0]
    assert crossed["test"] is None
    assert [row[:2] for row in crossed["counts"]] == [[9, 0], [0, 0], [6, 0], [9, 0]]


def test_an_answer_scoring_does_not_look_at_is_named_with_its_row(merilo: Merilo, folder: Path) -> None:
    lines = (folder / "responses" / "2024.csv").read_text(encoding="utf-8").splitlines()
    sexed = [f"{line},{'q17' if not number else 'ж'}" for number, line in enumerate(lines)]
    sexed[4] = sexed[4].removesuffix("ж") + "неизвестно"
    (folder / "responses" / "2024.csv").write_text("\n".join(sexed) + "\n", encoding="utf-8")
    swap("assessment.yaml", "methodology: ru-344n-2018", "methodology: own")(folder)
    _own_edition(folder)
    assert merilo("tabulate", folder, "q15").code == 0
    ran = merilo("tabulate", folder, "q17", "--json")
    assert ran.code == 1
    assert [(one["code"], one["row"]) for one in ran.json["problems"]] == [("ANSWERS-05", 5)]


def _own_edition(folder: Path) -> None:
    """The shipped edition without its breakdown by sex, so that scoring does not read that question."""
    source = ROOT / "src" / "merilo" / "data" / "editions" / "ru-344n-2018"
    (folder / "own").mkdir()
    for path in source.glob("*.yaml"):
        text = path.read_text(encoding="utf-8").replace("  - {column: q17, name: Пол}\n", "")
        (folder / "own" / path.name).write_text(text, encoding="utf-8")


REFUSED: list[tuple[list[str], str]] = [
    (["q99"], "TABULATE-NO-COLUMN"),
    (["q16"], "TABULATE-NO-COLUMN"),
    (["q15", "--by", "weather"], "TABULATE-NO-COLUMN"),
    (["q15", "--where", "q17"], "TABULATE-BAD-WHERE"),
    (["q15", "--where", "q17=кошка"], "TABULATE-NO-GROUP"),
    (["q18", "--bands", "q18=30,18"], "TABULATE-BAD-BANDS"),
    (["q18", "--bands", "q17=1"], "TABULATE-BAD-BANDS"),
    (["--drivers", "channel"], "TABULATE-NOT-ORDERED"),
    (["--drivers", "q15", "--with", "q5"], "TABULATE-FEW-DRIVERS"),
    (["q5", "--drivers", "q15"], "TABULATE-ONE-MODE"),
    (["--correlations", "--by", "q17"], "TABULATE-ONE-MODE"),
    (["q5", "--with", "q6"], "TABULATE-ONE-MODE"),
    (["--minimum-base", "0"], "TABULATE-BAD-MINIMUM"),
    (["--format", "pdf"], "UNKNOWN-NAME"),
]


@pytest.mark.parametrize(("options", "code"), REFUSED, ids=[" ".join(options) for options, _ in REFUSED])
@pytest.mark.parametrize("language", ["ru", "en"])
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    merilo: Merilo, options: list[str], code: str, language: str
) -> None:
    ran = merilo("--lang", language, "tabulate", EXAMPLE, *options, "--json")
    assert ran.code == 1
    (found,) = ran.json["problems"]
    assert found["code"] == code
    assert "{" not in found["message"]
    assert not (EXAMPLE / "out" / "tabulate.xlsx").exists()


def test_without_questionnaires_there_is_nothing_to_tabulate(merilo: Merilo) -> None:
    ran = merilo("tabulate", ROOT / "examples" / "samara-2016", "--json")
    assert [one["code"] for one in ran.json["problems"]] == ["TABULATE-NO-QUESTIONNAIRES"]


def test_a_terminal_gets_a_drawn_table(merilo: Merilo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    ran = merilo("tabulate", EXAMPLE, "q15", "--by", "q17")
    assert "\t" not in ran.out
    assert "Связь с учетом дизайна выборки" in ran.out
    assert "База, человек" in ran.out


def numbers(value: Any) -> list[float]:
    if isinstance(value, dict):
        return [one for part in value.values() for one in numbers(part)]
    if isinstance(value, list):
        return [one for part in value for one in numbers(part)]
    return [value] if isinstance(value, float) else []


def test_the_same_question_gives_the_same_numbers(merilo: Merilo) -> None:
    first = merilo("tabulate", EXAMPLE, "--drivers", "q15", "--json").json
    assert numbers(first) == numbers(merilo("tabulate", EXAMPLE, "--drivers", "q15", "--json").json)
    assert all(-1 <= one <= 1 for one in numbers(first))
