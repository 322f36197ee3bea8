"""Two-way tables: whether answers depend on who is asked, by Pearson's test and by Rao and Scott's under the design.

The textbook chi-square is for a simple sample of an endless population. Respondents of several organisations with
weights and known populations are a stratified sample without replacement; Rao and Scott's second-order correction
divides Pearson's statistic of the weighted table by what the design does to it. It gives the F, the degrees of
freedom and the p-value of `svychisq(statistic = "F")` of the R package `survey` (shares as observed in the contrasts).
Sources: Rao & Scott (1984), Annals of Statistics 12, 46–60; Thomas & Rao (1987), JASA 82; Haberman (1973),
Biometrics 29 (adjusted residuals); Cramér (1946), 21.9.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from merilo.assessment.stats.tails import chi_square_tail, f_tail

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Association:
    """How two answers hang together.

    `statistic` with `first` and, for an F, `second` degrees of freedom (inf for a chi-square) and its `p_value`;
    `cramers_v`: 0 no association … 1 complete; `shares` (R, C): the table as shares of 1; `residuals` (R, C):
    share − expected share in standard errors, beyond ±2 worth a look, NaN in an empty row or column.
    """

    statistic: float
    first: float
    second: float
    p_value: float
    cramers_v: float
    shares: Floats
    residuals: Floats


@dataclass(frozen=True, slots=True)
class TabledSample:
    """Respondents in the cells of a two-way table, stratum by stratum; what the design-based test needs.

    `respondents` (h): all of each stratum, also those without an answer to one of the two questions. `counts`,
    `weights`, `squares` (h, R, C): respondents, Σ w, Σ w² in each cell. `populations` (h): inf where unknown.
    """

    respondents: Floats
    counts: Floats
    weights: Floats
    squares: Floats
    populations: Floats


def table_sample(
    rows: ArrayLike,
    columns: ArrayLike,
    *,
    shape: tuple[int, int],
    strata: ArrayLike,
    populations: ArrayLike,
    weights: ArrayLike | None = None,
) -> TabledSample:
    """Count respondents into a table.

    `rows`, `columns` (n): codes 0…R−1 and 0…C−1, −1 for no answer; `shape`: (R, C); `strata` (n): 0…h−1;
    `populations` (h): recipients, inf where unknown; `weights` (n): survey weights, by default population / n_h.
    """
    row, column = np.asarray(rows, np.int64), np.asarray(columns, np.int64)
    stratum, people = np.asarray(strata, np.int64), np.asarray(populations, np.float64)
    sizes = np.bincount(stratum, minlength=len(people)).astype(np.float64)
    if bool(np.any(sizes > people)):
        raise ValueError("a sample is larger than its population")
    weight = _own_weights(people, sizes)[stratum] if weights is None else np.asarray(weights, np.float64)
    known = (row >= 0) & (column >= 0)
    cell = ((stratum * shape[0] + row) * shape[1] + column)[known]
    whole = (len(people), *shape)

    def add_up(values: Floats) -> Floats:
        summed = np.bincount(cell, weights=values[known], minlength=int(np.prod(whole)))
        return summed.astype(np.float64).reshape(whole)

    return TabledSample(sizes, add_up(np.ones(len(row))), add_up(weight), add_up(weight * weight), people)


def pearson(counts: ArrayLike) -> Association | None:
    """Pearson's chi-square without correction for a table of counts (R, C) of a simple sample.

    X² = Σ (O − E)² / E; V = √(X² / (n · min(R−1, C−1))); residuals (O − E) / √(E (1 − row share) (1 − column share)).
    None where fewer than two rows or columns hold anybody.
    """
    table = np.asarray(counts, dtype=np.float64)
    kept, total = _kept(table), float(table.sum())
    if kept is None:
        return None
    shares = table[kept] / total
    squared, residuals = _departure(shares)
    degrees = (shares.shape[0] - 1) * (shares.shape[1] - 1)
    statistic = total * squared
    found = _spread_out(np.sqrt(total) * residuals, kept, table.shape)
    p_value = chi_square_tail(statistic, degrees)
    return Association(statistic, degrees, np.inf, p_value, _cramers_v(squared, shares), table / total, found)


def rao_scott(sample: TabledSample) -> Association | None:
    """Rao and Scott's second-order F for a stratified simple random sample without replacement, with weights.

    F = X² / tr Δ on d and d · (n − strata) degrees of freedom, d = (tr Δ)² / tr Δ²; Δ the generalised design effects.
    V is that of the weighted table. Residuals divide share − expected share by its linearised standard error.
    None where fewer than two rows or columns hold anybody, or where the answers of a census leave nothing to chance.
    """
    table = sample.weights.sum(axis=0)
    kept = _kept(table)
    if kept is None:
        return None
    shares = table[kept] / table.sum()
    covariance = _covariance(sample, kept, table)
    effects = _design_effects(shares, covariance)
    trace, trace_squared = float(np.trace(effects)), float(np.trace(effects @ effects))
    if trace <= 0 or trace_squared <= 0:
        return None
    squared, _ = _departure(shares)
    statistic, first = squared / trace, trace**2 / trace_squared
    second = first * float(sample.respondents.sum() - np.count_nonzero(sample.respondents))
    residuals = _spread_out(_studentised(shares, covariance), kept, table.shape)
    p_value = f_tail(statistic, first, second)
    whole = table / table.sum()
    return Association(statistic, first, second, p_value, _cramers_v(squared, shares), whole, residuals)


def _own_weights(populations: Floats, sizes: Floats) -> Floats:
    if bool(np.any(np.isinf(populations))):
        if len(populations) > 1:
            raise ValueError("several strata need weights or finite populations")
        return np.ones(1)
    return populations / np.maximum(sizes, 1.0)


def _kept(table: Floats) -> tuple[NDArray[np.intp], ...] | None:
    """The index of the rows and columns that hold anybody; None for fewer than two of either."""
    rows, columns = np.flatnonzero(table.sum(axis=1)), np.flatnonzero(table.sum(axis=0))
    return np.ix_(rows, columns) if len(rows) > 1 and len(columns) > 1 else None


def _departure(shares: Floats) -> tuple[float, Floats]:
    """X² / n of a table of shares, and Haberman's residuals / √n."""
    row, column = shares.sum(axis=1)[:, None], shares.sum(axis=0)[None, :]
    expected = row * column
    gap = shares - expected
    return float((gap**2 / expected).sum()), np.asarray(gap / np.sqrt(expected * (1 - row) * (1 - column)))


