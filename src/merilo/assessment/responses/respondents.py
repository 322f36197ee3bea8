"""Respondents as a sample: the strata they were drawn from, the people they stand for, who of them is looked at."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from merilo.assessment.stats.calibration import CalibratedSample, linearise_calibrated
from merilo.assessment.stats.weights import Margin

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
KNOWN = 1e-9  # the error of a share that the margins fix: none, but for the last digits


class Weighting(Enum):
    """Whom a respondent counts for. POPULATION: recipients / respondents of the organisation. CALIBRATED: the same,
    made to meet known margins. NONE: for himself."""

    POPULATION = "population"
    CALIBRATED = "calibrated"
    NONE = "none"


@dataclass(frozen=True, slots=True, eq=False)
class Respondents:
    """A stratified sample of respondents (n).

    `strata` (n): 0…h−1; `populations` (h): inf where unknown; `weights` (n); `inside` (n): those that are tabulated,
    the others only belong to the sample. `unknown` and `too_many` count organisations whose population is not in the
    register, or is smaller than the number of their respondents; their respondents weigh as much as the others do on
    average. `margins` are what calibrated weights meet, and `before` (n) the weights they were before.
    """

    strata: Ints
    populations: Floats
    weights: Floats
    inside: Mask
    weighting: Weighting
    unknown: int = 0
    too_many: int = 0
    margins: tuple[Margin, ...] = ()
    before: Floats | None = None

    @property
    def tested_strata(self) -> tuple[Ints, Floats]:
        """Strata (n) and their populations for standard errors: those with one respondent joined together, and if that
        is still one person, with the smallest other stratum (collapsed strata: Cochran, Sampling Techniques, 5A.12)."""
        sizes = np.bincount(self.strata, minlength=len(self.populations))
        lonely = np.flatnonzero(sizes == 1)
        if not len(lonely) or np.count_nonzero(sizes) == 1:
            return self.strata, self.populations
        joined = set(lonely.tolist())
        if len(joined) == 1:
            others = np.flatnonzero(sizes > 1)
            joined.add(int(others[np.argmin(sizes[others])]))
        target, strata, populations = min(joined), self.strata.copy(), self.populations.copy()
        members = sorted(joined)
        strata[np.isin(strata, members)] = target
        populations[target] = populations[members].sum()
        populations[[one for one in members if one != target]] = 0
        return strata, populations

    def within(self, chosen: Mask) -> Respondents:
        """The same sample, of which only some respondents are tabulated."""
        return replace(self, inside=self.inside & chosen)


def stratify(
    units: ArrayLike, organisation_of: ArrayLike, recipients: ArrayLike, weighting: Weighting = Weighting.POPULATION
) -> Respondents:
    """The sample of an assessment: a stratum is an organisation in one form of service.

    `units` (n): the stratum of every respondent; `organisation_of` (h): its organisation; `recipients` (organisations):
    NaN where unknown. The register knows recipients of the whole organisation: they are shared out to its forms as its
    respondents are, so that all its respondents weigh the same.
    """
    stratum, owner = np.asarray(units, np.int64), np.asarray(organisation_of, np.int64)
    people = np.asarray(recipients, dtype=np.float64)
    sizes = np.bincount(stratum, minlength=len(owner)).astype(np.float64)
    asked = np.bincount(owner, weights=sizes, minlength=len(people))
    unknown = np.isnan(people) & (asked > 0)
    too_many = ~np.isnan(people) & (people < asked)
    known = (asked > 0) & ~unknown & ~too_many
    average = people[known].sum() / asked[known].sum() if known.any() else 1.0
    rate = np.where(known, np.where(known, people, 1.0) / np.maximum(asked, 1.0), average)
    populations = np.where(known[owner], np.maximum(rate[owner] * sizes, sizes), np.inf)
    populations = np.where(sizes > 0, populations, 0.0)
    weights = rate[owner][stratum] if weighting is Weighting.POPULATION else np.ones(len(stratum))
    inside = np.ones(len(stratum), dtype=np.bool_)
    counts = int(unknown.sum()), int(too_many.sum())
    return Respondents(stratum, populations, weights, inside, weighting, *counts)


def share_errors(of: Respondents, members: Mask, base: Mask) -> Floats:
    """Linearised standard errors of the weighted shares (k) of `members` (n, k) in `base` (n).

    z = w (y − p) / Σ w for those in the base, 0 for the others; the variance is Σ_h (1 − n/N) n/(n−1) Σ (z − z̄)².
    Under calibrated weights the residuals from the margins stand in place of z (see `stats.calibration`).
    Source: Särndal, Swensson & Wretman (1992), Model Assisted Survey Sampling, 5.6 and 10.3 (domains).
    """
    strata, populations = of.tested_strata
    if of.before is not None:
        return _calibrated_errors(
            CalibratedSample(of.weights, of.before, of.margins, strata, populations), members, base
        )
    sizes = np.bincount(strata, minlength=len(populations)).astype(np.float64)
    weights = of.weights * base
    total = weights.sum()
    errors = np.zeros(members.shape[1])
    if total <= 0:
        return errors
    rest = 1 - np.divide(sizes, populations, out=np.zeros(len(sizes)), where=populations > 0)
    factor = np.where(sizes > 1, np.clip(rest, 0, None) * sizes / np.maximum(sizes - 1, 1.0), 0.0)
    for group in range(members.shape[1]):
        member = members[:, group]
        z = weights * (member - weights[member].sum() / total) / total
        sums = np.bincount(strata, weights=z, minlength=len(sizes))
        squares = np.bincount(strata, weights=z * z, minlength=len(sizes))
        errors[group] = np.sqrt(factor @ np.clip(squares - sums**2 / np.maximum(sizes, 1.0), 0, None))
    return errors


def _calibrated_errors(sample: CalibratedSample, members: Mask, base: Mask) -> Floats:
    """As `share_errors`. What the margins fix has an error of almost 0; 0 says that nothing is known of the error."""
    if not base.any():
        return np.zeros(members.shape[1])
    counted = np.repeat(base[:, None], members.shape[1], axis=1)
    found = linearise_calibrated(members & counted, counted, np.eye(members.shape[1]), sample)
    errors = found.share_errors[0]
    return np.where(np.isnan(errors), 0.0, np.maximum(errors, KNOWN))
