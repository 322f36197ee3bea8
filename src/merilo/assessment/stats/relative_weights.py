"""Relative weights: how much of what an answer depends on each of several other answers accounts for.

The answers x are replaced by the uncorrelated variables z that are nearest to them. The outcome is regressed on z, z
on x; the weight of x_j is ε_j = Σ_k λ²_jk β²_k with Λ = R_xx^½ and β = Λ⁻¹ r_xy. The weights are not negative and add
up to R². With yes and no as 1 and 0 the regression is the linear probability model.
Sources: Johnson (2000), Multivariate Behavioral Research 35, 1–19; Tonidandel & LeBreton (2011), Journal of Business
and Psychology 26, 1–9.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
SINGULAR = 1e-10
DRAWS = 1000
CHUNK = 50


@dataclass(frozen=True, slots=True, eq=False)
class RelativeWeights:
    """`weights` (p) add up to `explained`, the R² of the regression on all p answers together; `low` and `high` (p)
    bound `shares`, the weights as shares of R²; `correlations` (p) with the outcome; `size` respondents."""

    weights: Floats
    explained: float
    shares: Floats
    low: Floats
    high: Floats
    correlations: Floats
    size: int


def weights_of(correlations: ArrayLike, with_outcome: ArrayLike) -> Floats:
    """Relative weights (p) from the correlations (p, p) of the answers and those (p) with the outcome.

    Answers that follow from one another share what they account for. NaN where a correlation is not known.
    """
    between, outcome = np.asarray(correlations, np.float64), np.asarray(with_outcome, np.float64)
    if np.isnan(between).any() or np.isnan(outcome).any():
        return np.full(len(outcome), np.nan)
    values, vectors = np.linalg.eigh(between)
    roots = np.sqrt(np.clip(values, 0.0, None))
    inverse = np.divide(1.0, roots, out=np.zeros(len(roots)), where=values > SINGULAR)
    half, half_inverse = (vectors * roots) @ vectors.T, (vectors * inverse) @ vectors.T
    return np.asarray(half**2 @ (half_inverse @ outcome) ** 2, dtype=np.float64)


def relative_weights(
    answers: ArrayLike,
    outcome: ArrayLike,
    *,
    weights: ArrayLike,
    strata: ArrayLike,
    seed: int,
    level: float = 0.95,
    draws: int = DRAWS,
) -> RelativeWeights:
    """Relative weights of `answers` (n, p) for `outcome` (n), no NaN in either, weighted by `weights` (n).

    The interval is the percentile interval of `draws` bootstrap samples: respondents drawn anew within `strata` (n).
    Raises ValueError where an answer or the outcome does not vary.
    """
    answered = np.column_stack([np.asarray(answers, np.float64), np.asarray(outcome, np.float64)])
    # Respondents of a stratum who answered alike are one row: there are far fewer of these.
    rows = np.column_stack([np.asarray(strata, np.float64), np.asarray(weights, np.float64), answered])
    alike, times = np.unique(rows, axis=0, return_counts=True)
    table, weight = alike[:, 2:], alike[:, 1]
    products = _products(table - table.mean(axis=0))
    whole = _correlations((weight * times)[None, :] @ products)[0]
    if np.isnan(whole).any():
        raise ValueError("an answer that everybody gave accounts for nothing")
    found = weights_of(whole[:-1, :-1], whole[:-1, -1])
    explained = float(found.sum())
    replicates = _replicates(products * weight[:, None], times, alike[:, 0], np.random.default_rng(seed), draws)
    tail = (1 - level) / 2
    low, high = np.nanquantile(replicates, [tail, 1 - tail], axis=0)
    shares = found / explained if explained > 0 else np.full(len(found), np.nan)
    return RelativeWeights(found, explained, shares, low, high, whole[:-1, -1], len(answered))


def _products(table: Floats) -> Floats:
    """1, the variables and their products for every respondent: their weighted sums give all correlations."""
    first, second = np.triu_indices(table.shape[1])
    return np.column_stack([np.ones(len(table)), table, table[:, first] * table[:, second]])


def _correlations(sums: Floats) -> Floats:
    """Correlations (draws, q, q) from the sums (draws, 1 + q + q (q+1) / 2); NaN for what does not vary."""
    size = int(np.sqrt(2 * sums.shape[1] + 0.25) - 1.5)
    first, second = np.triu_indices(size)
    means = sums[:, 1 : size + 1] / sums[:, :1]
    covariance = np.zeros((len(sums), size, size))
    values = sums[:, size + 1 :] / sums[:, :1] - means[:, first] * means[:, second]
    covariance[:, first, second] = covariance[:, second, first] = values
    spread = np.sqrt(np.clip(np.einsum("bii->bi", covariance), 0.0, None))
    spread = np.where(spread > SINGULAR, spread, np.nan)
    return np.asarray(covariance / spread[:, :, None] / spread[:, None, :], dtype=np.float64)


def _replicates(
    products: Floats, times: NDArray[np.int64], strata: Floats, rng: np.random.Generator, draws: int
) -> Floats:
    """Shares of R² (draws, p) in bootstrap samples; NaN where a sample leaves an answer without variation.

    `products`: those of each row, weighted; `times`: how many respondents it stands for; `strata`: in rising order.
    """
    edges = [*np.flatnonzero(np.diff(strata, prepend=np.nan) != 0).tolist(), len(strata)]
    found = []
    for begin in range(0, draws, CHUNK):
        drawn = np.empty((min(CHUNK, draws - begin), len(strata)))
        for first, last in pairwise(edges):
            own = times[first:last]
            drawn[:, first:last] = rng.multinomial(own.sum(), own / own.sum(), size=len(drawn))
        for whole in _correlations(drawn @ products):
            one = weights_of(whole[:-1, :-1], whole[:-1, -1])
            found.append(one / one.sum() if one.sum() > 0 else np.full(len(one), np.nan))
    return np.array(found)
