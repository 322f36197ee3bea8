"""The list of recipients a sample is drawn from: read, checked, and forgotten but for rows and identifiers."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from merilo.assessment.errors import Place, Problem, has_errors, problem, warning
from merilo.assessment.sampling.draw import ListedPerson
from merilo.formats.raw_table import RawTable
from merilo.formats.sheets import read_table

ORGANISATION = "organisation"
MOST_SHOWN = 20
# An address, ten digits and more (a telephone, an insurance number), two words with capitals (a name).
PERSONAL = re.compile(r"@|(?:\d\W{0,2}){10}|[A-ZА-ЯЁ][a-zа-яё]+\s+[A-ZА-ЯЁ][a-zа-яё]+")


@dataclass(frozen=True, slots=True)
class ListColumns:
    """Which columns of the list are read; an empty name: none. `sheet` chooses a sheet of a workbook."""

    identifier: str = ""
    organisation: str = ""
    form: str = ""
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class RecipientList:
    """What a draw needs of a list: its fingerprint and size, the columns read, a line for everybody."""

    name: str
    sha256: str
    bytes: int
    columns: ListColumns
    people: tuple[ListedPerson, ...]

    def listed(self) -> Counter[tuple[str, str]]:
        """How many there are in each stratum."""
        return Counter(person.stratum for person in self.people)


def read_list(path: Path, columns: ListColumns, problems: list[Problem]) -> RecipientList | None:
    """The list; None, with every reason in `problems`, where nothing can be drawn from it."""
    before = len(problems)
    table = read_table(path, sheet=columns.sheet or None, problems=problems)
    if table is None or has_errors(problems[before:]):
        return None
    named = (columns.identifier, columns.organisation, columns.form)
    header = table.place(table.first_row - 1)
    for column in named:
        if column and column not in table.header:
            close = ", ".join(get_close_matches(column, table.header, 2)) or ", ".join(table.header)
            problems.append(problem("SAMPLE-30", header, column=column, close=close))
    if has_errors(problems[before:]):
        return None
    people = _people(table, columns, problems)
    if not people:
        problems.append(problem("SAMPLE-31", header))
    if has_errors(problems[before:]):
        return None
    looks_personal = sum(bool(PERSONAL.search(one.identifier)) for one in people)
    if columns.identifier and 2 * looks_personal > len(people):
        problems.append(warning("SAMPLE-39", Place(table.file, None, columns.identifier)))
    return RecipientList(path.name, sha256_of(path), path.stat().st_size, columns, people)


def _people(table: RawTable, columns: ListColumns, problems: list[Problem]) -> tuple[ListedPerson, ...]:
    position = {name: index for index, name in enumerate(table.header)}
    first_of: dict[str, int] = {}
    people, wrong = [], []
    for number, cells in table.numbered_rows():
        identifier = cells[position[columns.identifier]] if columns.identifier else str(number)
        stratum = tuple(cells[position[name]] if name else "" for name in (columns.organisation, columns.form))
        for column, text in ((columns.identifier, identifier), (columns.organisation, stratum[0])):
            if column and not text:
                wrong.append(problem("SAMPLE-32", table.place(number, column)))
        if identifier and identifier in first_of:
            place = table.place(number, columns.identifier)
            wrong.append(problem("SAMPLE-33", place, identifier=identifier, first=first_of[identifier]))
        first_of.setdefault(identifier, number)
        people.append(ListedPerson(number, identifier, (stratum[0], stratum[1])))
    problems += wrong[:MOST_SHOWN]
    if len(wrong) > MOST_SHOWN:
        problems.append(problem("SAMPLE-34", table.place(table.first_row - 1), more=len(wrong) - MOST_SHOWN))
    return tuple(people)


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
