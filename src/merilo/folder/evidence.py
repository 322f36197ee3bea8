"""observations.csv: desk research, mystery shopping, managers' figures, and values given ready."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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
LONG = (KEY, ITEM, VALUE, BASE, FORM, STATE, SOURCE, NOTE)
BASE_OF = f":{BASE}"
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
    told: set[tuple[str, int | None]] = field(default_factory=set)
    ragged: set[tuple[str, int | None]] = field(default_factory=set)
    items: dict[str, Item] = field(default_factory=dict)

    def _prepare(self) -> None:
        if self.rows_of:
            return
        self.items = self.edition.items
        for row, key in enumerate(self.units.keys()):
            self.rows_of.setdefault(key, []).append(row)

    def read(self, path: Path, name: str) -> Iterator[Observation]:
        """The observations of one file, `name` as messages call it."""
        before = len(self.problems)
        table = read_table(path, problems=self.problems)
        if table is None:
            return
        table = replace(table, file=name)
        self._prepare()
        # What stands in a row with a cell too many or too few stands in the wrong columns: no further complaints.
        ragged = [one.place.row for one in self.problems[before:] if one.code == "TABLE-10"]
        self.ragged.update((name, row) for row in ragged)
        if KEY not in table.header:
            self._missing(table, KEY)
        elif ITEM not in table.header:
            for line in _wide_lines(table, self._wide_columns(table)):
                yield from self._observations(line)
        elif VALUE not in table.header:
            self._missing(table, VALUE)
        else:
            for column in table.header:
                if column and column not in LONG:
                    place = table.place(table.first_row - 1, column)
                    self.problems.append(warning("FOLDER-36", place, column=column, known=", ".join(LONG)))
            for line in _long_lines(table):
                yield from self._observations(line)

    def _missing(self, table: RawTable, column: str) -> None:
        place = table.place(table.first_row - 1)
        self.problems.append(problem("FOLDER-05", place, column=column, known=", ".join(table.header)))

    def _wide_columns(self, table: RawTable) -> list[str]:
        """The columns of a wide table that hold values; what nobody knows is noted once, at the header."""
        found = []
        for column in table.header:
            place, value = table.place(table.first_row - 1, column), column.removesuffix(BASE_OF)
            if not column or column in (KEY, FORM, SOURCE, NOTE):
                continue
            if (column == value or value not in table.header) and self._recognised(column, place):
                found.append(column)
        return found

    def _observations(self, line: Line) -> Iterator[Observation]:
        if (line.place.file, line.place.row) in self.ragged:
            return
        rows = self._rows(line)
        found = self._reading(line)
        if found is None:
            return
        count, base, state = found
        before = next((place for row in rows if (place := self.seen.get((row, line.item)))), None)
        if before is not None:
            details = {"organisation": line.organisation, "item": line.item}
            self._note("FOLDER-12", line, first=before.row, in_file=before.file, **details)
            return
        for row in rows:
            self.seen[row, line.item] = line.place
            yield Observation(row, line.item, count, base, state, line.source, line.place, line.note)

    def _note(self, code: str, line: Line, column: str = ITEM, **details: object) -> None:
        place = line.place if line.place.column else Place(line.place.file, line.place.row, column)
        self.problems.append(problem(code, place, **details))

    def _rows(self, line: Line) -> list[int]:
        """The units a line speaks of: all forms of the organisation unless it names one."""
        rows = self.rows_of.get(line.organisation)
        if rows is None:
            self._stranger(line)
            return []
        category = self.edition.splitting
        if not line.form or category is None:
            return rows
        form = category_value(line.form, category)
        mine = [row for row in rows if self.units.units[row].form == form]
        if not mine and self._first_of_row(line):
            forms = ", ".join(self.units.units[row].form or "–" for row in rows)
            place = Place(line.place.file, line.place.row, FORM)
            self.problems.append(
                problem("FOLDER-14", place, form=line.form, organisation=line.organisation, known=forms)
            )
        return mine

    def _stranger(self, line: Line) -> None:
        """A key that is empty or not in the register: said once a row."""
        if not self._first_of_row(line):
            return
        place = Place(line.place.file, line.place.row, KEY)
        if not line.organisation:
            self.problems.append(problem("FOLDER-06", place))
            return
        close = ", ".join(get_close_matches(line.organisation, list(self.rows_of), 1)) or "–"
        self.problems.append(problem("FOLDER-13", place, key=line.organisation, close=close))

    def _first_of_row(self, line: Line) -> bool:
        row = (line.place.file, line.place.row)
        if row in self.told:
            return False
        self.told.add(row)
        return True

    def _recognised(self, item: str, place: Place) -> bool:
        """Whether the edition has this quantity, checklist cell, indicator or sub-item; otherwise it is noted."""
        code, _, cell = item.partition(".")
        quantity = self.edition.quantities.get(code)
        known = {one.code for one in quantity.items} if quantity is not None else set()
        if quantity is None and item in self.items:
            return True
        if not item:
            self.problems.append(problem("FOLDER-42", place))
        elif quantity is None:
            close = ", ".join(get_close_matches(item, [*self.edition.quantities, *self.items], 2)) or "–"
            self.problems.append(problem("FOLDER-15", place, item=item, close=close))
        elif cell and quantity.kind is not QuantityKind.CHECKLIST:
            self.problems.append(problem("FOLDER-17", place, item=item, quantity=code))
        elif cell and known and cell not in known:
            listed = ", ".join(one.code for one in quantity.items)
            self.problems.append(problem("FOLDER-18", place, cell=cell, quantity=code, known=listed))
        else:
            return True
        return False

    def _reading(self, line: Line) -> tuple[float | None, float | None, str] | None:
        """Count, base and state of a line, or None where it cannot be used."""
        place = Place(line.place.file, line.place.row, ITEM)
        if not line.place.column and not self._recognised(line.item, place):
            return None
        code, _, cell = line.item.partition(".")
        quantity = self.edition.quantities.get(code)
        if quantity is None:
            return self._given(line, self.items[line.item])
        return self._cell(line) if cell else self._counted(line, quantity)

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

    def _cell(self, line: Line) -> tuple[float | None, float | None, str] | None:
        """One cell of a checklist: found, missing, or (empty) not applicable."""
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
            maximum = "–" if quantity.maximum is None else f"{float(quantity.maximum):g}"
            shown = {"value": line.value, "base": line.base or "–", "quantity": quantity.code, "maximum": maximum}
            self._note(trouble, line, VALUE, **shown)
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
    if quantity.kind.has_base and base is None and not quantity.per_recipient:
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


def _long_lines(table: RawTable) -> Iterator[Line]:
    """The rows of a table with a column `item`."""
    for number, cells in table.numbered_rows():
        row = dict(zip(table.header, cells, strict=True))
        yield _line(row, row[ITEM], row[VALUE], row.get(BASE, ""), row.get(STATE, ""), table.place(number))


def _wide_lines(table: RawTable, columns: Sequence[str]) -> Iterator[Line]:
    """The cells of a table with a column per item."""
    for number, cells in table.numbered_rows():
        row = dict(zip(table.header, cells, strict=True))
        for column in columns:
            yield _line(row, column, row[column], row.get(f"{column}{BASE_OF}", ""), "", table.place(number, column))


def _line(row: Mapping[str, str], item: str, value: str, base: str, state: str, place: Place) -> Line:
    return Line(
        organisation=row[KEY],
        item=item,
        value=value,
        base=base,
        form=row.get(FORM, ""),
        state=state,
        source=row.get(SOURCE, ""),
        note=row.get(NOTE, ""),
        place=place,
    )
