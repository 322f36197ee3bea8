"""The result tables: what they hold, how they are written, and that the documents list exactly their columns."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from merilo.assessment.errors import Problem
from merilo.assessment.methodology.policies import FormsOfService, Ties
from merilo.assessment.pipeline import Assessment, assess
from merilo.assessment.rating.grades import grade_of
from merilo.folder import tables
from merilo.folder.assessment_folder import OpenedFolder, open_folder
from merilo.folder.result_items import inner_items
from merilo.folder.result_matrix import matrix_table
from merilo.folder.result_run import run_json
from merilo.folder.result_scores import indicators_table, labels, rating_table
from merilo.folder.result_table import Kind, TableMaker, csv_frame, sheet
from merilo.folder.tables import CSV, FORMATS, LONG, PARQUET, RUN, TABLES, WORKBOOK, result_tables, write_results
from merilo.formats.writing import csv_text, safe_cell
from merilo.pack import shipped
from tests.folder.small_folder import add, build, swap, write
from tests.render.made_case import made
from tests.render.recalculated import cells

ROOT = Path(__file__).resolve().parents[2]
PUBLISHED = "organisation,subject,value\n7701,overall,81.4\n7702,openness,95\n7703,place,1\n"


def assessed(folder: Path, *changes: Callable[[Path], None]) -> tuple[OpenedFolder, Assessment]:
    build(folder)
    lines = (folder / "responses" / "2024.csv").read_text(encoding="utf-8").splitlines()
    sexed = [f"{line},{'q17' if not number else ('м', 'ж')[number % 2]}" for number, line in enumerate(lines)]
    (folder / "responses" / "2024.csv").write_text("\n".join(sexed), encoding="utf-8")
    (folder / "published.csv").write_text(PUBLISHED, encoding="utf-8")
    for change in changes:
        change(folder)
    problems: list[Problem] = []
    opened = open_folder(folder, problems)
    assert opened is not None, problems
    return opened, assess(opened.case)


def frame(opened: OpenedFolder, assessment: Assessment, name: str) -> pl.DataFrame:
    return next(table.frame for table in result_tables(opened, assessment) if table.name == name)


def documented(page: Path) -> dict[str, list[str]]:
    """Table → its columns, as a page of the documents lists them."""
    found: dict[str, list[str]] = {}
    for line in page.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            found[line.strip("# `")] = []
        elif named := re.match(r"\| `([^`]+)` \|", line):
            found[next(reversed(found))].append(named[1])
    return found


@pytest.mark.parametrize("page", ["results.md", "results.ru.md"])
def test_the_documents_list_exactly_the_columns_written(page: str, tmp_path: Path) -> None:
    decision = "file,row,reason,decided_by,date\nresponses/2024.csv,3,повтор,методист,2024-04-01\n"
    opened, assessment = assessed(tmp_path / "in", write("exclusions.csv", decision))
    written = {}
    for table in result_tables(opened, assessment):
        codes = [criterion.code for criterion in opened.pack.edition.criteria]
        named = [re.sub(f"^criterion_({'|'.join(codes)})$", "criterion_<code>", name) for name in table.frame.columns]
        written[table.name] = list(dict.fromkeys(named))
    codes = [indicator.code for indicator in opened.pack.edition.indicators]
    matrix = matrix_table(assessment, labels(assessment)).frame.columns
    written["matrix"] = list(
        dict.fromkeys("indicator_<code>" if name.startswith("indicator_") else name for name in matrix)
    )
    written[RUN] = list(json.loads(run_json(opened, assessment)))
    assert documented(ROOT / "docs" / page) == written
    assert set(written) == {*TABLES, "matrix", RUN}


def test_the_rating_stands_by_group_and_place(tmp_path: Path) -> None:
    opened, assessment = assessed(tmp_path / "in")
    rating = frame(opened, assessment, "rating")
    assert rating["organisation"].to_list() == ["7702", "7703", "7701"]
    assert rating["group"].to_list() == ["culture", "health", "social"]
    assert rating["place"].to_list() == [1, 1, 1]
    assert rating["form"].to_list() == [None, None, None]
    for row in rating.iter_rows(named=True):
        index = next(one for one in range(3) if assessment.key(one) == row["organisation"])
        assert row["overall"] == assessment.rated.overall.printed[index]
        assert row["grade"] == grade_of(Decimal(str(row["overall"])), opened.pack.edition.grades)
        assert row["criterion_comfort"] == assessment.rated.criteria["comfort"].printed[index]
    assert rating["n_questionnaires"].sum() == opened.survey.forms == 21


def test_shared_places_say_where_they_end() -> None:
    assessment = made("ru-kaluga-2023")
    rows = rating_table(assessment, labels(assessment)).frame
    shared = rows.filter(pl.col("place") == 7)
    assert shared["place_to"].to_list() == [8, 8]
    assert rows.filter(pl.col("place").is_null())["place_to"].null_count() == 2
    assert rows["place"].to_list()[-2:] == [None, None]
    dense = made("ru-kaluga-2023", ties=Ties.DENSE)
    rows = rating_table(dense, labels(dense)).frame
    assert rows["place_to"].to_list() == rows["place"].to_list()


def test_indicators_stand_unit_by_unit_and_rated_rows_are_their_mean(tmp_path: Path) -> None:
    opened, assessment = assessed(tmp_path / "in")
    indicators = frame(opened, assessment, "indicators")
    both = indicators.filter(pl.col("organisation") == "7703", pl.col("indicator") == "comfort_conditions")
    assert both["form"].to_list() == ["outpatient", "inpatient"]
    assert both["value_unrounded"].to_list() == [100, 100]
    assert (both["count"].to_list(), both["base"].to_list()) == ([5, 6], [7, 7])
    assert both["weight"].to_list() == [0.3, 0.3]
    given_ready = indicators.filter(pl.col("organisation") == "7702", pl.col("indicator") == "comfort_conditions")
    assert given_ready["value"].to_list() == [80]
    assert given_ready["base"].to_list() == [None]
    waiting = indicators.filter(pl.col("organisation") == "7702", pl.col("indicator") == "waiting")
    assert waiting["status"].to_list() == ["not_applicable"]
    assert waiting["counted_value"].to_list() == [None]
    criteria = frame(opened, assessment, "criteria").filter(pl.col("organisation") == "7703")
    assert criteria["criterion"].to_list() == [one.code for one in opened.pack.edition.criteria]
    assert criteria["weight"].to_list() == [0.2] * 5


def test_values_of_units_are_printed_as_values_of_rows_are() -> None:
    """Where forms are rated apart every row is a unit, and both tables print the same numbers."""
    averaged, apart = made(), made(forms=FormsOfService.SEPARATE)
    one, other = (indicators_table(found, labels(found)).frame for found in (averaged, apart))
    assert one.equals(other)


@pytest.mark.parametrize("edition", shipped())
def test_every_sub_item_of_every_edition_is_found(edition: str) -> None:
    assessment = made(edition)
    known = assessment.case.rules.edition
    indicators = {indicator.code for indicator in known.indicators}
    assert [one.item.code for one in inner_items(known)] == [code for code in known.items if code not in indicators]


def test_sub_items_of_another_sector_are_not_applicable(tmp_path: Path) -> None:
    opened, assessment = assessed(tmp_path / "in")
    items = frame(opened, assessment, "items")
    minutes = items.filter(pl.col("item") == "waiting_time_points")
    assert dict(zip(minutes["organisation"], minutes["status"], strict=True)) == {
        "7701": "not_applicable",
        "7702": "not_applicable",
        "7703": "scored",
    }


def test_shortcomings_norms_and_comparison(tmp_path: Path) -> None:
    opened, assessment = assessed(tmp_path / "in")
    shortcomings = frame(opened, assessment, "shortcomings")
    faq = shortcomings.filter(pl.col("code") == "remote_ways.faq").to_dicts()[0]
    assert (faq["numerator"], faq["base"], faq["share"], faq["organisations"]) == (1, 1, 1.0, "7701")
    norms = frame(opened, assessment, "norms").to_dicts()
    assert [one["met"] + one["not_met"] + one["unknown"] for one in norms] == [3] * len(norms)
    write_results(opened, assessment, tmp_path / "out", frozenset({CSV}))
    compared = read(tmp_path / "out" / "compared.csv")
    assert [row["published"] for row in compared] == ["81.4", "95", "1"]
    for row in compared:
        assert Decimal(row["difference"]) == Decimal(row["ours"]) - Decimal(row["published"])
        assert (row["verdict"] == "reproduced") == (Decimal(row["difference"]) == 0)


def test_no_share_without_base_and_none_of_a_hidden_group(tmp_path: Path) -> None:
    everything = add("assessment.yaml", "uncertainty: {minimum_base: 1}\n")
    opened, assessment = assessed(tmp_path / "in", everything)
    breakdowns = frame(opened, assessment, "breakdowns")
    assert set(breakdowns.filter(pl.col("column") == "q17")["group_name"]) == {"Мужской", "Женский"}
    for row in breakdowns.iter_rows(named=True):
        assert (row["share"] is not None) == (row["base"] > 0)
        assert row["base"] == 0 or row["low"] <= row["share"] <= row["high"]
    clinic = breakdowns.filter(pl.col("organisation") == "7703")
    assert set(clinic["form"]) == {"outpatient", "inpatient"}
    opened, assessment = assessed(tmp_path / "more", add("assessment.yaml", "uncertainty: {minimum_base: 12}\n"))
    hidden = frame(opened, assessment, "breakdowns").filter(pl.col("status") == "hidden")
    assert hidden.height
    assert hidden.select("count", "base", "share", "low", "high").null_count().row(0) == (hidden.height,) * 5


def test_rows_of_forms_rated_apart_are_told_apart(tmp_path: Path) -> None:
    apart = swap("assessment.yaml", "empty_group: renormalise", "empty_group: renormalise\n  forms: separate")
    opened, assessment = assessed(tmp_path / "in", apart)
    norms = frame(opened, assessment, "norms").to_dicts()[0]
    named = ";".join(filter(None, (norms[f"{kind}_organisations"] for kind in ("met", "not_met", "unknown"))))
    assert sorted(named.split(";")) == ["7701", "7702", "7703/inpatient", "7703/outpatient"]


def test_all_formats_hold_the_same(tmp_path: Path) -> None:
    opened, assessment = assessed(tmp_path / "in")
    out = tmp_path / "out"
    written = write_results(opened, assessment, out, FORMATS)
    assert {path.name for path in written} == {path.name for path in out.iterdir()}
    book = cells(out / WORKBOOK)
    for table in result_tables(opened, assessment):
        parquet = pl.read_parquet(out / f"{table.name}.parquet")
        assert parquet.equals(table.frame)
        rows = read(out / f"{table.name}.csv")
        assert [list(row) for row in rows[:1]] == ([table.frame.columns] if rows else [])
        assert (table.name in book) == (table.name not in LONG)
        lines = book.get(table.name) or [table.frame.columns, *parquet.rows()]
        assert list(lines[0]) == table.frame.columns
        assert len(rows) == len(lines) - 1 == parquet.height
        for row, line, values in zip(rows, lines[1:], parquet.iter_rows(named=True), strict=True):
            for place, (name, value) in enumerate(values.items()):
                if isinstance(value, float):
                    assert abs(float(row[name]) - value) < 1e-9
                    assert isinstance(line[place], float | int)
                    assert abs(float(line[place]) - value) < 1e-9  # type: ignore[arg-type]
                else:
                    assert row[name] == ("" if value is None else str(value))
    assert json.loads((out / RUN).read_text(encoding="utf-8"))["stamp"]["fingerprint"] == opened.case.stamp.fingerprint


def test_printed_digits_stay_and_exponents_never_come(tmp_path: Path) -> None:
    opened, assessment = assessed(tmp_path / "in")
    write_results(opened, assessment, tmp_path / "out", frozenset({CSV}))
    for row in read(tmp_path / "out" / "rating.csv"):
        assert re.fullmatch(r"\d+\.\d\d", row["overall"])
        assert re.fullmatch(r"\d+(\.\d{1,14})?", row["overall_unrounded"])
    assert (tmp_path / "out" / "rating.csv").read_bytes().startswith(b"\xef\xbb\xbforganisation,name,")


def test_the_same_inputs_give_the_same_bytes(tmp_path: Path) -> None:
    for number in (1, 2):
        opened, assessment = assessed(tmp_path / f"in{number}")
        write_results(opened, assessment, tmp_path / f"out{number}", FORMATS)
    for path in (tmp_path / "out1").iterdir():
        assert path.read_bytes() == (tmp_path / "out2" / path.name).read_bytes(), path.name


def test_a_failure_leaves_the_old_results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened, assessment = assessed(tmp_path / "in")
    out = tmp_path / "out"
    write_results(opened, assessment, out, FORMATS)
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    monkeypatch.setattr(tables, "run_json", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_results(opened, assessment, out, FORMATS)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


def test_results_of_another_run_do_not_stay_beside(tmp_path: Path) -> None:
    opened, assessment = assessed(tmp_path / "in")
    out = tmp_path / "out"
    write_results(opened, assessment, out, FORMATS)
    (out / "notes.txt").write_text("мое", encoding="utf-8")
    write_results(opened, assessment, out, frozenset({PARQUET}))
    assert not list(out.glob("*.csv"))
    assert not (out / WORKBOOK).exists()
    assert (out / "notes.txt").exists()


def test_formulas_in_names_are_made_harmless_in_csv_only(tmp_path: Path) -> None:
    name = '=HYPERLINK("http://a.test")'
    quoted = '"' + name.replace('"', '""') + '"'
    opened, assessment = assessed(tmp_path / "in", add("organisations.csv", f"7704,{quoted},social,,5\n"))
    write_results(opened, assessment, tmp_path / "out", FORMATS)
    assert f"'{name}" in [row["name"] for row in read(tmp_path / "out" / "rating.csv")]
    assert name in pl.read_parquet(tmp_path / "out" / "rating.parquet")["name"].to_list()


@given(st.lists(st.text(alphabet="=+-@\t\r\n\x1c ＝a1,;\"'«", max_size=6), min_size=1, max_size=5))
def test_texts_are_written_as_the_other_tables_are(texts: list[str]) -> None:
    """The vectorised writer gives what formats.writing gives, cell by cell."""
    table = TableMaker("x", 2)
    table.texts("text", texts)
    content = csv_frame(table.finish()).write_csv(line_terminator="\r\n")
    rows = list(csv.reader(content.splitlines(keepends=True)))[1:]
    assert csv_frame(table.finish())["text"].to_list() == [safe_cell(text) or None for text in texts]
    if not any(set(text) & set("\r\n\x1c") for text in texts):
        assert [row[0] if row else "" for row in rows] == [csv_text(text) for text in texts]


@pytest.mark.parametrize("digits", [0, 1, 2, 4])
def test_printed_numbers_keep_their_decimals(digits: int) -> None:
    values = np.array([60.63, 0.29, 1.0, 100.0, np.nan, 2.5, 4.35, 1.005])
    printed = np.array([float(f"{value:.{digits}f}") for value in values])
    table = TableMaker("x", digits)
    table.numbers("value", printed, Kind.PRINTED)
    found = csv_frame(table.finish())["value"].to_list()
    assert found == [None if value != value else Decimal(f"{value:.{digits}f}") for value in printed]


def test_key_lists_too_long_for_a_cell_say_so() -> None:
    table = TableMaker("x", 2)
    table.texts("organisations", [";".join(f"{number:07d}" for number in range(10_000))])
    cell = sheet(table.finish()).rows[0][0]
    assert isinstance(cell, str)
    assert len(cell) <= 32_767
    assert cell.endswith(";…")


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
