"""Problems shown to the user: where, what, what to do; errors first."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable

from merilo.assessment.errors import Place, Problem, Severity
from merilo.assessment.wording import Wording
from merilo.cli.plain import show_json
from merilo.shelf import wording

CATALOGUES = ("cli", "problems-tables", "problems-yaml", "problems-editions", "problems-folder", "problems-audit")


def problem_words(language: str) -> Wording:
    """The catalogue that has the sentences of all problems."""
    return wording(language, *CATALOGUES)


def sentence(found: Problem, words: Wording) -> str:
    """A problem's sentence without its place."""
    details = dict(found.details)
    place = found.place
    return words.say(found.code, **{"file": place.file, "row": place.row, "column": place.column, **details})


def place_text(place: Place, words: Wording) -> str:
    """`observations.csv, строка 5, столбец «value»`."""
    parts = [place.file]
    if place.row is not None:
        parts.append(words.say("PLACE-ROW", row=place.row))
    if place.column:
        parts.append(words.say("PLACE-COLUMN", column=place.column))
    return ", ".join(part for part in parts if part)


def ordered(problems: Iterable[Problem]) -> list[Problem]:
    """Errors first; within a severity in the order they were found."""
    return sorted(problems, key=lambda found: found.severity is not Severity.ERROR)


def as_json(problems: Iterable[Problem], words: Wording) -> list[dict[str, object]]:
    """Problems as plain values."""
    return [
        {
            "code": found.code,
            "severity": found.severity.value,
            "file": found.place.file,
            "row": found.place.row,
            "column": found.place.column,
            "message": sentence(found, words),
        }
        for found in ordered(problems)
    ]


def show_problems(problems: Iterable[Problem], arguments: Namespace) -> None:
    """All problems: to standard error for people, to standard output as JSON where that was asked for."""
    words, found = problem_words(arguments.lang), ordered(problems)
    if getattr(arguments, "json", False):
        show_json({"problems": as_json(found, words)})
        return
    for one in found:
        severity = words.say(f"SEVERITY-{one.severity.name}")
        print(f"{severity} [{one.code}] {place_text(one.place, words)}: {sentence(one, words)}", file=sys.stderr)
    errors = sum(one.severity is Severity.ERROR for one in found)
    if found:
        print(words.say("PROBLEMS-FOUND", errors=errors, warnings=len(found) - errors), file=sys.stderr)
    if errors:
        print(words.say("NOTHING-COMPUTED"), file=sys.stderr)
