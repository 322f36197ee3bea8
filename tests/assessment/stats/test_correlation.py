"""Correlations over the rows that have both columns."""

from __future__ import annotations

import numpy as np

from merilo.assessment.stats.correlation import correlate

GAP = float("nan")


def test_pairs_of_columns_over_the_rows_that_have_both() -> None:
    rows: list[tuple[float, ...]] = [(1, 2, 5), (2, 4, 5), (3, 5, 5), (4, GAP, 5), (GAP, 9, 5)]
    found = correlate(rows)
    assert found.sizes.tolist() == [[4, 3, 4], [3, 4, 4], [4, 4, 5]]
    assert found.values[0, 1] == found.values[1, 0] == np.corrcoef([1, 2, 3], [2, 4, 5])[0, 1]
    assert found.values[0, 0] == 1
    assert np.isnan(found.values[2]).all()  # everybody has 5


def test_two_rows_say_nothing() -> None:
    assert np.isnan(correlate([[1, 2], [2, 5]]).values).all()
