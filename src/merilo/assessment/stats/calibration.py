"""Standard errors of shares and their combinations under post-stratified or raked weights.

The influence of a respondent on a score S = Σ a_q r_q under weights w is

    z_i = Σ_q a_q (y_iq − r_q n_iq) / N_q,    N_q = Σ w n_q,

as in `linearisation`, but weights that were made to meet known margins take out what the margins explain: in place of
z stands its residual from a regression on the categories of the margins. The products w × residual are added up by
cluster where respondents were drawn together, centred in each stratum, and their squares summed with the finite
population, (1 − f) n / (n − 1). Without margins nothing is taken out, and the result is that of `linearise`.
Sources: Deville & Särndal (1992), JASA 87, 376–382; Särndal, Swensson & Wretman (1992), Model Assisted Survey
Sampling, 6–7. Equal to svymean and svyratio after postStratify, calibrate and rake of the R package survey.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from merilo.assessment.stats.linearisation import Linearised, SampleDesign, ratios
from merilo.assessment.stats.weights import Margin

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
SWEEPS_IN_R = 10
SMALLEST = 1e-13  # singular values below this share of the largest are 0 but for the last digits


class ResidualRule(Enum):
    """How the regression on the margins is weighted."""

    DESIGN_WEIGHTS = "design_weights"  # by the weights before calibration: postStratify, calibrate(calfun = "raking")
    SWEEPS_AS_IN_R = "sweeps_as_in_r"  # ten sweeps of plain means over the margins: svymean after rake


@dataclass(frozen=True, slots=True)
class CalibratedSample:
    """Respondents with their weights and where those come from.

    `weights` (n): final; `before` (n): before calibration (design weights); `margins`: what they were made to meet,
    () for none. `strata` (n): 0…h−1; `populations` (h): of units that were drawn (recipients, or clusters), inf where
    unknown or endless. `clusters` (n): the cluster of each respondent, numbered over all strata; None: each alone.
    """

    weights: Floats
    before: Floats
    margins: tuple[Margin, ...]
    strata: Ints
    populations: Floats
    clusters: Ints | None = None

    def __post_init__(self) -> None:
        lengths = {len(self.weights), len(self.before), len(self.strata), *(len(one.codes) for one in self.margins)}
        if self.clusters is not None:
            lengths.add(len(self.clusters))
        if len(lengths) != 1:
            raise ValueError("weights, strata, clusters and margins have one entry per respondent")


def linearise_calibrated(
    positive: ArrayLike,
    counted: ArrayLike,
    coefficients: ArrayLike,
    sample: CalibratedSample,
    *,
    rule: ResidualRule = ResidualRule.DESIGN_WEIGHTS,
) -> Linearised:
    """Shares, their combinations and the standard errors of both, as one group (g = 1).

    `positive`, `counted` (n, q): y and n of every respondent as for `count_together`; a domain is y and n set to 0
    outside it. `coefficients` (k, q). NaN where a coefficient stands on a share without answers, the error also where
    a stratum has one unit of several.
    """
    y, n = np.asarray(positive, dtype=np.float64), np.asarray(counted, dtype=np.float64)
    weights = np.asarray(coefficients, dtype=np.float64)
    # Row by row, so that equal columns have equal sums to the last digit and a share of everybody is exactly 1.
    totals = (sample.weights[:, None] * np.concatenate([y, n], axis=1)).sum(axis=0)
    bases, shares = totals[y.shape[1] :], ratios(totals)
    present = bases > 0
    influence = (y - np.nan_to_num(shares) * n) / np.where(present, bases, 1.0)
    spread = _covariance(calibration_residuals(influence, sample, rule), sample)
    unknown = np.any((weights != 0) & ~present, axis=1)
    values = np.where(unknown, np.nan, weights @ np.nan_to_num(shares))
    combined = np.einsum("kq,qp,kp->k", weights, spread, weights)
    errors = np.where(unknown, np.nan, np.sqrt(np.maximum(combined, 0.0)))
    share_errors = np.where(present, np.sqrt(np.maximum(np.diag(spread), 0.0)), np.nan)
    return Linearised(shares[None], share_errors[None], bases[None], values[None], errors[None])


def calibration_residuals(
    influence: Floats, sample: CalibratedSample, rule: ResidualRule = ResidualRule.DESIGN_WEIGHTS
) -> Floats:
    """What the margins leave of influence values (n, c), (n, c)."""
    if not sample.margins:
        return influence
    if rule is ResidualRule.SWEEPS_AS_IN_R:
        return _swept(influence, sample.margins)
    return np.asarray(influence - _explained(influence, sample.margins, sample.before), dtype=np.float64)


def _explained(influence: Floats, margins: tuple[Margin, ...], before: Floats) -> Floats:
    """What the regression on the categories gives for each respondent, (n, c).

    It solves the normal equations, added up category by category: indicators of a hundred thousand respondents in a
    thousand organisations would not fit into memory. Of one margin that is the mean of each category.
    """
    first = np.cumsum([0, *(len(margin.targets) for margin in margins)])
    places = [margin.codes + start for margin, start in zip(margins, first[:-1], strict=True)]
    sums = np.zeros((first[-1], influence.shape[1]))
    for one in places:
        np.add.at(sums, one, before[:, None] * influence)
    if len(places) == 1:
        people = np.bincount(places[0], weights=before, minlength=len(sums))
        return np.asarray((sums / np.where(people > 0, people, 1.0)[:, None])[places[0]])
    products = np.zeros((first[-1], first[-1]))
    for one in places:
        for other in places:
            np.add.at(products, (one, other), before)
    # Each margin adds up to 1 for everybody, so the categories depend on each other: the solution of smallest length.
    slope = np.linalg.lstsq(products, sums, rcond=SMALLEST)[0]
    return np.asarray(sum(slope[one] for one in places))


def _swept(influence: Floats, margins: tuple[Margin, ...]) -> Floats:
    left = influence
    for _ in range(SWEEPS_IN_R):
        for margin in margins:
            asked = np.maximum(np.bincount(margin.codes, minlength=len(margin.targets)), 1)
            means = np.zeros((len(margin.targets), left.shape[1]))
            np.add.at(means, margin.codes, left)
            left = left - (means / asked[:, None])[margin.codes]
    return left


def _covariance(residuals: Floats, sample: CalibratedSample) -> Floats:
    """Covariance (q, q) of the estimates whose influence values, margins taken out, are `residuals` (n, q)."""
    weighted, strata = residuals * sample.weights[:, None], sample.strata
    if sample.clusters is not None:
        first, number = np.unique(sample.clusters, return_index=True, return_inverse=True)[1:]
        if bool(np.any(strata != strata[first][number])):
            raise ValueError("a cluster lies in one stratum")
        sums = np.zeros((len(first), weighted.shape[1]))
        np.add.at(sums, number, weighted)
        weighted, strata = sums, strata[first]
    count = len(sample.populations)
    sizes = np.bincount(strata, minlength=count).astype(np.float64)
    if bool(np.any(sizes > sample.populations)):
        raise ValueError("a sample is larger than its population")
    means = np.zeros((count, weighted.shape[1]))
    np.add.at(means, strata, weighted)
    means /= np.maximum(sizes, 1.0)[:, None]
    centred = (weighted - means[strata]) * np.sqrt(SampleDesign(sample.populations).factors(sizes))[strata, None]
    return np.asarray(centred.T @ centred, dtype=np.float64)
