"""Response files as the checks of field work read them: service columns, times, answers; and honest folders."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from merilo.assessment.errors import Place, Problem
from merilo.assessment.responses.fieldwork import UNKNOWN, Fieldwork
from merilo.assessment.responses.flags import FlagKind
from merilo.assessment.responses.quality import check_fieldwork
from merilo.folder.fieldwork import read_fieldwork
from merilo.folder.service_times import read_lengths, read_moments
from tests.folder.small_folder import build, opened, write
from tools.build_fictional import EXAMPLES
from tools.build_fictional import build as built_examples

ANSWERS = "responses/2024.csv"
HEAD = "organisation,form,id,channel,interviewer,started,finished,q1,q2,q5,q16,q17,q18\n"
ROWS = (
    "7701,,1,сайт,,2024-03-01 10:00:00,2024-03-01 10:05:30,да,да,нет,Спасибо,Женский,45\n"
    "7702,,2,Интервью,А-1,01.03.2024 11:00:00,01.03.2024 11:20:00,нет,,да,,м,30\n"
    "7702,,3, интервью ,а-1,2024-03-01T12:00:05,,да,,,спасибо ,,\n"
)


def read(folder: Path) -> tuple[Fieldwork, list[Problem]]:
    found, problems = opened(folder)
    assert found is not None, problems
    noted: list[Problem] = []
    return read_fieldwork(found, folder, noted), noted


def test_columns_become_labels_times_and_answers(tmp_path: Path) -> None:
    folder = build(tmp_path / "in")
    write(ANSWERS, HEAD + ROWS)(folder)
    work, noted = read(folder)
    assert not noted
    assert work.row.tolist() == [2, 3, 4]
    assert [work.organisation.names[one] for one in work.organisation.of] == ["7701", "7702", "7702"]
    assert [work.id.names[one] for one in work.id.of] == ["1", "2", "3"]
    assert work.interviewer.names == ("А-1",)  # spellings that differ in capitals and blanks are one
    assert work.interviewer.of.tolist() == [UNKNOWN, 0, 0]
    assert work.channel.names == ("Интервью", "сайт")
    np.testing.assert_array_equal(work.times.duration, [330.0, 1200.0, np.nan])
    assert work.times.step == 1.0
    assert (work.hour - work.hour[0]).tolist() == [0, 1, 2]
    assert len(set(work.day.tolist())) == 1
    assert work.sheet.closed.tolist() == [[1, 1, 0, 2], [0, UNKNOWN, 1, 1], [1, UNKNOWN, UNKNOWN, UNKNOWN]]
    assert work.sheet.scored.tolist() == [True, True, True, False]
    assert work.sheet.ages == {"q18"}
    np.testing.assert_array_equal(work.sheet.numbers["q18"], [45, 30, np.nan])
    assert work.sheet.asides[0, 1] == work.sheet.asides[2, 1] != work.sheet.asides[1, 1]
    np.testing.assert_array_equal(work.sheet.measured["satisfied_stand"], [1, np.nan, np.nan])
    np.testing.assert_array_equal(work.sheet.measured["timely"], [0, 1, np.nan])


def test_a_clock_of_minutes_is_given_its_minute(tmp_path: Path) -> None:
    folder = build(tmp_path / "in")
    write(ANSWERS, HEAD + ROWS.replace("10:05:30", "10:00:00").replace("12:00:05", "12:00"))(folder)
    work, _ = read(folder)
    assert work.times.step == 60.0
    assert work.times.duration[0] == 59.0


def test_times_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    folder = build(tmp_path / "in")
    write(ANSWERS, HEAD + ROWS.replace("2024-03-01T12:00:05", "вчера").replace("01.03.2024 11:20:00", "31.02.2024"))(
        folder
    )
    work, noted = read(folder)
    assert [(one.code, one.place) for one in noted] == [
        ("QUALITY-01", Place(ANSWERS, 4, "started")),
        ("QUALITY-01", Place(ANSWERS, 3, "finished")),
    ]
    assert np.isnan(work.times.moment[2])


def test_what_is_left_out_is_not_looked_at(tmp_path: Path) -> None:
    folder = build(tmp_path / "in")
    decision = f"file,row,reason,decided_by,date\n{ANSWERS},3,повтор,методист,2024-04-01\n"
    write("exclusions.csv", decision)(folder)
    work, _ = read(folder)
    assert 3 not in work.row.tolist()
    assert len(work) == 20


def test_questionnaires_in_parquet(tmp_path: Path) -> None:
    import polars as pl

    folder = build(tmp_path / "in")
    frame = pl.read_csv(folder / ANSWERS, infer_schema=False).with_columns(
        pl.col(f"q{n}").replace_strict({"да": 1, "нет": 0}, return_dtype=pl.Int8) for n in range(1, 16)
    )
    expected, _ = read(folder)
    (folder / ANSWERS).unlink()
    frame.write_parquet(folder / "responses" / "2024.parquet")
    work, _ = read(folder)
    np.testing.assert_array_equal(work.sheet.closed, expected.sheet.closed)
    assert work.id.names == expected.id.names
    np.testing.assert_array_equal(work.id.of, expected.id.of)


@pytest.mark.parametrize(
    ("text", "seconds", "clock"),
    [
        ("1970-01-02", 86400, False),
        ("02.01.1970", 86400, False),
        ("02.01.1970 01:00", 90000, True),
        ("1970-01-02 01:00:30", 90030, True),
        ("1970-01-02T01:00:30+03:00", 90030, True),
        ("", None, False),
    ],
)
def test_moments(text: str, seconds: int | None, clock: bool) -> None:
    found, has_clock, unread = read_moments([text])
    assert has_clock.tolist() == [clock]
    assert not unread
    np.testing.assert_array_equal(found, [np.nan if seconds is None else seconds])


def test_midnight_everywhere_is_no_time_of_day() -> None:
    _, clock, _ = read_moments(["2024-03-01 00:00:00", "2024-03-02 00:00:00"])
    assert not clock.any()
    _, clock, _ = read_moments(["2024-03-01 00:00:00", "2024-03-02 00:10:00"])
    assert clock.all()


@pytest.mark.parametrize(
    ("text", "seconds"), [("90", 90), ("1,5", 1.5), ("7:30", 450), ("1:00:05", 3605), ("", None), ("-", None)]
)
def test_lengths(text: str, seconds: float | None) -> None:
    found, unread = read_lengths([text])
    np.testing.assert_array_equal(found, [np.nan if seconds is None else seconds])
    assert not unread


def test_lengths_that_are_none() -> None:
    assert read_lengths(["полчаса", "-5", "10%"])[1] == [0, 1, 2]


def test_the_night_in_the_example_is_found() -> None:
    work, _ = read(EXAMPLES / "fictional-344n-2024")
    flags = check_fieldwork(work).flags
    assert [(one.kind, one.organisation) for one in flags if one.organisation] == [
        (FlagKind.TOO_FAST, "ZR-02"),
        (FlagKind.NIGHT, "ZR-02"),
        (FlagKind.BURST_IN_AN_HOUR, "ZR-02"),
    ]


@pytest.mark.parametrize(
    "folder", sorted({name.partition("/")[0] for name in built_examples()} - {"fictional-344n-2024"})
)
def test_the_other_examples_are_honest(folder: str) -> None:
    work, noted = read(EXAMPLES / folder)
    assert not noted
    assert not check_fieldwork(work).flags


def test_files_of_one_organisation_with_the_same_number(tmp_path: Path) -> None:
    folder = build(tmp_path / "in")
    lines = (folder / ANSWERS).read_text(encoding="utf-8").splitlines()
    write("responses/2024-2.csv", "\n".join([lines[0], lines[5]]))(folder)
    work, _ = read(folder)
    (found,) = [one for one in check_fieldwork(work).flags if one.kind is FlagKind.SAME_ID]
    assert dict(found.figures)["alike"] == 1
