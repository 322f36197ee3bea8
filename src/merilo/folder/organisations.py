"""organisations.csv: the register of what is assessed, one line an organisation, joined by its key alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from merilo.assessment.errors import Place, Problem, Severity, problem
from merilo.assessment.methodology.edition import Category, Edition
from merilo.assessment.observations.register import Organisation, Register, register_of
from merilo.formats.numbers import ExactNumber, Missing, parse_number
from merilo.formats.plain_text import plain
from merilo.formats.raw_table import RawTable
from merilo.formats.sheets import read_table

KEY, NAME, RECIPIENTS = "organisation", "name", "recipients"


def read_organisations(path: Path, edition: Edition, problems: list[Problem]) -> Register | None:
    """The register; every doubled key, unknown category value and missing name is a problem of its own."""
    if path.suffix == ".parquet" and path.is_file():
        from merilo.folder.organisations_columns import read_organisation_columns

        return read_organisation_columns(path, path.name, edition, category_values, problems)
    noted: list[Problem] = []
    table = read_table(path, problems=noted)
    # An empty table is worth a warning elsewhere; without organisations there is nothing to assess.
    problems += [replace(found, severity=Severity.ERROR) if found.code == "TABLE-04" else found for found in noted]
    if table is None:
        return None
    required = (KEY, NAME, *(category.code for category in edition.categories if category.required))
    missing = [column for column in required if column not in table.header]
    for column in missing:
        place = table.place(table.first_row - 1)
        problems.append(problem("FOLDER-05", place, column=column, known=", ".join(table.header)))
    if missing:
        return None
    # What stands in a row with a cell too many or too few stands in the wrong columns: no further complaints.
    ragged = {one.place.row for one in noted if one.code == "TABLE-10"}
    found: dict[str, tuple[int, Organisation]] = {}
    for number, cells in table.numbered_rows():
        if number in ragged:
            continue
        row = dict(zip(table.header, cells, strict=True))
        organisation = _organisation(row, table, number, edition, problems)
        if not organisation.key:
            problems.append(problem("FOLDER-06", table.place(number, KEY)))
        elif organisation.key in found:
            first = found[organisation.key][0]
            problems.append(problem("FOLDER-07", table.place(number, KEY), key=organisation.key, first=first))
        else:
            found[organisation.key] = (number, organisation)
    return register_of(organisation for _, organisation in found.values())


def _organisation(
    row: dict[str, str], table: RawTable, number: int, edition: Edition, problems: list[Problem]
) -> Organisation:
    if not row[NAME]:
        problems.append(problem("FOLDER-08", table.place(number, NAME), key=row[KEY]))
    categories = {
        category.code: category_values(
            row.get(category.code, ""), category, table.place(number, category.code), problems
        )
        for category in edition.categories
    }
    known = {KEY, NAME, RECIPIENTS, *categories}
    details = {column: value for column, value in row.items() if column not in known}
    return Organisation(row[KEY], row[NAME], categories, _recipients(row, table, number, problems), details)


def category_values(text: str, category: Category, place: Place, problems: list[Problem]) -> tuple[str, ...]:
    """The category values written in a cell; several only where the category is scored apart."""
    written = [part.strip() for part in text.split(";") if part.strip()] if category.splits else [text] if text else []
    if not written and category.required:
        problems.append(problem("FOLDER-09", place, name=category.name, known=_known(category) or "–"))
    if not category.values:
        return tuple(written)
    values = []
    for part in written:
        value = category_value(part, category)
        if value is None:
            problems.append(problem("FOLDER-10", place, value=part, category=category.code, known=_known(category)))
        else:
            values.append(value)
    return tuple(dict.fromkeys(values))


def _known(category: Category) -> str:
    return ", ".join(f"{value.code} ({value.name})" for value in category.values)


def category_value(text: str, category: Category) -> str | None:
    """The code of a category value written as code, name or another known spelling."""
    wanted = plain(text)
    for value in category.values:
        if wanted in {plain(spelling) for spelling in (value.code, value.name, *value.also)}:
            return value.code
    return None


def _recipients(row: dict[str, str], table: RawTable, number: int, problems: list[Problem]) -> int | None:
    text = row.get(RECIPIENTS, "")
    found = parse_number(text)
    if isinstance(found, Missing):
        return None
    if isinstance(found, ExactNumber) and not found.percent and found.value.denominator == 1 and found.value >= 0:
        return int(found.value)
    problems.append(problem("FOLDER-11", table.place(number, RECIPIENTS), value=text))
    return None
