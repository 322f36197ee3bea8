"""The example examples/samara-2016 is what its builder makes of the published tables, and fits its methodology."""

from __future__ import annotations

import csv

from merilo.assessment.errors import Problem
from merilo.pack import open_pack
from merilo.shelf import EDITIONS
from tools.build_samara import EXAMPLE, build


def rows(name: str) -> list[dict[str, str]]:
    with (EXAMPLE / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_files_are_what_the_builder_makes() -> None:
    for name, text in build(EXAMPLE / "source").items():
        assert (EXAMPLE / name).read_bytes().decode("utf-8") == text, name


def test_every_item_and_subject_is_in_the_methodology() -> None:
    problems: list[Problem] = []
    pack = open_pack(EDITIONS / "ru-995n-2014", problems)
    assert pack is not None, problems
    criteria = {criterion.code for criterion in pack.edition.criteria}
    assert {row["item"] for row in rows("observations.csv")} <= set(pack.edition.items)
    assert {row["subject"] for row in rows("published.csv")} == criteria | {"overall", "place"}


def test_every_organisation_has_all_its_rows() -> None:
    organisations = [row["organisation"] for row in rows("organisations.csv")]
    assert len(organisations) == 27
    assert [row["organisation"] for row in rows("observations.csv")] == [
        key for key in organisations for _ in range(28)
    ]
    assert [row["organisation"] for row in rows("published.csv")] == [key for key in organisations for _ in range(7)]


def test_what_cannot_be_read_is_left_empty() -> None:
    unreadable = [row for row in rows("observations.csv") if not row["value"]]
    assert [(row["organisation"], row["item"]) for row in unreadable] == [("SAM-02", "competence_points")]
    assert "0,96\\7" in unreadable[0]["note"]
