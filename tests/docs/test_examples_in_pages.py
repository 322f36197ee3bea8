"""What the pages promise comes out: the folder printed there is opened and scored, the figures are the editions'."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from merilo.assessment.errors import Problem
from merilo.assessment.pipeline import assess
from merilo.assessment.recheck.compare import Verdict
from merilo.folder.assessment_folder import open_folder
from merilo.pack import open_pack, shipped
from merilo.shelf import EDITIONS
from merilo.worked_examples import check_examples
from tests.docs.pages import PAIRS, fenced, first_cells, page, rows

NOTES = "methodology-notes.md"
A = EDITIONS / "ru-344n-2018" / "examples" / "organisation-a.yaml"


@pytest.mark.parametrize("name", PAIRS["assessment-folder"])
def test_the_folder_in_the_page_gives_the_result_in_the_page(name: str, tmp_path: Path) -> None:
    for file, text in fenced(name).items():
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_text(text, encoding="utf-8")
    problems: list[Problem] = []
    opened = open_folder(tmp_path, problems)
    assert problems == []
    assert opened is not None
    found = assess(opened.case)
    for row in rows(name, "result"):
        values = found.rated.subject(row[0].strip("|` "))
        assert values is not None
        printed = [f"{value:.2f}" for value in values.printed]
        assert printed == [cell.strip("| ") for cell in row[1:]], row[0]
    assert {one.verdict for one in found.compared} == {Verdict.REPRODUCED}


def test_both_languages_print_the_same_folder() -> None:
    english, russian = PAIRS["assessment-folder"]
    assert fenced(english) == fenced(russian)
    assert len(fenced(english)) == 5


@pytest.mark.parametrize("name", PAIRS["add-a-methodology"])
def test_the_worked_example_in_the_page_comes_out(name: str, tmp_path: Path) -> None:
    source = EDITIONS / "ru-344n-2018"
    for path in source.glob("*.yaml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "examples").mkdir()
    block = re.search(r"```yaml\n(examples:\n.*?)```", page(name), re.S)
    assert block
    (tmp_path / "examples" / "page.yaml").write_text(block[1], encoding="utf-8")
    problems: list[Problem] = []
    pack = open_pack(tmp_path, problems)
    assert pack is not None, problems
    assert check_examples(pack) == (1, [])


def test_the_notes_list_every_shipped_edition_with_its_standing_and_dates() -> None:
    listed = {row[0].strip("|` "): row for row in rows(NOTES, "editions")}
    assert sorted(listed) == shipped()
    for code, row in listed.items():
        edition = yaml.safe_load((EDITIONS / code / "edition.yaml").read_text(encoding="utf-8"))
        assert row[2].strip("`") == edition["status"], code
        for key in ("valid_from", "valid_to"):
            day = edition[key]
            whole_year = day is not None and (day.month, day.day) in ((1, 1), (12, 31))
            if day is not None:
                assert (str(day.year) if whole_year else f"{day:%d.%m.%Y}") in row[1], f"{code} {key}"


def test_the_figures_in_the_pages_are_those_of_the_worked_example() -> None:
    promised = {str(value) for value in _numbers(A.read_text(encoding="utf-8"))}
    printed = [row[-2:] for row in rows(NOTES, "figures")]
    english, _ = PAIRS["add-a-methodology"]
    printed += [row[2:] for marker in ("values: EmptyGroup", "values: EmptyPart") for row in rows(english, marker)]
    figures = [figure for row in printed for figure in re.findall(r"\d+\.\d{2,4}", " ".join(row))]
    assert len(figures) > 20
    assert not [figure for figure in figures if str(Decimal(figure).normalize()) not in promised]


def test_the_rules_in_the_figures_are_policies_of_the_worked_example() -> None:
    text = A.read_text(encoding="utf-8")
    for row in rows(NOTES, "figures"):
        rule = re.match(r"`(.+)`$", row[1])
        if rule:
            assert rule[1] in text, rule[1]
    assert first_cells(NOTES, "figures")


def _numbers(text: str) -> list[Decimal]:
    return [
        Decimal(number).normalize()
        for expected in re.findall(r"expect: \{(.*?)\}", text)
        for number in re.findall(r": (\d[\d.]*)", expected)
    ]
