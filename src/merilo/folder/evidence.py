"""observations.csv: desk research, mystery shopping, managers' figures, and values given ready."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from fractions import Fraction
from pathlib import Path

from merilo.assessment.errors import Place, Problem, problem, warning
from merilo.assessment.methodology.edition import Edition
from merilo.assessment.methodology.formulas.formula import Item
from merilo.assessment.methodology.quantity import Quantity, QuantityKind
from merilo.assessment.observations.observation import Observation
from merilo.assessment.observations.units import UnitTable
from merilo.folder.organisations import category_value
from merilo.formats.numbers import ExactNumber, Missing, parse_number, unreadable_number
from merilo.formats.plain_text import plain
from merilo.formats.raw_table import RawTable
from merilo.formats.sheets import read_table

KEY, ITEM, VALUE, BASE, FORM, STATE, SOURCE, NOTE = (
    "organisation",
    "item",
    "value",
    "base",
    "form",
    "state",
    "source",
    "note",
)
FOUND = {"1": 1.0, "да": 1.0, "есть": 1.0, "+": 1.0, "yes": 1.0, "0": 0.0, "нет": 0.0, "no": 0.0}


@dataclass(frozen=True, slots=True)
class Line:
    """One cell of evidence as written: long tables have one a row, wide ones one a column."""

    organisation: str
    item: str
    value: str
    base: str
    form: str
    state: str
    source: str
    note: str
    place: Place


@dataclass(slots=True)
class EvidenceReader:
    """Turns lines into observations and notes every line that cannot be used."""

    edition: Edition
    units: UnitTable
    problems: list[Problem]
    rows_of: dict[str, list[int]] = field(default_factory=dict)
    seen: dict[tuple[int, str], Place] = field(default_factory=dict)
    items: dict[str, Item] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.items = self.edition.items
        for row, unit in enumerate(self.units.units):
            self.rows_of.setdefault(self.units.organisations[unit.organisation].key, []).append(row)

    def read(self, path: Path, name: str) -> Iterator[Observation]:
        """The observations of one file, `name` as messages call it."""
        table = read_table(path, problems=self.problems)
        if table is None:
            return
        table = replace(table, file=name)
        if KEY not in table.header:
            self.problems.append(problem("FOLDER-05", Place(table.file, 1), column=KEY, known=", ".join(table.header)))
            return
        for line in _lines(table, self.problems):
            yield from self._observations(line)

    def _observations(self, line: Line) -> Iterator[Observation]:
        rows = self._rows(line)
        found = self._reading(line)
        if found is None:
            return
        count, base, state = found
        for row in rows:
            before = self.seen.get((row, line.item))
            if before is not None:
                self._note("FOLDER-12", line, first=before.row, organisation=line.organisation, item=line.item)
                continue
            self.seen[row, line.item] = line.place
            yield Observation(row, line.item, count, base, state, line.source, line.place, line.note)

    def _note(self, code: str, line: Line, column: str = ITEM, **details: object) -> None:
        place = line.place if line.place.column else Place(line.place.file, line.place.row, column)
        self.problems.append(problem(code, place, **details))

    def _rows(self, line: Line) -> list[int]:
        """The units a line speaks of: all forms of the organisation unless it names one."""
        rows = self.rows_of.get(line.organisation)
        if rows is None:
            close = get_close_matches(line.organisation, list(self.rows_of), 1)
            self._note("FOLDER-13", line, KEY, key=line.organisation, close=", ".join(close) or "–")
            return []
        category = self.edition.splitting
        if not line.form or category is None:
            return rows
        form = category_value(line.form, category)
        mine = [row for row in rows if self.units.units[row].form == form]
        if not mine:
            forms = ", ".join(self.units.units[row].form or "–" for row in rows)
            self._note("FOLDER-14", line, FORM, form=line.form, organisation=line.organisation, known=forms)
        return mine

    def _reading(self, line: Line) -> tuple[float | None, float | None, str] | None:
        """Count, base and state of a line, or None where it cannot be used."""
        code, _, cell = line.item.partition(".")
        quantity = self.edition.quantities.get(code)
        if quantity is not None and cell:
            return self._cell(line, quantity, cell)
        if quantity is not None:
            return self._counted(line, quantity)
        if line.item in self.items:
            return self._given(line, self.items[line.item])
        known = [*self.edition.quantities, *self.items]
        self._note("FOLDER-15", line, item=line.item, close=", ".join(get_close_matches(line.item, known, 2)) or "–")
        return None

    def _number(self, line: Line, text: str, column: str) -> Fraction | None:
        """A number without a percent sign; a missing one is None without a problem."""
        found = parse_number(text)
        place = line.place if line.place.column else Place(line.place.file, line.place.row, column)
        if isinstance(found, ExactNumber):
            if found.percent:
                self.problems.append(problem("FOLDER-16", place, value=text))
                return None
            return found.value
        if not isinstance(found, Missing):
            self.problems.append(unreadable_number(found, place))
        return None

    def _cell(self, line: Line, quantity: Quantity, cell: str) -> tuple[float | None, float | None, str] | None:
        """One cell of a checklist: found, missing, or (empty) not applicable."""
        if quantity.kind is not QuantityKind.CHECKLIST:
            self._note("FOLDER-17", line, item=line.item)
            return None
        known = {item.code for item in quantity.items}
        if known and cell not in known:
            self._note("FOLDER-18", line, cell=cell, quantity=quantity.code, known=", ".join(sorted(known)))
            return None
        if isinstance(parse_number(line.value), Missing):
            return None, None, ""
        value = FOUND.get(plain(line.value))
        if value is None:
            self._note("FOLDER-19", line, VALUE, value=line.value)
            return None
        return value, 1.0, ""

    def _counted(self, line: Line, quantity: Quantity) -> tuple[float | None, float | None, str] | None:
        state = self._state(line, quantity)
        if state:
            return None, None, state
        if quantity.kind is QuantityKind.CHOICE:
            return self._chosen(line, quantity)
        before = len(self.problems)
        count = self._number(line, line.value, VALUE)
        base = self._number(line, line.base, BASE) if quantity.kind.has_base else None
        if len(self.problems) > before:
            return None
        if count is None:
            return None, None, ""
        trouble = _trouble(quantity, count, base)
        if trouble is not None:
            self._note(trouble, line, VALUE, value=line.value, base=line.base, quantity=quantity.code)
            return None
        return float(count), None if base is None else float(base), ""

    def _state(self, line: Line, quantity: Quantity) -> str:
        """The state named in the state column, or written in place of a value."""
        written = plain(line.state or line.value)
        for code in quantity.states:
            state = self.edition.state(code)
            if state and written in {plain(spelling) for spelling in (state.code, state.name, *state.also)}:
                return code
        if line.state:
            self._note("FOLDER-20", line, STATE, state=line.state, known=", ".join(quantity.states) or "–")
        return ""

    def _chosen(self, line: Line, quantity: Quantity) -> tuple[float | None, float | None, str] | None:
        written, number = plain(line.value), parse_number(line.value)
        if isinstance(number, Missing):
            return None, None, ""
        for option in quantity.options:
            same_number = isinstance(number, ExactNumber) and number.value == option.value
            if same_number or written in {plain(spelling) for spelling in (option.name, *option.also)}:
                return float(option.value), None, ""
        known = ", ".join(f"{float(option.value):g} – {option.name}" for option in quantity.options)
        self._note("FOLDER-21", line, VALUE, value=line.value, known=known)
        return None

    def _given(self, line: Line, item: Item) -> tuple[float | None, float | None, str] | None:
        """A value handed in ready; one the formula could never give is kept, with a warning."""
        before = len(self.problems)
        value = self._number(line, line.value, VALUE)
        if len(self.problems) > before:
            return None
        if value is None:
            return None, None, ""
        high = item.formula.high()
        if not 0 <= value <= high:
            self._note("FOLDER-22", line, VALUE, value=line.value, item=item.code, high=float(high))
            return None
        possible = item.formula.attainable_values()
        if possible is not None and value not in possible:
            listed = "; ".join(f"{float(one):g}" for one in sorted(possible))
            place = Place(line.place.file, line.place.row, VALUE)
            self.problems.append(warning("FOLDER-23", place, value=line.value, item=item.code, possible=listed))
        return float(value), None, ""


def _trouble(quantity: Quantity, count: Fraction, base: Fraction | None) -> str | None:
    """The code of what is wrong with a count and its base, or None."""
    if count < 0 or (base is not None and base < 0):
        return "FOLDER-24"
    if quantity.kind.has_base and base is None:
        return "FOLDER-25"
    if quantity.kind.bounded_by_base and base is not None and count > base:
        return "FOLDER-26"
    whole = quantity.kind in (QuantityKind.SHARE, QuantityKind.COUNT, QuantityKind.CHECKLIST)
    if whole and (count.denominator != 1 or (base is not None and base.denominator != 1)):
        return "FOLDER-27"
    if base == 0 and count != 0:
        return "FOLDER-26"
    average = count / base if base else count
    if quantity.maximum is not None and not quantity.kind.bounded_by_base and average > quantity.maximum:
        return "FOLDER-28"
    return None


def _lines(table: RawTable, problems: list[Problem]) -> Iterator[Line]:
    """The lines of a long table (a column `item`), or the cells of a wide one (a column per item)."""
    if ITEM in table.header:
        if VALUE not in table.header:
            problems.append(problem("FOLDER-05", Place(table.file, 1), column=VALUE, known=", ".join(table.header)))
            return
        for number, cells in table.numbered_rows():
            row = dict(zip(table.header, cells, strict=True))
            yield Line(
                organisation=row[KEY],
                item=row[ITEM],
                value=row[VALUE],
                base=row.get(BASE, ""),
                form=row.get(FORM, ""),
                state=row.get(STATE, ""),
                source=row.get(SOURCE, ""),
                note=row.get(NOTE, ""),
                place=Place(table.file, number),
            )
        return
    plain_columns = {KEY, FORM, SOURCE, NOTE}
    for number, cells in table.numbered_rows():
        row = dict(zip(table.header, cells, strict=True))
        for column in table.header:
            if column in plain_columns or column.endswith(":base"):
                continue
            yield Line(
                organisation=row[KEY],
                item=column,
                value=row[column],
                base=row.get(f"{column}:base", ""),
                form=row.get(FORM, ""),
                state="",
                source=row.get(SOURCE, ""),
                note=row.get(NOTE, ""),
                place=Place(table.file, number, column),
            )
