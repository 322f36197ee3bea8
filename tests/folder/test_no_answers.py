"""No answer («затрудняюсь ответить»), no number, words beside a log: read or refused, never guessed."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from merilo.assessment.errors import Problem
from merilo.folder.assessment_folder import OpenedFolder, open_folder

PACK = """\
id: doubt
version: "1"
title: Сомнение
title_en: Doubt
status: inferred
scale: {min: 0, max: 100, unit: [балл, балла, баллов]}
states:
  - {code: no_calls, name: звонки не поступили, effect: not_applicable}
quantities:
  - {code: happy, name: Довольны, source: survey, question: q2, counted: ["yes"]}
  - {code: calls, name: Звонки, source: mystery_contact, question: q3, counted: ["yes"], states: [no_calls]}
  - {code: minutes, name: Минуты, kind: measure, source: survey, question: q4, maximum: 480}
criteria:
  - code: one
    name: Один
    indicators:
      - {code: share, name: Доля, clause: "1", status: inferred, formula: {kind: ratio, quantity: happy}}
questionnaire:
  answer_scales:
    yes_no:
      options:
        - {code: "yes", value: 1, text: Да}
        - {code: "no", value: 0, text: Нет}
        - {code: doubt, value: 2, text: Затрудняюсь ответить, also: [не знаю], missing: true}
  questions:
    - {code: q1, answers: yes_no, text: Пользовались?}
    - {code: q2, answers: yes_no, asked_if: {question: q1, answers: ["yes"]}, text: Довольны?}
    - {code: q3, answers: yes_no, text: Ответили?}
    - {code: q4, kind: number, text: Сколько минут?}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "doubt").mkdir()
    (tmp_path / "doubt" / "edition.yaml").write_text(PACK, encoding="utf-8")
    head = "methodology: doubt\ntitle: Проба\nperiod: 2026 год\n"
    (tmp_path / "assessment.yaml").write_text(head, encoding="utf-8")
    (tmp_path / "organisations.csv").write_text("organisation,name\nA,Альфа\n", encoding="utf-8")
    (tmp_path / "responses").mkdir()
    return tmp_path


def opened(folder: Path, **columns: list[object]) -> tuple[OpenedFolder | None, list[Problem]]:
    rows = len(next(iter(columns.values())))
    frame = pl.DataFrame({"organisation": ["A"] * rows, **columns})
    if all(frame[name].dtype.is_integer() for name in columns):
        frame.write_parquet(folder / "responses" / "a.parquet")
    else:
        frame.write_csv(folder / "responses" / "a.csv")
    problems: list[Problem] = []
    return open_folder(folder, problems), problems


@pytest.mark.parametrize(
    ("q1", "q2"),
    [
        (["да", "да", "да", "нет"], ["да", "Затрудняюсь ответить", "НЕ ЗНАЮ", "2"]),
        ([1, 1, 1, 0], [1, 2, 2, 2]),
        (["да", "2", "doubt", "нет"], ["да", "да", "", ""]),
    ],
    ids=["words", "stored numbers in Parquet", "behind a doubtful filter"],
)
def test_doubt_is_left_out_of_the_base(folder: Path, q1: list[object], q2: list[object]) -> None:
    found, problems = opened(folder, q1=q1, q2=q2)
    assert problems == []
    assert found is not None
    column = found.case.table.columns["happy"]
    assert (column.count[0], column.base[0]) == (1, 1)
    assert found.survey.conflicts == ({"happy": 1} if q2[1] == "да" else {})


@pytest.mark.parametrize("written", ["7,5", "-7", "7 %", "десять"])
def test_minutes_are_whole(folder: Path, written: str) -> None:
    """The tally adds up whole numbers; what it would cut off is refused instead."""
    _, problems = opened(folder, q4=["7", written])
    assert [found.code for found in problems] == ["ANSWERS-10"]


def test_minutes_with_nothing_behind_the_point_are_whole(folder: Path) -> None:
    found, problems = opened(folder, q4=["7,0", "8"])
    assert not problems
    assert found is not None
    assert found.case.table.columns["minutes"].count[0] == 15


def test_a_mean_that_cannot_be_is_refused(folder: Path) -> None:
    _, problems = opened(folder, q4=[480, 600])
    (found,) = problems
    assert found.code == "ANSWERS-13"
    assert ("organisation", "A") in found.details


@pytest.mark.parametrize(("answers", "codes"), [(["да", "нет"], ["FOLDER-43"]), (["", "не знаю"], [])])
def test_a_word_stands_against_a_log_with_answers_only(folder: Path, answers: list[object], codes: list[str]) -> None:
    evidence = "organisation,item,value,base\nA,calls,звонки не поступили,\n"
    (folder / "observations.csv").write_text(evidence, encoding="utf-8")
    _, problems = opened(folder, q3=answers)
    assert [found.code for found in problems] == codes
