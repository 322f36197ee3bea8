"""What a reader must know of the data: remarks, conflicting answers, what was observed but not used."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from merilo.assessment.observations.gather import FORMS
from merilo.assessment.reporting.document import Align, Block, Bullets, Column, Heading, Paragraph, Row, Table
from merilo.assessment.reporting.facts import ReportFacts


def data_notes_section(facts: ReportFacts) -> Iterator[Block]:
    """Conflicts, unused observations, values given beside evidence, remarks."""
    yield Heading(1, facts.say("REPORT-DATA-NOTES"), "data-notes")
    blocks = [*_conflicts(facts), *_unused(facts), *_given(facts), *_remarks(facts)]
    yield from blocks or [Paragraph(facts.say("REPORT-NO-DATA-NOTES"))]


def _conflicts(facts: ReportFacts) -> Iterator[Block]:
    if not facts.head.conflicts:
        return
    columns = (
        Column(facts.say("REPORT-COLUMN-QUANTITY"), 8),
        Column(facts.say("REPORT-COLUMN-ANSWERS"), 2, Align.CENTER),
    )
    rows = tuple(Row((named(facts, code), facts.numbers.count(n))) for code, n in facts.head.conflicts)
    yield Table(facts.say("REPORT-CONFLICTS-CAPTION"), columns, rows, facts.say("REPORT-CONFLICTS-NOTE"))


def _unused(facts: ReportFacts) -> Iterator[Block]:
    """Quantities that were observed and that no indicator reads."""
    edition, columns = facts.edition, facts.assessment.case.table.columns
    read = {code for item in edition.items.values() for code in item.formula.quantities()}
    read |= {quantity for scheme in edition.schemes for _, quantity in scheme.quantities}
    unused = [
        quantity.name
        for code, quantity in edition.quantities.items()
        if code not in read and code != FORMS and code in columns and columns[code].seen.any()
    ]
    if unused:
        yield Paragraph(facts.say("REPORT-UNUSED"))
        yield Bullets(tuple(unused))


def _given(facts: ReportFacts) -> Iterator[Block]:
    """How many values came in ready, and for how many of them nothing stands behind the number."""
    given = facts.assessment.case.table.given
    total = sum(int((~np.isnan(column)).sum()) for column in given.values())
    if total:
        yield Paragraph(facts.say("REPORT-GIVEN", n=total))


def _remarks(facts: ReportFacts) -> Iterator[Block]:
    """All remarks; those about one organisation also stand on its page."""
    if not facts.head.remarks:
        return
    names = {one.key: one.name or one.key for one in facts.assessment.case.table.units.organisations}
    columns = (
        Column(facts.say("REPORT-COLUMN-ORGANISATION"), 6),
        Column(facts.say("REPORT-COLUMN-SUBJECT"), 5),
        Column(facts.say("REPORT-COLUMN-REMARK"), 6),
    )
    rows = tuple(
        Row((names.get(one.organisation, one.organisation), named(facts, one.subject), one.note))
        for one in facts.head.remarks
    )
    yield Table(facts.say("REPORT-REMARKS-CAPTION"), columns, rows)


def named(facts: ReportFacts, code: str) -> str:
    """What an observation is of: an indicator or sub-item, a quantity, a line of a checklist."""
    item = facts.edition.items.get(code)
    if item is not None:
        return " ".join(part for part in (item.label, item.name) if part)
    head, _, cell = code.partition(".")
    quantity = facts.edition.quantities.get(head)
    if quantity is None:
        return code
    line = next((line for line in quantity.items if line.code == cell), None)
    return f"{quantity.name}: {line.name}" if line is not None else quantity.name
