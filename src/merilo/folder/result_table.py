"""One result table: named columns with the kind of each, and the frame as CSV and workbooks show it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from merilo.assessment.methodology.formulas.working import Floats, Status
from merilo.formats.writing import Cell, safe_cell
from merilo.formats.xlsx_tables import LONGEST_TEXT, Sheet

if TYPE_CHECKING:
    import polars as pl

SHARE_DIGITS = 4
SIGNIFICANT_DIGITS = 15  # as many as a decimal keeps on its way through a float; what lies beyond is noise
STATUS_CODES = tuple(status.name.lower() for status in Status)
# A little more than what safe_cell marks; it has the last word on what this finds.
MAYBE_FORMULA = r"^[\t\r\n]|^[\s\x00-\x1f]*[=+\-@＝＋－＠]"


class Kind(Enum):
    """What a column holds, which says how it is printed."""

    TEXT = "text"
    WHOLE = "whole number"
    NUMBER = "number"
    PRINTED = "number with the edition's printed digits"
    SHARE = "share"
    AS_GIVEN = "number with the digits of its own row"


@dataclass(frozen=True, slots=True)
class ResultTable:
    """A table with the kind of each of its columns. `digits` are those of its PRINTED columns; `spelled` holds the
    text of AS_GIVEN columns, where the number alone does not tell how many decimals it was given with."""

    name: str
    frame: pl.DataFrame
    kinds: Mapping[str, Kind]
    digits: int
    spelled: Mapping[str, Sequence[str | None]] = field(default_factory=dict)


@dataclass(slots=True)
class TableMaker:
    """A table in the making, column by column."""

    name: str
    digits: int
    columns: list[pl.Series] = field(default_factory=list)
    kinds: dict[str, Kind] = field(default_factory=dict)
    spelled: dict[str, Sequence[str | None]] = field(default_factory=dict)

    def texts(self, name: str, values: Sequence[str] | pl.Series) -> None:
        """A text column; an empty text is an empty cell."""
        import polars as pl

        column = values if isinstance(values, pl.Series) else text_column(values)
        self._add(column.alias(name), Kind.TEXT)

    def wholes(
        self, name: str, values: NDArray[np.int64] | Sequence[int | None], *, nothing: int | None = None
    ) -> None:
        """A column of whole numbers; `nothing` stands for «none»."""
        import polars as pl

        column = pl.Series(name, values, dtype=pl.Int64)
        if nothing is not None:
            column = column.set(column == nothing, None)
        self._add(column, Kind.WHOLE)

    def numbers(self, name: str, values: Floats | Sequence[float | None], kind: Kind = Kind.NUMBER) -> None:
        """A column of numbers; NaN stands for «none»."""
        import polars as pl

        self._add(pl.Series(name, values, dtype=pl.Float64, nan_to_null=True), kind)

    def as_given(self, name: str, values: Sequence[Decimal | None]) -> None:
        """A column of decimals, each printed with its own digits."""
        self.numbers(name, [None if value is None else float(value) for value in values], Kind.AS_GIVEN)
        self.spelled[name] = [None if value is None else format(value, "f") for value in values]

    def statuses(self, name: str, values: NDArray[np.int8]) -> None:
        """A column of status codes."""
        self.texts(name, spread(STATUS_CODES, values))

    def _add(self, column: pl.Series, kind: Kind) -> None:
        self.columns.append(column)
        self.kinds[column.name] = kind

    def finish(self) -> ResultTable:
        """The table."""
        import polars as pl

        return ResultTable(self.name, pl.DataFrame(self.columns), self.kinds, self.digits, self.spelled)


def spread(texts: Sequence[str] | pl.Series, rows: NDArray[np.integer]) -> pl.Series:
    """A text column that repeats some texts: the text of each row by its index."""
    import polars as pl

    column = texts if isinstance(texts, pl.Series) else text_column(texts)
    return column.gather(pl.Series("", rows))


def text_column(texts: Sequence[str]) -> pl.Series:
    """Texts, an empty one as an empty cell (which Parquet also writes ten times faster than an empty text)."""
    import polars as pl

    return pl.Series("", [text or None for text in texts], dtype=pl.String)


def csv_frame(table: ResultTable) -> pl.DataFrame:
    """The frame as CSV prints it: decimals with their digits, no text that a spreadsheet takes for a formula."""
    return table.frame.with_columns(_csv_column(table, name, kind) for name, kind in table.kinds.items())


def _csv_column(table: ResultTable, name: str, kind: Kind) -> pl.Series:
    import polars as pl

    column = table.frame[name]
    match kind:
        case Kind.TEXT:
            return _safe(column)
        case Kind.WHOLE:
            return column
        case Kind.NUMBER:
            return column.to_frame().select(pl.col(name).round_sig_figs(SIGNIFICANT_DIGITS)).to_series()
        case Kind.PRINTED:
            return column.cast(pl.Decimal(38, table.digits))
        case Kind.SHARE:
            return column.cast(pl.Decimal(38, SHARE_DIGITS))
        case Kind.AS_GIVEN:
            return pl.Series(name, table.spelled[name], dtype=pl.String)


def _safe(column: pl.Series) -> pl.Series:
    """No text that a spreadsheet would take for a formula."""
    suspects = column.filter(column.str.contains(MAYBE_FORMULA)).unique().to_list()
    marked = {text: safe_cell(text) for text in suspects}
    return column.replace(list(marked), list(marked.values())) if marked else column


def sheet(table: ResultTable) -> Sheet:
    """The table as a sheet of a workbook."""
    columns = [_cells(table, name, kind) for name, kind in table.kinds.items()]
    formats = {name: _number_format(table, kind) for name, kind in table.kinds.items() if _number_format(table, kind)}
    return Sheet(table.name, tuple(table.kinds), list(zip(*columns, strict=True)), formats)


def _cells(table: ResultTable, name: str, kind: Kind) -> list[Cell]:
    values = table.frame[name].to_list()
    match kind:
        case Kind.TEXT:
            return [_fitting(value) for value in values]
        case Kind.WHOLE:
            return values
        case Kind.NUMBER | Kind.PRINTED | Kind.SHARE:
            return [None if value is None else Decimal(f"{value:.{SIGNIFICANT_DIGITS}g}") for value in values]
        case Kind.AS_GIVEN:
            return [None if text is None else Decimal(text) for text in table.spelled[name]]


def _fitting(text: str | None) -> str | None:
    """A list of keys as far as a cell holds it; its number stands beside it, and the CSV has it whole."""
    if text is None or len(text) <= LONGEST_TEXT:
        return text
    return text[: LONGEST_TEXT - 2].rpartition(";")[0] + ";…"


def _number_format(table: ResultTable, kind: Kind) -> str:
    match kind:
        case Kind.PRINTED:
            return decimal_format(table.digits)
        case Kind.SHARE:
            return decimal_format(SHARE_DIGITS)
        case _:
            return ""


def decimal_format(digits: int) -> str:
    """The number format of a spreadsheet that shows so many decimals."""
    return f"0.{'0' * digits}" if digits else "0"
