"""Exact tail probabilities for small counts: hypergeometric over strata, binomial, the largest of some cells.

Sources: Fisher (1935), Journal of the Royal Statistical Society 98, 39–82 (the exact test); Cochran (1954), Biometrics
10, 417–451 (strata added up); Fisher (1929), Proceedings of the Royal Society A 125, 54–59 (the largest share).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def hypergeometric_tail(reached: int, strata: Iterable[Sequence[int]]) -> float:
    """P(X ≥ reached), X the marked ones among the drawn, added over independent strata.

    A stratum is (size, marked, drawn): `drawn` of its `size` units at random, `marked` of which carry the mark.
    """
    mass = np.ones(1)
    for size, marked, drawn in strata:
        mass = np.convolve(mass, _hypergeometric(size, marked, drawn))
    return float(min(mass[max(reached, 0) :].sum(), 1.0))


def hypergeometric_tails(size: int, marked: int, drawn: int) -> Floats:
    """P(X ≥ x) for x = 0 … min(marked, drawn) in one stratum."""
    mass = _hypergeometric(size, marked, drawn)
    return np.asarray(np.minimum(np.cumsum(mass[::-1])[::-1], 1.0), dtype=np.float64)


def _hypergeometric(size: int, marked: int, drawn: int) -> Floats:
    """P(X = 0 … min(marked, drawn))."""
    x = np.arange(min(marked, drawn) + 1)
    possible = drawn - x <= size - marked
    rest = np.where(possible, drawn - x, 0)
    logarithms = _log_choose(marked, x) + _log_choose(size - marked, rest) - _log_choose(size, drawn)
    return np.where(possible, np.exp(logarithms), 0.0)


def binomial_tail(reached: int, trials: int, probability: float) -> float:
    """P(X ≥ reached) of a binomial count."""
    from scipy.special import bdtrc

    return 1.0 if reached <= 0 else float(bdtrc(reached - 1, trials, probability))


def largest_cell_tail(largest: int, total: int, cells: int) -> float:
    """A bound on P(largest of the cells ≥ `largest`) where `total` units lie in `cells` cells, none of them empty,
    and every such division is as likely.

    That is what geometric counts give once their sum is known: counts that spread far more than chance alone would
    make them. For one cell the probability is C(total − largest, cells − 1) / C(total − 1, cells − 1); over all of
    them it is at most so many times that.
    """
    if cells < 2 or largest <= 1:
        return 1.0
    if total - largest < cells - 1:
        return 0.0
    logarithm = _log_choose(total - largest, cells - 1) - _log_choose(total - 1, cells - 1)
    return float(min(1.0, cells * float(np.exp(logarithm))))


def _log_choose(n: int, k: Ints | int) -> Floats:
    from scipy.special import gammaln

    return np.asarray(gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1), dtype=np.float64)
