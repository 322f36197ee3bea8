"""The link file: what it may say, and every line of it that cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from merilo.assessment.errors import Problem
from merilo.assessment.recheck.comparability import Link
from merilo.folder.links import read_links
from merilo.pack import find_pack, open_pack
from merilo.shelf import wording


def read(tmp_path: Path, text: str, earlier: str = "ru-344n-2018") -> tuple[dict[str, Link], list[Problem]]:
    path, problems = tmp_path / "link.yaml", list[Problem]()
    path.write_text(text, encoding="utf-8")
    editions = []
    for name in (earlier, "ru-344n-2018"):
        where = find_pack(name, None)
        assert where is not None
        pack = open_pack(where, [])
        assert pack is not None
        editions.append(pack.edition)
    return read_links(path, editions[0], editions[1], problems), problems


def test_links_with_and_without_a_note(tmp_path: Path) -> None:
    text = "link:\n  overall: overall\n  openness: {earlier: comfort, note: тот же вопрос}\n"
    assert read(tmp_path, text) == (
        {"overall": Link("overall"), "openness": Link("comfort", "тот же вопрос")},
        [],
    )


@pytest.mark.parametrize(
    ("text", "code", "line", "earlier"),
    [
        ("link:\n  opennes: openness\n", "LINK-01", 2, "ru-344n-2018"),
        ("link:\n  openness: opennes\n", "LINK-02", 2, "ru-344n-2018"),
        ("link:\n  openness: comfort\n  comfort: {earlier: comfort}\n", "LINK-03", 3, "ru-344n-2018"),
        ("link:\n  openness: openness\n", "LINK-04", 2, "ru-995n-2014"),
        ("link:\n  openness: openness\n  openness: comfort\n", "YAML-13", 3, "ru-344n-2018"),
        ("link:\n  openness: {note: почему}\n", "YAML-03", 2, "ru-344n-2018"),
        ("link:\n  openness: {earlier: openness, why: так}\n", "YAML-08", 2, "ru-344n-2018"),
        ("link:\n  openness: ''\n", "YAML-03", 2, "ru-344n-2018"),
        ("links:\n  openness: openness\n", "YAML-03", 1, "ru-344n-2018"),
    ],
)
def test_a_line_that_cannot_be_used(tmp_path: Path, text: str, code: str, line: int, earlier: str) -> None:
    _, problems = read(tmp_path, text, earlier)
    found = problems[0]
    assert (found.code, found.place.file, found.place.row) == (code, str(tmp_path / "link.yaml"), line)
    for language in ("ru", "en"):
        assert wording(language, "problems-link", "problems-yaml").say(found.code, **dict(found.details))


def test_every_problem_is_found_in_one_run(tmp_path: Path) -> None:
    text = "link:\n  opennes: openness\n  comfort: comforts\n  courtesy: openness\n"
    assert [found.code for found in read(tmp_path, text)[1]] == ["LINK-01", "LINK-02", "LINK-03"]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    problems: list[Problem] = []
    pack = open_pack(find_pack("ru-344n-2018", None) or tmp_path, [])
    assert pack is not None
    assert read_links(tmp_path / "no.yaml", pack.edition, pack.edition, problems) == {}
    assert [found.code for found in problems] == ["YAML-01"]
