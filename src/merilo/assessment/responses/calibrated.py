"""Respondents made to agree with what is known of the recipients: post-stratified, or raked to several margins."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from merilo.assessment.responses.respondents import Respondents, Weighting
from merilo.assessment.stats.weights import Margin, Raked, WeightDiagnostics, describe_weights, rake

TOLERANCE = 1e-10  # of all recipients: sums over a million respondents lose about as many digits as `rake` asks for


@dataclass(frozen=True, slots=True, eq=False)
class Calibration:
    """Respondents whose weights meet known margins, and how that went.

    `recipients` are those of the margins, `recipients_before` those the design weights add up to.
    """

    of: Respondents
    raked: Raked
    diagnostics: WeightDiagnostics
    recipients: float
    recipients_before: float

    @property
    def has_arrived(self) -> bool:
        """Whether every margin is met, and every bound."""
        return self.raked.converged


def calibrate(
    of: Respondents, margins: tuple[Margin, ...], *, lower: float = 0.0, upper: float = np.inf
) -> Calibration:
    """The respondents with weights that meet the margins, from those they have.

    `lower`, `upper`: bounds of a weight as multiples of the mean weight, which the margins fix. Raises
    `UnreachableTargetsError` for targets that are impossible one by one; what is impossible only together shows as
    `has_arrived` False.
    """
    recipients = float(margins[0].targets.sum())
    mean = recipients / len(of.weights)
    raked = rake(of.weights, margins, lower=lower * mean, upper=upper * mean, tolerance=TOLERANCE)
    met = replace(of, weights=raked.weights, weighting=Weighting.CALIBRATED, margins=margins, before=of.weights)
    diagnostics = describe_weights(raked.weights, raked.trimmed)
    return Calibration(met, raked, diagnostics, recipients, float(of.weights.sum()))
