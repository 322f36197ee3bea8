"""Errors and intervals of combinations of shares: inside what could be reached, never of zero width by luck.

A score S = constant + Σ a_q r_q moves between S − `above` (nobody had said yes) and that plus `reach` (everybody had).
So it is a share p = above / reach of what hangs on the respondents, and is treated as one. With independent questions
m = reach² / (Σ a_q² / n_q) answers stand behind it, counted as the finite population makes them count, n / (1 − f).

- Interval: Wilson's, its p (1 − p) / m replaced by the linearised variance v of p, with Student's quantile t:
  (p + t²/2m ± t √(v + t²/4m²)) / (1 + t²/m), carried back to the score. For one question it is Wilson's own.
- Standard error: the linearised one, but no less than that of p̃ = (p m + 2) / (m + 4), two yes and two no added
  (Agresti & Coull 1998, The American Statistician 52): twenty people who all said yes do not make a score exact.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from merilo.assessment.stats.proportions import Floats, Intervals
from merilo.assessment.stats.tails import t_quantile

ADDED = 4.0  # two yes and two no


@dataclass(frozen=True, slots=True)
class Movable:
    """What of some scores hangs on the respondents, all in one shape.

    `reach`, `above` (unit of the score): the range that answers can move it through, and how far up in it it stands;
    `variance`: linearised, NaN where it is not known; `floor`: Σ a_q² / n_q; `degrees`: of freedom of the variance.
    """

    reach: Floats
    above: Floats
    variance: Floats
    floor: Floats
    degrees: Floats


def bounded_errors(found: Movable) -> Floats:
    """Standard errors in the unit of the score; 0 where nothing was sampled, NaN where they are not known."""
    return np.asarray(np.sqrt(np.maximum(found.variance, _floor(found))), dtype=np.float64)


def bounded_intervals(value: Floats, found: Movable, *, level: float) -> Intervals:
    """Intervals that hold the value and keep to what could be reached; NaN where the error is not known."""
    share, reach = _share(found), np.where(found.reach > 0, found.reach, 1.0)
    one_by = 1 / _answers(found)
    t = t_quantile(level, np.where(found.degrees > 0, found.degrees, 1.0))
    half = t * np.sqrt(found.variance / reach**2 + (t * one_by / 2) ** 2)
    centre, scale = share + t * t * one_by / 2, 1 + t * t * one_by
    low, high = np.clip((centre - half) / scale, 0.0, share), np.clip((centre + half) / scale, share, 1.0)
    bottom, moved = value - found.above, found.reach > 0
    low, high = bottom + found.reach * low, bottom + found.reach * high
    # What was not moved stands exactly; noise of the last bit must not widen it.
    exact = ~moved | (half == 0)
    return Intervals(np.where(exact, value, low), np.where(exact, value, high))


def _share(found: Movable) -> Floats:
    return np.clip(found.above / np.where(found.reach > 0, found.reach, 1.0), 0.0, 1.0)


def _answers(found: Movable) -> Floats:
    """How many independent answers stand behind each score; inf where a census leaves nothing to chance."""
    return np.where(found.floor > 0, found.reach**2 / np.where(found.floor > 0, found.floor, 1.0), np.inf)


def _floor(found: Movable) -> Floats:
    """The least variance a score can have, in its unit squared."""
    answers = _answers(found)
    pulled = (_share(found) + ADDED / 2 / answers) / (1 + ADDED / answers)
    return np.where(np.isinf(answers), 0.0, pulled * (1 - pulled) / (answers + ADDED)) * found.reach**2
