"""The least and greatest value of Parquet columns, from the file's own statistics: no data is read."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq


def ranges(path: Path) -> dict[str, tuple[int, int]]:
    """Column → (least, greatest) for whole-number columns of which every row group keeps statistics."""
    metadata = pq.read_metadata(path)
    found: dict[str, tuple[int, int]] = {}
    incomplete: set[str] = set()
    for group in range(metadata.num_row_groups):
        row_group = metadata.row_group(group)
        for index in range(row_group.num_columns):
            column = row_group.column(index)
            statistics = column.statistics
            if column.physical_type not in ("INT32", "INT64"):
                continue
            if statistics is None or not statistics.has_min_max:
                # A column of nothing but nulls has no bounds and breaks none.
                if statistics is None or statistics.null_count != row_group.num_rows:
                    incomplete.add(column.path_in_schema)
                continue
            low, high = found.get(column.path_in_schema, (statistics.min, statistics.max))
            found[column.path_in_schema] = (min(low, statistics.min), max(high, statistics.max))
    return {column: bounds for column, bounds in found.items() if column not in incomplete}
