"""Tables of millions of rows as polars frames of text; import this module only where they are needed.

The fast reader is Arrow's: it refuses rows of another width, which polars' own CSV reader fills up with nulls.
Whatever it stumbles over is read again by the exact reader of ordinary tables, which names the row.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import polars as pl
import pyarrow as pa
from pyarrow import csv as arrow_csv

from merilo.assessment.errors import Place, Problem, has_errors, problem
from merilo.formats.csv_text import CsvSource, open_csv
from merilo.formats.encoding import CHUNK
from merilo.formats.plain_text import EDGES
from merilo.formats.raw_table import RawTable, Shaping
from merilo.formats.sheets import SPREADSHEET_SUFFIXES, TEXT_SUFFIXES, is_readable, read_table

PARQUET_SUFFIXES = (".parquet",)
BLOCK = 1 << 24
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
        return _numbered(_from_table(table), table.first_row, row_number) if table else None
    source = open_csv(path, problems)
    if source is None:
        return None
    return _fast_frame(source, row_number) or _exact_frame(source, problems, row_number)


def _scan_parquet(path: Path, problems: list[Problem], row_number: str | None) -> pl.LazyFrame | None:
    """A Parquet file, its columns as they are typed; its schema is read now so that damage shows now."""
    try:
        frame = pl.scan_parquet(path)
        frame.collect_schema()
    except pl.exceptions.PolarsError as error:
        problems.append(problem("TABLE-26", Place(path.as_posix()), reason=error))
        return None
    return frame if row_number is None else frame.with_row_index(row_number, offset=1)


def _from_table(table: RawTable) -> pl.DataFrame:
    return _text_frame(table.header, table.rows)


def _text_frame(header: tuple[str, ...], rows: list[tuple[str, ...]]) -> pl.DataFrame:
    """Rows of text as a frame; columns without a name get their position, for polars wants all names different."""
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(header)
    return pl.DataFrame(
        [pl.Series(name or f"_{index}", column, dtype=pl.String) for index, (name, column) in _pairs(header, columns)]
    )


def _pairs(header: tuple[str, ...], columns: list[tuple[str, ...]]) -> Iterator[tuple[int, tuple[str, tuple[str, ...]]]]:
    return enumerate(zip(header, columns, strict=True))
