"""The claims table of an audit: what the text of a report says, row by row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from fractions import Fraction
from pathlib import Path

from merilo.assessment.errors import Place, Problem, problem
from merilo.assessment.methodology.edition import Comparison
from merilo.assessment.recheck.claims import Claim, Scope, Statistic
from merilo.assessment.recheck.printed import PrintedNumber
from merilo.assessment.recheck.publication import PrintedPlace
from merilo.folder.audit_tables import PublishedTables, printed_number
from merilo.formats.raw_table import RawTable
from merilo.formats.sheets import read_table

NEEDED = ("place", "statistic", "value")
COLUMNS = (
    *NEEDED,
    "subject",
    "scope",
    "times",
    "count",
    "base",
    "bound",
    "before",
    "after",
    "before_base",
    "quote",
)
AT_MOST = ("≤", "<=")
BETWEEN, APART, IS, OR = ">", ";", "=", "|"
LIMITS = {
    ">=": Comparison.AT_LEAST,
    "≥": Comparison.AT_LEAST,
    "<=": Comparison.AT_MOST,
    "≤": Comparison.AT_MOST,
    ">": Comparison.ABOVE,
    "<": Comparison.BELOW,
}
ONE = PrintedNumber("1", Fraction(1), 0)


def read_claims(path: Path, tables: PublishedTables, problems: list[Problem]) -> list[Claim]:
    """The claims of one file; what cannot be used is noted row by row."""
    table = read_table(path, problems=problems)
    if table is None:
        return []
    header = table.place(table.first_row - 1)
    missing = [column for column in NEEDED if column not in table.header]
    for column in missing:
        problems.append(problem("FOLDER-05", header, column=column, known=", ".join(table.header)))
    for column in table.header:
        if column not in COLUMNS:
            problems.append(problem("AUDIT-15", table.place(header.row or 1, column), column=column))
    if missing:
        return []
    found = []
    for number, cells in table.numbered_rows():
        claim = _Row(table, number, dict(zip(table.header, cells, strict=True)), tables, problems).claim()
        if claim is not None:
            found.append(claim)
    return found


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of the claims table."""

    table: RawTable
    number: int
    texts: Mapping[str, str]
    tables: PublishedTables
    problems: list[Problem]

    def claim(self) -> Claim | None:
        """The claim; None, with the reasons noted, where the row cannot be used."""
        before = len(self.problems)
        statistic = self._statistic()
        if statistic is None:
            return None
        base = self.text("base")
        limit, number = self._limited(statistic)
        subjects = self._subjects() if statistic.names_subjects else ()
        claim = Claim(
            statistic=statistic,
            subject="" if statistic.names_subjects else self._subject(statistic),
            scope=self._scope(statistic),
            where=PrintedPlace(self.text("place"), self.place("value")),
            text=self.text("value"),
            value=number,
            limit=limit,
            subjects=subjects,
            named=self._named(statistic, subjects),
            times=(self._number("times") or ONE).value,
            count=self._whole("count", self.text("count")),
            bases=self._bases(base.lstrip("≤<= ")),
            at_most=base.startswith(AT_MOST),
            bound=self._number("bound"),
            before=self._number("before"),
            after=self._number("after"),
            before_base=self._whole("before_base", self.text("before_base")),
            quote=self.text("quote"),
        )
        self._note_missing(claim)
        return claim if len(self.problems) == before else None

    def text(self, column: str) -> str:
        """A cell of the row; empty where there is no such column."""
        return self.texts.get(column, "")

    def place(self, column: str) -> Place:
        """Where a cell of the row stands."""
        return self.table.place(self.number, column)

    def _note(self, code: str, column: str, **details: object) -> None:
        self.problems.append(problem(code, self.place(column), **details))

    def _statistic(self) -> Statistic | None:
        written = self.text("statistic")
        try:
            return Statistic(written)
        except ValueError:
            self._note("AUDIT-06", "statistic", statistic=written, known=", ".join(one.value for one in Statistic))
            return None

    def _subject(self, statistic: Statistic) -> str:
        subject, known = self.text("subject"), self.tables.settings.subjects
        if statistic.needs_table and subject not in known:
            close = ", ".join(get_close_matches(subject, list(known), 3)) or "–"
            self._note("AUDIT-05", "subject", subject=subject, close=close)
        return subject

    def _scope(self, statistic: Statistic) -> Scope:
        written = self.text("scope")
        if not written or statistic is Statistic.FIGURE or not (statistic.needs_table or statistic.is_change):
            return Scope(value=written)
        if statistic.is_change and BETWEEN in written:
            units = self._units(written.replace(BETWEEN, APART), "scope")
            if len(units) != 2:
                self._note("AUDIT-10", "scope", scope=written)
            return Scope(units=units)
        column, sign, value = (part.strip() for part in written.partition(IS))
        known = {key for attributes in self.tables.attributes.values() for key in attributes}
        if sign and column in known:
            return Scope(column=column, value=value)
        return Scope(units=self._units(written, "scope"))

    def _units(self, written: str, column: str) -> tuple[str, ...]:
        """The keys of the units written; one that no table has is noted."""
        found = []
        printed = {cell.unit for cell in self.tables.cells}
        for text in written.split(APART):
            if not text.strip():
                continue
            key = self.tables.key(text)
            if key not in printed:
                close = ", ".join(get_close_matches(key, sorted(printed), 3)) or "–"
                self._note("AUDIT-08", column, unit=text.strip(), close=close)
            found.append(key)
        return tuple(found)

    def _subjects(self) -> tuple[str, ...]:
        """The subjects compared in one unit: those written, or all criteria of the methodology."""
        edition = self.tables.settings.edition
        written = [code.strip() for code in self.text("subject").split(APART) if code.strip()]
        return tuple(written or ([one.code for one in edition.criteria] if edition else []))

    def _named(self, statistic: Statistic, subjects: tuple[str, ...]) -> tuple[str, ...]:
        """The units or the subjects that the value names."""
        if statistic.names_units:
            return self._units(self.text("value"), "value")
        if not statistic.names_subjects:
            return ()
        named = tuple(code.strip() for code in self.text("value").split(APART) if code.strip())
        for code in (*subjects, *named):
            column = "subject" if code in subjects else "value"
            if code not in self.tables.settings.subjects or code not in subjects:
                close = ", ".join(get_close_matches(code, list(subjects), 3)) or "–"
                self._note("AUDIT-05", column, subject=code, close=close)
        return named

    def _limited(self, statistic: Statistic) -> tuple[Comparison, PrintedNumber | None]:
        """The printed number, and on which side of it the figure is said to lie: «>94 %»."""
        written = self.text("value")
        if statistic.names_units or statistic.names_subjects or not written:
            return Comparison.EQUALS, None
        sign = next((one for one in LIMITS if written.startswith(one)), "")
        if sign and not statistic.may_be_limit:
            self._note("AUDIT-07", "value", value=written)
        number = printed_number(written.removeprefix(sign))
        if number is None:
            self._note("AUDIT-07", "value", value=written)
        return LIMITS.get(sign, Comparison.EQUALS), number

    def _bases(self, written: str) -> tuple[int, ...]:
        """The base, or several that the text allows: «55|57»."""
        found = [self._whole("base", part.strip()) for part in written.split(OR)]
        return tuple(base for base in found if base is not None)

    def _number(self, column: str) -> PrintedNumber | None:
        written = self.text(column)
        if not written:
            return None
        number = printed_number(written)
        if number is None:
            self._note("AUDIT-07", column, value=written)
        return number

    def _whole(self, column: str, written: str) -> int | None:
        if not written:
            return None
        number = printed_number(written)
        if number is None or number.value.denominator != 1 or number.value < 0:
            self._note("AUDIT-07", column, value=written)
            return None
        return int(number.value)

    def _note_missing(self, claim: Claim) -> None:
        """What the statistic cannot be checked without."""
        needed = []
        if claim.value is None and not claim.named and claim.statistic not in (Statistic.RISE, Statistic.FALL):
            needed.append("value")
        if claim.statistic.needs_bound and claim.bound is None:
            needed.append("bound")
        if claim.statistic is Statistic.SHARE and claim.count is None:
            needed.append("count")
        if claim.statistic in (Statistic.SHARE, Statistic.PERCENT) and not claim.base:
            needed.append("base")
        if claim.statistic is Statistic.FIGURE and not claim.subject:
            needed.append("subject")
        if (claim.statistic is Statistic.VALUE or claim.statistic.names_subjects) and len(claim.scope.units) != 1:
            needed.append("scope")
        for column in needed:
            if not self.text(column):
                self._note("AUDIT-09", column, statistic=claim.statistic.value, needs=column)
