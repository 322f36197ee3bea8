"""Permutation tests: rows shuffled inside strata, and as many draws as the answer needs.

Draws stop at the twentieth that reaches what was observed: where nothing is unusual, that takes a few dozen. With h
such draws among l the p-value is h/l; with g among all the draws allowed it is (g + 1)/(draws + 1). Both are valid:
P(p ≤ α) ≤ α. Source: Besag & Clifford (1991), Biometrika 78, 301–304.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Draw = Callable[[np.random.Generator, int], Floats]

ENOUGH = 20
MOST_DRAWS = 199_999
FIRST_BATCH = 64
CELLS_AT_ONCE = 1_000_000
CELLS_IN_ALL = 400_000_000
NOISE = 1e-9


def permutation_p(observed: float, draw: Draw, rng: np.random.Generator, *, cells: int) -> float:
    """P(statistic ≥ observed) where `draw(rng, size)` gives the statistics of `size` shuffles.

    `cells` is what one draw costs, in numbers handled; large ones are allowed fewer draws.
    """
    most = int(min(MOST_DRAWS, max(ENOUGH / 0.01, CELLS_IN_ALL // max(cells, 1))))
    drawn = reached = 0
    size = FIRST_BATCH
    while drawn < most:
        size = max(1, min(size, most - drawn, CELLS_AT_ONCE // max(cells, 1)))
        hits = np.flatnonzero(draw(rng, size) >= observed - NOISE)
        if reached + len(hits) >= ENOUGH:
            return ENOUGH / (drawn + int(hits[ENOUGH - reached - 1]) + 1)
        reached += len(hits)
        drawn += size
        size *= 2
    return (reached + 1) / (drawn + 1)


def shuffled(values: NDArray[np.generic], strata: Ints, rng: np.random.Generator, size: int) -> NDArray[np.generic]:
    """`size` copies (size, n) of the values (n), each shuffled inside its strata; `strata` must not descend."""
    if strata[0] == strata[-1]:
        return rng.permuted(np.broadcast_to(values, (size, len(values))), axis=1)
    # Random fractions on top of the stratum's number: sorting them keeps strata in place and mixes each of them.
    order = np.argsort(rng.random((size, len(strata))) + strata, axis=1)
    return np.asarray(values[order])
