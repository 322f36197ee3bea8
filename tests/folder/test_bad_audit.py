"""What is wrong with the input of an audit, with file, row and column; and what is well all the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import docx
import pytest
import xlsxwriter

from merilo.assessment.errors import Problem
from merilo.assessment.recheck.audit import Audit, audit
from merilo.folder.audit_folder import OpenedAudit, open_audit
from tests.folder.small_audit import build
from tests.folder.small_folder import Change, swap


def opened(folder: Path) -> tuple[OpenedAudit | None, list[Problem]]:
    problems: list[Problem] = []
    return open_audit(folder, problems), problems


def added(claim: str) -> Change:
    """One more statement, in row 6."""

    def change(folder: Path) -> None:
        with (folder / "claims.csv").open("a", encoding="utf-8") as file:
            file.write(claim + "\n")

    return change


def setting(line: str) -> Change:
    def change(folder: Path) -> None:
        with (folder / "audit.yaml").open("a", encoding="utf-8") as file:
            file.write(line + "\n")

    return change


BAD: list[tuple[Change, str, str, int | None, str | None]] = [
    (setting("methodology: nobody-1999"), "AUDIT-01", "audit.yaml", 19, None),
    (swap("audit.yaml", "claims: claims.csv", "claims: ../claims.csv"), "AUDIT-02", "audit.yaml", 18, None),
    (swap("scores.csv", "Место", "Прочее"), "FOLDER-05", "scores.csv", 1, "Место"),
    (swap("audit.yaml", '"Место": place', '"Место": places'), "AUDIT-03", "scores.csv", 1, "Место"),
    (swap("audit.yaml", '"№": unit', '"№": ignore'), "AUDIT-04", "audit.yaml", 9, None),
    (added("р,mean,opennes,,9,,,,,,,"), "AUDIT-05", "claims.csv", 6, "subject"),
    (added("р,median,openness,,9,,,,,,,"), "AUDIT-06", "claims.csv", 6, "statistic"),
    (added("р,mean,openness,,девять,,,,,,,"), "AUDIT-07", "claims.csv", 6, "value"),
    (added("р,percent,,,9 %,,шесть,,,,,"), "AUDIT-07", "claims.csv", 6, "base"),
    (added("р,percent,,,>9 %,,61,,,,,"), "AUDIT-07", "claims.csv", 6, "value"),
    (added("р,value,openness,44,9,,,,,,,"), "AUDIT-08", "claims.csv", 6, "scope"),
    (added("р,best,openness,,44,,,,,,,"), "AUDIT-08", "claims.csv", 6, "value"),
    (added("р,percent,,,9 %,,,,,,,"), "AUDIT-09", "claims.csv", 6, "base"),
    (added("р,count_above,openness,,2,,,,,,,"), "AUDIT-09", "claims.csv", 6, "bound"),
    (added("р,value,openness,,9,,,,,,,"), "AUDIT-09", "claims.csv", 6, "scope"),
    (added("р,rise,openness,1>2>3,9,,,,,,,"), "AUDIT-10", "claims.csv", 6, "scope"),
    (added("р,highest,openness;comfort,1,overall,,,,,,,"), "AUDIT-05", "claims.csv", 6, "value"),
    (setting("relations: [{whole: overall, kind: sum, parts: []}]"), "AUDIT-12", "audit.yaml", 19, None),
    (setting("relations: [{whole: x, kind: difference, parts: [a]}]"), "AUDIT-12", "audit.yaml", 19, None),
    (setting("relations: [{whole: x, kind: weighted_mean, parts: {a: 0}}]"), "AUDIT-13", "audit.yaml", 19, None),
    (swap("claims.csv", "quote", "comment"), "AUDIT-15", "claims.csv", 1, "comment"),
    (swap("audit.yaml", "file: scores.csv", "file: score.csv"), "AUDIT-16", "audit.yaml", 9, None),
    (swap("audit.yaml", "comfort: 0.5}", "comfort: half}"), "AUDIT-18", "audit.yaml", 3, None),
    (swap("audit.yaml", "weights: {openness: 0.5, comfort: 0.5}", "weights: equal"), "AUDIT-19", "audit.yaml", 3, None),
    (setting("shares: [{subjects: [openness], base: people}]"), "AUDIT-05", "audit.yaml", 19, None),
    (setting("sample: {rule: finite_population, share: 0.9}"), "YAML-03", "audit.yaml", 19, None),
]


@pytest.mark.parametrize(("change", "code", "file", "row", "column"), BAD)
def test_bad_input_is_named_with_its_place(
    tmp_path: Path, change: Change, code: str, file: str, row: int | None, column: str | None
) -> None:
    folder = build(tmp_path / "in")
    change(folder)
    found, problems = opened(folder)
    assert found is None
    assert (code, file, row) in [(one.code, one.place.file, one.place.row) for one in problems]
    if column:
        assert column in [one.place.column or dict(one.details).get("column") for one in problems]


def test_all_problems_are_found_in_one_run(tmp_path: Path) -> None:
    folder = build(tmp_path / "in")
    added("р,median,openness,,9,,,,,,,")(folder)
    added("р,mean,openness,,девять,,,,,,,")(folder)
    swap("scores.csv", "Место", "Прочее")(folder)
    assert sorted(one.code for one in opened(folder)[1]) == ["AUDIT-03", "AUDIT-06", "AUDIT-07", "FOLDER-05"]


def test_nothing_to_audit(tmp_path: Path) -> None:
    (tmp_path / "audit.yaml").write_text("title: a\ndocument: b\n", encoding="utf-8")
    assert [one.code for one in opened(tmp_path)[1]] == ["AUDIT-14"]
    assert [one.code for one in opened(tmp_path / "none")[1]] == ["AUDIT-24"]


def test_weights_that_come_from_answers_cannot_be_declared(tmp_path: Path) -> None:
    folder = build(tmp_path / "in")
    swap("audit.yaml", "weights: {openness: 0.5, comfort: 0.5}", "weights: importance_managers")(folder)
    setting("methodology: ru-995n-2014")(folder)
    assert [one.code for one in opened(folder)[1]] == ["AUDIT-17"]
    swap("audit.yaml", "importance_managers", "nobody")(folder)
    assert [one.code for one in opened(folder)[1]] == ["FOLDER-03"]


def test_an_unknown_row_of_a_table_of_subjects(tmp_path: Path) -> None:
    folder = build(tmp_path / "in", wrong=False)
    layout = "    layout: columns\n    rows: {Открытость: openness}\n    columns: {Показатель: subject}\n"
    (folder / "more.csv").write_text("Показатель,1\nОткрытость,9.3\nУют,9.0\n", encoding="utf-8")
    swap("audit.yaml", "claims: claims.csv", f"  - file: more.csv\n{layout}claims: claims.csv")(folder)
    assert [(one.code, one.place.row) for one in opened(folder)[1]] == [("AUDIT-11", 3)]
    swap("more.csv", "Уют", "comfort")(folder)
    found, problems = opened(folder)
    assert problems == []
    assert found is not None
    assert audit(found.publication, found.claims).defects == ()
    assert len(found.publication.cells) == 14


# The same table in every form it may be handed in as: none of them gives a finding, all give the same cells.


def as_workbook(folder: Path) -> str:
    rows = [line.split(";") for line in (folder / "scores.csv").read_text(encoding="utf-8").splitlines()]
    with xlsxwriter.Workbook(str(folder / "scores.xlsx")) as workbook:
        sheet = workbook.add_worksheet("Итоги")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return "file: scores.xlsx\n    sheet: Итоги"


def as_document(folder: Path) -> str:
    rows = [line.split(";") for line in (folder / "scores.csv").read_text(encoding="utf-8").splitlines()]
    document = docx.Document()
    document.add_table(1, 1)
    table = document.add_table(len(rows), len(rows[0]))
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(number, column).text = text
    document.save(str(folder / "report.docx"))
    return "file: report.docx\n    table: 2"


@pytest.mark.parametrize("written", [as_workbook, as_document])
def test_a_table_may_be_a_workbook_or_stand_in_a_document(tmp_path: Path, written: Callable[[Path], str]) -> None:
    folder = build(tmp_path / "in", wrong=False)
    expected, _ = opened(folder)
    swap("audit.yaml", "file: scores.csv", written(folder))(folder)
    found, problems = opened(folder)
    assert problems == []
    assert found is not None
    assert expected is not None
    texts = [(cell.unit, cell.subject, cell.text) for cell in found.publication.cells]
    assert texts == [(cell.unit, cell.subject, cell.text) for cell in expected.publication.cells]
    assert [cell.where.row for cell in found.publication.cells] == [
        cell.where.row for cell in expected.publication.cells
    ]


def test_a_list_names_the_place_of_every_figure(tmp_path: Path) -> None:
    folder = build(tmp_path / "in")
    (folder / "scores.csv").write_text(
        "unit,subject,value,where\n1,openness,9.3,таблица 4\n1,comfort,9.0,таблица 5\n1,overall,9.75,таблица 8\n",
        encoding="utf-8",
    )
    settings = (folder / "audit.yaml").read_text(encoding="utf-8").partition("tables:")[0]
    tables = "tables: [{file: scores.csv, place: таблицы, layout: list}]\n"
    (folder / "audit.yaml").write_text(settings + tables, encoding="utf-8")
    found, problems = opened(folder)
    assert problems == []
    assert found is not None
    (defect,) = audit(found.publication, found.claims).defects
    assert (defect.where.document, defect.where.cell.row, defect.where.cell.column) == ("таблица 8", 4, "value")


def test_a_row_of_totals_is_no_unit(tmp_path: Path) -> None:
    folder = build(tmp_path / "in", wrong=False)
    with (folder / "scores.csv").open("a", encoding="utf-8") as file:
        file.write("Всего;;27,2;27,1;27,15;\n")
    assert audit_of(folder).defects != ()
    swap("audit.yaml", "    columns:", "    rows: {ВСЕГО: ignore}\n    columns:")(folder)
    assert audit_of(folder).defects == ()


def audit_of(folder: Path) -> Audit:
    found, problems = opened(folder)
    assert problems == []
    assert found is not None
    return audit(found.publication, found.claims)


def test_cells_as_people_print_them(tmp_path: Path) -> None:
    """Keys apart only in spaces and ё are one unit; a dash is no value; equal numbers are no section title."""
    folder = build(tmp_path / "in", wrong=False)
    section = ";".join(["I. Раздел"] * 4)
    text = f"unit;openness;comfort;overall\nПриют «Ёлка»;9,3;–;9,10\nприют  «елка»;;9,0;\n{section}\n5;5;5;5\n"
    (folder / "scores.csv").write_text(text, encoding="utf-8")
    settings = (folder / "audit.yaml").read_text(encoding="utf-8").partition("tables:")[0]
    (folder / "audit.yaml").write_text(settings + "tables: [{file: scores.csv}]\n", encoding="utf-8")
    found, problems = opened(folder)
    assert problems == []
    assert found is not None
    assert found.publication.units == ("Приют «Ёлка»", "5")
    assert found.publication.number("Приют «Ёлка»", "comfort") is not None
    assert audit(found.publication, found.claims).defects == ()
