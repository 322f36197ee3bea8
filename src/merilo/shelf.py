"""Opens data files: YAML read as plain text values that remember their line, guessing nothing.

YAML's own guesses (`no` → false, `1.10` → 1.1) are left out by reading scalars as text. Anchors and
aliases are refused: nobody needs them here, and a "billion laughs" file is made of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

import yaml

from merilo.assessment.errors import Place, Problem, problem
from merilo.assessment.located import Mapping, Node, Scalar, Sequence
from merilo.assessment.wording import Wording

DATA = Path(str(files("merilo").joinpath("data")))
EDITIONS = DATA / "editions"
LARGEST = 4_000_000
DEEPEST = 40

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Refused(Exception):
    """A construct this reader does not take: its problem code and line."""

    def __init__(self, code: str, line: int | None) -> None:
        super().__init__(code)
        self.code, self.line = code, line


def _line(event: yaml.Event) -> int | None:
    return event.start_mark.line + 1 if event.start_mark is not None else None


def read_yaml(path: Path, name: str, problems: list[Problem]) -> Mapping | None:
    """A YAML file as a located mapping; None, with the reason in `problems`, where it cannot be used."""
    if not path.is_file():
        problems.append(problem("YAML-01", Place(name)))
        return None
    if path.stat().st_size > LARGEST:
        problems.append(problem("YAML-09", Place(name), limit=LARGEST // 1_000_000))
        return None
    try:
        node = _compose(path.read_text(encoding="utf-8-sig"), name, problems)
    except UnicodeDecodeError:
        problems.append(problem("YAML-10", Place(name)))
    except Refused as refused:
        problems.append(problem(refused.code, Place(name, refused.line)))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reason = str(getattr(error, "problem", None) or error).partition("\n")[0]
        problems.append(problem("YAML-02", Place(name, mark.line + 1 if mark else None), reason=reason))
    else:
        if isinstance(node, Mapping):
            return node
        if node is not None:
            problems.append(problem("YAML-04", node.place))
    return None


def _compose(text: str, name: str, problems: list[Problem]) -> Node | None:
    events = yaml.parse(text, Loader=_Loader)
    for event in events:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            problems.append(problem("YAML-11", Place(name, _line(event))))
            return None
        if isinstance(event, yaml.StreamStartEvent | yaml.DocumentStartEvent):
            continue
        if isinstance(event, yaml.StreamEndEvent | yaml.DocumentEndEvent):
            problems.append(problem("YAML-12", Place(name)))
            return None
        node = _node(event, events, name, problems, DEEPEST)
        for after in events:
            if isinstance(after, yaml.DocumentStartEvent):
                raise Refused("YAML-16", _line(after))
        return node
    return None


def _node(event: yaml.Event, events: Iterator[yaml.Event], name: str, problems: list[Problem], depth: int) -> Node:
    place = Place(name, _line(event))
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        raise Refused("YAML-11", _line(event))
    if depth == 0:
        raise Refused("YAML-14", _line(event))
    if isinstance(event, yaml.ScalarEvent):
        return Scalar(event.value, place)
    if isinstance(event, yaml.SequenceStartEvent):
        items = []
        while not isinstance(inner := next(events), yaml.SequenceEndEvent):
            items.append(_node(inner, events, name, problems, depth - 1))
        return Sequence(tuple(items), place)
    entries: dict[str, Node] = {}
    while not isinstance(key := next(events), yaml.MappingEndEvent):
        if not isinstance(key, yaml.ScalarEvent):
            raise Refused("YAML-15", _line(key))
        if key.value in entries:
            problems.append(problem("YAML-13", Place(name, _line(key)), key=key.value))
        entries[key.value] = _node(next(events), events, name, problems, depth - 1)
    return Mapping(entries, place)


def read_merged(paths: list[Path], root: Path, problems: list[Problem]) -> Mapping | None:
    """Several YAML files as one mapping; a key in two of them is noted."""
    entries: dict[str, Node] = {}
    first: Place | None = None
    for path in paths:
        node = read_yaml(path, str(path.relative_to(root)), problems)
        if node is None:
            continue
        first = first or node.place
        for key, value in node.entries.items():
            if key in entries:
                problems.append(problem("YAML-13", value.place, key=key))
            entries[key] = value
    return Mapping(entries, first) if first else None


def edition_files(where: Path) -> list[Path]:
    """The YAML files that make an edition: a single file, or those directly inside a folder."""
    return sorted(where.glob("*.yaml")) if where.is_dir() else [where]


def fingerprint(paths: list[Path]) -> str:
    """One SHA-256 over the contents of files, in the order given."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


@cache
def wording(language: str, *catalogues: str) -> Wording:
    """The templates of some catalogues (file names without ending) in one language."""
    templates: dict[str, str] = {}
    problems: list[Problem] = []
    for catalogue in catalogues:
        node = read_yaml(DATA / "wording" / f"{catalogue}.yaml", f"{catalogue}.yaml", problems)
        for code, entry in node.entries.items() if node else ():
            text = entry.entries.get(language) if isinstance(entry, Mapping) else None
            if isinstance(text, Scalar):
                templates[code] = text.text
    if problems:
        raise RuntimeError(f"damaged wording catalogue: {problems}")
    return Wording(language, templates)
