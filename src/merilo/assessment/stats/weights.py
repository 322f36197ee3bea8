"""Survey weights: by design, post-stratified to known counts, raked to several margins, trimmed, and how they look.

A weight says how many recipients one respondent stands for. Design weights undo unequal chances of being asked;
post-stratification and raking make the weighted respondents agree with what is known about the population (sex, age,
form of service). Weights cost precision, so `describe_weights` says how much. Nothing fails in silence: what makes
targets impossible to reach is named, and raking that did not arrive says where it stands.
Sources: Deming & Stephan (1940), Annals of Mathematical Statistics 11 (raking); Holt & Smith (1979), JRSS A 142
(post-stratification); Kish (1992), Journal of Official Statistics 8 (1 + CV²); Potter (1990), ASA Proceedings
(trimming). Equal to postStratify, rake and trimWeights of the R package survey.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
TOLERANCE = 1e-12  # largest gap of a margin, as a share of all, at which raking has arrived
MOST_SWEEPS = 1000
MOST_TRIMS = 100
AGREEING = 1e-9  # totals of margins that differ by less are the same number written twice


@dataclass(frozen=True, slots=True)
class Margin:
    """What is known of the population by one variable, or by several crossed.

    `codes` (n): the category of each respondent, 0…c−1, −1 where it is not known; `targets` (c): recipients in each.
    """

    name: str
    codes: Ints
    targets: Floats

    def __post_init__(self) -> None:
        if bool(np.any(self.codes >= len(self.targets))):
            raise ValueError(f"margin {self.name}: a respondent's category has no target")
        if not bool(np.all(np.isfinite(self.targets) & (self.targets >= 0))):
            raise ValueError(f"margin {self.name}: targets are numbers of recipients")

    def sums(self, weights: Floats) -> Floats:
        """Weighted respondents in each category, (c); those of unknown category are left out."""
        known = self.codes >= 0
        summed = np.bincount(self.codes[known], weights=weights[known], minlength=len(self.targets))
        return np.asarray(summed, dtype=np.float64)


class MarginFault(Enum):
    """Why targets cannot be reached."""

    EMPTY_CATEGORY = "empty_category"  # recipients, but no respondent
    NO_RECIPIENTS = "no_recipients"  # respondents, but a target of 0
    UNKNOWN_CATEGORY = "unknown_category"  # respondents whose category is not known
    TOTALS_DIFFER = "totals_differ"  # a margin that adds up to another number than the first


@dataclass(frozen=True, slots=True)
class UnreachableTarget:
    """One thing that makes the targets impossible: in which margin, in which category (None: the margin as a whole).

    `respondents`: how many are concerned; `target`: recipients in the category, or in the margin as a whole.
    """

    fault: MarginFault
    margin: str
    category: int | None
    respondents: int
    target: float


class UnreachableTargetsError(ValueError):
    """Weights that meet the targets do not exist; `found` names every reason."""

    def __init__(self, found: tuple[UnreachableTarget, ...]) -> None:
        self.found = found
        super().__init__("; ".join(f"{one.margin}[{one.category}]: {one.fault.value}" for one in found))


@dataclass(frozen=True, slots=True)
class RemainingGap:
    """Where weighted respondents and targets differ most; `gap` is weighted − target, in recipients."""

    margin: str
    category: int
    gap: float


@dataclass(frozen=True, slots=True)
class Raked:
    """Raked weights (n) and how the raking went.

    `converged`: every margin is met within the tolerance, and the bounds too where there are any. `gap`: the largest
    remaining one. `sweeps`: passes over all margins; `trims`: rounds of cutting weights to the bounds; `trimmed` (n):
    whose weight was cut in any of them; `beyond` (n): whose weight is still outside the bounds.
    """

    weights: Floats
    converged: bool
    gap: RemainingGap
    sweeps: int
    trims: int
    trimmed: NDArray[np.bool_]
    beyond: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class WeightDiagnostics:
    """What weights cost.

    `design_effect`: Kish's 1 + CV², by how much the variance of a mean grows when weights have nothing to do with the
    answers; `effective_size`: n / that = (Σw)² / Σw². `smallest`, `largest`: as multiples of the mean weight;
    `trimmed_share`: the share of respondents (0…1) whose weight was trimmed.
    """

    respondents: int
    design_effect: float
    effective_size: float
    smallest: float
    largest: float
    trimmed_share: float


def design_weights(strata: ArrayLike, populations: ArrayLike) -> Floats:
    """Recipients per respondent of each respondent's stratum, (n).

    `strata` (n): 0…h−1; `populations` (h): recipients, finite. A stratum without respondents is nobody's weight.
    """
    stratum, people = np.asarray(strata, dtype=np.int64), np.asarray(populations, dtype=np.float64)
    if not bool(np.all(np.isfinite(people))):
        raise ValueError("design weights need finite populations")
    sizes = np.bincount(stratum, minlength=len(people)).astype(np.float64)
    if bool(np.any(sizes > people)):
        raise ValueError("a sample is larger than its population")
    return np.asarray((people / np.maximum(sizes, 1.0))[stratum], dtype=np.float64)


def find_unreachable(margins: tuple[Margin, ...]) -> tuple[UnreachableTarget, ...]:
    """Everything that makes these targets impossible, margin by margin; empty when raking may begin."""
    found: list[UnreachableTarget] = []
    first = float(margins[0].targets.sum()) if margins else 0.0
    for margin in margins:
        total = float(margin.targets.sum())
        asked = margin.sums(np.ones(len(margin.codes)))
        unknown = int(np.count_nonzero(margin.codes < 0))
        if unknown:
            found.append(UnreachableTarget(MarginFault.UNKNOWN_CATEGORY, margin.name, None, unknown, total))
        for category, (people, target) in enumerate(zip(asked.tolist(), margin.targets.tolist(), strict=True)):
            if (people > 0) != (target > 0):
                fault = MarginFault.NO_RECIPIENTS if people else MarginFault.EMPTY_CATEGORY
                found.append(UnreachableTarget(fault, margin.name, category, int(people), target))
        if abs(total - first) > AGREEING * first:
            found.append(UnreachableTarget(MarginFault.TOTALS_DIFFER, margin.name, None, len(margin.codes), total))
    return tuple(found)


def post_stratify(weights: ArrayLike, margin: Margin) -> Floats:
    """Weights (n) scaled in each category so that they add up to its target.

    Raises `UnreachableTargetsError`: an empty category has to be merged with another, by whoever knows which.
    """
    given = _positive(weights)
    _refuse(find_unreachable((margin,)))
    return _meet(given, margin)


def rake(
    weights: ArrayLike,
    margins: tuple[Margin, ...],
    *,
    lower: float = 0.0,
    upper: float = np.inf,
    tolerance: float = TOLERANCE,
    most_sweeps: int = MOST_SWEEPS,
) -> Raked:
    """Weights (n) that agree with every margin: post-stratified to each in turn until none moves (raking).

    `lower`, `upper`: bounds of a weight. Weights outside are cut to them and all are raked again, at most a hundred
    times: the margins are met in any case, the bounds where they can be (see `Raked.beyond`).
    `tolerance`: the largest gap allowed, as a share of all recipients. Raises `UnreachableTargetsError` for targets
    that are impossible one by one; margins that contradict each other only together show as `converged` False.
    """
    given = _positive(weights)
    if not margins or not 0 <= lower < upper:
        raise ValueError("raking needs a margin, and a lower bound below the upper one")
    _refuse(find_unreachable(margins))
    raked, gap, sweeps = _sweep(given, margins, tolerance, most_sweeps)
    slack = tolerance * float(margins[0].targets.sum())
    trimmed, trims = np.zeros(len(given), dtype=bool), 0
    outside = _outside(raked, lower, upper)
    while outside.any() and not outside.all() and trims < MOST_TRIMS and sweeps < most_sweeps:
        trimmed |= outside
        trims += 1
        raked, gap, more = _sweep(np.clip(raked, lower, upper), margins, tolerance, most_sweeps - sweeps)
        sweeps += more
        outside = _outside(raked, lower, upper)
    met = abs(gap.gap) <= slack and not bool(outside.any())
    return Raked(raked, met, gap, sweeps, trims, trimmed, outside)


def trim(weights: ArrayLike, *, lower: float = 0.0, upper: float = np.inf) -> Floats:
    """Weights (n) cut to the bounds, what was cut off shared out equally among the others, so that the sum stays.

    The others may thereby pass a bound; the function looks once, as trimWeights of the R package does. The margins do
    not hold any more: `rake` with bounds keeps them.
    """
    given = _positive(weights)
    outside = (given < lower) | (given > upper)
    if not outside.any():
        return given
    if outside.all():
        raise ValueError("no weight lies within the bounds: nobody could take over what is cut off")
    cut = np.clip(given, lower, upper)
    shared = np.where(outside, cut, given + (given - cut).sum() / np.count_nonzero(~outside))
    if bool(np.any(shared <= 0)):
        raise ValueError("the bounds take away whole weights: widen them")
    return shared


def describe_weights(weights: ArrayLike, trimmed: ArrayLike | None = None) -> WeightDiagnostics:
    """What these weights (n) cost; `trimmed` (n): whose weight was cut."""
    given = _positive(weights)
    count, total = len(given), float(given.sum())
    if not count:
        raise ValueError("there are no weights to describe")
    effective = total**2 / float((given**2).sum())
    cut = 0.0 if trimmed is None else float(np.mean(np.asarray(trimmed, dtype=bool)))
    mean = total / count
    return WeightDiagnostics(count, count / effective, effective, given.min() / mean, given.max() / mean, cut)


def _sweep(
    weights: Floats, margins: tuple[Margin, ...], tolerance: float, most: int
) -> tuple[Floats, RemainingGap, int]:
    """Meet one margin after the other until all are met; the weights, the largest gap left, the passes it took."""
    slack = tolerance * float(margins[0].targets.sum())
    sweeps = 0
    while True:
        for margin in margins:
            weights = _meet(weights, margin)
        sweeps += 1
        gap = _largest_gap(weights, margins)
        if abs(gap.gap) <= slack or sweeps >= most:
            return weights, gap, sweeps


def _meet(weights: Floats, margin: Margin) -> Floats:
    sums = margin.sums(weights)
    factors = margin.targets / np.where(sums > 0, sums, 1.0)
    return np.asarray(weights * factors[margin.codes], dtype=np.float64)


def _largest_gap(weights: Floats, margins: tuple[Margin, ...]) -> RemainingGap:
    gaps = []
    for margin in margins:
        differences = margin.sums(weights) - margin.targets
        worst = int(np.argmax(np.abs(differences)))
        gaps.append(RemainingGap(margin.name, worst, float(differences[worst])))
    return max(gaps, key=lambda one: abs(one.gap))


def _outside(weights: Floats, lower: float, upper: float) -> NDArray[np.bool_]:
    """Who is beyond the bounds by more than the last digits of a sum."""
    return np.asarray((weights < lower * (1 - AGREEING)) | (weights > upper * (1 + AGREEING)))


def _refuse(found: tuple[UnreachableTarget, ...]) -> None:
    if found:
        raise UnreachableTargetsError(found)


def _positive(weights: ArrayLike) -> Floats:
    given = np.asarray(weights, dtype=np.float64)
    if given.ndim != 1 or not bool(np.all(np.isfinite(given) & (given > 0))):
        raise ValueError("weights are a vector of numbers above 0")
    return given
