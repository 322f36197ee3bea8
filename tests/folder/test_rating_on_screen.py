"""The rating on the screen: tab-separated text in a pipe, JSON on request, a readable table in a terminal."""

from __future__ import annotations

import json
from argparse import Namespace
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from merilo.cli import screen
from merilo.cli.screen import fitting_criteria, progress, rating_on_screen, shortened, show_rating
from merilo.folder.result_scores import labels, rating_table
from merilo.shelf import wording
from tests.folder.test_result_tables import assessed
from tests.render.made_case import made


def test_a_pipe_gets_lines_of_cells(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    opened, assessment = assessed(tmp_path / "in")
    show_rating(opened, assessment, Namespace(json=False, lang="ru"))
    lines = capsys.readouterr().out.splitlines()
    assert [line.count("\t") for line in lines] == [22] * 4
    assert lines[1].split("\t")[:2] == ["7702", "Дом культуры «Волна»"]


def test_json_is_one_object_with_values_statuses_places_and_stamp(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    opened, assessment = assessed(tmp_path / "in")
    show_rating(opened, assessment, Namespace(json=True, lang="ru"))
    found = json.loads(capsys.readouterr().out)
    assert found["run"]["stamp"]["fingerprint"] == opened.case.stamp.fingerprint
    assert [row["place"] for row in found["rating"]] == [1, 1, 1]
    comfort = found["rating"][0]["criteria"]["comfort"]
    assert comfort["status"] == "scored"
    assert comfort["value"] == assessment.rated.criteria["comfort"].printed[1]


@pytest.mark.parametrize("edition", ["ru-344n-2018", "ru-995n-2014", "ru-kemerovo-2017", "ru-karelia-2017"])
def test_a_hundred_columns_are_enough(edition: str) -> None:
    assessment, words = made(edition), wording("ru", "screen")
    rows = list(rating_table(assessment, labels(assessment)).frame.iter_rows(named=True))
    rows[0]["name"] = "Государственное бюджетное учреждение " * 6
    console = Console(file=StringIO(), width=100, color_system=None)
    shown = fitting_criteria(assessment.case.rules.edition, 100)
    console.print(rating_on_screen(assessment, rows, shown, words, title="[Сфера]"))
    text = console.file.getvalue()  # type: ignore[attr-defined]
    assert max(len(line.rstrip()) for line in text.splitlines()) <= 100
    assert "[Сфера]" in text
    for row in rows:
        if row["overall"] is not None:
            assert f"{row['overall']:.{assessment.rated.digits}f}".replace(".", ",") in text
    for row in rows:
        assert row["organisation"] in text


def test_a_terminal_gets_a_table_for_every_group(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, assessment = assessed(tmp_path / "in")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setattr(screen, "SHOWN", 0)
    monkeypatch.setenv("COLUMNS", "100")
    show_rating(opened, assessment, Namespace(json=False, lang="ru"))
    text = capsys.readouterr().out
    for name in ("Культура", "Здравоохранение", "Социальное обслуживание", "1 – Открытость", "и еще 1 строка"):
        assert name in text


def test_long_names_end_with_an_ellipsis_at_a_word() -> None:
    name = shortened("Государственное бюджетное учреждение социального обслуживания " * 3)
    assert len(name) <= screen.LONGEST_NAME
    assert name.endswith("бюджетное…") or name.endswith("учреждение…") or name.endswith("социального…")
    assert shortened("Центр\n«Забота»") == "Центр «Забота»"


def test_progress_is_silent_outside_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    with progress("Вычисление") as step:
        step(1, 2)
    assert capsys.readouterr() == ("", "")
