"""Intervals for a share and for the difference of two shares: Wilson, Newcombe, the pooled score test.

Everything works elementwise on arrays of any (broadcastable) shape. Shares are 0…1. Sizes may be effective sizes
and need not be whole. NaN stands for a share of nobody (0 of 0) and stays NaN.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from merilo.assessment.stats.tails import t_quantile, two_sided_normal_tail, two_sided_quantile

Floats = NDArray[np.float64]
LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Intervals:
    """Confidence intervals: `low` ≤ `high`, both in the shape and the unit of what was estimated."""

    low: Floats
    high: Floats


@dataclass(frozen=True, slots=True)
class Differences:
    """Differences of two shares, first − second (−1…1), their intervals, and the test of no difference.

    `z` is the pooled score statistic, `p_value` its two-sided probability. All in one shape.
    """

    value: Floats
    interval: Intervals
    z: Floats
    p_value: Floats


def effective_size(share: ArrayLike, standard_error: ArrayLike, size: ArrayLike) -> Floats:
    """The size of a simple sample of an endless population that would have this standard error: p (1 − p) / se².

    `size`, the number of answers, is returned where the error says nothing: the share is 0 or 1, or the error is 0.
    Source: Kish, Survey Sampling (1965), 8.2.
    """
    share, error, size = np.broadcast_arrays(_floats(share), _floats(standard_error), _floats(size))
    spread = share * (1 - share)
    known = (spread > 0) & (error > 0)
    return np.where(known, spread / np.where(known, error, 1.0) ** 2, size)


def finite_size(size: ArrayLike, population: ArrayLike | None) -> Floats:
    """The size that counts once the population is finite: n (N − 1) / (N − n); inf for a census.

    It makes p (1 − p) / n the variance of a share under simple random sampling without replacement.
    Source: Cochran, Sampling Techniques, 3rd ed., (3.5).
    """
    size = _floats(size)
    if population is None:
        return size
    size, population = np.broadcast_arrays(size, _floats(population))
    if bool(np.any(size > population)):
        raise ValueError("a sample is larger than its population")
    endless = np.isinf(population)
    rest = np.where(endless | (size >= population), 1.0, population - size)
    counted = np.where(endless, size, size * (np.where(endless, 2.0, population) - 1) / rest)
    return np.where((size >= population) & ~endless & (size > 0), np.inf, counted)


def wilson(
    share: ArrayLike,
    size: ArrayLike,
    *,
    level: float = LEVEL,
    population: ArrayLike | None = None,
    degrees: ArrayLike | None = None,
) -> Intervals:
    """Wilson's interval for shares (0…1) of `size` answers, out of a finite `population` where one is given.

    (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n). It stays inside 0…1, holds the share, and has a width at
    0 and at n of n; only a census has none. Size 0 gives NaN. `degrees`: of freedom of the error an effective size
    was made of; Student's t then stands for z.
    Source: Wilson (1927), JASA 22; recommended by Brown, Cai & DasGupta (2001), Statistical Science 16.
    """
    share, size = np.broadcast_arrays(_floats(share), finite_size(size, population))
    if bool(np.any((share < 0) | (share > 1))):
        raise ValueError("a share lies between 0 and 1")
    z = two_sided_quantile(level) if degrees is None else t_quantile(level, degrees)
    asked = size > 0
    inverse = 1 / np.where(asked, size, 1.0)
    centre = share + z * z * inverse / 2
    half = z * np.sqrt(share * (1 - share) * inverse + (z * inverse / 2) ** 2)
    scale = np.where(asked, 1 + z * z * inverse, np.nan)
    low, high = (centre - half) / scale, (centre + half) / scale
    low = np.where(share == 0, 0.0 * scale, np.clip(low, 0.0, share))
    high = np.where(share == 1, 1.0 + 0.0 * scale, np.clip(high, share, 1.0))
    return Intervals(low, high)


def compare_shares(
    first: ArrayLike,
    first_size: ArrayLike,
    second: ArrayLike,
    second_size: ArrayLike,
    *,
    level: float = LEVEL,
    first_population: ArrayLike | None = None,
    second_population: ArrayLike | None = None,
) -> Differences:
    """The difference of two independent shares with Newcombe's hybrid score interval and the pooled score test.

    With (l, u) the Wilson intervals: d − √((p₁−l₁)² + (u₂−p₂)²) … d + √((u₁−p₁)² + (p₂−l₂)²);
    z = d / √(p̄ (1−p̄) (1/n₁ + 1/n₂)), p̄ the share in both together. Equal shares give z = 0; different ones
    between two censuses z = ±inf, p = 0. Source: Newcombe (1998), Statistics in Medicine 17, 873–890, method 10.
    """
    one, other = _floats(first), _floats(second)
    size_one = finite_size(first_size, first_population)
    size_other = finite_size(second_size, second_population)
    a = wilson(one, size_one, level=level)
    b = wilson(other, size_other, level=level)
    value = one - other
    low = value - np.hypot(one - a.low, b.high - other)
    high = value + np.hypot(a.high - one, other - b.low)
    z = _pooled_z(one, size_one, other, size_other)
    interval = Intervals(np.clip(low, -1.0, 1.0), np.clip(high, -1.0, 1.0))
    return Differences(value, interval, z, _floats(np.vectorize(two_sided_normal_tail, otypes=[np.float64])(z)))


def _pooled_z(first: Floats, first_size: Floats, second: Floats, second_size: Floats) -> Floats:
    """The pooled score statistic; an infinite size is a share known exactly."""
    first, first_size, second, second_size = np.broadcast_arrays(first, first_size, second, second_size)
    asked = (first_size > 0) & (second_size > 0)
    inverse_first = 1 / np.where(asked, first_size, np.nan)
    inverse_second = 1 / np.where(asked, second_size, np.nan)
    both = inverse_first + inverse_second
    first_part = np.where(both > 0, inverse_second / np.where(both > 0, both, 1.0), 0.5)
    pooled = first_part * first + (1 - first_part) * second
    error = np.sqrt(np.clip(pooled * (1 - pooled), 0.0, None) * both)
    value = first - second
    certain = np.where(value == 0, 0.0, np.copysign(np.inf, value))
    unknown = np.isnan(value) | np.isnan(error)
    return np.where(unknown, np.nan, np.where(error > 0, value / np.where(error > 0, error, 1.0), certain))


def _floats(values: ArrayLike) -> Floats:
    return np.asarray(values, dtype=np.float64)
