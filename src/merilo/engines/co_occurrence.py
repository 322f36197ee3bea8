"""Who answered what together: one pass over coded questionnaires, batch by batch, sums of products out.

Sums of products add up like counts do, so a batch may hold any questionnaires; what it holds of one group is one
matrix product.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import polars as pl
from numpy.typing import NDArray

from merilo.assessment.instrument.measures import Measure
from merilo.engines.tally import selected

Floats = NDArray[np.float64]
BATCH = 1_000_000
GROUP = "__group"


@dataclass(frozen=True, slots=True)
class Together:
    """Per group of `keys` (columns of equal length): `sizes` (g) questionnaires and `products` (g, 2q, 2q),
    x = (counted, in the base) of the `quantities` (q)."""

    quantities: tuple[str, ...]
    sizes: Floats
    products: Floats


def count_together(
    frame: pl.LazyFrame, measures: Sequence[Measure], by: Sequence[str], groups: pl.DataFrame, group_count: int
) -> Together:
    """Sums of products of a frame of coded answers.

    `groups` has the columns `by` and the group 0…group_count−1 of every combination in `GROUP`; questionnaires of
    other combinations are left out. Measures of questions that the frame does not have are left out, as in `tally`.
    """
    prepared, usable, _ = selected(frame, measures, by, conflicts=False)
    quantities = tuple(measure.quantity for measure in usable)
    wide = 2 * len(quantities)
    sizes, products = np.zeros(group_count), np.zeros((group_count, wide, wide))
    for batch in prepared.to_native().collect_batches(chunk_size=BATCH, maintain_order=False):
        coded = batch.join(groups, on=list(by), how="inner", nulls_equal=True).sort(GROUP)
        group = coded[GROUP].to_numpy()
        edges = np.flatnonzero(np.diff(group, prepend=-1, append=group_count))
        answers = _answers(coded, quantities)
        for start, end in pairwise(edges):
            mine, rows = group[start], answers[start:end]
            sizes[mine] += end - start
            products[mine] += rows.T @ rows
    return Together(quantities, sizes, products)


def _answers(frame: pl.DataFrame, quantities: Sequence[str]) -> Floats:
    """(n, 2q): what counts and who is in the base, quantity by quantity; without a base column everybody is."""
    found = np.ones((frame.height, 2 * len(quantities)))
    for at, code in enumerate(quantities):
        found[:, at] = frame[f"c:{code}"].fill_null(0).to_numpy()
        if f"b:{code}" in frame.columns:
            found[:, len(quantities) + at] = frame[f"b:{code}"].fill_null(0).to_numpy()
    return found
