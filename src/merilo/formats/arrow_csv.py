"""CSV through Arrow: the fast reader of big tables, in batches of text."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl
import pyarrow as pa
from pyarrow import csv as arrow_csv

from merilo.formats.csv_text import CsvSource
from merilo.formats.plain_text import EDGES

BLOCK = 1 << 22

_EDGED = f"^[{EDGES}]|[{EDGES}]$"


def read_batches(source: CsvSource, width: int) -> list[pl.DataFrame] | None:
    """The records of a file as frames of `width` text columns, blank lines included so that row numbers hold;
    None where Arrow stumbles over anything."""
    try:
        return [_stripped(batch) for batch in _arrow_batches(source, width)]
    except (pa.ArrowException, UnicodeError):
        return None


def _arrow_batches(source: CsvSource, width: int) -> Iterator[pa.RecordBatch]:
    """The records in large batches, blank lines included so that row numbers hold."""
    names = [str(index) for index in range(width)]
    # The BOM after which the codec is named is skipped by Arrow itself.
    encoding = "utf8" if source.encoding.startswith("utf-8") else source.encoding
    return iter(
        arrow_csv.open_csv(
            source.path,
            read_options=arrow_csv.ReadOptions(
                # One thread: several spend twice the time between them and gain a quarter of the wait.
                use_threads=False,
                block_size=BLOCK,
                column_names=names,
                encoding=encoding,
                skip_rows=int(source.declares_delimiter),
            ),
            parse_options=arrow_csv.ParseOptions(
                delimiter=source.delimiter, newlines_in_values=True, ignore_empty_lines=False
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types={name: pa.string() for name in names}, strings_can_be_null=False
            ),
        )
    )


def _stripped(batch: pa.RecordBatch) -> pl.DataFrame:
    """The cells without blanks around them; looking for such cells is far cheaper than rewriting all of them."""
    frame = pl.DataFrame(batch)
    edged = frame.select(pl.all().str.contains(_EDGED).any()).row(0) if frame.height else ()
    columns = [column for column, has_edges in zip(frame.columns, edged, strict=False) if has_edges]
    return frame.with_columns(pl.col(columns).str.strip_chars(EDGES)) if columns else frame
