"""How much one respondent moves a score: the spread of a score per respondent, from the shares of a survey.

The edition's weights as they act: every share is moved a little, the score is computed again, and the change says
what the share weighs, whatever formulas, policies and missing groups lie between. Questions are taken as independent:

    S² = Σ a_q² p_q (1 − p_q) n / n_q,    error of the score = S / √n,

n respondents, n_q of them answering question q. A mean of ratings counts as a share of the largest rating, which is
the widest spread it can have. Shares are drawn in by one yes and one no, (y + 1) / (n_q + 2), for twenty of twenty
is not certainty (Wilson's centre for two-sided 84 %; Agresti & Coull 1998, The American Statistician 52).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from merilo.assessment.methodology.quantity import Quantity, QuantityKind, Source
from merilo.assessment.observations.table import ObservationTable, RawColumn
from merilo.assessment.rounding import RoundingStage
from merilo.assessment.scoring.bulk import UnitScores, score_all
from merilo.assessment.scoring.rules import Rules
from merilo.assessment.scoring.score import OVERALL

Floats = NDArray[np.float64]
STEP = 0.01


@dataclass(frozen=True, slots=True)
class RespondentSpread:
    """Per unit, (u): the score (NaN where there is none), the spread S of one respondent (0 where no share of a
    survey moves the score), the respondents n. `unknown` are survey quantities whose spread cannot be told."""

    scores: Floats
    deviations: Floats
    respondents: Floats
    unknown: tuple[str, ...]


def respondent_spread(rules: Rules, table: ObservationTable, subject: str = OVERALL) -> RespondentSpread | None:
    """The spread of a criterion, an indicator or the overall score; None where the edition has no such subject."""
    smooth = replace(rules.policies, rounding=replace(rules.policies.rounding, stage=RoundingStage.NONE))
    exact = replace(rules, policies=smooth)
    scores = _values(score_all(exact, table), subject)
    if scores is None:
        return None
    asked = [quantity for quantity in rules.edition.quantities.values() if _is_asked(quantity, table)]
    shares = [quantity for quantity in asked if _top(quantity) is not None]
    bases = [np.nan_to_num(table.columns[quantity.code].base) for quantity in shares]
    respondents = np.max(bases, axis=0) if bases else np.zeros(table.size)
    variance = np.zeros(table.size)
    for quantity, base in zip(shares, bases, strict=True):
        variance += _contribution(quantity, base, scores, respondents, exact, table, subject)
    unknown = tuple(_unknown(asked, scores, exact, table, subject))
    return RespondentSpread(scores, np.sqrt(variance), respondents, unknown)


def _contribution(
    quantity: Quantity,
    base: Floats,
    scores: Floats,
    respondents: Floats,
    rules: Rules,
    table: ObservationTable,
    subject: str,
) -> Floats:
    """a² p (1 − p) n / n_q of one question, (u)."""
    top = float(_top(quantity) or 1)
    raw = table.columns[quantity.code]
    full = np.where(base > 0, base, 1.0) * top
    share = np.clip(np.nan_to_num(raw.count) / full, 0.0, 1.0)
    step = np.where(share < 0.5, STEP, -STEP)
    moved = _values(score_all(rules, _with(table, quantity.code, raw.count + step * full)), subject)
    weight = np.nan_to_num((scores if moved is None else moved) - scores) / step
    drawn_in = (share * base + 1) / (base + 2)
    part = weight**2 * drawn_in * (1 - drawn_in) * respondents / np.where(base > 0, base, 1.0)
    return np.where(base > 0, part, 0.0)


def _unknown(
    asked: list[Quantity], scores: Floats, rules: Rules, table: ObservationTable, subject: str
) -> Iterator[str]:
    """Quantities of a survey that move the score and whose spread a sum does not tell (minutes waited)."""
    for quantity in asked:
        if _top(quantity) is None:
            raw = table.columns[quantity.code]
            moved = _values(score_all(rules, _with(table, quantity.code, raw.count * (1 + STEP))), subject)
            if moved is not None and bool(np.any(np.nan_to_num(moved - scores) != 0)):
                yield quantity.code


def _is_asked(quantity: Quantity, table: ObservationTable) -> bool:
    return quantity.source is Source.SURVEY and quantity.kind.has_base and quantity.code in table.columns


def _top(quantity: Quantity) -> Fraction | None:
    """What a full share is in the unit of the count: 1, or the largest rating; None where there is no such thing."""
    if quantity.kind is QuantityKind.SHARE:
        return Fraction(1)
    return quantity.maximum if quantity.kind is QuantityKind.RATING else None


def _with(table: ObservationTable, code: str, count: Floats) -> ObservationTable:
    raw = table.columns[code]
    return replace(table, columns={**table.columns, code: RawColumn(count, raw.base, raw.seen, raw.states)})


def _values(scores: UnitScores, subject: str) -> Floats | None:
    if subject == OVERALL:
        return scores.overall.value
    if subject in scores.criteria:
        return scores.criteria[subject].value
    found = scores.indicators.get(subject)
    return None if found is None else found.value
