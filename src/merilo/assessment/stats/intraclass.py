"""Intraclass correlation: how much the answers of one interviewer's respondents have in common, beyond chance.

The analysis-of-variance estimator for groups of unequal size, pooled over strata so that only groups of one stratum
are compared:

    ICC = (B − W) / (B + (m − 1) W),

B and W the mean squares between and within groups, m = Σ_s (n_s − Σ_g n_sg² / n_s) / Σ_s (G_s − 1) the size of a
group that stands for all (n_sg of the n_s rows and G_s groups of stratum s). With one stratum it is Donner's.
Sources: Donner (1986), International Statistical Review 54, 67–82; Kish (1962), JASA 57, 92–115 (interviewers).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from merilo.assessment.stats.permutation import Draw, permutation_p, shuffled

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Intraclass:
    """The correlation, how many groups (of one stratum each) stand behind it, their common size, and the p-value of
    no difference between the groups of a stratum."""

    correlation: float
    groups: int
    size: float
    p: float

    @property
    def design_effect(self) -> float:
        """How many times the variance of a mean grows because of it: 1 + (m − 1) ICC, at least 1 (Kish 1962)."""
        return max(1.0, 1.0 + (self.size - 1.0) * self.correlation)


def intraclass(values: Floats, groups: Ints, strata: Ints, rng: np.random.Generator) -> Intraclass | None:
    """The correlation of `values` (n) inside `groups` (n), and its permutation test inside `strata` (n).

    Strata with one group say nothing and are left out; None where that leaves nothing, or values that do not differ
    inside any stratum, or no group of two.
    """
    order = np.lexsort((groups, strata))
    values, groups, strata = values[order], groups[order], strata[order]
    edge = np.concatenate(([True], (groups[1:] != groups[:-1]) | (strata[1:] != strata[:-1])))
    groups_of = np.bincount(strata[edge])
    kept = groups_of[strata] > 1
    if not kept.any():
        return None
    values, strata, cell = values[kept], strata[kept], np.cumsum(edge[kept]) - 1
    _, stratum = np.unique(strata, return_inverse=True)
    centred = values - (np.bincount(stratum, values) / np.bincount(stratum))[stratum]
    starts = np.flatnonzero(np.diff(cell, prepend=-1))
    sizes, totals = np.bincount(cell).astype(np.float64), np.bincount(stratum).astype(np.float64)
    of_cell = stratum[starts]
    between_df, within_df = len(sizes) - len(totals), len(values) - len(sizes)
    total = float((centred**2).sum())
    if total <= 0 or within_df <= 0:
        return None

    observed = float((np.add.reduceat(centred, starts) ** 2 / sizes).sum())
    size = float((totals.sum() - (np.bincount(of_cell, sizes**2) / totals).sum()) / between_df)
    ms_between, ms_within = observed / between_df, (total - observed) / within_df
    correlation = (ms_between - ms_within) / (ms_between + (size - 1) * ms_within)
    deal = _deal_two_values if len(np.unique(values)) == 2 else _deal_values
    draw, cells = deal(centred, stratum, starts)
    p = permutation_p(observed, lambda rng, draws: (draw(rng, draws) ** 2 / sizes).sum(axis=1), rng, cells=cells)
    return Intraclass(correlation, len(sizes), size, p)


def _deal_values(values: Floats, stratum: Ints, starts: Ints) -> tuple[Draw, int]:
    """Sums of the groups (draws, groups) when values are shuffled inside strata, and what one draw costs."""

    def draw(rng: np.random.Generator, draws: int) -> Floats:
        return np.asarray(np.add.reduceat(shuffled(values, stratum, rng, draws), starts, axis=1), dtype=np.float64)

    return draw, 2 * len(values)


def _deal_two_values(values: Floats, stratum: Ints, starts: Ints) -> tuple[Draw, int]:
    """The same where answers are yes or no: how many «yes» fall to a group is hypergeometric, and no row is moved."""
    sizes = np.diff(starts, append=len(values))
    parts = []
    for cells, inside in _by_stratum(stratum, starts):
        low, high = values[inside].min(), values[inside].max()
        parts.append((cells, sizes[cells], low, high - low, int((values[inside] > low).sum())))

    def draw(rng: np.random.Generator, draws: int) -> Floats:
        sums = np.empty((draws, len(sizes)))
        for cells, inner, low, step, ones in parts:
            dealt = rng.multivariate_hypergeometric(inner, ones, size=draws, method="marginals")
            sums[:, cells] = low * inner + step * dealt
        return sums

    return draw, 4 * len(sizes)


def _by_stratum(stratum: Ints, starts: Ints) -> Iterator[tuple[slice, slice]]:
    """The groups and the rows of every stratum."""
    edges = np.append(np.flatnonzero(np.diff(stratum, prepend=-1)), len(stratum))
    for first, last in pairwise(edges.tolist()):
        low, high = np.searchsorted(starts, [first, last]).tolist()
        yield slice(low, high), slice(first, last)
