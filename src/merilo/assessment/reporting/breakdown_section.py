"""Shares by group of respondents, one table per breakdown over all organisations; few answers give no share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from merilo.assessment.reporting.document import Align, Block, Column, Heading, Paragraph, Row, Table
from merilo.assessment.reporting.facts import ReportFacts
from merilo.assessment.reporting.report_head import BreakdownShares, GroupShare

# Under so many answers one person turns a share by tens of percent, and may be recognised.
FEWEST = 5


def breakdown_section(facts: ReportFacts) -> Iterator[Block]:
    """Nothing where no questionnaire told the groups apart."""
    if not facts.head.breakdowns:
        return
    yield Heading(1, facts.say("REPORT-BREAKDOWNS"), "breakdowns")
    yield Paragraph(facts.say("REPORT-BREAKDOWNS-INTRO", few=FEWEST))
    for breakdown in facts.head.breakdowns:
        yield _table(facts, breakdown)


def _table(facts: ReportFacts, breakdown: BreakdownShares) -> Table:
    """Groups in rows and quantities in columns, or the other way round where there are more quantities."""
    groups = list(dict.fromkeys(one.group for one in breakdown.shares))
    small = {group for group in groups if _largest_base(breakdown.shares, group) < FEWEST}
    shares = _merged(facts, breakdown.shares, small) if len(small) > 1 else breakdown.shares
    cells = {(one.group, one.quantity): one for one in shares}
    groups = list(dict.fromkeys(one.group for one in shares))
    codes = [code for code in facts.edition.quantities if any(one.quantity == code for one in shares)]
    others = facts.say("REPORT-BREAKDOWN-OTHERS", few=FEWEST)

    def told(group: str, code: str) -> str:
        return _share(facts, cells.get((group, code)), is_merged=len(small) > 1 and group == others)

    names = {code: facts.edition.quantities[code].name for code in codes}
    if len(codes) <= len(groups):
        head, columns = breakdown.name, [_short_name(facts, code) for code in codes]
        rows = [Row((group, *(told(group, code) for code in codes))) for group in groups]
    else:
        head, columns = facts.say("REPORT-COLUMN-QUANTITY"), groups
        rows = [Row((names[code], *(told(group, code) for group in groups))) for code in codes]
    return Table(
        facts.say("REPORT-BREAKDOWN-CAPTION", name=breakdown.name),
        (Column(head, 5), *(Column(column, 2, Align.CENTER) for column in columns)),
        tuple(rows),
    )


def _short_name(facts: ReportFacts, quantity: str) -> str:
    """The short name of the indicator that rests on this quantity alone, else the quantity's name."""
    for indicator in facts.edition.indicators:
        if set(indicator.item.formula.quantities()) == {quantity}:
            return indicator.short_name
    return facts.edition.quantities[quantity].name


def _largest_base(shares: Sequence[GroupShare], group: str) -> int:
    return max(one.base for one in shares if one.group == group)


def _merged(facts: ReportFacts, shares: Sequence[GroupShare], small: set[str]) -> tuple[GroupShare, ...]:
    """The same shares with all small groups as one, at the end."""
    name = facts.say("REPORT-BREAKDOWN-OTHERS", few=FEWEST)
    kept = [one for one in shares if one.group not in small]
    sums: dict[str, tuple[int, int]] = {}
    for one in shares:
        if one.group in small:
            count, base = sums.get(one.quantity, (0, 0))
            sums[one.quantity] = count + one.count, base + one.base
    return (*kept, *(GroupShare(name, code, count, base) for code, (count, base) in sums.items()))


def _share(facts: ReportFacts, one: GroupShare | None, *, is_merged: bool) -> str:
    """`24 из 25 (96,0 %)`; of few answers only how few they are."""
    if one is None or not one.base:
        return "–"
    if one.base < FEWEST:
        return facts.say("REPORT-BREAKDOWN-FEW", base=one.base)
    if is_merged:
        return facts.say("REPORT-COUNT-OF", count=facts.numbers.count(one.count), base=facts.numbers.count(one.base))
    return facts.numbers.of(one.count, one.base)
