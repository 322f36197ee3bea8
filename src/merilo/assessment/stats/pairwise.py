"""Which of many independent estimates are surely apart: the largest studentised difference and who exceeds it.

For estimates j and k with standard errors the difference is studentised by √(se_j² + se_k²). The critical value is a
quantile of the largest such difference over all pairs when nothing but chance is at work, found by drawing normals.
Up to some thousand estimates every pair is looked at. Beyond, estimates are sorted into bins of nearly equal
variance: in a bin only the highest and the lowest draw can make the largest difference (an upper bound within half
the width of a bin, so the result is never too narrow), and who exceeds it is found by two searches per bin.
A pair without any error (two censuses) is known exactly and takes no part in the draws.
Sources: Mogstad, Romano, Shaikh & Wilhelm (2024), Review of Economic Studies 91, 476–518; Romano & Wolf (2005),
JASA 100 (steps).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
CELLS = 1 << 15  # a block of pairs that stays in the processor's cache
WIDTH = 1.01  # ratio of the largest to the smallest variance in a bin
MOST_BINS = 256


def draw_deviations(errors: Floats, draws: int, seed: int) -> Floats:
    """Normal deviations (p, draws) with these standard errors; an estimate added at the end changes no other's."""
    return np.asarray(np.random.default_rng(seed).standard_normal((len(errors), draws)) * errors[:, None])


def draw_variances(errors: Floats, degrees: Floats | None, draws: int, seed: int) -> Floats:
    """Variances (p, draws) as they would be estimated: se² χ²/degrees; (p, 1), the given ones, without degrees."""
    variances = errors[:, None] ** 2
    if degrees is None:
        return variances
    finite = np.where(np.isfinite(degrees), degrees, 1.0)[:, None]
    chances = np.random.default_rng([seed, 1]).chisquare(finite, (len(errors), draws)) / finite
    return np.asarray(np.where(np.isfinite(degrees)[:, None], variances * chances, variances))


def critical_value(deviations: Floats, variances: Floats, level: float, active: Flags | None = None) -> float:
    """The `level` quantile over draws of the largest (x_j − x_k) / √(v_j + v_k) over active ordered pairs.

    `deviations` (p, draws); `variances` (p, draws) or (p, 1); `active` (p, p): the pairs in play, None for all.
    """
    return quantile(largest_differences(deviations, variances, active)[0], level)


def quantile(largest: Floats, level: float) -> float:
    """The critical value that largest differences (draws) make."""
    return float(np.quantile(largest, level, method="higher"))


