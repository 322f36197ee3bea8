"""The family of errors and problems.

    MeriloError
    ├── InputError          what was handed in cannot be used; carries every Problem found
    ├── UnknownOrganisation an organisation was asked for that the register does not hold
    └── UnknownIndicator    an indicator was asked for that the edition does not have

Bad input is a value (Problem), collected and shown in full; an exception only carries it upward.
A problem has a stable code and named details; its sentence is in data/wording/problems.yaml.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


class Severity(Enum):
    """ERROR stops the computation; WARNING is shown and the work goes on."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the input something stands: a file, a row or line (from 1), a column."""

    file: str
    row: int | None = None
    column: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with the input: what, where, and the details its sentence needs."""

    code: str
    place: Place
    details: tuple[tuple[str, str], ...] = ()
    severity: Severity = Severity.ERROR


def problem(code: str, place: Place, /, **details: object) -> Problem:
    """A Problem of severity ERROR with its details in a fixed order."""
    return Problem(code, place, tuple(sorted((key, str(value)) for key, value in details.items())))


def warning(code: str, place: Place, /, **details: object) -> Problem:
    """A Problem of severity WARNING."""
    found = problem(code, place, **details)
    return Problem(found.code, found.place, found.details, Severity.WARNING)


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether any of the problems stops the computation."""
    return any(found.severity is Severity.ERROR for found in problems)


class MeriloError(Exception):
    """Anything Merilo refuses to do, with a reason for the user; `code` names the reason for programs."""

    def __init__(self, reason: str = "", code: str = "") -> None:
        self.code = code
        super().__init__(reason)


class InputError(MeriloError):
    """The input cannot be used; `problems` names every reason."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{p.code} {p.place.file}:{p.place.row}" for p in self.problems))


class UnknownOrganisation(MeriloError):
    """The register holds no organisation with this key."""


class UnknownIndicator(MeriloError):
    """The edition has no indicator with this code."""
