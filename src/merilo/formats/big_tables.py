"""Tables of millions of rows as polars frames of text; import this module only where they are needed.

The fast reader is Arrow's: it refuses rows of another width, which polars' own CSV reader fills up with nulls.
Whatever it stumbles over is read again by the exact reader of ordinary tables, which names the row.
"""

from __future__ import annotations

from collections import deque
from itertools import islice
from pathlib import Path

import polars as pl

from merilo.assessment.errors import Place, Problem, has_errors, problem
from merilo.formats.csv_text import CsvSource, open_csv
from merilo.formats.quotes import quotes_alternate
from merilo.formats.raw_table import Shaping
from merilo.formats.sheets import SPREADSHEET_SUFFIXES, TEXT_SUFFIXES, is_readable, read_table

PARQUET_SUFFIXES = (".parquet",)
BATCH = 20_000


def scan_text_columns(path: Path, problems: list[Problem], *, row_number: str | None = None) -> pl.LazyFrame | None:
    """The table in a file as a lazy frame of String columns without its blank rows; Parquet as it is.

    None after any problem of severity ERROR. `row_number` names a column to add: the row's number in the file.
    """
    known = len(problems)
    if not is_readable(path, problems, TEXT_SUFFIXES + SPREADSHEET_SUFFIXES + PARQUET_SUFFIXES):
        return None
    try:
        frame = _frame(path, problems, row_number)
    except OSError as error:
        problems.append(problem("TABLE-14", Place(path.as_posix()), reason=error.strerror or error))
        return None
    return None if has_errors(problems[known:]) else frame


def _frame(path: Path, problems: list[Problem], row_number: str | None) -> pl.LazyFrame | None:
    suffix = path.suffix.lower()
    if suffix in PARQUET_SUFFIXES:
        return _scan_parquet(path, problems, row_number)
    if suffix in SPREADSHEET_SUFFIXES:
        table = read_table(path, problems=problems)
        if table is None:
            return None
        return _finished(_text_frame(table.header, table.rows), table.first_row, row_number).lazy()
    source = open_csv(path, problems)
    if source is None:
        return None
    fast = _fast_frame(source, row_number)
    return fast if fast is not None else _exact_frame(source, problems, row_number)


def _scan_parquet(path: Path, problems: list[Problem], row_number: str | None) -> pl.LazyFrame | None:
    """A Parquet file, its columns as they are typed; its schema is read now so that damage shows now."""
    try:
        frame = pl.scan_parquet(path)
        frame.collect_schema()
    except pl.exceptions.PolarsError as error:
        problems.append(problem("TABLE-26", Place(path.as_posix()), reason=str(error).partition("\n")[0]))
        return None
    return frame if row_number is None else frame.with_row_index(row_number, offset=1)


def _fast_frame(source: CsvSource, row_number: str | None) -> pl.LazyFrame | None:
    """The file through Arrow, or None where anything about it needs the exact reader."""
    shaping = Shaping(source.file, [])
    header_row = next((number for number, record in source.records([]) if shaping.take_header(number, record)), 0)
    if not header_row or shaping.problems or not _quotes_are_sound(source):
        return None
    # Arrow takes long to import and reads CSV only: Parquet and workbooks do without it.
    from merilo.formats.arrow_csv import read_batches

    batches = read_batches(source, len(shaping.header))
    if batches is None:
        return None
    rows_above = header_row - int(source.declares_delimiter)
    frame = pl.concat(batches).slice(rows_above) if batches else pl.DataFrame()
    nameless = frame.select(pl.nth(shaping.nameless)) if shaping.nameless and frame.height else pl.DataFrame()
    # No rows, or cells under no name: there is something to say, and the exact reader says it.
    if not frame.height or any((column != "").any() for column in nameless):
        return None
    finished = _finished(_named(frame, shaping.header), header_row + 1, row_number)
    return finished.lazy() if finished.height else None


def _quotes_are_sound(source: CsvSource) -> bool:
    """Whether every quote opens or closes a cell. Arrow takes `"ООО "Ромашка"",5` for something and goes on."""
    if not source.encoding.startswith("utf-16") and quotes_alternate(source.path, source.delimiter):
        return True
    broken: list[Problem] = []
    deque(source.records(broken), maxlen=0)
    return not broken


def _named(frame: pl.DataFrame, header: tuple[str, ...]) -> pl.DataFrame:
    """The frame under its names; columns without a name are empty here and go."""
    named = {column: name for column, name in zip(frame.columns, header, strict=True) if name}
    return frame.select(list(named)).rename(named)


def _exact_frame(source: CsvSource, problems: list[Problem], row_number: str | None) -> pl.LazyFrame | None:
    """The file through the exact reader, batch by batch: for its problems, and for the frame where there are none."""
    known = len(problems)
    shaping = Shaping(source.file, problems)
    records = source.records(problems)
    if not any(shaping.take_header(number, record) for number, record in records):
        if not has_errors(problems[known:]):
            shaping.finish()
        return None
    batches: list[pl.DataFrame] = []
    while rows := [shaping.take_row(number, record) for number, record in islice(records, BATCH)]:
        # After the first error only problems are looked for; the rows would take memory for nothing.
        if not has_errors(problems[known:]):
            batches.append(_text_frame(shaping.header, rows))
    if any(found.code == "TABLE-09" for found in problems[known:]):
        return None
    shaping.finish()
    if has_errors(problems[known:]):
        return None
    frame = pl.concat(batches) if batches else _text_frame(shaping.header, [])
    return _finished(frame, shaping.first_row, row_number).lazy()


def _text_frame(header: tuple[str, ...], rows: list[tuple[str, ...]]) -> pl.DataFrame:
    """Rows of text as a frame; columns without a name are empty here and go."""
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(header)
    pairs = zip(header, columns, strict=True)
    return pl.DataFrame([pl.Series(name, column, dtype=pl.String) for name, column in pairs if name])


def _finished(frame: pl.DataFrame, first_row: int, row_number: str | None) -> pl.DataFrame:
    """The frame without blank rows, its rows numbered as in the file before those went."""
    numbered = frame if row_number is None else frame.with_row_index(row_number, offset=first_row)
    # Copying a million rows to drop none of them would cost more than this look at one column.
    if not frame.width or not (frame.to_series(0) == "").any():
        return numbered
    return numbered.filter(pl.any_horizontal(pl.col(frame.columns) != ""))
