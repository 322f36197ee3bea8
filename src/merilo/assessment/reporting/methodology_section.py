"""The methodology section, written from the edition itself: nothing in it can differ from what was computed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from merilo.assessment.methodology.edition import Standing
from merilo.assessment.reporting.document import Block, Bullets, Column, Heading, Paragraph, Row, Table
from merilo.assessment.reporting.facts import ReportFacts
from merilo.assessment.reporting.indicator_tables import formula_table, indicator_table
from merilo.assessment.reporting.policy_words import policy_lines
from merilo.assessment.reporting.sample_section import data_blocks
from merilo.assessment.reporting.sureness_section import sureness_method
from merilo.assessment.reporting.weights_section import weight_blocks


def methodology_section(facts: ReportFacts) -> Iterator[Block]:
    """By what, from what and how everything was computed."""
    yield Heading(1, facts.say("REPORT-METHODOLOGY"), "methodology")
    yield from _opening(facts)
    yield Heading(2, facts.say("REPORT-LEGAL-BASIS"), "legal-basis")
    yield _legal_table(facts)
    if facts.edition.notes:
        yield Heading(2, facts.say("REPORT-EDITION-NOTES"), "edition-notes")
        yield Bullets(facts.edition.notes)
    yield Heading(2, facts.say("REPORT-INDICATORS"), "indicators")
    yield Paragraph(_standings(facts))
    yield indicator_table(facts)
    yield Paragraph(facts.say("REPORT-FORMULAS-INTRO"))
    yield formula_table(facts)
    yield Heading(2, facts.say("REPORT-WEIGHTS"), "weights")
    yield from weight_blocks(facts)
    yield Heading(2, facts.say("REPORT-POLICIES"), "policies")
    yield Paragraph(facts.say("REPORT-POLICIES-INTRO"))
    yield _policy_table(facts)
    yield Heading(2, facts.say("REPORT-DATA"), "data")
    yield from data_blocks(facts)
    yield from sureness_method(facts)
    yield Heading(2, facts.say("REPORT-STAMP"), "stamp")
    yield from _stamp(facts)


def _opening(facts: ReportFacts) -> Iterator[Block]:
    edition = facts.edition
    title = edition.title if facts.wording.language == "ru" else edition.title_en
    yield Paragraph(
        facts.say("REPORT-EDITION", title=title, edition=edition.code, version=edition.version)
        + _validity(facts, edition.valid_from, edition.valid_to)
    )
    if edition.standing.is_doubtful:
        standing = facts.word("STANDING", edition.standing)
        yield Paragraph(facts.say("REPORT-EDITION-UNVERIFIED", standing=standing), strong=True)
    else:
        yield Paragraph(facts.say("REPORT-EDITION-STANDING", standing=facts.word("STANDING", edition.standing)))
    low, high = facts.numbers.constant(edition.low), facts.numbers.constant(edition.high)
    yield Paragraph(
        facts.say(
            "REPORT-ASSESSED",
            organisations=facts.organisations(len(facts.names)),
            low=low,
            high=high,
            unit=facts.numbers.unit_of_many,
        )
    )
    if facts.wording.language != "ru":
        yield Paragraph(facts.say("REPORT-NAMES-AS-WRITTEN"))
    if facts.head.notes:
        yield Paragraph(facts.say("REPORT-HEAD-NOTES"))
        yield Bullets(facts.head.notes)


def _validity(facts: ReportFacts, start: date | None, end: date | None) -> str:
    if start is None:
        return ""
    if end is None:
        return " " + facts.say("REPORT-VALID-FROM", start=_day(facts, start))
    return " " + facts.say("REPORT-VALID", start=_day(facts, start), end=_day(facts, end))


def _day(facts: ReportFacts, day: date) -> str:
    return day.strftime("%d.%m.%Y") if facts.wording.language == "ru" else day.isoformat()


def _legal_table(facts: ReportFacts) -> Table:
    columns = (
        Column(facts.say("REPORT-COLUMN-ACT"), 5),
        Column(facts.say("REPORT-COLUMN-CLAUSE"), 5),
        Column(facts.say("REPORT-COLUMN-STANDING"), 3),
    )
    rows = tuple(
        Row((basis.act, basis.clause or "–", facts.word("STANDING", basis.standing)))
        for basis in facts.edition.legal_basis
    )
    return Table(facts.say("REPORT-LEGAL-CAPTION"), columns, rows)


def _standings(facts: ReportFacts) -> str:
    """How many indicators are checked how far."""
    counted = Counter(indicator.standing for indicator in facts.edition.indicators)
    parts = [f"{facts.word('STANDING', standing)} – {counted[standing]}" for standing in Standing if counted[standing]]
    return facts.say("REPORT-STANDINGS", n=sum(counted.values()), parts="; ".join(parts))


def _policy_table(facts: ReportFacts) -> Table:
    columns = (
        Column(facts.say("REPORT-COLUMN-QUESTION"), 4),
        Column(facts.say("REPORT-COLUMN-RULE"), 7),
        Column(facts.say("REPORT-COLUMN-CHOSEN-BY"), 3),
    )
    rows = tuple(
        Row((line.question, line.rule, facts.say("REPORT-BY-ASSESSMENT" if line.departs else "REPORT-BY-EDITION")))
        for line in policy_lines(facts)
    )
    return Table(facts.say("REPORT-POLICIES-CAPTION"), columns, rows)


def _stamp(facts: ReportFacts) -> Iterator[Block]:
    stamp = facts.assessment.case.stamp
    yield Paragraph(facts.say("REPORT-STAMP-INTRO"))
    yield Bullets(
        (
            facts.say("REPORT-STAMP-EDITION", edition=stamp.edition, sha256=_in_groups(stamp.edition_sha256)),
            facts.say("REPORT-STAMP-PROGRAM", program=stamp.program),
            facts.say("REPORT-STAMP-FINGERPRINT", fingerprint=_in_groups(stamp.fingerprint)),
        )
    )
    if stamp.inputs:
        columns = (
            Column(facts.say("REPORT-COLUMN-FILE"), 6),
            Column(facts.say("REPORT-COLUMN-SIZE"), 3),
            Column("SHA-256", 4),
        )
        rows = tuple(Row((one.name, facts.numbers.count(one.size), one.sha256[:16])) for one in stamp.inputs)
        yield Table(facts.say("REPORT-INPUTS-CAPTION"), columns, rows, facts.say("REPORT-INPUTS-NOTE"))


def _in_groups(digest: str) -> str:
    """A digest in groups of eight: it fits the line and can be compared by eye."""
    return " ".join(digest[start : start + 8] for start in range(0, len(digest), 8))
