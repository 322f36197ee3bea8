"""How sure a number of the report is, in words: intervals, possible places, where nothing was sampled or known."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import numpy as np

from merilo.assessment.reporting.facts import ReportFacts
from merilo.assessment.reporting.place_words import DASH, span_text
from merilo.assessment.rounding import RoundingMode, round_exact
from merilo.assessment.scoring.errors import ScoreErrors


def errors_of(facts: ReportFacts, subject: str) -> ScoreErrors | None:
    """The errors of a subject's rated rows."""
    return facts.assessment.errors.rows.get(subject)


def level_text(facts: ReportFacts) -> str:
    """`95 %`."""
    percent = Fraction(repr(facts.assessment.case.uncertainty.level)) * 100
    return facts.say("REPORT-PERCENT", value=facts.numbers.constant(percent))


def interval_text(facts: ReportFacts, subject: str, row: int) -> str:
    """`9,18–9,50`; a word where nothing was sampled, a dash where the error is not known or there is no value."""
    found = errors_of(facts, subject)
    if found is None or facts.exact(subject, row) is None:
        return DASH
    if not found.is_sampled[row]:
        return facts.say("REPORT-NOT-SAMPLED-WORD")
    if np.isnan(found.error[row]):
        return DASH
    return f"{_figure(facts, found.low[row])}{DASH}{_figure(facts, found.high[row])}"


def half_width(facts: ReportFacts, subject: str, rows: Sequence[int]) -> Decimal | None:
    """Half the width of the typical interval of some rows: the median; None where none is known."""
    found = errors_of(facts, subject)
    if found is None:
        return None
    widths = [(found.high[row] - found.low[row]) / 2 for row in rows if found.is_sampled[row]]
    known = sorted(float(one) for one in widths if not np.isnan(one))
    return _rounded(facts, known[len(known) // 2]) if known else None


def possible_places(facts: ReportFacts, row: int) -> str:
    """`3–11`; a dash where the error is not known."""
    sets = facts.assessment.place_sets
    return span_text(int(sets.first[row]), int(sets.last[row]))


def is_sampled(facts: ReportFacts, subject: str, rows: Sequence[int]) -> bool:
    """Whether any of some rows owes a part of its value to a sample of known error."""
    found = errors_of(facts, subject)
    return found is not None and any(bool(found.is_sampled[row]) and not np.isnan(found.error[row]) for row in rows)


def bounds(facts: ReportFacts, subject: str, row: int) -> tuple[float, float] | None:
    """An interval as a chart draws it; None where there is none."""
    found = errors_of(facts, subject)
    if found is None or not found.is_sampled[row] or np.isnan(found.error[row]):
        return None
    return float(_rounded(facts, found.low[row])), float(_rounded(facts, found.high[row]))


def _figure(facts: ReportFacts, value: float) -> str:
    return facts.numbers.text(_rounded(facts, value))


def _rounded(facts: ReportFacts, value: float) -> Decimal:
    """An estimate as printed; it has no exact value, the nearest float stands for it."""
    digits = facts.policies.rounding.printed
    return round_exact(Fraction(float(value)).limit_denominator(10**12), digits, RoundingMode.HALF_UP)