def largest_differences(deviations: Floats, variances: Floats, active: Flags | None = None) -> tuple[Floats, Ints]:
    """The largest difference of each draw as for `critical_value`, and which pair makes it, (draws) and (draws).

    Pairs are numbered j · p + k. Where no pair is in play the difference is 0 and the pair 0.
    """
    count, draws = deviations.shape
    largest, pair = np.zeros(draws), np.zeros(draws, np.int64)
    rows = max(1, CELLS // max(1, count))
    columns = np.ascontiguousarray(deviations.T)
    spreads = np.ascontiguousarray(variances.T)
    for start in range(0, count, rows):
        block = slice(start, min(start + rows, count))
        allowed = np.ones((block.stop - start, count), bool) if active is None else active[block]
        if draws and allowed.any():
            found, at = _largest_of_rows(columns, spreads, block, allowed)
            larger = found > largest
            largest[larger], pair[larger] = found[larger], at[larger] + start * count
    return largest, pair


def _largest_of_rows(columns: Floats, spreads: Floats, block: slice, allowed: Flags) -> tuple[Floats, Ints]:
    """The largest studentised difference of each draw in this block of rows and where in the block it stands."""
    found, at = np.zeros(len(columns)), np.zeros(len(columns), np.int64)
    idle = ~allowed | (spreads[0][block, None] + spreads[0][None, :] == 0)
    some_idle, work, error = bool(idle.any()), np.empty(idle.shape), np.empty(idle.shape)
    for draw, drawn in enumerate(columns):
        if draw < len(spreads):
            np.add(spreads[draw][block, None], spreads[draw][None, :], out=error)
            np.sqrt(error, out=error)
            if some_idle:
                error[idle] = np.inf
        np.subtract(drawn[block, None], drawn[None, :], out=work)
        np.divide(work, error, out=work)
        at[draw] = work.argmax()
        found[draw] = work.flat[at[draw]]
    return found, at


def binned_critical_value(errors: Floats, level: float, draws: int, seed: int) -> float:
    """The same quantile for very many estimates, from the extremes of bins of the variance; at most 0.5 % too wide.

    Where variances differ by more than a dozen times, the bins are wider and the excess grows with them.
    """
    variances = np.sort(errors * errors)
    if not len(variances) or variances[-1] == 0:
        return 0.0
    first, _ = _bin_edges(variances)
    lowest = variances[first]
    both = lowest[:, None] + lowest[None, :]
    inverse = np.where(both > 0, 1 / np.sqrt(np.where(both > 0, both, 1.0)), 0.0)
    scale = np.sqrt(variances)
    rng = np.random.default_rng(seed)
    largest = np.empty(draws)
    for draw in range(draws):
        drawn = rng.standard_normal(len(variances)) * scale
        apart = np.maximum.reduceat(drawn, first)[:, None] - np.minimum.reduceat(drawn, first)[None, :]
        largest[draw] = (apart * inverse).max()
    return quantile(largest, level)


def count_apart(estimates: Floats, errors: Floats, critical: float) -> tuple[Ints, Ints]:
    """How many are surely above and surely below each estimate, (p) and (p), looking at every pair."""
    variances = errors * errors
    above, below = np.zeros(len(estimates), np.int64), np.zeros(len(estimates), np.int64)
    rows = max(1, CELLS // max(1, len(estimates)))
    for start in range(0, len(estimates), rows):
        block = slice(start, start + rows)
        difference = estimates[None, :] - estimates[block, None]
        bound = critical * np.sqrt(variances[block, None] + variances[None, :])
        above[block] = (difference > bound).sum(axis=1)
        below[block] = (-difference > bound).sum(axis=1)
    return above, below


def count_apart_binned(estimates: Floats, errors: Floats, critical: float) -> tuple[Ints, Ints]:
    """The same counts for very many estimates: two searches per bin, then one by one what lies between."""
    variances = errors * errors
    order = np.argsort(variances, kind="stable")
    asking = np.argsort(estimates, kind="stable")  # in order of value the searches stay in the cache
    value, spread = estimates[asking], variances[asking]
    above, below = np.zeros(len(value), np.int64), np.zeros(len(value), np.int64)
    first, last = _bin_edges(variances[order])
    for begin, end in zip(first, last + 1, strict=True):
        own = order[begin:end]
        own = own[np.argsort(estimates[own], kind="stable")]
        values, spreads = estimates[own], variances[own]
        above[asking] += _beyond(value, spread, values, spreads, critical)
        below[asking] += _beyond(-value, spread, -values[::-1], spreads[::-1], critical)
    return above, below


def _beyond(value: Floats, spread: Floats, values: Floats, spreads: Floats, critical: float) -> Ints:
    """For each asking value how many of the sorted `values` of a bin are surely above it."""
    surely = np.searchsorted(values, value + critical * np.sqrt(spread + spreads.max()), side="right")
    maybe = np.searchsorted(values, value + critical * np.sqrt(spread + spreads.min()), side="right")
    found = len(values) - surely
    between = np.maximum(surely - maybe, 0)
    who = np.repeat(np.arange(len(value)), between)
    if len(who):
        nth = np.arange(len(who)) - np.repeat(np.cumsum(between) - between, between)
        other = nth + np.repeat(maybe, between)
        apart = values[other] - value[who] > critical * np.sqrt(spread[who] + spreads[other])
        found = found + np.bincount(who[apart], minlength=len(value))
    return np.asarray(found, dtype=np.int64)


def _bin_edges(sorted_variances: Floats) -> tuple[Ints, Ints]:
    """First and last index of each bin of sorted variances; those of 0 are a bin of their own."""
    positive = sorted_variances[sorted_variances > 0]
    if not len(sorted_variances):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    number = np.zeros(len(sorted_variances), np.int64)
    if len(positive):
        logs = np.log(positive) - np.log(positive[0])
        step = max(float(np.log(WIDTH)), float(logs[-1]) / MOST_BINS)
        number[len(sorted_variances) - len(positive) :] = 1 + np.floor(logs / step).astype(np.int64)
    first = np.flatnonzero(np.r_[True, np.diff(number) > 0])
    return first.astype(np.int64), np.r_[first[1:] - 1, len(number) - 1].astype(np.int64)
