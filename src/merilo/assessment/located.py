"""Plain text values that remember the file and line they were read from, and a reader over them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import TypeVar

from merilo.assessment.errors import Place, Problem, problem

E = TypeVar("E", bound=Enum)
T = TypeVar("T")
NOTHING = ("", "null", "~")


@dataclass(frozen=True, slots=True)
class Scalar:
    """A leaf: its text exactly as written."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Sequence:
    """An ordered list of nodes."""

    items: tuple[Node, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Mapping:
    """Named nodes in the order they were written."""

    entries: dict[str, Node]
    place: Place


Node = Scalar | Sequence | Mapping


@dataclass(frozen=True, slots=True)
class Lines:
    """Where things stand that are called by a code or a top-level key; `whole` where that is not known."""

    whole: Place
    places: dict[str, Place]

    def of(self, name: str) -> Place:
        """The line of a code or key."""
        return self.places.get(name, self.whole)


def lines_of(node: Mapping, whole: Place) -> Lines:
    """The lines of every `code` and of the top-level keys; of a code written twice the second counts."""
    return Lines(whole, {key: value.place for key, value in node.entries.items()} | dict(_coded(node)))


def _coded(node: Node) -> Iterator[tuple[str, Place]]:
    if isinstance(node, Sequence):
        for item in node.items:
            yield from _coded(item)
    elif isinstance(node, Mapping):
        code = node.entries.get("code")
        if isinstance(code, Scalar):
            yield code.text.strip(), code.place
        for inner in node.entries.values():
            yield from _coded(inner)


@dataclass(slots=True)
class Reader:
    """Takes values out of a Mapping, notes every problem, and reports keys nobody asked for.

    Each `take` marks its key as known; `finish` then reports the unknown ones. A value that cannot
    be read is noted and replaced by a harmless one, so that one run finds every problem.
    """

    node: Mapping
    problems: list[Problem]
    taken: set[str] = field(default_factory=set)

    def sub(self, node: Node) -> Reader:
        """A reader over a nested mapping; a wrong kind of node is noted and read as empty."""
        if isinstance(node, Mapping):
            return Reader(node, self.problems)
        self.note("YAML-04", node.place)
        return Reader(Mapping({}, node.place), self.problems)

    def note(self, code: str, place: Place, /, **details: object) -> None:
        """Record a problem."""
        self.problems.append(problem(code, place, **details))

    def has(self, key: str) -> bool:
        """Whether the key is there with something in it."""
        node = self.node.entries.get(key)
        return node is not None and not (isinstance(node, Scalar) and node.text in NOTHING)

    def place(self, key: str) -> Place:
        """The place of a key's value, or of the mapping where the key is absent."""
        node = self.node.entries.get(key)
        return node.place if node is not None else self.node.place

    def take(self, key: str) -> Node | None:
        """The node under a key, or None where there is nothing."""
        self.taken.add(key)
        return self.node.entries[key] if self.has(key) else None

    def text(self, key: str, default: str | None = None) -> str:
        """Text under a key; required unless a default is given."""
        node = self.take(key)
        if node is None:
            if default is None:
                self.note("YAML-03", self.node.place, key=key)
            return default or ""
        if isinstance(node, Scalar):
            return node.text.strip()
        self.note("YAML-05", node.place, key=key)
        return default or ""

    def optional(self, key: str) -> str | None:
        """Text under a key, or None where there is nothing."""
        return self.text(key, "") or None

    def number(self, key: str, default: Fraction | None = None) -> Fraction:
        """An exact number: `0.3`, `14`, `1/5`."""
        fallback = Fraction(1) if default is None else default
        return self.parsed(key, parse_number, "YAML-17", fallback, default is None)

    def numbers(self, key: str) -> tuple[Fraction, ...]:
        """A list of exact numbers; those that cannot be read are noted and left out."""
        found = []
        for text in self.texts(key):
            try:
                found.append(parse_number(text))
            except (ValueError, ZeroDivisionError):
                self.note("YAML-17", self.place(key), key=key, value=text)
        return tuple(found)

    def whole(self, key: str, default: int | None = None) -> int:
        """A whole number."""
        return self.parsed(key, int, "YAML-18", 1 if default is None else default, default is None)

    def day(self, key: str) -> date | None:
        """A date written as YYYY-MM-DD, or None where there is nothing."""
        found = self.parsed(key, date.fromisoformat, "YAML-19", date.min, False)
        return None if found == date.min else found

    def flag(self, key: str, default: bool = False) -> bool:
        """`true` or `false`."""
        return self.parsed(key, parse_flag, "YAML-20", default, False)

    def one_of(self, key: str, choices: type[E], default: E | None = None) -> E:
        """A member of a closed list, by its value; required unless a default is given."""
        expected = ", ".join(str(choice.value) for choice in choices)
        fallback = next(iter(choices)) if default is None else default
        return self.parsed(key, choices, "YAML-06", fallback, default is None, expected=expected)

    def parsed(
        self, key: str, parse: Callable[[str], T], code: str, fallback: T, required: bool, **details: object
    ) -> T:
        """A value turned from text by `parse`. What is missing though required, or cannot be turned, is
        noted (the latter under `code`), and the fallback stands in so that reading goes on."""
        written = self.text(key, None if required else "")
        if not written:
            return fallback
        try:
            return parse(written)
        except (ValueError, KeyError, ZeroDivisionError):
            self.note(code, self.place(key), key=key, value=written, **details)
            return fallback

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; a single text is a list of one."""
        node = self.take(key)
        if node is None:
            return ()
        nodes = node.items if isinstance(node, Sequence) else (node,)
        for item in nodes:
            if not isinstance(item, Scalar):
                self.note("YAML-05", item.place, key=key)
        return tuple(item.text.strip() for item in nodes if isinstance(item, Scalar))

    def readers(self, key: str) -> list[Reader]:
        """A list of mappings, each as a reader."""
        node = self.take(key)
        if node is None:
            return []
        if not isinstance(node, Sequence):
            self.note("YAML-07", node.place, key=key)
            return []
        return [self.sub(item) for item in node.items]

    def reader(self, key: str) -> Reader | None:
        """A nested mapping as a reader, or None where there is nothing."""
        node = self.take(key)
        return None if node is None else self.sub(node)

    def named(self, key: str) -> dict[str, Node]:
        """A mapping's entries by name; empty where there is nothing."""
        node = self.take(key)
        if node is None:
            return {}
        if not isinstance(node, Mapping):
            self.note("YAML-04", node.place)
            return {}
        return node.entries

    def finish(self) -> None:
        """Report the keys that nobody took: most of them are typing mistakes."""
        known = ", ".join(sorted(self.taken))
        for key, node in self.node.entries.items():
            if key not in self.taken:
                self.note("YAML-08", node.place, key=key, known=known)


def parse_number(text: str) -> Fraction:
    """An exact number from text: a decimal or a fraction such as `1/5`, without an exponent (1e999999999 would
    fill the memory with its digits)."""
    if "e" in text.lower():
        raise ValueError(text)
    return Fraction(text.replace(" ", ""))


def parse_flag(text: str) -> bool:
    """`true` or `false`, nothing else."""
    return {"true": True, "false": False}[text]
