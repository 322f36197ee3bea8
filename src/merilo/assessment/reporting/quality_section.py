"""Quality of the field work: what deserves a look, with its questionnaires and its probability; never a verdict."""

from __future__ import annotations

from collections.abc import Iterator

from merilo.assessment.reporting.document import Align, Block, Column, Heading, Paragraph, Row, Table
from merilo.assessment.reporting.facts import ReportFacts
from merilo.assessment.reporting.quality_words import FlagWords


def quality_section(facts: ReportFacts) -> Iterator[Block]:
    """Nothing where nothing was checked, or where the files tell too little for any check."""
    quality = facts.head.fieldwork.quality
    if quality is None or not quality.checks:
        return
    words, flags = flag_words(facts), quality.flags
    yield Heading(1, facts.say("QUALITY-SECTION"), "fieldwork-quality")
    code = "QUALITY-FOUND" if flags else "QUALITY-NOTHING"
    yield Paragraph(facts.say(code, n=facts.numbers.count(quality.size), flags=len(flags)), strong=bool(flags))
    if flags:
        yield Paragraph(facts.say("QUALITY-NOT-A-VERDICT"))
        columns = (
            Column(facts.say("REPORT-COLUMN-NUMBER"), 1, Align.CENTER),
            Column(facts.say("QUALITY-COLUMN-WHAT"), 9),
            Column(facts.say("QUALITY-COLUMN-WHERE"), 5),
            Column(facts.say("QUALITY-COLUMN-P"), 3, Align.CENTER),
        )
        rows = tuple(
            Row(
                (
                    str(number),
                    f"{words.title(one.kind)}. {words.says(one)} {words.honest(one.kind)}",
                    words.where(one, quality) or "–",
                    "–" if one.adjusted is None else words.probability(one.adjusted),
                )
            )
            for number, one in enumerate(flags, start=1)
        )
        yield Table(facts.say("QUALITY-FLAGS-CAPTION"), columns, rows, facts.say("QUALITY-P-NOTE"))
    if quality.tested:
        yield Paragraph(words.level(quality))
    if quality.lacking:
        yield Paragraph(words.lacking(quality))
    yield Paragraph(facts.say("QUALITY-KEPT"))


def flag_words(facts: ReportFacts) -> FlagWords:
    """Says flags in the language of the report."""
    names = {one.key: one.name for one in facts.assessment.case.table.units.organisations}
    return FlagWords(facts.wording, names, facts.head.fieldwork.questions)
