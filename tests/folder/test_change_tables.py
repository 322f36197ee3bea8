"""The tables of a change: the documents list exactly their columns, words and reasons; what they hold follows."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from merilo.assessment.errors import Problem
from merilo.assessment.pipeline import assess
from merilo.assessment.recheck.comparability import Obstacle
from merilo.assessment.recheck.waves import Wave, WaveChanges, compare_assessed
from merilo.assessment.stats.change import ChangeVerdict
from merilo.folder.assessment_folder import open_folder
from merilo.folder.result_changes import change_tables
from merilo.folder.waves import wave_of
from tests.folder.small_folder import build
from tests.house.tree import ROOT

PAGES = ["change.md", "change.ru.md"]


@cache
def wave(folder: Path) -> Wave:
    problems: list[Problem] = []
    opened = open_folder(folder, problems)
    assert opened is not None, problems
    return wave_of(opened, assess(opened.case))


def district() -> WaveChanges:
    waves = [wave(ROOT / "examples" / f"fictional-344n-{year}") for year in (2023, 2024)]
    return compare_assessed(waves[0], waves[1], {}, level=0.95)


def frames(changes: WaveChanges) -> dict[str, pl.DataFrame]:
    return {table.name: table.frame for table in change_tables(changes)}


@pytest.mark.parametrize("page", PAGES)
def test_the_documents_list_exactly_the_columns_written(page: str) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    found: dict[str, list[str]] = {}
    for section in re.split(r"^## ", text, flags=re.M):
        if title := re.match(r"`(\w+)`\n", section):
            found[title[1]] = re.findall(r"^\| `(\w+)` \|", section, re.M)
    assert found == {name: frame.columns for name, frame in frames(district()).items()}


@pytest.mark.parametrize("page", PAGES)
def test_the_documents_list_every_word_and_every_reason(page: str) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    first = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `")]
    named = {code for cell in first for code in re.findall(r"`(\w+)`", cell)}
    assert {one.value for one in (*ChangeVerdict, *Obstacle)} <= named


def test_places_stand_beside_overall_scores_only() -> None:
    change = frames(district())["change"]
    ranked = change.filter(pl.col("place_later").is_not_null())
    assert ranked["subject"].unique().to_list() == ["overall"]
    assert ranked.height == 6


def test_the_counts_of_the_means_are_those_of_the_organisations() -> None:
    found = frames(district())
    for row in found["change_means"].filter(pl.col("over") == "both").iter_rows(named=True):
        mine = found["change"].filter(pl.col("subject") == row["subject"])["verdict"].to_list()
        assert {one.value: row[one.value] for one in ChangeVerdict} == {
            one.value: mine.count(one.value) for one in ChangeVerdict
        }


def test_n_is_what_was_answered(tmp_path: Path) -> None:
    """Of the 21 questionnaires of the small folder those numbered 1, 5, … 21 are of 7702, and they answer everything.

    Its comfort was given ready, without the number asked; the match of information is a checklist.
    """
    same = wave(build(tmp_path / "in"))
    change = frames(compare_assessed(same, same, {}, level=0.95))["change"]
    mine = change.filter(pl.col("organisation") == "7702")
    n = dict(zip(mine["subject"].to_list(), mine["n_later"].to_list(), strict=True))
    assert n["overall"] == n["recommendation"] == n["satisfaction"] == 6
    assert n["information_match"] is None
