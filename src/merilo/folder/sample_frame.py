"""The frame of a sample from an assessment folder: every organisation and form of service with its recipients.

An organisation in one form has its number in the column `recipients`. One in several forms needs a number for each:
columns `recipients:<form>`, or a file of populations with a line per organisation and form, which wins over both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from fractions import Fraction
from pathlib import Path

from merilo.assessment.errors import Place, Problem, has_errors, problem, warning
from merilo.assessment.methodology.edition import Category
from merilo.assessment.observations.register import Organisation
from merilo.assessment.observations.sample import OF_FORM
from merilo.assessment.observations.units import UnitTable, split_units
from merilo.assessment.sampling.frame import Stratum
from merilo.folder.assessment_folder import named_from
from merilo.folder.organisations import KEY, RECIPIENTS, category_value, read_organisations
from merilo.folder.settings import Settings, read_settings
from merilo.formats.numbers import ExactNumber, Missing, parse_number
from merilo.formats.raw_table import RawTable
from merilo.formats.sheets import read_table
from merilo.pack import Pack

POPULATIONS = "populations.csv"
FORM, DEVIATION = "form", "deviation"


@dataclass(frozen=True, slots=True)
class OpenedFrame:
    """The strata in the order of the register, and what they were read with."""

    settings: Settings
    pack: Pack
    units: UnitTable
    strata: tuple[Stratum, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the file of populations."""

    recipients: int | None
    deviation: Fraction | None


def read_frame(folder: Path, populations: str, problems: list[Problem]) -> OpenedFrame | None:
    """The frame of a folder; None, with every reason in `problems`.

    `populations` names the file of populations, relative to the folder; empty: populations.csv where it lies there.
    """
    found: list[Problem] = []
    opened = _read_frame(folder, populations, found)
    problems += [named_from(folder, one) for one in found]
    return opened


def _read_frame(folder: Path, populations: str, problems: list[Problem]) -> OpenedFrame | None:
    if not folder.is_dir():
        problems.append(problem("FOLDER-30", Place(str(folder))))
        return None
    head = read_settings(folder, problems)
    if head is None:
        return None
    settings, pack = head
    register = folder / settings.organisations
    found = read_organisations(register, pack.edition, problems)
    if found is None or has_errors(problems):
        return None
    splitting = pack.edition.splitting
    units = split_units(found, splitting.code if splitting else "")
    lines = _read_populations(folder, populations, settings, units, splitting, problems)
    strata = tuple(_strata(units, lines, Place(settings.organisations), splitting, problems))
    _check_sums(strata, units, Place(settings.organisations), problems)
    return None if has_errors(problems) else OpenedFrame(settings, pack, units, strata)


def _strata(
    units: UnitTable,
    lines: Mapping[tuple[str, str], _Line],
    register: Place,
    splitting: Category | None,
    problems: list[Problem],
) -> Iterator[Stratum]:
    _check_columns(units, register, splitting, problems)
    keys = units.keys()
    forms_of = _forms_of(units)
    for row, key in enumerate(keys):
        unit = units.units[row]
        organisation = units.organisations[unit.organisation]
        line = lines.get((key, unit.form), _Line(None, None))
        people = _population(organisation, unit.form, len(forms_of[key]) > 1, line, register, problems)
        attributes, whole = units.attributes(row), organisation.recipients
        yield Stratum(key, organisation.name, unit.form, people, attributes, line.deviation, whole)


def _population(
    organisation: Organisation, form: str, several: bool, line: _Line, register: Place, problems: list[Problem]
) -> int:
    """The recipients of an organisation in one form; 0, with the reason noted, where nobody says how many."""
    key, whole, noted = organisation.key, organisation.recipients, len(problems)
    own = line.recipients
    if own is None:
        own = _of_form(organisation.details, form, register, key, problems)
    if own is None and not several:
        own = whole
    if len(problems) > noted:
        return 0  # what stands in the cell has been complained of
    if own is None:
        place = Place(register.file, None, f"{OF_FORM}{form}" if several else RECIPIENTS)
        unknown = problem("SAMPLE-21", place, organisation=key, form=form)
        problems.append(unknown if several else problem("SAMPLE-20", place, organisation=key))
        return 0
    if own == 0:
        problems.append(warning("SAMPLE-22", register, organisation=key, form=form or "–"))
    elif whole is not None and own > whole:
        problems.append(warning("SAMPLE-23", register, organisation=key, form=form or "–", own=own, whole=whole))
    return own


def _forms_of(units: UnitTable) -> dict[str, list[str]]:
    """Organisation → its forms of service."""
    found: dict[str, list[str]] = {}
    for key, form in zip(units.keys(), units.units.forms, strict=True):
        found.setdefault(key, []).append(form)
    return found


