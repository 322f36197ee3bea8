"""Frequencies: how many respondents gave each answer, their weighted share and its interval."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from merilo.assessment.responses.respondents import Respondents, share_errors
from merilo.assessment.responses.variable import Variable
from merilo.assessment.stats.disclosure import protect_list
from merilo.assessment.stats.proportions import LEVEL, effective_size, wilson

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Frequencies:
    """The answers (k) to one question.

    `base`: respondents who answered, and `counts` (k), how many gave each answer, are never weighted; `shares` of the
    respondents (0…1) with `low` and `high`, and `answer_shares`, the share of all answers given, are. `hidden` (k):
    what must not be published; where even the base is too small, all of it and the base.
    """

    variable: Variable
    base: int
    counts: Ints
    shares: Floats
    low: Floats
    high: Floats
    answer_shares: Floats
    hidden: Mask
    is_base_hidden: bool


def frequencies(variable: Variable, of: Respondents, minimum: int, *, level: float = LEVEL) -> Frequencies:
    """Count the answers to a question; `minimum` is the least number of respondents that is published.

    Shares are NaN where nobody answered. The interval is Wilson's for the effective size p (1 − p) / se² of the share,
    se linearised with strata, weights and finite populations; for shares of 0 and 1, where that says nothing, for the
    effective size of the weights, (Σ w)² / Σ w².
    """
    base = of.inside & variable.answered
    members = variable.members & base[:, None]
    counts = members.sum(axis=0)
    weighted = of.weights @ members
    total = float(of.weights[base].sum())
    shares = weighted / total if total > 0 else np.full(len(counts), np.nan)
    squares = float((of.weights[base] ** 2).sum())
    kish = total**2 / squares if squares > 0 else 0.0
    known = np.clip(np.nan_to_num(shares), 0.0, 1.0)
    sizes = effective_size(known, share_errors(of, members, base), kish)
    interval = wilson(known, np.where(np.isnan(shares), 0.0, sizes), level=level)
    answers = weighted.sum()
    size = int(base.sum())
    is_small = 0 < size < minimum
    return Frequencies(
        variable=variable,
        base=size,
        counts=counts,
        shares=shares,
        low=interval.low,
        high=interval.high,
        answer_shares=weighted / answers if answers > 0 else np.full(len(counts), np.nan),
        hidden=np.ones(len(counts), np.bool_) if is_small else protect_list(counts, minimum),
        is_base_hidden=is_small,
    )
