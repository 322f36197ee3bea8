"""Where the data are from: sources, questionnaires, conflicting answers, how many were asked where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from merilo.assessment.methodology.quantity import Source
from merilo.assessment.observations.gather import FORMS
from merilo.assessment.observations.register import Organisation
from merilo.assessment.observations.sample import ASKED
from merilo.assessment.reporting.document import Align, Block, Bullets, Column, Paragraph, Row, Table
from merilo.assessment.reporting.facts import ReportFacts


def data_blocks(facts: ReportFacts) -> Iterator[Block]:
    """Sources, questionnaires and the sample."""
    yield Paragraph(facts.say("REPORT-SOURCES-INTRO"))
    yield Bullets(_sources(facts))
    if facts.head.questionnaires:
        yield Paragraph(facts.say("REPORT-QUESTIONNAIRES", count=facts.numbers.count(facts.head.questionnaires)))
    excluded = facts.head.fieldwork.exclusions
    if excluded:
        yield Paragraph(facts.say("QUALITY-EXCLUSIONS-INTRO", n=len(excluded)))
    conflicts = sum(found for _, found in facts.head.conflicts)
    if conflicts:
        yield Paragraph(facts.say("REPORT-CONFLICTS", n=conflicts))
    table = _sample_table(facts)
    yield table if table is not None else Paragraph(facts.say("REPORT-NO-SAMPLE"))


def _sources(facts: ReportFacts) -> tuple[str, ...]:
    """Each source with how many quantities came from it, and the values that came in ready."""
    table = facts.assessment.case.table
    seen = Counter(
        quantity.source
        for code, quantity in facts.edition.quantities.items()
        if code in table.columns and table.columns[code].seen.any()
    )
    found = [
        facts.say("REPORT-SOURCE-COUNT", source=facts.word("SOURCE", one), n=seen[one]) for one in Source if seen[one]
    ]
    given = sum(bool((~np.isnan(column)).any()) for column in table.given.values())
    if given:
        found.append(facts.say("REPORT-SOURCE-GIVEN", n=given))
    return tuple(found) or (facts.say("REPORT-SOURCE-NONE"),)


def _sample_table(facts: ReportFacts) -> Table | None:
    """Recipients and questionnaires of each organisation; None where neither is known anywhere."""
    first = _first_rows(facts)
    organisations = [facts.organisation(row) for row in first]
    asked = [_asked(facts, facts.assessment.rated.rows[row].organisation) for row in first]
    if all(one is None for one in asked) and all(one.recipients is None for one in organisations):
        return None
    columns = (
        Column(facts.say("REPORT-COLUMN-NUMBER"), 1, Align.CENTER),
        Column(facts.say("REPORT-COLUMN-ORGANISATION"), 8),
        Column(facts.say("REPORT-COLUMN-RECIPIENTS"), 1, Align.CENTER),
        Column(facts.say("REPORT-COLUMN-ASKED"), 1, Align.CENTER),
        Column(facts.say("REPORT-COLUMN-ASKED-SHARE"), 1, Align.CENTER),
    )
    rows = [
        Row((str(number), one.name or one.key, *_sample_cells(one.recipients, n, facts)))
        for number, (one, n) in enumerate(zip(organisations, asked, strict=True), start=1)
    ]
    known = [(one.recipients, n) for one, n in zip(organisations, asked, strict=True)]
    total_asked = [n for _, n in known if n is not None]
    if len(rows) > 1 and len(total_asked) == len(known) and all(people is not None for people, _ in known):
        people = sum(people or 0 for people, _ in known)
        rows.append(Row(("", facts.say("REPORT-TOTAL"), *_sample_cells(people, sum(total_asked), facts)), strong=True))
    return Table(facts.say("REPORT-SAMPLE-CAPTION"), columns, tuple(rows), facts.say("REPORT-SAMPLE-NOTE"))


def _sample_cells(people: int | None, asked: int | None, facts: ReportFacts) -> tuple[str, str, str]:
    share = facts.numbers.percent(Fraction(asked, people)) if people and asked is not None else "–"
    return _count(people, facts), _count(asked, facts), share


def _count(number: int | None, facts: ReportFacts) -> str:
    return "–" if number is None else facts.numbers.count(number)


def _first_rows(facts: ReportFacts) -> list[int]:
    """The first rated row of every organisation, in the order of the register."""
    first: dict[int, int] = {}
    for row, rated in enumerate(facts.assessment.rated.rows):
        first.setdefault(rated.organisation, row)
    return list(first.values())


def _asked(facts: ReportFacts, organisation: int) -> int | None:
    """How many were asked: questionnaires counted, else what the register says."""
    table = facts.assessment.case.table
    counted = table.columns.get(FORMS)
    if counted is not None:
        rows = np.flatnonzero(table.units.organisation_rows() == organisation)
        found = counted.count[rows]
        if not np.isnan(found).all():
            return int(np.nansum(found))
    return _written(table.units.organisations[organisation])


def _written(organisation: Organisation) -> int | None:
    text = organisation.details.get(ASKED, "").strip()
    return int(text) if text.isdecimal() else None
