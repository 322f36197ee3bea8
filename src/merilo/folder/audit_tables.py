"""The published tables of an audit: rows, columns or lists of printed cells, each with its place in the document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from merilo.assessment.errors import Place, Problem, problem
from merilo.assessment.methodology.edition import Category
from merilo.assessment.recheck.printed import PrintedNumber
from merilo.assessment.recheck.publication import PLACE, PrintedCell, PrintedPlace
from merilo.folder.audit_rules import COUNTED
from merilo.folder.audit_settings import AuditSettings, Layout, TableSource
from merilo.formats.numbers import ExactNumber, Missing, parse_number
from merilo.formats.plain_text import clean_cell, plain
from merilo.formats.raw_table import RawTable
from merilo.formats.sheets import read_table
from merilo.formats.word_tables import SUFFIX, read_word_table

UNIT, NAME, IGNORE, SUBJECT, VALUE, WHERE = "unit", "name", "ignore", "subject", "value", "where"
COLUMN_SIGN = "@"


@dataclass(slots=True)
class PublishedTables:
    """What the tables hold, gathered table by table: cells, names and text columns of units. Keys of units that
    differ only in spaces, case or ё are one unit, called as it was printed first."""

    settings: AuditSettings
    problems: list[Problem]
    cells: list[PrintedCell] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    attributes: dict[str, dict[str, str]] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)

    def key(self, text: str) -> str:
        """The key of a unit as it was printed first."""
        return self.keys.setdefault(plain(text), clean_cell(text))

    def read(self, folder: Path) -> None:
        """Read every table that audit.yaml names."""
        for source in self.settings.tables:
            table = _opened(folder / source.file, source, self.problems)
            if table is None:
                continue
            roles = self._roles(table, source)
            if roles is None:
                continue
            match source.layout:
                case Layout.ROWS:
                    self._read_rows(table, source, roles)
                case Layout.COLUMNS:
                    self._read_columns(table, source, roles)
                case Layout.LIST:
                    self._read_list(table, source, roles)

    def _roles(self, table: RawTable, source: TableSource) -> list[str] | None:
        """What each column is; None where a column that is needed is not there."""
        header = table.place(table.first_row - 1)
        asked = {plain(name): role for name, role in source.columns.items()}
        roles, used = [], set()
        for index, name in enumerate(table.header, start=1):
            by_place, by_name = f"{COLUMN_SIGN}{index}", plain(name)
            used |= {key for key in (by_place, by_name) if key in asked}
            roles.append(asked.get(by_place) or asked.get(by_name) or name)
        for name in source.columns:
            if plain(name) not in used:
                self.problems.append(problem("FOLDER-05", header, column=name, known=", ".join(table.header)))
        needed = {Layout.ROWS: (UNIT,), Layout.COLUMNS: (SUBJECT,), Layout.LIST: (UNIT, SUBJECT, VALUE)}
        missing = [role for role in needed[source.layout] if roles.count(role) != 1]
        for role in missing:
            self.problems.append(problem("AUDIT-04", source.at, role=role, known=", ".join(table.header)))
        return None if missing else roles

    def _read_rows(self, table: RawTable, source: TableSource, roles: Sequence[str]) -> None:
        known = self._known_roles(table, roles)
        unit_at = roles.index(UNIT)
        left_out = {plain(label) for label, meaning in source.rows.items() if meaning == IGNORE}
        for ordinal, (number, row) in enumerate(table.numbered_rows(), start=1):
            if not row[unit_at] or _is_section(row) or plain(row[unit_at]) in left_out:
                continue
            unit = self.key(row[unit_at])
            for index, text in enumerate(row):
                role = roles[index]
                if role == NAME:
                    self.names.setdefault(unit, text)
                elif role in self._text_columns:
                    self._add_attribute(unit, role, text, table.place(number, table.header[index]))
                elif role in known:
                    header = table.header[index]
                    where = PrintedPlace(source.place, table.place(number, header), ordinal, header)
                    self._add(unit, role, text, where)

    def _known_roles(self, table: RawTable, roles: Sequence[str]) -> set[str]:
        """The columns that hold subjects; a header that is nothing known is noted."""
        subjects = self.settings.subjects
        for index, role in enumerate(roles):
            if role not in (UNIT, NAME, IGNORE) and role not in subjects and role not in self._text_columns:
                place = table.place(table.first_row - 1, table.header[index])
                self.problems.append(problem("AUDIT-03", place, role=role, close=_close(role, subjects)))
        return {role for role in roles if role in subjects}

    @property
    def _text_columns(self) -> dict[str, Category | None]:
        """Text columns: categories of the methodology, and the one that places are given within."""
        edition = self.settings.edition
        found: dict[str, Category | None] = {one.code: one for one in edition.categories} if edition else {}
        if self.settings.ranking.within:
            found.setdefault(self.settings.ranking.within, None)
        return found

    def _add_attribute(self, unit: str, column: str, text: str, place: Place) -> None:
        category = self._text_columns[column]
        if not text:
            return
        value = text
        if category is not None:
            spelt = {plain(said): one.code for one in category.values for said in (one.code, one.name, *one.also)}
            if plain(text) not in spelt:
                known = ", ".join(one.name for one in category.values)
                self.problems.append(problem("FOLDER-10", place, value=text, category=category.name, known=known))
                return
            value = spelt[plain(text)]
        self.attributes.setdefault(unit, {})[column] = value

    def _read_columns(self, table: RawTable, source: TableSource, roles: Sequence[str]) -> None:
        label_at = roles.index(SUBJECT)
        for ordinal, (number, row) in enumerate(table.numbered_rows(), start=1):
            if _is_section(row):
                continue
            subject = self._subject(row[label_at], source, table.place(number, table.header[label_at]))
            if subject is None:
                continue
            for index, text in enumerate(row):
                if index == label_at or roles[index] == IGNORE:
                    continue
                header = table.header[index]
                where = PrintedPlace(source.place, table.place(number, header), ordinal, header)
                self._add(self.key(roles[index]), subject, text, where)

    def _read_list(self, table: RawTable, source: TableSource, roles: Sequence[str]) -> None:
        unit_at, subject_at, value_at = (roles.index(role) for role in (UNIT, SUBJECT, VALUE))
        for ordinal, (number, row) in enumerate(table.numbered_rows(), start=1):
            subject = self._subject(row[subject_at], source, table.place(number, table.header[subject_at]))
            if subject is None or not row[unit_at]:
                continue
            said = row[roles.index(WHERE)] if WHERE in roles else ""
            cell = table.place(number, table.header[value_at])
            where = PrintedPlace(said, cell) if said else PrintedPlace(source.place, cell, ordinal)
            self._add(self.key(row[unit_at]), subject, row[value_at], where)

    def _subject(self, label: str, source: TableSource, place: Place) -> str | None:
        """The subject a label stands for; None where it is to be left out, or unknown (which is noted)."""
        labels = {plain(text): code for text, code in source.rows.items()}
        code = labels.get(plain(label), label)
        if code == IGNORE:
            return None
        if code in self.settings.subjects:
            return code
        self.problems.append(problem("AUDIT-11", place, label=label, close=_close(label, self.settings.subjects)))
        return None

    def _add(self, unit: str, subject: str, text: str, where: PrintedPlace) -> None:
        number = self._number(subject, text)
        unreadable = number is None and not self._says_nothing(text)
        self.cells.append(PrintedCell(unit, subject, text, number, where, unreadable))

    def _number(self, subject: str, text: str) -> PrintedNumber | None:
        shown = text.replace("—", "–").partition("–")[0].strip() if subject == PLACE else text
        number = printed_number(shown, self.settings.decimals.get(subject, 0))
        if number is None:
            return None
        known = self.settings.subjects[subject]
        is_exact = subject in COUNTED or number.value in known.values
        return PrintedNumber(text, number.value, number.decimals, number.percent, is_exact)

    def _says_nothing(self, text: str) -> bool:
        """Whether a cell says that there is no value: a dash, or a state of the methodology in words."""
        if isinstance(parse_number(text), Missing):
            return True
        edition = self.settings.edition
        states = edition.states if edition else ()
        return plain(text) in {plain(said) for state in states for said in (state.code, state.name, *state.also)}


def printed_number(text: str, least_decimals: int = 0) -> PrintedNumber | None:
    """A number as printed, with the decimals it shows; None where there is none or it cannot be read."""
    found = parse_number(text)
    if not isinstance(found, ExactNumber):
        return None
    decimals = len(clean_cell(text).rstrip("% ").replace(",", ".").partition(".")[2].rstrip())
    return PrintedNumber(clean_cell(text), found.value, max(decimals, least_decimals), found.percent)


def _opened(path: Path, source: TableSource, problems: list[Problem]) -> RawTable | None:
    if path.suffix.lower() == SUFFIX:
        return read_word_table(path, source.table, source.header_rows, problems)
    return read_table(path, sheet=source.sheet, problems=problems)


def _is_section(row: Sequence[str]) -> bool:
    """A row that is one merged cell: the title of a section. Equal numbers are none: review 5 has 5 stars."""
    return len(row) > 1 and len(set(row)) == 1 and any(letter.isalpha() for letter in row[0])


def _close(text: str, known: Iterable[str]) -> str:
    return ", ".join(get_close_matches(text, list(known), 3)) or "–"
