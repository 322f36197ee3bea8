"""Documents: links lead somewhere, pages can be found, nothing tells whose machine this was."""

from __future__ import annotations

import re
from pathlib import Path

from tests.house.tree import ROOT, files, listing, text_files, where

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
# Written in halves, for this file is read too.
REGISTRIES = re.compile(
    "|".join(["pypi" + r"\.org", "pythonhosted" + r"\.org", "npm" + r"js\.(org|com)", "yarn" + r"pkg\.com"])
)
MACHINE_PATHS = re.compile(r"(?<![\w.~-])/(" + "|".join(["work", "root", r"home/\w+", r"Users/\w+"]) + r")/[\w.]")


def test_links_resolve() -> None:
    broken = [
        f"{where(path)}: {target}"
        for path in files()
        if path.suffix == ".md"
        for target in LINK.findall(path.read_text(encoding="utf-8"))
        if not _resolves(path, target)
    ]
    assert not broken, listing("Links that lead nowhere:", broken)


def test_every_document_can_be_reached_from_the_index() -> None:
    docs = ROOT / "docs"
    index = docs / "index.md"
    linked = {(docs / target.partition("#")[0]).resolve() for target in LINK.findall(index.read_text(encoding="utf-8"))}
    lost = [
        where(path)
        for path in files()
        if docs in path.parents and path.suffix == ".md" and path not in linked | {index}
    ]
    assert not lost, listing("Link from docs/index.md:", lost)


def test_the_changelog_has_a_place_for_what_comes_next() -> None:
    assert "## Unreleased" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_licence_is_here() -> None:
    assert "Apache License" in (ROOT / "LICENSE").read_text(encoding="utf-8")


def test_no_registry_is_named() -> None:
    named = [f"{where(path)}: {found[0]}" for path, text in text_files() if (found := REGISTRIES.search(text))]
    assert not named, listing("Where packages come from is the machine's business:", named)


def test_no_path_of_a_machine_is_named() -> None:
    named = [f"{where(path)}: {found[0]}" for path, text in text_files() if (found := MACHINE_PATHS.search(text))]
    assert not named, listing("Paths of somebody's machine:", named)


def _resolves(path: Path, target: str) -> bool:
    if "://" in target or target.startswith(("mailto:", "#")):
        return True
    return (path.parent / target.partition("#")[0]).exists()
