"""Exclusions: questionnaires left out by a recorded decision, everywhere, and every bad decision a problem."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from merilo.assessment.errors import Place
from merilo.assessment.observations.gather import FORMS
from merilo.assessment.pipeline import Assessment, assess
from merilo.folder.assessment_folder import OpenedFolder
from merilo.folder.exclusion_results import effects_of, exclusions_table
from merilo.folder.result_run import run_json
from merilo.folder.trace import answer_rows
from merilo.shelf import wording
from tests.folder.small_folder import build, opened, responses, swap, write

HEAD = "file,row,id,reason,decided_by,date\n"
GOOD = "responses/2024.csv,3,,заполнена сотрудником,руководитель группы,2024-04-01\n"
BY_ID = "responses/2024.csv,,4,повтор,руководитель группы,01.04.2024\n"
ANSWERS = "responses/2024.csv"

BAD = [
    ("unknown file", "responses/2023.csv,3,,повтор,методист,2024-04-01\n", "EXCLUDE-01", 2, "file"),
    ("beyond the end", f"{ANSWERS},23,,повтор,методист,2024-04-01\n", "EXCLUDE-02", 2, "row"),
    ("the header", f"{ANSWERS},1,,повтор,методист,2024-04-01\n", "EXCLUDE-02", 2, "row"),
    ("unknown id", f"{ANSWERS},,99,повтор,методист,2024-04-01\n", "EXCLUDE-03", 2, "id"),
    ("twice by row", GOOD + GOOD, "EXCLUDE-04", 3, None),
    ("twice by row and id", GOOD + f"{ANSWERS},,2,повтор,методист,2024-04-01\n", "EXCLUDE-04", 3, None),
    ("no reason", f"{ANSWERS},3,,,методист,2024-04-01\n", "EXCLUDE-05", 2, "reason"),
    ("nobody decided", f"{ANSWERS},3,,повтор,,2024-04-01\n", "EXCLUDE-06", 2, "decided_by"),
    ("no date", f"{ANSWERS},3,,повтор,методист,\n", "EXCLUDE-07", 2, "date"),
    ("no such day", f"{ANSWERS},3,,повтор,методист,31.02.2024\n", "EXCLUDE-07", 2, "date"),
    ("no questionnaire", f"{ANSWERS},,,повтор,методист,2024-04-01\n", "EXCLUDE-08", 2, None),
    ("row in words", f"{ANSWERS},третья,,повтор,методист,2024-04-01\n", "EXCLUDE-09", 2, "row"),
    ("row of thirty digits", f"{ANSWERS},{'9' * 30},,повтор,методист,2024-04-01\n", "EXCLUDE-09", 2, "row"),
    ("row and id disagree", f"{ANSWERS},3,7,повтор,методист,2024-04-01\n", "EXCLUDE-10", 2, "id"),
]


def excluding(folder: Path, lines: str) -> tuple[OpenedFolder, Assessment]:
    write("exclusions.csv", HEAD + lines)(folder)
    found, problems = opened(folder)
    assert found is not None, problems
    assert {one.code for one in problems} <= {"TABLE-04"}  # a table of no decisions
    return found, assess(found.case)


def test_left_out_equals_never_handed_in(tmp_path: Path) -> None:
    _, ours = excluding(build(tmp_path / "left-out"), GOOD + BY_ID)
    other = build(tmp_path / "without")
    lines = responses().splitlines()
    write(ANSWERS, "\n".join([*lines[:2], lines[3], *lines[5:]]) + "\n")(other)
    found, _ = opened(other)
    assert found is not None
    theirs = assess(found.case)
    np.testing.assert_array_equal(ours.rated.overall.value, theirs.rated.overall.value)
    np.testing.assert_array_equal(ours.places, theirs.places)


def test_counts_conflicts_and_traces_leave_them_out(tmp_path: Path) -> None:
    folder = build(tmp_path / "in")
    swap(ANSWERS, "7703,outpatient,2,да,да", "7703,outpatient,2,нет,да")(folder)  # row 3: q2 behind a closed filter
    before, _ = opened(folder)
    assert before is not None
    assert before.survey.conflicts == {"satisfied_stand": 1}
    found, assessment = excluding(folder, GOOD)
    assert found.survey.forms == 20
    assert found.survey.conflicts == {}
    assert np.nansum(assessment.case.table.columns[FORMS].count) == 20
    unit = next(row for row, one in enumerate(found.case.table.units.units) if one.form == "outpatient")
    (rows,) = answer_rows(found, folder, unit, "timely")
    assert 3 not in (*rows.counted, *rows.others)
    (rows,) = answer_rows(before, folder, unit, "timely")
    assert 3 in (*rows.counted, *rows.others)


def test_parquet_of_numbers_loses_its_rows(tmp_path: Path) -> None:
    folder = build(tmp_path / "in")
    frame = pl.read_csv(folder / ANSWERS, infer_schema=False)
    coded = frame.with_columns(
        pl.col(f"q{n}").replace_strict({"да": 1, "нет": 0}, return_dtype=pl.Int8) for n in range(1, 16)
    )
    (folder / ANSWERS).unlink()
    coded.write_parquet(folder / "responses" / "2024.parquet")
    line = "responses/2024.parquet,2,,повтор,методист,2024-04-01\n"
    found, _ = excluding(folder, line)
    assert found.survey.forms == 20
    assert found.exclusions[0].id == "2"


def test_record_and_stamp_name_the_decisions(tmp_path: Path) -> None:
    found, assessment = excluding(build(tmp_path / "in"), GOOD + BY_ID)
    record = json.loads(run_json(found, assessment))
    assert [one["row"] for one in record["questionnaires"]["excluded"]] == [3, 5]
    assert record["questionnaires"]["excluded"][1] == {
        "file": ANSWERS,
        "row": 5,
        "id": "4",
        "organisation": "7701",
        "reason": "повтор",
        "decided_by": "руководитель группы",
        "date": "2024-04-01",
    }
    assert "exclusions.csv" in [one["name"] for one in record["stamp"]["inputs"]]


def test_rating_stands_with_and_without(tmp_path: Path) -> None:
    folder = build(tmp_path / "in")
    before, _ = opened(folder)
    assert before is not None
    plain = assess(before.case)
    found, assessment = excluding(folder, GOOD)
    effects = effects_of(found, assessment)
    by_key = {one.organisation: one for one in effects}
    assert by_key["7703"].excluded == 1
    row = by_key["7703"].row
    assert by_key["7703"].overall_unexcluded == plain.rated.overall.printed[row]
    assert by_key["7703"].overall == assessment.rated.overall.printed[row]
    assert by_key["7703"].overall != by_key["7703"].overall_unexcluded
    assert "7701" not in by_key
    table = exclusions_table(found, assessment)
    assert table is not None
    assert table.frame["organisation"].to_list() == [one.organisation for one in effects]


def test_nothing_left_out_has_no_effect(tmp_path: Path) -> None:
    found, assessment = excluding(build(tmp_path / "in"), "")
    assert found.exclusions == ()
    assert found.unexcluded is None
    assert exclusions_table(found, assessment) is None


def test_what_could_not_be_scored_before_is_scored_after(tmp_path: Path) -> None:
    folder = build(tmp_path / "in")
    lines = responses().splitlines()
    write(ANSWERS, "\n".join(line for line in lines if line.startswith(("organisation", "7702"))))(folder)
    rows = "".join(f"{ANSWERS},{row},,повтор,методист,2024-04-01\n" for row in range(2, 8))
    found, assessment = excluding(folder, rows)
    (effect,) = (one for one in effects_of(found, assessment) if one.organisation == "7702")
    assert effect.excluded == 6
    assert (effect.overall, effect.place) == (None, None)
    assert effect.overall_unexcluded is not None
    assert Fraction(effect.overall_unexcluded) > 0


@pytest.mark.parametrize(("lines", "code", "row", "column"), [case[1:] for case in BAD], ids=[case[0] for case in BAD])
def test_bad_decisions(tmp_path: Path, lines: str, code: str, row: int, column: str | None) -> None:
    folder = build(tmp_path / "in")
    write("exclusions.csv", HEAD + lines)(folder)
    found, problems = opened(folder)
    assert found is None
    assert [(one.code, one.place) for one in problems] == [(code, Place("exclusions.csv", row, column))]
    for language in ("ru", "en"):
        said = wording(language, "problems-exclusions").say(code, **dict(problems[0].details))
        assert "{" not in said


def test_all_bad_decisions_are_found_at_once(tmp_path: Path) -> None:
    folder = build(tmp_path / "in")
    write("exclusions.csv", HEAD + f"{ANSWERS},99,,,,\n" + GOOD + "x.csv,1,,a,b,2024-01-01\n")(folder)
    _, problems = opened(folder)
    assert sorted(one.code for one in problems) == [
        "EXCLUDE-01",
        "EXCLUDE-02",
        "EXCLUDE-05",
        "EXCLUDE-06",
        "EXCLUDE-07",
    ]


def test_columns_are_needed(tmp_path: Path) -> None:
    folder = build(tmp_path / "in")
    write("exclusions.csv", "file,reason\nx,y\n")(folder)
    _, problems = opened(folder)
    assert [dict(one.details)["column"] for one in problems] == ["decided_by", "date", "row / id"]
    assert {one.code for one in problems} == {"FOLDER-05"}