def _cramers_v(squared: float, shares: Floats) -> float:
    return min(1.0, float(np.sqrt(squared / (min(shares.shape) - 1))))


def _covariance(sample: TabledSample, kept: tuple[NDArray[np.intp], ...], table: Floats) -> Floats:
    """Covariance (RC, RC) of the weighted cell shares by linearisation, summed over strata.

    z = w (1[cell] − share) / Σ w for those with both answers, 0 for the others; centred in each stratum.
    """
    strata, total = len(sample.respondents), table.sum()
    share = (table[kept] / total).ravel()
    inside = np.ix_(np.arange(strata), kept[0].ravel(), kept[1].ravel())
    sums = sample.weights[inside].reshape(strata, -1)
    squares = sample.squares[inside].reshape(strata, -1)
    size, people = sample.respondents, sample.populations
    rest = np.where(size == 0, 0.0, 1 - size / np.where(people > 0, people, 1.0))
    if bool(np.any((size == 1) & (rest > 0))):
        raise ValueError("a stratum with one respondent has no variance: merge it with another")
    factor = rest * size / np.maximum(size - 1, 1.0)
    scaled = factor @ squares
    stratum_sums = sums - sums.sum(axis=1)[:, None] * share
    products = np.diag(scaled) - np.outer(scaled, share) - np.outer(share, scaled)
    products += scaled.sum() * np.outer(share, share)
    means = (stratum_sums * (factor / np.maximum(size, 1.0))[:, None]).T @ stratum_sums
    return np.asarray((products - means) / total**2, dtype=np.float64)


def _design_effects(shares: Floats, covariance: Floats) -> Floats:
    """Δ = (Cᵀ D⁻¹ C)⁻¹ Cᵀ D⁻¹ V D⁻¹ C per respondent; C the interaction contrasts free of the main effects."""
    rows, columns = shares.shape
    row_effects, column_effects = np.eye(rows)[:, 1:], np.eye(columns)[:, 1:]
    ones_row, ones_column = np.ones((rows, 1)), np.ones((columns, 1))
    main = np.hstack(
        [np.ones((rows * columns, 1)), np.kron(row_effects, ones_column), np.kron(ones_row, column_effects)]
    )
    interaction = np.kron(row_effects, column_effects)
    contrasts = interaction - main @ np.linalg.lstsq(main, interaction, rcond=None)[0]
    flat = shares.ravel()
    inverse = np.where(flat > 0, 1 / np.where(flat > 0, flat, 1.0), 0.0)
    weighed = contrasts * inverse[:, None]
    return np.asarray(np.linalg.solve(contrasts.T @ weighed, weighed.T @ covariance @ weighed), dtype=np.float64)


def _studentised(shares: Floats, covariance: Floats) -> Floats:
    """share − row share × column share in linearised standard errors; 0 where the difference cannot vary."""
    rows, columns = shares.shape
    row, column = shares.sum(axis=1), shares.sum(axis=0)
    same_row = np.kron(np.eye(rows), np.ones((columns, columns)))
    same_column = np.kron(np.ones((rows, rows)), np.eye(columns))
    slope = np.eye(rows * columns) - same_row * np.tile(column, rows)[:, None]
    slope -= same_column * np.repeat(row, columns)[:, None]
    gap = shares - np.outer(row, column)
    error = np.sqrt(np.clip(np.diag(slope @ covariance @ slope.T), 0.0, None)).reshape(rows, columns)
    return np.where(error > 0, gap / np.where(error > 0, error, 1.0), 0.0)


def _spread_out(values: Floats, kept: tuple[NDArray[np.intp], ...], shape: tuple[int, ...]) -> Floats:
    whole = np.full(shape, np.nan)
    whole[kept] = values
    return whole
