"""Shares by group of respondents, one table per breakdown over all organisations; few answers give no share."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from merilo.assessment.reporting.document import Align, Block, Column, Heading, Paragraph, Row, Table
from merilo.assessment.reporting.facts import ReportFacts
from merilo.assessment.reporting.number_words import HUNDRED
from merilo.assessment.reporting.report_head import BreakdownShares, GroupShare
from merilo.assessment.rounding import RoundingMode, round_exact


def breakdown_section(facts: ReportFacts) -> Iterator[Block]:
    """Nothing where no questionnaire told the groups apart."""
    if not facts.head.breakdowns:
        return
    yield Heading(1, facts.say("REPORT-BREAKDOWNS"), "breakdowns")
    yield Paragraph(facts.say("REPORT-BREAKDOWNS-INTRO", few=facts.head.minimum_base))
    for breakdown in facts.head.breakdowns:
        yield _table(facts, breakdown)


def _table(facts: ReportFacts, breakdown: BreakdownShares) -> Table:
    """Groups in rows and quantities in columns, or the other way round where there are more quantities."""
    cells = {(one.group, one.quantity): one for one in breakdown.shares}
    groups = list(dict.fromkeys(one.group for one in breakdown.shares))
    codes = [code for code in facts.edition.quantities if any(one.quantity == code for one in breakdown.shares)]
    if len(codes) <= len(groups):
        head, columns = breakdown.name, [_short_name(facts, code) for code in codes]
        rows = [Row((group, *(_share(facts, cells.get((group, code))) for code in codes))) for group in groups]
    else:
        head, columns = facts.say("REPORT-COLUMN-QUANTITY"), groups
        named = [(code, facts.edition.quantities[code].name) for code in codes]
        rows = [Row((name, *(_share(facts, cells.get((group, code))) for group in groups))) for code, name in named]
    return Table(
        facts.say("REPORT-BREAKDOWN-CAPTION", name=breakdown.name),
        (Column(head, 5), *(Column(column, 3, Align.CENTER) for column in columns)),
        tuple(rows),
    )


def _short_name(facts: ReportFacts, quantity: str) -> str:
    """The short name of the indicator that rests on this quantity alone, else the quantity's name."""
    for indicator in facts.edition.indicators:
        if set(indicator.item.formula.quantities()) == {quantity}:
            return indicator.short_name
    return facts.edition.quantities[quantity].name


def _share(facts: ReportFacts, one: GroupShare | None) -> str:
    """`24 из 25 (96,0 %) [80,5; 99,3]`; of a hidden group only that it is hidden."""
    if one is None or one.base == 0:
        return "–"
    if one.base is None or one.count is None:
        return facts.say("REPORT-BREAKDOWN-HIDDEN")
    numbers = facts.numbers
    if one.low is None or one.high is None:
        return numbers.of(one.count, one.base)
    low, high = (
        numbers.text(round_exact(HUNDRED * Fraction(bound), 1, RoundingMode.HALF_UP)) for bound in (one.low, one.high)
    )
    return facts.say(
        "REPORT-BREAKDOWN-SHARE",
        count=numbers.count(one.count),
        base=numbers.count(one.base),
        share=numbers.percent(Fraction(one.count, one.base)),
        low=low,
        high=high,
    )