def _check_sums(strata: tuple[Stratum, ...], units: UnitTable, place: Place, problems: list[Problem]) -> None:
    """Forms may share people, so their sum may exceed the organisation's number; it should not fall short of it."""
    parts: dict[str, list[int]] = {}
    for one in strata:
        parts.setdefault(one.organisation, []).append(one.population)
    for key, whole in zip(units.organisations.keys, units.organisations.recipients, strict=True):
        mine = parts.get(key, [])
        if whole is not None and len(mine) > 1 and sum(mine) < whole and not has_errors(problems):
            problems.append(warning("SAMPLE-29", place, organisation=key, forms=sum(mine), whole=whole))


def _of_form(details: Mapping[str, str], form: str, place: Place, key: str, problems: list[Problem]) -> int | None:
    """What the column of a form says of an organisation; None where it says nothing."""
    column = f"{OF_FORM}{form}"
    text = details.get(column, "") if form else ""
    return _whole(text, Place(place.file, None, column), key, problems)


def _whole(text: str, place: Place, key: str, problems: list[Problem]) -> int | None:
    found = parse_number(text)
    if isinstance(found, ExactNumber) and not found.percent and found.value.denominator == 1 and found.value >= 0:
        return int(found.value)
    if not isinstance(found, Missing):
        problems.append(problem("SAMPLE-24", place, organisation=key, value=text))
    return None


def _check_columns(units: UnitTable, place: Place, splitting: Category | None, problems: list[Problem]) -> None:
    """Columns of forms the methodology lacks, and numbers for forms an organisation does not have, would be lost."""
    register = units.organisations
    known = [value.code for value in splitting.values] if splitting else []
    for column, cells in register.details.items():
        form = column.removeprefix(OF_FORM)
        if form == column:
            continue
        if form not in known:
            problems.append(
                problem("SAMPLE-15", Place(place.file, None, column), form=form, known=", ".join(known) or "–")
            )
            continue
        for index, text in enumerate(cells):
            if text and form not in register.categories[units.splitting][index]:
                where = Place(place.file, None, column)
                problems.append(problem("SAMPLE-25", where, organisation=register.keys[index], form=form, value=text))


def _read_populations(
    folder: Path,
    populations: str,
    settings: Settings,
    units: UnitTable,
    splitting: Category | None,
    problems: list[Problem],
) -> dict[tuple[str, str], _Line]:
    """Organisation and form → what the file of populations says; empty where there is none."""
    written = settings.sample.entries.get("populations")
    name = populations or getattr(written, "text", "").strip()
    path = folder / (name or POPULATIONS)
    if not name and not path.is_file():
        return {}
    table = read_table(path, problems=problems)
    if table is None:
        return {}
    if KEY not in table.header:
        header = table.place(table.first_row - 1)
        problems.append(problem("FOLDER-05", header, column=KEY, known=", ".join(table.header)))
        return {}
    forms_of = _forms_of(units)
    found: dict[tuple[str, str], _Line] = {}
    for number, cells in table.numbered_rows():
        row = dict(zip(table.header, cells, strict=True))
        stratum = _named_stratum(row, forms_of, splitting, table, number, problems)
        if stratum is None:
            continue
        if stratum in found:
            named = table.place(number, KEY)
            problems.append(problem("SAMPLE-26", named, organisation=stratum[0], form=stratum[1] or "–"))
        recipients = _whole(row.get(RECIPIENTS, ""), table.place(number, RECIPIENTS), stratum[0], problems)
        deviation = _deviation(row.get(DEVIATION, ""), table.place(number, DEVIATION), problems)
        found[stratum] = _Line(recipients, deviation)
    return found


def _named_stratum(
    row: Mapping[str, str],
    forms_of: Mapping[str, list[str]],
    splitting: Category | None,
    table: RawTable,
    number: int,
    problems: list[Problem],
) -> tuple[str, str] | None:
    """The organisation and form a line is about; a form may be left out where there is but one."""
    key, text = row[KEY], row.get(FORM, "")
    mine = forms_of.get(key)
    if mine is None:
        close = ", ".join(get_close_matches(key, list(forms_of), 1)) or "–"
        problems.append(problem("FOLDER-13", table.place(number, KEY), key=key, close=close))
        return None
    form = category_value(text, splitting) if splitting and text else ""
    if not text and len(mine) == 1:
        form = mine[0]
    if form not in mine:
        known = ", ".join(mine)
        problems.append(
            problem("SAMPLE-27", table.place(number, FORM), organisation=key, form=text or "–", known=known)
        )
        return None
    return key, form


def _deviation(text: str, place: Place, problems: list[Problem]) -> Fraction | None:
    found = parse_number(text)
    if isinstance(found, ExactNumber) and not found.percent and found.value >= 0:
        return found.value
    if not isinstance(found, Missing):
        problems.append(problem("SAMPLE-28", place, value=text))
    return None
