"""Pearson's correlations between columns, each pair over the rows that have both."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
FEWEST = 3


@dataclass(frozen=True, slots=True, eq=False)
class Correlations:
    """`values` (k, k), −1…1, and `sizes` (k, k): over how many rows. NaN under three rows, and where a column is
    constant in them."""

    values: Floats
    sizes: NDArray[np.int64]


def correlate(table: ArrayLike) -> Correlations:
    """Correlations of the columns of a table (n, k); NaN in it stands for no value."""
    columns = np.asarray(table, dtype=np.float64)
    known = ~np.isnan(columns)
    sizes = (known.T.astype(np.int64)) @ known.astype(np.int64)
    count = columns.shape[1]
    values = np.full((count, count), np.nan)
    for one in range(count):
        for other in range(one, count):
            both = known[:, one] & known[:, other]
            if both.sum() >= FEWEST:
                values[one, other] = values[other, one] = _pearson(columns[both, one], columns[both, other])
    return Correlations(values, sizes)


def _pearson(one: Floats, other: Floats) -> float:
    if np.ptp(one) == 0 or np.ptp(other) == 0:
        return float("nan")
    first, second = one - one.mean(), other - other.mean()
    return float(np.clip(first @ second / np.sqrt((first @ first) * (second @ second)), -1.0, 1.0))
