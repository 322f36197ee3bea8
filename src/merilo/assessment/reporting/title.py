"""The title page."""

from __future__ import annotations

from merilo.assessment.reporting.document import TitlePage
from merilo.assessment.reporting.facts import ReportFacts

SHORT_FINGERPRINT = 16


def title_page(facts: ReportFacts) -> TitlePage:
    """Who assessed, what this is, for whom, when, where; by which edition and from which data."""
    head, stamp = facts.head, facts.assessment.case.stamp
    notes = [
        facts.say("REPORT-TITLE-EDITION", edition=facts.edition.code, version=facts.edition.version),
        facts.say("REPORT-TITLE-FINGERPRINT", fingerprint=stamp.fingerprint[:SHORT_FINGERPRINT]),
    ]
    if facts.edition.standing.is_doubtful:
        notes.append(facts.say("REPORT-TITLE-UNVERIFIED"))
    return TitlePage(
        organisation=head.operator,
        title=head.title,
        subtitle=facts.say("REPORT-AUTHORITY", authority=head.authority) if head.authority else "",
        period=facts.say("REPORT-PERIOD", period=head.period) if head.period else "",
        place_and_year=", ".join(part for part in (head.place, head.year) if part),
        notes=tuple(notes),
    )
