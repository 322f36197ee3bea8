"""Intervals for scores made of many shares: Wilson's, with an effective number of respondents and Student's t.

S ± t·se fails where it matters: near the end of the scale errors come out too small just when the score comes out too
high, so such intervals lie above the truth, and if everybody said yes they have no width. Instead the score is taken
as a share p of the way its answers can move it, with the size n_eff = p (1 − p) / se² that has this error, and
Wilson's formula does the rest, with t for z because the error is estimated.

The size is kept from growing beyond what the answers can hold. If the answers of one person correlate by ρ, it is

    1 / ((1 − ρ) Σ e_q² + ρ (Σ e_q)²),    e_q = b_q / √n_q,

b_q the weight of share q of the whole, n_q its base. `pooled_correlation` finds ρ from all organisations together;
without it 0.2 is taken for granted (in eleven questions a Cronbach's alpha of 0.73). A smaller error is not believed.
Sources: Wilson (1927), JASA 22; Korn & Graubard (1998), Survey Methodology 24 (effective size and t); Wolter (2007),
Introduction to Variance Estimation, 7 (errors pooled over many estimates). Coverage: docs/methods/score-intervals.md.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from merilo.assessment.stats.linearisation import CoOccurrence, SampleDesign, group_totals
from merilo.assessment.stats.proportions import LEVEL, Intervals, wilson

Floats = NDArray[np.float64]
TAKEN_FOR_GRANTED = 0.2


def share_sizes(together: CoOccurrence, design: SampleDesign) -> Floats:
    """How many respondents of a simple sample of an endless population each share is worth by its base, (g, q).

    N_q² / Σ_h w_h² (1 − f_h) n_hq: the base itself in one stratum of an endless population; inf for a census; 0 where
    the share has no base.
    """
    sizes = together.sizes
    rest = 1 - sizes / np.where(design.populations > 0, design.populations, 1.0)
    own = together.totals[:, together.shares :] * (rest * design.weigh(sizes) ** 2)[:, None]
    spread = np.zeros((design.group_count(), together.shares))
    np.add.at(spread, design.group_of(), own)
    bases = group_totals(together, design)[:, together.shares :]
    worth = np.where(spread > 0, bases**2 / np.where(spread > 0, spread, 1.0), np.inf)
    return np.where(bases > 0, worth, 0.0)


def pooled_correlation(
    values: ArrayLike, errors: ArrayLike, coefficients: ArrayLike, sizes: ArrayLike, *, fixed: ArrayLike = 0.0
) -> float:
    """How far answers of one person correlate, 0…1, from the scores of all organisations together.

    Arguments as for `score_intervals`, one entry per organisation. ρ solves Σ se² = Σ p (1 − p) ((1 − ρ) Σ e² +
    ρ (Σ e)²). With fewer than two shares, or nothing known, there is nothing to find: `TAKEN_FOR_GRANTED`. Take two
    dozen organisations or hundreds of respondents; a handful of respondents say little.
    """
    value, error, start = np.broadcast_arrays(*map(_floats, (values, errors, fixed)))
    share, reach = _relative(value - start, coefficients)
    apart, together = _spreads(coefficients, sizes)
    known = np.isfinite(value) & np.isfinite(error) & (reach > 0)
    spread = np.where(known, share * (1 - share), 0.0)
    least, most = float((spread * apart).sum()), float((spread * together).sum())
    if most <= least:
        return TAKEN_FOR_GRANTED
    found = float((np.where(known, error / np.where(reach > 0, reach, 1.0), 0.0) ** 2).sum())
    return min(max((found - least) / (most - least), 0.0), 1.0)


def score_intervals(
    values: ArrayLike,
    errors: ArrayLike,
    coefficients: ArrayLike,
    sizes: ArrayLike,
    degrees: ArrayLike,
    *,
    fixed: ArrayLike = 0.0,
    correlation: float = TAKEN_FOR_GRANTED,
    level: float = LEVEL,
) -> Intervals:
    """Intervals (…) of scores S = fixed + Σ_q a_q r_q.

    `values`, `errors` (…): S and its standard error. `coefficients`, `sizes` (…, q): a_q ≥ 0 as used (absent shares
    have 0) and `share_sizes`. `degrees` (…): respondents − strata. `fixed` (…): the part that is no sample.
    `correlation`: see `pooled_correlation`. The interval lies within fixed … fixed + Σ a_q; a census has no width;
    NaN without a value or without degrees of freedom.
    """
    value, error, freedom, start = np.broadcast_arrays(*map(_floats, (values, errors, degrees, fixed)))
    share, reach = _relative(value - start, coefficients)
    apart, together = _spreads(coefficients, sizes)
    known = (freedom > 0) & np.isfinite(share)
    spread = share * (1 - share)
    relative = (np.nan_to_num(error) / np.where(reach > 0, reach, 1.0)) ** 2
    told = (relative > 0) & (spread > 0)  # at the ends of the scale an error says nothing
    own = np.where(told, np.maximum(spread / np.where(told, relative, 1.0), 1.0), np.inf)
    least = (1 - correlation) * apart + correlation * together
    most = np.where(least > 0, 1 / np.where(least > 0, least, 1.0), np.inf)
    size = np.where(known, np.minimum(own, most), 0.0)
    found = wilson(np.where(known, share, 0.5), size, level=level, degrees=np.where(known, freedom, 1.0))
    return Intervals(start + reach * found.low, start + reach * found.high)


def _relative(moved: Floats, coefficients: ArrayLike) -> tuple[Floats, Floats]:
    """Where scores stand on the way their answers can move them, 0…1, and how long that way is; both (…)."""
    weights = _floats(coefficients)
    if bool(np.any(weights < 0)):
        raise ValueError("the weights of a score are not below 0")
    reach = np.broadcast_to(weights.sum(axis=-1), moved.shape)
    return np.where(reach > 0, np.clip(moved / np.where(reach > 0, reach, 1.0), 0.0, 1.0), np.nan), reach


def _spreads(coefficients: ArrayLike, sizes: ArrayLike) -> tuple[Floats, Floats]:
    """Σ e_q² and (Σ e_q)²: the variance / p (1 − p) of a score whose answers do not correlate, and correlate fully."""
    weights, worth = np.broadcast_arrays(_floats(coefficients), _floats(sizes))
    reach = weights.sum(axis=-1, keepdims=True)
    parts = weights / np.where(reach > 0, reach, 1.0)
    errors = np.where((parts > 0) & (worth > 0), parts / np.sqrt(np.where(worth > 0, worth, 1.0)), 0.0)
    return np.asarray((errors**2).sum(axis=-1)), np.asarray(errors.sum(axis=-1) ** 2)


def _floats(values: ArrayLike) -> Floats:
    return np.asarray(values, dtype=np.float64)
