"""Questionnaires left out: every decision with its reason, and the rating with and without them side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from merilo.assessment.reporting.document import Align, Block, Column, Heading, Paragraph, Row, Table
from merilo.assessment.reporting.facts import ReportFacts
from merilo.assessment.reporting.quality_words import day_text, printed, rows_text
from merilo.assessment.responses.exclusions import Exclusion


def exclusions_section(facts: ReportFacts) -> Iterator[Block]:
    """Nothing where nothing was left out."""
    exclusions = facts.head.fieldwork.exclusions
    if not exclusions:
        return
    yield Heading(1, facts.say("QUALITY-EXCLUSIONS-SECTION"), "exclusions")
    yield Paragraph(facts.say("QUALITY-EXCLUSIONS-INTRO", n=len(exclusions)), strong=True)
    yield _effects(facts)
    yield _decisions(facts, exclusions)


def _effects(facts: ReportFacts) -> Block:
    effects, digits = facts.head.fieldwork.effects, facts.assessment.rated.digits
    if effects is None:
        return Paragraph(facts.say("QUALITY-NO-EFFECT"))
    columns = (
        Column(facts.say("REPORT-COLUMN-ORGANISATION"), 6),
        *(
            Column(facts.say(f"QUALITY-COLUMN-{name}"), 2, Align.CENTER)
            for name in ("EXCLUDED", "SCORE", "SCORE-ALL", "PLACE", "PLACE-ALL")
        ),
    )
    rows = tuple(
        Row(
            (
                facts.names[one.row],
                facts.numbers.count(one.excluded),
                *(printed(value, digits, facts.wording) for value in (one.overall, one.overall_unexcluded)),
                *(printed(value, 0, facts.wording) for value in (one.place, one.place_unexcluded)),
            )
        )
        for one in effects
    )
    return Table(facts.say("QUALITY-EFFECT-CAPTION"), columns, rows)


def _decisions(facts: ReportFacts, exclusions: Sequence[Exclusion]) -> Table:
    """The decisions; questionnaires of one file left out together for one reason take one row."""
    rows_of: dict[tuple[str, str, str, str], list[int]] = {}
    for one in exclusions:
        rows_of.setdefault((one.file, one.reason, one.decided_by, one.date), []).append(one.row)
    columns = (
        Column(facts.say("QUALITY-COLUMN-WHERE"), 5),
        Column(facts.say("QUALITY-COLUMN-REASON"), 5),
        Column(facts.say("QUALITY-COLUMN-DECIDED"), 4),
    )
    rows = tuple(
        Row(
            (
                rows_text(file, numbers, facts.wording, len(numbers)),
                reason,
                f"{decided_by}, {day_text(date.fromisoformat(day), facts.wording)}",
            )
        )
        for (file, reason, decided_by, day), numbers in rows_of.items()
    )
    return Table(facts.say("QUALITY-EXCLUSIONS-CAPTION"), columns, rows)
