"""Response files without the questionnaires that are left out, for whoever counts them or traces a count."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import polars as pl

from merilo.assessment.responses.exclusions import Exclusion, excluded_rows
from merilo.folder.responses import ROW, ResponseReader


def read_counted(
    reader: ResponseReader, path: Path, name: str, exclusions: Iterable[Exclusion], *, keep_rows: bool = False
) -> pl.LazyFrame | None:
    """What `reader.read` gives, without the rows left out; a file that loses none is read as fast as ever."""
    left_out = excluded_rows(exclusions, name)
    frame = reader.read(path, name, keep_rows=keep_rows or bool(left_out))
    if frame is None or not left_out:
        return frame
    kept = frame.filter(~pl.col(ROW).is_in(left_out))
    return kept if keep_rows else kept.drop(ROW)
