"""Shortcomings over all organisations, each with its number and base, and the proposals that follow from them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from merilo.assessment.findings.detect import Shortcoming
from merilo.assessment.reporting.document import Align, Block, Bullets, Column, Heading, Paragraph, Row, Table
from merilo.assessment.reporting.facts import ReportFacts
from merilo.assessment.reporting.found import found_shortcomings

FEW = 5


def shortcomings_section(facts: ReportFacts) -> Iterator[Block]:
    """What was found where, and what is proposed; a plain word where the edition has no rules for it."""
    known = facts.assessment.shortcomings
    yield Heading(1, facts.say("REPORT-SHORTCOMINGS"), "shortcomings")
    if not known:
        yield Paragraph(facts.say("REPORT-NO-FINDING-RULES"))
        return
    found = found_shortcomings(facts)
    yield Paragraph(
        facts.say(
            "REPORT-SHORTCOMINGS-INTRO",
            known=len(known),
            found=len(found),
            absent=sum(one.base > 0 and not one.numerator for one in known),
            unexamined=sum(one.base == 0 for one in known),
        )
    )
    if found:
        yield _table(facts, found)
        yield Heading(2, facts.say("REPORT-PROPOSALS"), "proposals")
        yield from _proposals(facts, found)


def _table(facts: ReportFacts, found: Sequence[Shortcoming]) -> Table:
    columns = (
        Column(facts.say("REPORT-COLUMN-SHORTCOMING"), 8),
        Column(facts.say("REPORT-COLUMN-FOUND"), 3, Align.CENTER),
        Column(facts.say("REPORT-COLUMN-SHARE"), 2, Align.CENTER),
        Column(facts.say("REPORT-COLUMN-WHERE"), 6),
    )
    rows = tuple(
        Row(
            (
                one.text,
                facts.say("REPORT-COUNT-OF", count=one.numerator, base=one.base),
                facts.numbers.percent(one.share) if one.share is not None else "–",
                _where(facts, one),
            )
        )
        for one in found
    )
    return Table(
        facts.say("REPORT-SHORTCOMINGS-CAPTION"), columns, rows, facts.say("REPORT-SHORTCOMINGS-NOTE", few=FEW)
    )


def _where(facts: ReportFacts, one: Shortcoming) -> str:
    return "; ".join(facts.short[row] for row in one.found_in) if one.numerator <= FEW else "–"


def _proposals(facts: ReportFacts, found: Sequence[Shortcoming]) -> Iterator[Block]:
    """Each proposal once, with the shortcomings it answers."""
    answered: dict[str, list[Shortcoming]] = {}
    for one in found:
        if one.recommendation:
            answered.setdefault(one.recommendation, []).append(one)
    if answered:
        yield Paragraph(facts.say("REPORT-PROPOSALS-INTRO"))
        yield Bullets(tuple(_proposal(facts, text, ones) for text, ones in answered.items()))
    without = sum(not one.recommendation for one in found)
    if without:
        yield Paragraph(facts.say("REPORT-WITHOUT-PROPOSAL", n=without))


def _proposal(facts: ReportFacts, recommendation: str, found: Sequence[Shortcoming]) -> str:
    reasons = "; ".join(
        f"{one.text} – {facts.say('REPORT-COUNT-OF', count=one.numerator, base=one.base)}" for one in found
    )
    return facts.say("REPORT-PROPOSAL", recommendation=recommendation.rstrip("."), reasons=reasons)
