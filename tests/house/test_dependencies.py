"""Dependencies: each has its reason in docs/dependencies.md and its place in a lock file that names no host."""

from __future__ import annotations

import re
import tomllib

from tests.house.tree import ROOT, listing

REQUIREMENTS = ROOT / "requirements"


def test_every_dependency_has_its_reason_and_every_reason_a_dependency() -> None:
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    explained = {_plain(name) for name in re.findall(r"^\| `([^`]+)` \|", page, re.MULTILINE)}
    assert explained == _declared(), "docs/dependencies.md and pyproject.toml (package.json) must name the same"


def test_every_dependency_is_locked() -> None:
    locked = "\n".join(path.read_text(encoding="utf-8") for path in sorted(REQUIREMENTS.glob("*.txt")))
    pinned = {_plain(name) for name in re.findall(r"^([A-Za-z0-9_.-]+)==", locked, re.MULTILINE)}
    loose = sorted(_declared() - pinned - _from_npm())
    assert not loose, listing("Run `make lock`; not in requirements/*.txt:", loose)


def test_lock_files_name_no_host() -> None:
    locks = [*sorted(REQUIREMENTS.glob("*.txt")), ROOT / "package-lock.json"]
    named = [path.name for path in locks if "://" in path.read_text(encoding="utf-8")]
    assert not named, listing("A lock file says what, never from where:", named)


def _declared() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = list(project["project"]["dependencies"])
    for group in (
        *project["dependency-groups"].values(),
        *project["project"].get("optional-dependencies", {}).values(),
    ):
        wanted += group
    return {_plain(re.split(r"[\[<>=!~; ]", one)[0]) for one in wanted} | _from_npm()


def _from_npm() -> set[str]:
    package = (ROOT / "package.json").read_text(encoding="utf-8")
    return set(re.findall(r'"(@?[\w/-]+)": "\d', package))


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
