"""`merilo audit` on four published reports: what a recomputation by hand found, each at its place, and no more."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.cli.conftest import Merilo
from tests.house.tree import ROOT

AUDITED = Path(__file__).parent / "audited"
EXAMPLES = sorted(path.name.removeprefix("audit-") for path in (ROOT / "examples").glob("audit-*"))
FIELDS = ("kind", "certainty", "place", "unit", "subject", "printed")

Finding = tuple[str, ...]


def by_hand(example: str) -> list[Finding]:
    """The findings of a recomputation made before the program; the column `because` holds its arithmetic."""
    with (AUDITED / f"{example}.csv").open(encoding="utf-8", newline="") as file:
        return sorted(tuple(row[field] for field in FIELDS) for row in csv.DictReader(file))


def test_every_example_has_been_recomputed_by_hand() -> None:
    assert [path.stem for path in sorted(AUDITED.glob("*.csv"))] == EXAMPLES


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_audit_finds_what_was_found_by_hand_and_no_more(merilo: Merilo, example: str) -> None:
    ran = merilo("audit", ROOT / "examples" / f"audit-{example}", "--json")
    names = ("kind", "certainty", "document_place", "unit", "subject", "printed")
    found = sorted(tuple(one[name] for name in names) for one in ran.json["findings"])
    assert found == by_hand(example)
    assert ran.code == bool(found)
