"""Change between two waves: the difference, its interval and test, and which word may be written for it.

The waves are independent samples; finite populations are already in their errors. Scores are compared by Welch's t
with Satterthwaite's degrees of freedom, plain shares by Newcombe's interval and the pooled score test. An error of 0
is knowledge only where nothing was sampled (a census, a checklist: degrees of freedom inf). Where all of two dozen
respondents answered alike the error also comes out as 0, and it is then replaced, for a fall from "everybody" is not
surely a fall.
Sources: Welch (1947), Biometrika 34; Satterthwaite (1946), Biometrics 2; Newcombe (1998), Statistics in Medicine 17;
Holm (1979), Scandinavian Journal of Statistics 6; Agresti & Coull (1998), American Statistician 52.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from merilo.assessment.stats.multiple_tests import holm
from merilo.assessment.stats.proportions import Intervals, compare_shares, finite_size
from merilo.assessment.stats.tails import t_quantile, two_sided_t_tail

Floats = NDArray[np.float64]
LEVEL = 0.95
SCALE = (0.0, 100.0)


class ChangeVerdict(Enum):
    """What may be said of a change."""

    ROSE = "rose"
    FELL = "fell"
    WITHIN_ERROR = "within_error"  # sampled, and chance alone may explain it
    NOT_COMPARABLE = "not_comparable"  # the methodology changed, a value is missing or its error is not known
    EXACT_CHANGE = "exact_change"  # nothing was sampled in either wave: the difference is what it is, 0 included


class Adjustment(Enum):
    """Whether p-values pay for the number of indicators looked at."""

    NONE = "none"
    HOLM = "holm"


@dataclass(frozen=True, slots=True)
class WaveEstimates:
    """What one wave says of m indicators (any shape); the fields are broadcast against each other.

    `values`: NaN where there is none. `errors`: standard errors, NaN where not known. `degrees`: degrees of freedom
    of the errors (respondents − strata), inf where the error is as good as known, and inf with an error of 0 where
    nothing was sampled: a census too, whatever its number of respondents.
    """

    values: Floats
    errors: Floats
    degrees: Floats

    def __post_init__(self) -> None:
        np.broadcast_shapes(self.values.shape, self.errors.shape, self.degrees.shape)
        if bool(np.any(self.errors < 0)) or bool(np.any(self.degrees < 0)):
            raise ValueError("errors and degrees of freedom are not below 0")


@dataclass(frozen=True, slots=True)
class Changes:
    """Differences, later − earlier, of m indicators, all fields in one shape.

    `interval` holds each difference at the level asked for, one by one and not for all together; `statistic` (t, for
    shares z) with `degrees` and its two-sided `p_value`, adjusted as asked. ROSE and FELL stand only where the
    adjusted p-value is below 1 − level and 0 lies outside the interval, so that the two never contradict the word.
    `floored`: where an error of 0 was replaced. NaN where the verdict is NOT_COMPARABLE.
    """

    difference: Floats
    errors: Floats
    degrees: Floats
    interval: Intervals
    statistic: Floats
    p_value: Floats
    floored: NDArray[np.bool_]
    verdicts: tuple[ChangeVerdict, ...]


def compare_waves(
    earlier: WaveEstimates,
    later: WaveEstimates,
    *,
    level: float = LEVEL,
    adjustment: Adjustment = Adjustment.NONE,
    comparable: ArrayLike = True,
    scale: tuple[float, float] = SCALE,
) -> Changes:
    """Changes of scores on a `scale` (lowest, highest value).

    t = d / √(v₁ + v₂) on (v₁ + v₂)² / (v₁²/f₁ + v₂²/f₂) degrees of freedom. `comparable`: False where the methodology
    changed and nobody linked the two. An error of 0 from a sample becomes that of one question which all f + 1
    respondents answered so, see `floor_error`. `verdicts` are in row-major order of the broadcast shape.
    """
    fields = (getattr(wave, name) for wave in (earlier, later) for name in ("values", "errors", "degrees"))
    before, first, first_degrees, after, second, second_degrees, same = np.broadcast_arrays(
        *fields, np.asarray(comparable, dtype=bool)
    )
    first, first_floored = _floored(before, first, first_degrees, scale)
    second, second_floored = _floored(after, second, second_degrees, scale)
    known = same & np.isfinite(before + after + first + second) & _tested(first, first_degrees)
    known &= _tested(second, second_degrees)
    difference = np.where(known, after - before, np.nan)
    error = np.where(known, np.hypot(first, second), np.nan)
    degrees = np.where(known, _satterthwaite(first, first_degrees, second, second_degrees), np.nan)
    exact = known & (error == 0)
    certain = np.where(difference == 0, 0.0, np.copysign(np.inf, difference))
    statistic = np.where(exact, certain, difference / np.where(error > 0, error, np.nan))
    half = np.where(exact, 0.0, t_quantile(level, degrees) * error)
    widest = scale[1] - scale[0]
    interval = Intervals(np.maximum(difference - half, -widest), np.minimum(difference + half, widest))
    p_value = _adjusted(two_sided_t_tail(statistic, degrees), known & ~exact, adjustment)
    verdicts = _judge(difference, interval, p_value < 1 - level, known, exact)
    floored = known & (first_floored | second_floored)
    return Changes(difference, error, degrees, interval, statistic, p_value, floored, verdicts)


def compare_share_waves(
    earlier: ArrayLike,
    earlier_size: ArrayLike,
    later: ArrayLike,
    later_size: ArrayLike,
    *,
    level: float = LEVEL,
    adjustment: Adjustment = Adjustment.NONE,
    comparable: ArrayLike = True,
    earlier_population: ArrayLike = np.inf,
    later_population: ArrayLike = np.inf,
) -> Changes:
    """Changes of plain shares (0…1) of `size` answers, perhaps effective ones, out of populations (inf: endless).

    Newcombe's interval and the pooled score test, see `compare_shares`; `errors` is √(p₁q₁/n₁ + p₂q₂/n₂), for
    information. Two censuses are an exact change.
    """
    given = (earlier, earlier_size, later, later_size, earlier_population, later_population)
    before, first, after, second, all_before, all_after = np.broadcast_arrays(
        *(np.asarray(one, dtype=np.float64) for one in given)
    )
    found = compare_shares(
        after, second, before, first, level=level, first_population=all_after, second_population=all_before
    )
    first, second = finite_size(first, all_before), finite_size(second, all_after)
    known = np.asarray(comparable, dtype=bool) & np.isfinite(before + after) & (first > 0) & (second > 0)
    exact = known & np.isinf(first) & np.isinf(second)
    sizes = (np.where(size > 0, size, np.nan) for size in (first, second))
    error = np.sqrt(sum(share * (1 - share) / size for share, size in zip((before, after), sizes, strict=True)))
    difference, statistic, error = (np.where(known, one, np.nan) for one in (found.value, found.z, error))
    interval = Intervals(np.where(known, found.interval.low, np.nan), np.where(known, found.interval.high, np.nan))
    p_value = _adjusted(np.where(known, found.p_value, np.nan), known & ~exact, adjustment)
    verdicts = _judge(difference, interval, p_value < 1 - level, known, exact)
    endless = np.where(known, np.inf, np.nan)
    return Changes(difference, error, endless, interval, statistic, p_value, np.zeros(known.shape, bool), verdicts)


def floor_error(value: ArrayLike, respondents: ArrayLike, scale: tuple[float, float] = SCALE) -> Floats:
    """The standard error of one question that `respondents` answered so that it gave this value, never 0.

    (U − L) √(p̃ (1 − p̃) / n) with p̃ = (n p + 2) / (n + 4), the share shrunken as Agresti and Coull do, p the place of
    the value on the scale L…U. A score of several questions has as a rule a smaller error: the floor is cautious.
    """
    low, high = scale
    size = np.asarray(respondents, dtype=np.float64)
    share = (np.asarray(value, dtype=np.float64) - low) / (high - low)
    shrunken = np.clip((size * share + 2) / (size + 4), 0.0, 1.0)
    return np.asarray((high - low) * np.sqrt(shrunken * (1 - shrunken) / size), dtype=np.float64)


def _floored(
    value: Floats, error: Floats, degrees: Floats, scale: tuple[float, float]
) -> tuple[Floats, NDArray[np.bool_]]:
    sampled = (error == 0) & np.isfinite(degrees) & (degrees > 0) & np.isfinite(value)
    respondents = np.where(sampled, degrees + 1, 1.0)
    return np.where(sampled, floor_error(np.where(sampled, value, scale[0]), respondents, scale), error), sampled


def _tested(error: Floats, degrees: Floats) -> NDArray[np.bool_]:
    """Whether an error says anything: it has degrees of freedom, or is that of a census."""
    return np.asarray((degrees > 0) | ((error == 0) & np.isinf(degrees)))


def _satterthwaite(first: Floats, first_degrees: Floats, second: Floats, second_degrees: Floats) -> Floats:
    """(v₁ + v₂)² / (v₁²/f₁ + v₂²/f₂); inf where neither error has anything to be unsure of."""
    usable = [np.where(own > 0, own, np.nan) for own in (first_degrees, second_degrees)]
    unsure = first**4 / usable[0] + second**4 / usable[1]
    whole = (first**2 + second**2) ** 2
    return np.where(unsure > 0, whole / np.where(unsure > 0, unsure, 1.0), np.where(np.isnan(unsure), np.nan, np.inf))


def _adjusted(p_value: Floats, tested: NDArray[np.bool_], adjustment: Adjustment) -> Floats:
    """p-values with those that were tested paying for one another; exact changes need no test and do not count."""
    if adjustment is Adjustment.NONE:
        return p_value
    return np.where(tested, holm(np.where(tested, p_value, np.nan)), p_value)


def _judge(
    difference: Floats,
    interval: Intervals,
    significant: NDArray[np.bool_],
    known: NDArray[np.bool_],
    exact: NDArray[np.bool_],
) -> tuple[ChangeVerdict, ...]:
    apart = significant & ((interval.low > 0) | (interval.high < 0))
    found = np.full(known.shape, ChangeVerdict.WITHIN_ERROR, dtype=object)
    found[apart & (difference > 0)] = ChangeVerdict.ROSE
    found[apart & (difference < 0)] = ChangeVerdict.FELL
    found[exact] = ChangeVerdict.EXACT_CHANGE
    found[~known] = ChangeVerdict.NOT_COMPARABLE
    return tuple(found.ravel().tolist())
