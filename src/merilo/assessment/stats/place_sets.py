"""Simultaneous confidence sets for places: which places each of many independent estimates may truly have.

Place 1 is the highest estimate. The set of j runs from 1 + how many are surely above j to p − how many are surely
below; "surely" means by more than c √(se_j² + se_k²). With the stated probability every true place lies in its set,
all p at once. A percentile bootstrap of places does not do that (with near ties hardly ever), so there is none here.
Tied estimates share their places: two censuses tied at the top both have the set 1…2, whatever the rule for ties.
Sources: Mogstad, Romano, Shaikh & Wilhelm (2024), Review of Economic Studies 91, 476–518 (differences);
Klein, Wright & Wieczorek (2020), JRSS A 183, 589–606 (joint intervals).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from merilo.assessment.stats import pairwise
from merilo.assessment.stats.tails import two_sided_quantile

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
LEVEL = 0.95
DRAWS = 1000
ALL_PAIRS_UP_TO = 2000


class PairSearch(Enum):
    """How pairs are looked at: every one (with steps), or sorted into bins of the standard error."""

    ALL_PAIRS = "all_pairs"
    BINS = "bins"


@dataclass(frozen=True, slots=True)
class PlaceSets:
    """Confidence sets for the places of p estimates.

    `best`, `worst` (p): the first and the last place of each set, 1…p. `estimates`, `errors` (p): what they were made
    of. `critical`: the multiple of the standard error of a difference that tells a pair apart (of the standard error
    of one estimate for joint intervals). `level`: the simultaneous probability; `steps`: rounds of improvement.
    """

    best: Ints
    worst: Ints
    estimates: Floats
    errors: Floats
    critical: float
    level: float
    steps: int

    def widths(self) -> Ints:
        """How many places each set holds, (p)."""
        return self.worst - self.best + 1

    def possibly_best(self, k: int) -> NDArray[np.bool_]:
        """Who may be among the best k, (p): with probability `level` nobody else is."""
        return self.best <= k

    def surely_best(self, k: int) -> NDArray[np.bool_]:
        """Who is among the best k, (p), with probability `level` for all together."""
        return self.worst <= k

    def possibly_worst(self, k: int) -> NDArray[np.bool_]:
        """Who may be among the worst k, (p)."""
        return self.worst > len(self.worst) - k

    def surely_worst(self, k: int) -> NDArray[np.bool_]:
        """Who is among the worst k, (p)."""
        return self.best > len(self.best) - k


def pairwise_sets(
    estimates: ArrayLike,
    errors: ArrayLike,
    *,
    seed: int,
    level: float = LEVEL,
    draws: int = DRAWS,
    degrees: ArrayLike | None = None,
    search: PairSearch | None = None,
) -> PlaceSets:
    """Sets from studentised differences of every pair (Mogstad, Romano, Shaikh & Wilhelm), stepwise improved.

    `estimates`, `errors` (p): scores and their standard errors in one unit; an error of 0 is a score known exactly.
    `degrees` (p): degrees of freedom of the errors (respondents − strata), inf or None where they are as good as
    known. With a few dozen respondents leave them out and the sets are too narrow: the draws then divide by errors
    that are drawn too (a bootstrap-t), so that the quantile pays for not knowing them.
    `search`: None takes all pairs up to 2,000 estimates. Bins make one step and do not take `degrees`.
    """
    value, error = _checked(estimates, errors)
    freedom = None if degrees is None else np.broadcast_to(np.asarray(degrees, np.float64), value.shape)
    if freedom is not None and bool(np.any(~(freedom[error > 0] > 0))):
        raise ValueError("degrees of freedom are above 0")
    chosen = search or (PairSearch.ALL_PAIRS if len(value) <= ALL_PAIRS_UP_TO else PairSearch.BINS)
    if chosen is PairSearch.BINS:
        if freedom is not None and not np.all(np.isinf(freedom)):
            raise ValueError("the search by bins takes errors as known: no degrees of freedom")
        critical = pairwise.binned_critical_value(error, level, draws, seed)
        above, below = pairwise.count_apart_binned(value, error, critical)
        return PlaceSets(above + 1, len(value) - below, value, error, critical, level, 1)
    critical, steps = _stepwise_critical(value, error, freedom, level, draws, seed)
    return _sets_at(value, error, critical, level, steps)


def sets_at(estimates: ArrayLike, errors: ArrayLike, critical: float, *, level: float = LEVEL) -> PlaceSets:
    """Sets for a critical value that is already known (of a larger comparison, of a published table)."""
    value, error = _checked(estimates, errors)
    return _sets_at(value, error, critical, level, 0)


def joint_interval_sets(estimates: ArrayLike, errors: ArrayLike, *, level: float = LEVEL) -> PlaceSets:
    """Sets from joint intervals (Klein, Wright & Wieczorek): one is surely above another whose interval lies below.

    Independent estimates: z = Φ⁻¹((1 + level^(1/m)) / 2), m the estimates that have an error. No draws, p log p.
    As a rule wider than the sets from differences; for two estimates of very unlike errors it may be the other way.
    """
    value, error = _checked(estimates, errors)
    uncertain = int(np.count_nonzero(error))
    critical = two_sided_quantile(level ** (1 / uncertain)) if uncertain else 0.0
    low, high = value - critical * error, value + critical * error
    above = len(value) - np.searchsorted(np.sort(low), high, side="right")
    below = np.searchsorted(np.sort(high), low, side="left")
    best, worst = (above + 1).astype(np.int64), (len(value) - below).astype(np.int64)
    return PlaceSets(best, worst, value, error, critical, level, 1)


def point_places(estimates: ArrayLike) -> Ints:
    """The place of each estimate, (p): 1 + how many are higher."""
    value = np.asarray(estimates, dtype=np.float64)
    return (1 + len(value) - np.searchsorted(np.sort(value), value, side="right")).astype(np.int64)


def chances_of_ends(
    estimates: ArrayLike, errors: ArrayLike, k: int, *, seed: int, draws: int = DRAWS
) -> tuple[Floats, Floats]:
    """In what share of simulated worlds each estimate is among the best k and among the worst k, (p) each, 0…1.

    A world adds a normal deviation to every estimate; ties at the k-th place are all among the k. It is a description
    of what the data say about each one, not a simultaneous statement: for that ask the sets.
    """
    value, error = _checked(estimates, errors)
    count = len(value)
    if k <= 0 or k >= count:
        return (np.zeros(count), np.zeros(count)) if k <= 0 else (np.ones(count), np.ones(count))
    rng = np.random.default_rng(seed)
    best, worst = np.zeros(count), np.zeros(count)
    for _ in range(draws):
        drawn = value + error * rng.standard_normal(count)
        kth = np.partition(drawn, (k - 1, count - k))
        best += drawn >= kth[count - k]
        worst += drawn <= kth[k - 1]
    return best / draws, worst / draws


def tiers(sets: PlaceSets) -> Ints:
    """The tier of each estimate, (p), 1 for the highest: all places of a tier lie above all places of the next.

    Tiers are as many as the sets allow; all in one tier means that no clear cut can be made anywhere.
    """
    order = np.argsort(-sets.estimates, kind="stable")
    best, worst = sets.best[order], sets.worst[order]
    taken = np.arange(1, len(order))
    later = np.minimum.accumulate(best[::-1])[::-1]
    cuts = (np.maximum.accumulate(worst)[:-1] <= taken) & (later[1:] > taken)
    found = np.empty(len(order), np.int64)
    found[order] = 1 + np.r_[0, np.cumsum(cuts)][: len(order)]
    return found


def groups_not_apart(sets: PlaceSets) -> tuple[tuple[int, ...], ...]:
    """Largest runs in order of estimate in which no pair can be told apart, from the highest down; they overlap.

    Each run is a tuple of indexes into the estimates. Only for sets from differences, whose `critical` judges pairs.
    Looks at every pair: meant for some thousand estimates.
    """
    order = np.argsort(-sets.estimates, kind="stable")
    value, spread = sets.estimates[order], sets.errors[order] ** 2
    runs: list[tuple[int, int]] = []
    start = 0
    for end in range(len(order)):
        before = slice(start, end)
        apart = np.flatnonzero(value[before] - value[end] > sets.critical * np.sqrt(spread[before] + spread[end]))
        if len(apart):
            runs.append((start, end))
            start += int(apart[-1]) + 1
    if len(order):
        runs.append((start, len(order)))
    return tuple(tuple(order[begin:stop].tolist()) for begin, stop in runs)


def _stepwise_critical(
    value: Floats, error: Floats, freedom: Floats | None, level: float, draws: int, seed: int
) -> tuple[float, int]:
    """The critical value after dropping pairs already told apart until nothing new is; and how many rounds it took.

    Romano & Wolf (2005): a pair once told apart leaves the maximum, its reverse stays.
    """
    if len(value) < 2 or not error.any():
        return 0.0, 1
    deviations = pairwise.draw_deviations(error, draws, seed)
    variances = pairwise.draw_variances(error, freedom, draws, seed)
    largest, pair = pairwise.largest_differences(deviations, variances)
    critical = pairwise.quantile(largest, level)
    difference = value[:, None] - value[None, :]
    scale = np.sqrt(error[:, None] ** 2 + error[None, :] ** 2)
    apart = difference > critical * scale
    steps = 1
    while apart.any():
        gone = apart.ravel()[pair]  # only where the largest pair has left the maximum can it have changed
        own = variances if variances.shape[1] == 1 else variances[:, gone]
        largest[gone], pair[gone] = pairwise.largest_differences(deviations[:, gone], own, ~apart)
        lower = min(critical, pairwise.quantile(largest, level))
        wider = difference > lower * scale
        critical, steps = lower, steps + 1
        if bool((wider == apart).all()):
            break
        apart = wider
    return critical, steps


def _sets_at(value: Floats, error: Floats, critical: float, level: float, steps: int) -> PlaceSets:
    above, below = pairwise.count_apart(value, error, critical)
    return PlaceSets(above + 1, len(value) - below, value, error, critical, level, steps)


def _checked(estimates: ArrayLike, errors: ArrayLike) -> tuple[Floats, Floats]:
    value, error = np.asarray(estimates, dtype=np.float64), np.asarray(errors, dtype=np.float64)
    if value.ndim != 1 or value.shape != error.shape:
        raise ValueError("estimates and errors are two vectors of one length")
    if not (np.isfinite(value).all() and np.isfinite(error).all() and (error >= 0).all()):
        raise ValueError("places are for estimates with known errors: leave the others out")
    return value, error
