"""What a survey of a given size will be able to tell: who will be told apart, how wide the sets of places will be.

Simulated: true scores are assumed, every replication gives each organisation an estimate with the error its sample
leaves, and the simultaneous place sets of docs/methods/place-sets.md are made of the estimates. Two are told apart
when their estimates differ by more than c √(v_j + v_k), v the variances as the survey itself would estimate them. One
critical value serves all replications (one step): the steps that a finished assessment adds narrow its sets further.
Sources: Mogstad, Romano, Shaikh & Wilhelm (2024), Review of Economic Studies 91, 476–518.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from merilo.assessment.stats import pairwise
from merilo.assessment.stats.place_sets import point_places

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
LEVEL, REPLICATIONS = 0.95, 1000
# So many partners of each organisation stand for all pairs: 300 × 8 × 1,000 differences leave an error below 0.001.
PARTNERS = 8
SEARCH_PARTNERS = 2
FIRST_SIZE, ROUNDS, NEAR = 30, 3, 0.02


@dataclass(frozen=True, slots=True)
class ScoreSpread:
    """What is assumed about p organisations ranked together.

    `scores` (p): true scores. `deviations` (p): standard deviation of one respondent's contribution, so that n
    respondents leave an error of deviation/√n; both in points. `populations` (p): recipients, inf where unknown.
    """

    scores: Floats
    deviations: Floats
    populations: Floats

    def __post_init__(self) -> None:
        if not self.scores.shape == self.deviations.shape == self.populations.shape or self.scores.ndim != 1:
            raise ValueError("scores, deviations and populations are three vectors of one length")


@dataclass(frozen=True, slots=True)
class PowerDesign:
    """How the survey will be judged: simultaneous `level` of the place sets, `design_effect` by which clustering and
    weights raise variances, the seed and the number of replications."""

    level: float = LEVEL
    design_effect: float = 1.0
    replications: int = REPLICATIONS
    seed: int = 1


@dataclass(frozen=True, slots=True)
class PlaceForecast:
    """What to expect. `errors` (p): standard errors of the scores. `critical`: c. `margins`: sorted distances at which
    simulated pairs are just told apart. `best`, `worst` (p): the middle (median) first and last place of each set;
    `widths` (p): places a set holds on average. `pairs_apart`: share of pairs told apart on average, 0…1; `covered`:
    share of replications in which all true places lay in their sets."""

    errors: Floats
    critical: float
    margins: Floats
    best: Ints
    worst: Ints
    widths: Floats
    pairs_apart: float
    covered: float

    def chance(self, distance: float) -> float:
        """How probable it is that two organisations so many points apart are told apart, over all pairs."""
        return _share_below(self.margins, distance)


def score_errors(spread: ScoreSpread, sizes: ArrayLike, design: PowerDesign) -> Floats:
    """Standard errors (p) of simple samples without replacement: √(deff · S² / n · (1 − n/N)); 0 for a census."""
    asked = np.minimum(np.asarray(sizes, dtype=np.float64), spread.populations)
    if bool(np.any(asked < 1)):
        raise ValueError("an organisation nobody is asked about has no place")
    rest = 1 - asked / spread.populations
    return np.asarray(np.sqrt(design.design_effect * spread.deviations**2 / asked * rest), dtype=np.float64)


def forecast_places(spread: ScoreSpread, sizes: ArrayLike, design: PowerDesign) -> PlaceForecast:
    """Simulate the survey; `sizes` (p) are the respondents of each organisation, at least 1."""
    errors = score_errors(spread, sizes, design)
    degrees = _degrees(sizes, errors)
    variances = _variances(errors, degrees, design)
    critical = _critical(errors, variances, design)
    margins = np.sort(_margins(errors, variances, critical, design))
    count, times = len(errors), design.replications
    truth = point_places(spread.scores)
    noise = pairwise.draw_deviations(errors, times, design.seed + 1)
    spreads = np.sqrt(np.broadcast_to(variances, noise.shape))
    first, last = np.empty((times, count), np.int64), np.empty((times, count), np.int64)
    for draw in range(times):
        above, below = pairwise.count_apart(spread.scores + noise[:, draw], spreads[:, draw], critical)
        first[draw], last[draw] = above + 1, count - below
    covered = ((first <= truth) & (truth <= last)).all(axis=1)
    pairs = count * (count - 1)
    apart = float((first - 1).sum(axis=1).mean()) * 2 / pairs if pairs else 0.0
    return PlaceForecast(
        errors=errors,
        critical=critical,
        margins=margins,
        best=np.quantile(first, 0.5, axis=0, method="lower").astype(np.int64),
        worst=np.quantile(last, 0.5, axis=0, method="higher").astype(np.int64),
        widths=np.asarray((last - first + 1).mean(axis=0), dtype=np.float64),
        pairs_apart=apart,
        covered=float(covered.mean()),
    )


def needed_size(spread: ScoreSpread, distance: float, chance: float, design: PowerDesign) -> int:
    """The smallest number of respondents, the same in every organisation (all where there are fewer), with which two
    organisations `distance` points apart are told apart with this `chance` on average over all pairs.

    The critical value depends little on the size: it is found anew for the size the search comes to, until that stays.
    """
    finite = spread.populations[np.isfinite(spread.populations)]
    most = int(finite.max()) if len(finite) == len(spread.populations) else 10**7
    size = min(FIRST_SIZE, most)
    for turn in range(ROUNDS):
        errors = score_errors(spread, np.full(len(spread.scores), size), design)
        # The first turn only has to come near: errors taken as known cost a quarter of the time.
        degrees = _degrees(size, errors) if turn else np.full(len(errors), np.inf)
        critical = _critical(errors, _variances(errors, degrees, design), design)
        before, size = size, _smallest(spread, distance, chance, critical, (size, most), design)
        if turn and abs(size - before) <= NEAR * before:
            break
    return size


def even_scores(count: int, between: float) -> Floats:
    """Assumed true scores (count) around 0 where nothing is known: the quantiles of a normal distribution with the
    standard deviation `between`."""
    from scipy.special import ndtri

    return np.asarray(between * ndtri((np.arange(count) + 0.5) / max(count, 1)), dtype=np.float64)


def without_chance(scores: Floats, errors: Floats) -> Floats:
    """Estimated scores (p) drawn towards their mean until they spread as the true ones must have.

    Estimates spread wider than what they estimate: Var(estimates) = Var(true) + mean(error²). Without this a survey
    seems able to tell apart what only chance had put apart.
    """
    if len(scores) < 2:
        return scores
    total = float(scores.var(ddof=1))
    if total == 0:
        return scores
    left = max(0.0, 1 - float((errors**2).mean()) / total)
    return np.asarray(scores.mean() + math.sqrt(left) * (scores - scores.mean()), dtype=np.float64)


def _smallest(
    spread: ScoreSpread, distance: float, chance: float, critical: float, near: tuple[int, int], design: PowerDesign
) -> int:
    """The smallest size that reaches the chance at a fixed critical value: doubled or halved from a size nearby until
    it lies between two (or the largest is not enough), then by halving the gap."""

    def suffices(size: int) -> bool:
        errors = score_errors(spread, np.full(len(spread.scores), size), design)
        variances = _variances(errors, _degrees(size, errors), design)
        margins = _margins(errors, variances, critical, design, SEARCH_PARTNERS)
        return float((margins < distance).mean()) >= chance

    start, most = near
    low, high = start, start
    while high < most and not suffices(high):
        low, high = high + 1, min(2 * high, most)
    if high == start:
        while low > 1 and suffices(low):
            low, high = low // 2, low
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if suffices(middle) else (middle + 1, high)
    return low


def _degrees(sizes: ArrayLike, errors: Floats) -> Floats:
    """Degrees of freedom (p): respondents − 1, inf where nothing is left to chance."""
    asked = np.broadcast_to(np.asarray(sizes, dtype=np.float64), errors.shape)
    return np.where(errors > 0, np.maximum(asked - 1, 1.0), np.inf)


def _variances(errors: Floats, degrees: Floats, design: PowerDesign) -> Floats:
    if not np.isfinite(degrees).any():
        return pairwise.draw_variances(errors, None, design.replications, design.seed)
    return pairwise.draw_variances(errors, degrees, design.replications, design.seed)


def _critical(errors: Floats, variances: Floats, design: PowerDesign) -> float:
    if len(errors) < 2 or not errors.any():
        return 0.0
    deviations = pairwise.draw_deviations(errors, design.replications, design.seed)
    return pairwise.critical_value(deviations, variances, design.level)


def _margins(errors: Floats, variances: Floats, critical: float, design: PowerDesign, most: int = PARTNERS) -> Floats:
    """For simulated pairs the distance at which they would just be told apart: c √(v_j + v_k) − (x_j − x_k)."""
    noise = pairwise.draw_deviations(errors, design.replications, design.seed + 1)
    partners = min(most, len(errors) - 1)
    # Partners near and far in the register: neighbours are often of one kind and size.
    steps = sorted({1 + (len(errors) - 1) * number // max(partners, 1) for number in range(partners)})
    found = [
        critical * np.sqrt(variances + np.roll(variances, step, axis=0)) - (noise - np.roll(noise, step, axis=0))
        for step in steps
    ]
    return np.concatenate([one.ravel() for one in found]) if found else np.zeros(0)


def _share_below(ordered: Floats, bound: float) -> float:
    return float(np.searchsorted(ordered, bound, side="left")) / len(ordered) if len(ordered) else 0.0
