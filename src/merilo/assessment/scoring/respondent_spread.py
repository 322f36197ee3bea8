"""How much one respondent moves a score: the spread S of a score per respondent, from the score's standard error.

The error of a score of n respondents of an endless population is S / √n; `errors.py` knows it with everything that
lies between answers and score, and never lets it be 0 by luck.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from merilo.assessment.methodology.policies import FormsOfService
from merilo.assessment.observations.sample import OF_FORM, survey_sample
from merilo.assessment.observations.table import ObservationTable
from merilo.assessment.scoring.bulk import score_all
from merilo.assessment.scoring.errors import estimate_errors
from merilo.assessment.scoring.organisations import rate_rows
from merilo.assessment.scoring.rules import Rules
from merilo.assessment.scoring.score import OVERALL

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class RespondentSpread:
    """Per unit, (u): the score (NaN where there is none), the spread S of one respondent (0 where nothing that was
    asked moves the score, or where its error is not known), the respondents n."""

    scores: Floats
    deviations: Floats
    respondents: Floats


def respondent_spread(rules: Rules, table: ObservationTable, subject: str = OVERALL) -> RespondentSpread | None:
    """The spread of a criterion, an indicator or the overall score; None where the edition has no such subject."""
    endless = _endless(table)
    apart = replace(rules, policies=replace(rules.policies, forms=FormsOfService.SEPARATE))
    scores = score_all(apart, endless)
    rated = rate_rows(apart, endless, scores)
    values = rated.subject(subject)
    if values is None:
        return None
    groups = [""] * len(rated.rows)
    errors = estimate_errors(apart, endless, scores, rated, groups=groups, level=0.95, only=(subject,)).rows[subject]
    sample = survey_sample(rules.edition, endless)
    respondents = np.maximum(sample.sizes, sample.asked)
    return RespondentSpread(values.value, np.nan_to_num(errors.error) * np.sqrt(respondents), respondents)


def _endless(table: ObservationTable) -> ObservationTable:
    """The same observations of organisations with endless recipients: a census would tell nothing of the spread."""
    register = table.units.organisations
    details = {name: values for name, values in register.details.items() if not name.startswith(OF_FORM)}
    endless = replace(register, recipients=[None] * len(register), details=details)
    return replace(table, units=replace(table.units, organisations=endless))
