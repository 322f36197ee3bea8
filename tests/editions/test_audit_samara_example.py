"""The tables of examples/audit-samara-2016 are what their builder makes of the published ones."""

from __future__ import annotations

import csv

import pytest

from tools.build_audit_samara import EXAMPLE, build
from tools.build_samara import EXAMPLE as ASSESSMENT

TABLES = build(ASSESSMENT / "source")


def rows(name: str) -> list[tuple[str, ...]]:
    with (EXAMPLE / name).open(encoding="utf-8", newline="") as file:
        return [tuple(row) for row in csv.reader(file)]


@pytest.mark.parametrize("name", sorted(TABLES))
def test_the_file_is_what_the_builder_makes(name: str) -> None:
    assert rows(name) == list(TABLES[name])


def test_every_organisation_has_all_its_rows() -> None:
    assert len(rows("organisations.csv")) == 1 + 27
    assert len(rows("scores.csv")) == 1 + 27 * 7
    assert len(rows("indicators.csv")) == 1 + 27 * 28


def test_the_unreadable_cell_is_kept_as_printed() -> None:
    assert ("2", "competence_points", "0,96\\7", "таблица 10, строка 15") in rows("indicators.csv")


def test_claims_name_organisations_of_the_report() -> None:
    units = {row[0] for row in rows("organisations.csv")[1:]}
    head, *claims = rows("claims.csv")
    statistic, scope, value = head.index("statistic"), head.index("scope"), head.index("value")
    named = {key for claim in claims for key in claim[scope].split(";") if key}
    named |= {key for claim in claims if claim[statistic] in ("best", "worst") for key in claim[value].split(";")}
    assert named <= units
