"""A table as read: a header and rows of text, with the file's own row numbers for messages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from merilo.assessment.errors import Place, Problem, problem, warning
from merilo.formats.plain_text import clean_cell, plain

# More lines of the same complaint help nobody; their number is told.
SHOWN = 20


@dataclass(frozen=True, slots=True)
class RawTable:
    """Cells as text without blanks around them; blank rows in the middle stay, so that row numbers hold."""

    file: str
    header: tuple[str, ...]
    rows: list[tuple[str, ...]]
    first_row: int

    def numbered_rows(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """The rows that have something in them, each with its number in the file."""
        for number, row in enumerate(self.rows, start=self.first_row):
            if any(row):
                yield number, row

    def place(self, row: int, column: str | None = None) -> Place:
        """Where a cell stands, for a message."""
        return Place(self.file, row, column)


@dataclass(slots=True)
class Shaping:
    """Puts records under a header and notes every record that does not fit.

    Rows come out as wide as the header; a row that does not fit is filled up or cut after it was noted as an
    error, so that one reading finds every problem.
    """

    file: str
    problems: list[Problem]
    first_column: int = 0
    header: tuple[str, ...] = ()
    first_row: int = 0
    filled_width: int = 0
    named_width: int = 0
    nameless: tuple[int, ...] = ()
    ragged: int = 0
    has_rows: bool = False
    unnamed: set[int] = field(default_factory=set)

    def take_header(self, number: int, record: list[str]) -> bool:
        """Take the first record that is not blank for the header; whether this was it."""
        names = tuple(clean_cell(cell) for cell in record)
        if not any(names):
            return False
        self.header, self.first_row = names, number + 1
        self.named_width = self.filled_width = max(index for index, name in enumerate(names) if name) + 1
        self.nameless = tuple(index for index, name in enumerate(names) if not name)
        self._note_repeated(number)
        return True

    def take_row(self, number: int, record: list[str]) -> tuple[str, ...]:
        """The row as wide as the header, after noting what is wrong with it."""
        row = tuple([clean_cell(cell) for cell in record])
        if len(row) == len(self.header) and not self.nameless:
            self.has_rows = self.has_rows or any(row)
            return row
        return self._fit(number, row)

    def finish(self) -> tuple[str, ...]:
        """Report what shows only at the end; the header without its unused columns."""
        if self.ragged > SHOWN:
            self.problems.append(problem("TABLE-11", Place(self.file), count=self.ragged - SHOWN, shown=SHOWN))
        if not self.header:
            self.problems.append(problem("TABLE-03", Place(self.file)))
        elif not self.has_rows:
            self.problems.append(warning("TABLE-04", Place(self.file, self.first_row - 1)))
        return self.header[: self.filled_width]

    def _fit(self, number: int, row: tuple[str, ...]) -> tuple[str, ...]:
        """A row of another width: blank or ending in blanks is well, anything else is noted."""
        width = len(self.header)
        used = max((index for index, cell in enumerate(row) if cell), default=-1) + 1
        if used == 0:
            return ("",) * width
        self.has_rows = True
        if used > width or len(row) < self.named_width:
            self._note_ragged(number, found=used if used > width else len(row))
        for index in self.nameless:
            if index < used and row[index] and index not in self.unnamed:
                self._note_unnamed(number, index)
        return row[:width] + ("",) * (width - len(row))

    def _note_ragged(self, number: int, found: int) -> None:
        self.ragged += 1
        if self.ragged <= SHOWN:
            expected = len(self.header) if found > len(self.header) else self.named_width
            self.problems.append(problem("TABLE-10", Place(self.file, number), found=found, expected=expected))

    def _note_unnamed(self, number: int, index: int) -> None:
        self.unnamed.add(index)
        self.filled_width = max(self.filled_width, index + 1)
        letters = column_letters(self.first_column + index)
        self.problems.append(problem("TABLE-13", Place(self.file, self.first_row - 1, letters), data_row=number))

    def _note_repeated(self, number: int) -> None:
        seen: dict[str, int] = {}
        for index, name in enumerate(self.header):
            first = seen.setdefault(plain(name), index)
            if name and first != index:
                columns = f"{column_letters(self.first_column + first)}, {column_letters(self.first_column + index)}"
                self.problems.append(problem("TABLE-12", Place(self.file, number, name), name=name, columns=columns))


def shape_table(
    file: str, records: Iterator[tuple[int, list[str]]], problems: list[Problem], first_column: int = 0
) -> RawTable | None:
    """A table from numbered records, or None where there is no header at all."""
    shaping = Shaping(file, problems, first_column)
    rows: list[tuple[str, ...]] = []
    before = len(problems)
    for number, record in records:
        if shaping.header:
            rows.append(shaping.take_row(number, record))
        else:
            shaping.take_header(number, record)
    # Records that broke off have said so already; «empty» on top would only confuse.
    broke_off = any(found.code == "TABLE-09" for found in problems[before:])
    if broke_off:
        return None
    header = shaping.finish()
    if not header:
        return None
    while rows and not any(rows[-1]):
        rows.pop()
    if len(header) < len(shaping.header):
        rows = [row[: len(header)] for row in rows]
    return RawTable(file, header, rows, shaping.first_row)


def column_letters(index: int) -> str:
    """The letters of a column as a spreadsheet shows them: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
