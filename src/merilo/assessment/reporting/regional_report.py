"""The operator's report on a region: every table, chart and sentence computed from one assessment."""

from __future__ import annotations

from collections.abc import Iterator

from merilo.assessment.recheck.waves import WaveChanges
from merilo.assessment.reporting.assessed import Assessed
from merilo.assessment.reporting.breakdown_section import breakdown_section
from merilo.assessment.reporting.changes_section import changes_section
from merilo.assessment.reporting.comparison_section import comparison_section
from merilo.assessment.reporting.criterion_section import criterion_sections
from merilo.assessment.reporting.data_notes_section import data_notes_section
from merilo.assessment.reporting.document import Block, Contents, Document
from merilo.assessment.reporting.exclusions_section import exclusions_section
from merilo.assessment.reporting.facts import ReportFacts, gather_facts
from merilo.assessment.reporting.fixed_words import fixed_words
from merilo.assessment.reporting.methodology_section import methodology_section
from merilo.assessment.reporting.norms_section import norms_section
from merilo.assessment.reporting.organisation_section import organisation_sections
from merilo.assessment.reporting.quality_section import quality_section
from merilo.assessment.reporting.rating_section import rating_section
from merilo.assessment.reporting.report_head import ReportHead
from merilo.assessment.reporting.shortcomings_section import shortcomings_section
from merilo.assessment.reporting.title import title_page
from merilo.assessment.reporting.typography import typeset
from merilo.assessment.wording import Wording


def regional_report(
    assessment: Assessed, head: ReportHead, wording: Wording, changes: WaveChanges | None = None
) -> Document:
    """The whole report as data; `wording` is the catalogue `report` in the language wanted, `changes` those since a
    previous wave."""
    facts = gather_facts(assessment, head, wording, changes)
    return typeset(Document(title_page(facts), tuple(_blocks(facts)), wording.language, fixed_words(wording)))


def _blocks(facts: ReportFacts) -> Iterator[Block]:
    yield Contents(facts.say("REPORT-WORD-CONTENTS"))
    yield from methodology_section(facts)
    yield from rating_section(facts)
    yield from changes_section(facts)
    yield from criterion_sections(facts)
    yield from breakdown_section(facts)
    yield from norms_section(facts)
    yield from shortcomings_section(facts)
    yield from organisation_sections(facts)
    yield from comparison_section(facts)
    yield from exclusions_section(facts)
    yield from quality_section(facts)
    yield from data_notes_section(facts)
