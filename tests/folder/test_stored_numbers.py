"""Questionnaires in Parquet whose answers are numbers already: what is checked, and what is not read at all."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from merilo.assessment.errors import Problem
from merilo.folder.assessment_folder import open_folder

PACK = """\
id: scale
version: "1"
title: Шкала с пропуском
title_en: A scale with a gap
status: inferred
scale: {min: 0, max: 100, unit: [балл, балла, баллов]}
quantities:
  - {code: top, name: Лучшие, source: survey, question: q1, counted: [five]}
criteria:
  - code: one
    name: Один
    indicators:
      - {code: share, name: Доля, clause: "1", status: inferred, formula: {kind: ratio, quantity: top}}
questionnaire:
  answer_scales:
    gap:
      options:
        - {code: one, value: 1, text: Плохо}
        - {code: five, value: 5, text: Отлично}
  questions:
    - {code: q1, number: "1", answers: gap, text: Оценка}
    - {code: q2, number: "2", kind: number, text: Возраст}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "scale").mkdir()
    (tmp_path / "scale" / "edition.yaml").write_text(PACK, encoding="utf-8")
    head = "methodology: scale\ntitle: Проба\nperiod: 2026 год\n"
    (tmp_path / "assessment.yaml").write_text(head, encoding="utf-8")
    (tmp_path / "organisations.csv").write_text("organisation,name\nA,Альфа\n", encoding="utf-8")
    (tmp_path / "responses").mkdir()
    return tmp_path


def problems_of(folder: Path, **columns: list[object]) -> list[Problem]:
    rows = len(next(iter(columns.values())))
    frame = pl.DataFrame({"organisation": ["A"] * rows, **columns})
    frame.write_parquet(folder / "responses" / "a.parquet")
    problems: list[Problem] = []
    open_folder(folder, problems)
    return problems


def test_a_number_between_two_stored_ones_is_no_answer(folder: Path) -> None:
    (found,) = problems_of(folder, q1=[1, 5, 3])
    assert (found.code, found.place.row, found.place.column) == ("ANSWERS-05", 3, "q1")


def test_stored_numbers_are_answers(folder: Path) -> None:
    assert problems_of(folder, q1=[1, 5, None]) == []


def test_a_questionnaire_twice_is_found_in_parquet_too(folder: Path) -> None:
    (found,) = problems_of(folder, q1=[1, 5, 5], id=[7, 8, 7])
    assert (found.code, found.place.row) == ("ANSWERS-03", 3)


def test_an_answer_that_nothing_needs_cannot_stop_the_work(folder: Path) -> None:
    assert problems_of(folder, q1=[1, 5], q2=["25 лет", "сорок"]) == []
