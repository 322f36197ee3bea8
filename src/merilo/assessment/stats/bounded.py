"""Errors and intervals of combinations of shares: inside what could be reached, never of zero width by luck.

A score S = constant + Σ a_q r_q moves between S − `above` (nobody had said yes) and that plus `reach` (everybody had).
So it is a share p = above / reach of what hangs on the respondents, and is treated as one. If the answers of one person
correlate by ρ, then m = reach² / ((1 − ρ) Σ e_q² + ρ (Σ e_q)²) answers stand behind it, e_q = a_q / √n_q, counted as
the finite population makes them count, n / (1 − f). ρ comes from all organisations of a group together: two dozen
respondents of one cannot tell it. A variance below p (1 − p) / m is luck and not believed.

- Interval: Wilson's, its p (1 − p) / m replaced by the variance v of p, with Student's quantile t:
  (p + t²/2m ± t √(v + t²/4m²)) / (1 + t²/m), carried back to the score. For one question it is Wilson's own.
- Standard error: no less than that of p̃ = (p m + 2) / (m + 4), two yes and two no added (Agresti & Coull 1998, The
  American Statistician 52): twenty people who all said yes do not make a score exact.

Sources also: Korn & Graubard (1998), Survey Methodology 24 (effective size and t); Wolter (2007), Introduction to
Variance Estimation, 7 (errors pooled over many estimates).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from merilo.assessment.stats.proportions import Floats, Intervals
from merilo.assessment.stats.tails import t_quantile

Ints = NDArray[np.int64]
ADDED = 4.0  # two yes and two no
TAKEN_FOR_GRANTED = 0.2  # in eleven questions a Cronbach's alpha of 0.73
ENOUGH_TO_TELL = 200  # respondents over all organisations


@dataclass(frozen=True, slots=True)
class Movable:
    """What of some scores hangs on the respondents, all in one shape.

    `reach`, `above` (unit of the score): the range that answers can move it through, and how far up in it it stands;
    `variance`: linearised, NaN where it is not known; `apart`: Σ e_q²; `together`: (Σ e_q)²; `degrees`: of freedom of
    the variance.
    """

    reach: Floats
    above: Floats
    variance: Floats
    apart: Floats
    together: Floats
    degrees: Floats


def pooled_correlation(found: Movable, pool: Ints) -> Floats:
    """How far the answers of one person correlate, 0…1, from the scores of all that are in one pool, for each of them.

    `pool`: 0…k−1, the pool of each score. ρ solves Σ v = Σ p (1 − p) ((1 − ρ) Σ e² + ρ (Σ e)²) over a pool. Where few
    have answered, or where it makes no difference, it is taken for granted.
    """
    share = _share(found)
    counted = np.isfinite(found.variance) & (found.reach > 0) & (found.degrees > 0)
    spread = np.where(counted, share * (1 - share), 0.0)

    def pooled(values: Floats) -> Floats:
        summed = np.bincount(pool, np.where(counted, values, 0.0), minlength=int(pool.max(initial=0)) + 1)
        return summed.astype(np.float64)

    least, most = pooled(spread * found.apart), pooled(spread * found.together)
    told = (pooled(found.degrees) >= ENOUGH_TO_TELL) & (most > least)
    solved = (pooled(found.variance) - least) / np.where(told, most - least, 1.0)
    return np.asarray(np.where(told, np.clip(solved, 0.0, 1.0), TAKEN_FOR_GRANTED)[pool], dtype=np.float64)


def bounded_errors(found: Movable, correlation: Floats) -> Floats:
    """Standard errors in the unit of the score; 0 where nothing was sampled, NaN where they are not known."""
    answers = _answers(found, correlation)
    pulled = (_share(found) + ADDED / 2 / answers) / (1 + ADDED / answers)
    least = np.where(np.isinf(answers), 0.0, pulled * (1 - pulled) / (answers + ADDED)) * found.reach**2
    return np.asarray(np.sqrt(np.maximum(_variance(found, correlation), least)), dtype=np.float64)


def bounded_intervals(value: Floats, found: Movable, correlation: Floats, *, level: float) -> Intervals:
    """Intervals that hold the value and keep to what could be reached; NaN where the error is not known."""
    share, reach = _share(found), np.where(found.reach > 0, found.reach, 1.0)
    one_by = 1 / _answers(found, correlation)
    t = t_quantile(level, np.where(found.degrees > 0, found.degrees, 1.0))
    half = t * np.sqrt(_variance(found, correlation) / reach**2 + (t * one_by / 2) ** 2)
    centre, scale = share + t * t * one_by / 2, 1 + t * t * one_by
    low, high = np.clip((centre - half) / scale, 0.0, share), np.clip((centre + half) / scale, share, 1.0)
    bottom, moved = value - found.above, found.reach > 0
    low, high = bottom + found.reach * low, bottom + found.reach * high
    # What was not moved stands exactly; noise of the last bit must not widen it.
    exact = ~moved | (half == 0)
    return Intervals(np.where(exact, value, low), np.where(exact, value, high))


def _variance(found: Movable, correlation: Floats) -> Floats:
    """The variance, no smaller than the answers can hold; NaN where it is not known."""
    share = _share(found)
    return np.maximum(found.variance, share * (1 - share) * _spread(found, correlation))


def _share(found: Movable) -> Floats:
    return np.clip(found.above / np.where(found.reach > 0, found.reach, 1.0), 0.0, 1.0)


def _spread(found: Movable, correlation: Floats) -> Floats:
    return (1 - correlation) * found.apart + correlation * found.together


def _answers(found: Movable, correlation: Floats) -> Floats:
    """How many answers stand behind each score; inf where a census leaves nothing to chance."""
    spread = _spread(found, correlation)
    return np.where(spread > 0, found.reach**2 / np.where(spread > 0, spread, 1.0), np.inf)
