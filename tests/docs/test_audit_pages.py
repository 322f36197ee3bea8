"""The pages about audits name every kind, statistic and key, and their example gives what they say."""

from __future__ import annotations

import re
from enum import Enum
from pathlib import Path

import pytest

from merilo.assessment.errors import Problem
from merilo.assessment.recheck.audit import audit
from merilo.assessment.recheck.claims import Statistic
from merilo.assessment.recheck.defect import Certainty, DefectKind
from merilo.assessment.recheck.relations import RelationKind
from merilo.folder.audit_claims import COLUMNS
from merilo.folder.audit_folder import open_audit
from merilo.folder.audit_settings import Layout
from tests.docs.pages import fenced, keys, page, rows

PAGES = ("audit.md", "audit.ru.md")
SETTINGS, RULES = "folder/audit_settings.py", "folder/audit_rules.py"


def coded(name: str, marker: str) -> list[str]:
    """The codes in the first cells of a marked table, in order."""
    return [code for row in rows(name, marker) for code in re.findall(r"`(\w+)`", row[0])]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("values", [Certainty, DefectKind, RelationKind, Statistic, Layout])
def test_every_value_of_a_closed_list_is_named(name: str, values: type[Enum]) -> None:
    assert sorted(coded(name, f"values: {values.__name__}")) == sorted(str(one.value) for one in values)


@pytest.mark.parametrize("name", PAGES)
def test_every_key_and_column_is_named(name: str) -> None:
    known = keys(SETTINGS, "_settings") | keys(SETTINGS, "_pack") | {"ranking", "sample", "shares"}
    known |= {"subjects", "relations", "weights"}
    assert sorted(coded(name, "keys: audit")) == sorted(known)
    assert sorted(coded(name, "columns: claims")) == sorted(COLUMNS)
    inner = (
        keys(SETTINGS, "_ranking", "inner") | keys(SETTINGS, "_sample", "inner") | keys(SETTINGS, "_shares", "inner")
    )
    inner |= (
        keys(SETTINGS, "_table", "inner") | keys(RULES, "own_subjects", "inner") | keys(RULES, "_relation", "inner")
    )
    assert len(inner) > 20
    assert not [key for key in sorted(inner) if not re.search(rf"\b{key}\b", page(name))]


@pytest.mark.parametrize("name", PAGES)
def test_the_example_gives_what_the_page_says(name: str, tmp_path: Path) -> None:
    for file, text in fenced(name).items():
        (tmp_path / file).write_text(text, encoding="utf-8")
    problems: list[Problem] = []
    opened = open_audit(tmp_path, problems)
    assert problems == []
    assert opened is not None
    found = audit(opened.publication, opened.claims)
    told = [[one.kind.value, one.certainty.value, str(one.where.cell.row), one.printed] for one in found.defects]
    assert [[cell.strip("|` ") for cell in row] for row in rows(name, "result")] == told


def test_both_languages_print_the_same_example() -> None:
    assert fenced(PAGES[0]) == fenced(PAGES[1])
    assert sorted(fenced(PAGES[0])) == ["audit.yaml", "claims.csv", "scores.csv"]
