"""What whole-number columns of a Parquet file hold: bounds and filled cells, of a big file by its own statistics."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

# Below this size reading the columns costs less than importing Arrow to look at the statistics.
SMALL = 32 << 20


@dataclass(frozen=True, slots=True)
class ColumnFacts:
    """A whole-number column: its least and greatest value (None where all is empty) and how many values it has."""

    low: int | None
    high: int | None
    filled: int


def column_facts(path: Path, wanted: frozenset[str]) -> dict[str, ColumnFacts]:
    """Facts of the wanted whole-number columns; in a big file only of those of which all row groups keep statistics."""
    return _read_facts(path, wanted) if path.stat().st_size < SMALL else _stated_facts(path, wanted)


def _read_facts(path: Path, wanted: frozenset[str]) -> dict[str, ColumnFacts]:
    frame = pl.scan_parquet(path)
    names = [name for name, kind in frame.collect_schema().items() if kind.is_integer() and name in wanted]
    if not names:
        return {}
    lows, highs, filled = (
        frame.select(found).collect().row(0)
        for found in (pl.col(names).min(), pl.col(names).max(), pl.col(names).count())
    )
    return {name: ColumnFacts(*facts) for name, *facts in zip(names, lows, highs, filled, strict=True)}


def _stated_facts(path: Path, wanted: frozenset[str]) -> dict[str, ColumnFacts]:
    import pyarrow.parquet as pq

    metadata = pq.read_metadata(path)
    found: dict[str, ColumnFacts] = {}
    incomplete: set[str] = set()
    indexes = [index for index, name in enumerate(metadata.schema.names) if name in wanted]
    for group in range(metadata.num_row_groups):
        row_group = metadata.row_group(group)
        for index in indexes:
            column = row_group.column(index)
            if column.physical_type not in ("INT32", "INT64"):
                continue
            name, statistics = column.path_in_schema, column.statistics
            if statistics is None or not statistics.has_null_count:
                incomplete.add(name)
                continue
            filled = row_group.num_rows - statistics.null_count
            if filled and not statistics.has_min_max:
                incomplete.add(name)
                continue
            low, high = (statistics.min, statistics.max) if filled else (None, None)
            found[name] = _joined(found.get(name), ColumnFacts(low, high, filled))
    return {column: facts for column, facts in found.items() if column not in incomplete}


def _joined(before: ColumnFacts | None, facts: ColumnFacts) -> ColumnFacts:
    if before is None:
        return facts
    lows = [low for low in (before.low, facts.low) if low is not None]
    highs = [high for high in (before.high, facts.high) if high is not None]
    return ColumnFacts(min(lows, default=None), max(highs, default=None), before.filled + facts.filled)
