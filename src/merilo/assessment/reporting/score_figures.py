"""Charts of scores: bars of organisations with the mean as a line, one organisation's criteria beside the mean.

The value axis spans the whole scale. Only where all values lie in its upper part may it start higher,
and then the caption says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from merilo.assessment.reporting.charts import ChartKind, ChartSpec, Series
from merilo.assessment.reporting.document import Figure
from merilo.assessment.reporting.facts import Group, ReportFacts
from merilo.assessment.reporting.number_words import HUNDRED
from merilo.assessment.reporting.place_words import DASH, place_text
from merilo.assessment.reporting.summary import Summary
from merilo.assessment.reporting.sureness import bounds, level_text, possible_places
from merilo.assessment.scoring.score import OVERALL

# An axis is cut where every value lies above this share of the scale and all lie within this other share of it;
# it then starts a step or two lower.
CUT_ABOVE = Fraction(6, 10)
CUT_WITHIN = Fraction(2, 10)
STEPS = 10


def bars(facts: ReportFacts, subject: str, summary: Summary, caption: str) -> Figure:
    """Organisations from the highest to the lowest value, and their mean."""
    rows = summary.descending()
    low, high = _scale(facts, subject)
    # A share of attainable points has another unit than its interval.
    ends = tuple(None if facts.is_share(subject) else bounds(facts, subject, row) for row in rows)
    lowest = min((Decimal(repr(one[0])) for one in ends if one is not None), default=summary.worst)
    start = axis_start(min(summary.worst, lowest), summary.best, low, high)
    mean = facts.say("REPORT-MEAN-LINE")
    names = [chart_name(facts, subject, row) for row in rows]
    scores = tuple(float(summary.printed[row]) for row in rows)
    told = ends if any(ends) else ()
    chart = ChartSpec(
        kind=ChartKind.BAR,
        title=caption,
        unit=_unit(facts, subject),
        categories=tuple(names),
        series=(Series(facts.say("REPORT-SERIES-SCORE"), scores, told),),
        digits=facts.policies.rounding.printed,
        low=float(start),
        high=float(high),
        reference=(mean, float(summary.mean_printed)),
    )
    texts = [_with_ends(facts, summary.printed[row], end) for row, end in zip(rows, ends, strict=True)]
    values = [*zip(names, texts, strict=True), (mean, facts.numbers.text(summary.mean_printed))]
    shown = facts.say("REPORT-WHISKERS", caption=caption, level=level_text(facts)) if told else caption
    return Figure(_caption(facts, shown, start, low), chart, _alt(facts, shown, chart.unit, values))


def chart_name(facts: ReportFacts, subject: str, row: int) -> str:
    """`Родник, место 2 (2–3)` where the chart is of overall scores and places are not certain, else the name."""
    places = possible_places(facts, row) if subject == OVERALL else DASH
    if places == DASH:
        return facts.short[row]
    place = place_text(facts, row)
    code = "REPORT-NAME-AND-PLACE" if places == place else "REPORT-NAME-AND-PLACES"
    return facts.say(code, name=facts.short[row], place=place, places=places)


def _with_ends(facts: ReportFacts, value: Decimal, ends: tuple[float, float] | None) -> str:
    """`9,58 (9,38–9,71)`."""
    if ends is None:
        return facts.numbers.text(value)
    low, high = (facts.numbers.text(Decimal(f"{end:.{facts.policies.rounding.printed}f}")) for end in ends)
    return f"{facts.numbers.text(value)} ({low}–{high})"


def organisation_bars(facts: ReportFacts, row: int, group: Group) -> Figure | None:
    """The criteria of one organisation beside their means; None where there are no two to compare.

    Where some criteria are shares of attainable points, all are shown in percent of what can be had.
    """
    criteria = [one for one in facts.edition.criteria if facts.compared(one.code, row) is not None]
    if len(criteria) < 2:
        return None
    shares = any(facts.is_share(one.code) for one in criteria)
    own, means, ends = [], [], []
    for one in criteria:
        summary = facts.summary(one.code, group.rows)
        factor = HUNDRED / facts.edition.high if shares and not facts.is_share(one.code) else Fraction(1)
        own.append(facts.numbers.score(factor * summary.exact[row]))
        means.append(facts.numbers.score(factor * summary.mean))
        ends.append(None if shares else bounds(facts, one.code, row))
    unit = "%" if shares else facts.numbers.unit_of_many
    caption = facts.say("REPORT-ORGANISATION-FIGURE", unit=unit)
    if any(ends):
        caption = facts.say("REPORT-WHISKERS", caption=caption, level=level_text(facts))
    mean_name = facts.say("REPORT-SERIES-MEAN")
    beside = (Series(mean_name, tuple(float(mean) for mean in means)),) if len(group.rows) > 1 else ()
    told_ends = tuple(ends) if any(ends) else ()
    chart = ChartSpec(
        kind=ChartKind.COLUMN,
        title=caption,
        unit="",
        categories=tuple(one.short_name for one in criteria),
        series=(
            Series(facts.say("REPORT-SERIES-ORGANISATION"), tuple(float(value) for value in own), told_ends),
            *beside,
        ),
        digits=facts.policies.rounding.printed,
        low=0.0 if shares else float(facts.edition.low),
        high=float(HUNDRED if shares else facts.edition.high),
        compact=True,
    )
    values = []
    for one, value, mean, end in zip(criteria, own, means, ends, strict=True):
        told = _with_ends(facts, value, end)
        if beside:
            told = facts.say("REPORT-ALT-BESIDE-MEAN", value=told, mean=facts.numbers.text(mean))
        values.append((one.short_name, told))
    return Figure(caption, chart, facts.say("REPORT-ALT-ORGANISATION", name=facts.names[row], values=_told(values)))


def axis_start(worst: Decimal, best: Decimal, low: Fraction, high: Fraction) -> Fraction:
    """Where the value axis starts: at the scale's low end, or higher where all values crowd at its high end."""
    step, length = (high - low) / STEPS, high - low
    if Fraction(worst) <= low + CUT_ABOVE * length or Fraction(best - worst) > CUT_WITHIN * length:
        return low
    whole_steps = (Fraction(worst) - low) / step
    return low + step * (whole_steps.__floor__() - 1)


def _scale(facts: ReportFacts, subject: str) -> tuple[Fraction, Fraction]:
    return (Fraction(0), HUNDRED) if facts.is_share(subject) else (facts.edition.low, facts.edition.high)


def _unit(facts: ReportFacts, subject: str) -> str:
    return "%" if facts.is_share(subject) else facts.numbers.unit_of_many


def _caption(facts: ReportFacts, caption: str, start: Fraction, low: Fraction) -> str:
    if start == low:
        return caption
    return facts.say(
        "REPORT-CUT-AXIS", caption=caption, start=facts.numbers.constant(start), low=facts.numbers.constant(low)
    )


def _alt(facts: ReportFacts, caption: str, unit: str, values: Sequence[tuple[str, str]]) -> str:
    return facts.say("REPORT-ALT", caption=caption, unit=unit, values=_told(values))


def _told(values: Sequence[tuple[str, str]]) -> str:
    return "; ".join(f"{name} – {value}" for name, value in values)
