"""A seeded bootstrap of respondents as a check of the linearisation: Poisson weights, Rao–Wu rescaling.

In a replicate respondent i of stratum h counts w_i ~ Poisson(1) times, which adds up and needs no resampling of rows.
The totals are pulled towards those of the sample, so that the finite population shows in the spread:

    T* = T + λ Σ (w_i − w̄) x_i,    λ = √((1 − f) n / (n − 1)).

Then every ratio and combination is computed from T*, so what linearisation leaves out is seen here.
Sources: Rao & Wu (1988), JASA 83, 231–241; Chatterjee & Bose (2005), Annals of Statistics 33 (Poisson weights).
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from merilo.assessment.stats.linearisation import CoOccurrence, SampleDesign, group_totals, ratios

Floats = NDArray[np.float64]
DRAWS = 1000
CELLS = 1 << 14  # weights drawn together: they stay in the processor's cache


def bootstrap_respondents(
    positive: ArrayLike,
    counted: ArrayLike,
    strata: ArrayLike,
    coefficients: ArrayLike,
    design: SampleDesign,
    *,
    seed: int,
    draws: int = DRAWS,
) -> Floats:
    """Replicates (draws, g, k) of the combinations from raw answers.

    `positive`, `counted` (n, q) and `strata` (n) as for `count_together`; `coefficients` (k, q) or (g, k, q) as for
    `linearise`. A share whose base comes out at 0 or below in a replicate counts as 0 there: compare no errors of
    shares with a handful of answers.
    """
    answers = np.concatenate([np.asarray(positive, np.float64), np.asarray(counted, np.float64)], axis=1)
    stratum = np.asarray(strata, dtype=np.int64)
    order = np.argsort(stratum, kind="stable")
    edges = np.searchsorted(stratum[order], np.arange(len(design.populations) + 1))
    sizes = np.diff(edges).astype(np.float64)
    totals = np.zeros((len(sizes), answers.shape[1]))
    rows = [answers[order[edges[h] : edges[h + 1]]] for h in range(len(sizes))]
    for h, own in enumerate(rows):
        totals[h] = own.sum(axis=0)
    table = _poisson_table()

    def deviate(stratum: int, rng: np.random.Generator) -> Floats:
        own = rows[stratum]
        centred = own - own.mean(axis=0)  # Σ (w − w̄) x = Σ w (x − x̄)
        found = np.zeros((draws, own.shape[1]))
        block = max(1, CELLS // max(1, len(own)))
        for start in range(0, draws, block):
            part = found[start : start + block]
            chances = np.frombuffer(rng.bytes(2 * len(part) * len(own)), dtype="<u2")
            np.matmul(table[chances].reshape(len(part), len(own)), centred, out=part)
        return found

    return _replicate(sizes, totals, coefficients, design, deviate, np.random.default_rng(seed), draws)


def bootstrap_totals(
    together: CoOccurrence, coefficients: ArrayLike, design: SampleDesign, *, seed: int, draws: int = DRAWS
) -> Floats:
    """The same replicates (draws, g, k) where only co-occurrence counts are kept.

    The deviations of the totals are drawn from the normal distribution with the covariance Σ (x − x̄)(x − x̄)ᵀ they
    have under Poisson weights: the same first two moments, the same ratios taken afterwards.
    """
    centred = together.centred()

    def deviate(stratum: int, rng: np.random.Generator) -> Floats:
        spread, axes = np.linalg.eigh(centred[stratum])
        scaled = axes * np.sqrt(np.clip(spread, 0.0, None))
        return np.asarray(rng.standard_normal((draws, len(spread))) @ scaled.T, dtype=np.float64)

    rng = np.random.default_rng(seed)
    return _replicate(together.sizes, together.totals, coefficients, design, deviate, rng, draws)


def bootstrap_errors(replicates: Floats) -> Floats:
    """Standard errors (g, k) from replicates (draws, g, k)."""
    return np.asarray(replicates.std(axis=0, ddof=1), dtype=np.float64)


def _poisson_table() -> Floats:
    """Poisson(1) by a chance of 16 bits, (65536): mean 1, variance 0.99997; twenty times quicker than drawing it."""
    mass = [math.exp(-1) / math.factorial(times) for times in range(10)]
    return np.searchsorted(np.cumsum(mass), (np.arange(1 << 16) + 0.5) / (1 << 16)).astype(np.float64)


def _replicate(
    sizes: Floats,
    totals: Floats,
    coefficients: ArrayLike,
    design: SampleDesign,
    deviate: Callable[[int, np.random.Generator], Floats],
    rng: np.random.Generator,
    draws: int,
) -> Floats:
    """Combinations of replicated ratios, (draws, g, k); `deviate` gives Σ (w_i − w̄) x_i of a stratum, (draws, 2q)."""
    together = CoOccurrence(sizes, totals, np.zeros((*totals.shape, totals.shape[1])))
    base = group_totals(together, design)
    drawn = np.broadcast_to(base, (draws, *base.shape)).copy()
    scale = np.sqrt(design.factors(sizes)) * design.weigh(sizes)
    for stratum, group in enumerate(design.group_of()):
        if scale[stratum] != 0:
            drawn[:, group] += scale[stratum] * deviate(stratum, rng)
    weights = np.broadcast_to(np.asarray(coefficients, np.float64), (len(base), *np.shape(coefficients)[-2:]))
    shares = np.nan_to_num(ratios(drawn))
    return np.asarray(np.einsum("gkq,bgq->bgk", weights, shares), dtype=np.float64)
