"""A page per organisation: score and place, best and worst criterion, chart, indicators, shortcomings, remarks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from merilo.assessment.rating.ranking import NO_PLACE
from merilo.assessment.reporting.changes_section import change_sentence
from merilo.assessment.reporting.data_notes_section import named
from merilo.assessment.reporting.document import Block, Figure, Heading, PageBreak, Paragraph, Table
from merilo.assessment.reporting.facts import Group, ReportFacts, category_value_name
from merilo.assessment.reporting.found import found_in_row
from merilo.assessment.reporting.organisation_table import organisation_table
from merilo.assessment.reporting.overview_table import extremes, overview_table
from merilo.assessment.reporting.place_words import place_text
from merilo.assessment.reporting.rating_section import unrated_reason
from merilo.assessment.reporting.score_figures import organisation_bars
from merilo.assessment.reporting.summary import Summary
from merilo.assessment.reporting.sureness import interval_text, is_sampled, level_text
from merilo.assessment.reporting.sureness_section import places_sentence
from merilo.assessment.scoring.score import OVERALL

REMARKS_SHOWN = 3
FEW_ROWS = 24


def organisation_sections(facts: ReportFacts) -> Iterator[Block]:
    """An overview, then all organisations in the order of the register, group by group.

    Each opens a page, unless it has so little to show that its page would stay empty.
    """
    yield Heading(1, facts.say("REPORT-BY-ORGANISATION"), "organisations")
    yield Paragraph(_intro(facts))
    overview = overview_table(facts)
    if overview is not None:
        yield overview
    for group in facts.groups:
        overall = facts.summary(OVERALL, group.rows) if facts.has_overall else None
        for row in group.rows:
            page = list(_organisation(facts, row, group, overall))
            if _fills_page(page):
                yield PageBreak()
            yield from page


def _fills_page(blocks: Sequence[Block]) -> bool:
    rows = sum(len(block.rows) for block in blocks if isinstance(block, Table))
    return rows > FEW_ROWS or any(isinstance(block, Figure) for block in blocks)


def _intro(facts: ReportFacts) -> str:
    """What the pages hold and what the signs in their tables mean: said once."""
    sentences = [facts.say("REPORT-ORGANISATIONS-INTRO")]
    if any(group.name for group in facts.groups):
        sentences.append(facts.say("REPORT-MEANS-OF-GROUP"))
    if len(facts.edition.items) > len(facts.edition.indicators):
        sentences.append(facts.say("REPORT-PARTS-ELSEWHERE"))
    sentences.append(facts.say("REPORT-N-NOTE"))
    if facts.assessment.case.table.given:
        sentences.append(facts.say("REPORT-GIVEN-NOTE", word=facts.say("REPORT-GIVEN-WORD")))
    return " ".join((*sentences, facts.say("REPORT-DASH-NOTE")))


def _organisation(facts: ReportFacts, row: int, group: Group, overall: Summary | None) -> Iterator[Block]:
    yield Heading(2, facts.names[row], f"organisation-{row + 1}", compact=True)
    sentences = [*_attributes(facts, row), *_overall(facts, row, group, overall), *_extremes(facts, row)]
    if sentences:
        yield Paragraph(" ".join(sentences), compact=True)
    figure = organisation_bars(facts, row, group)
    if figure is not None:
        yield figure
    yield organisation_table(facts, row, group, remarks=_remarks(facts, row))
    found = found_in_row(facts, row)
    if found:
        told = facts.say("REPORT-ITS-SHORTCOMINGS", found="; ".join(one.text for one in found))
        yield Paragraph(told, compact=True)
    elif facts.assessment.shortcomings:
        yield Paragraph(_no_shortcomings(facts, row), compact=True)


def _remarks(facts: ReportFacts, row: int) -> str:
    """What somebody noted about the evidence; of many notes only the first ones."""
    remarks = [one for one in facts.head.remarks if one.organisation == facts.assessment.key(row)]
    if not remarks:
        return ""
    told = [f"{named(facts, one.subject)}: {one.note}" for one in remarks[:REMARKS_SHOWN]]
    if len(remarks) > REMARKS_SHOWN:
        told.append(facts.say("REPORT-MORE-REMARKS", n=len(remarks) - REMARKS_SHOWN))
    return facts.say("REPORT-ITS-REMARKS", remarks="; ".join(told))


def _no_shortcomings(facts: ReportFacts, row: int) -> str:
    examined = sum(bool(one.examined[row]) for one in facts.assessment.shortcomings)
    return facts.say("REPORT-ITS-SHORTCOMINGS-NONE", n=examined)


def _attributes(facts: ReportFacts, row: int) -> Iterator[str]:
    """The categories the rules depend on."""
    organisation = facts.organisation(row)
    for category in facts.edition.categories:
        if category.splits:
            names = facts.form_names(row)
        else:
            values = organisation.categories.get(category.code, ())
            names = [category_value_name(facts.edition, value, category.code) for value in values]
        if names:
            yield f"{category.name}: {'; '.join(names)}."
    if len(facts.assessment.rated.rows[row].units) > 1:
        yield facts.say("REPORT-MEAN-OF-FORMS")


def _overall(facts: ReportFacts, row: int, group: Group, overall: Summary | None) -> Iterator[str]:
    if overall is None:
        return
    if row not in overall.exact:
        yield facts.say("REPORT-OVERALL-MISSING", reason=unrated_reason(facts, row))
        return
    value = overall.printed[row]
    yield facts.say("REPORT-OVERALL-VALUE", value=facts.numbers.points(value))
    if is_sampled(facts, OVERALL, [row]):
        yield facts.say("REPORT-OVERALL-INTERVAL", level=level_text(facts), interval=interval_text(facts, OVERALL, row))
    if facts.assessment.places[row] != NO_PLACE and overall.size > 1:
        code = "REPORT-PLACE-IN-GROUP" if group.name else "REPORT-PLACE"
        values = {"group": group.name} if group.name else {}
        yield facts.say(code, place=place_text(facts, row), size=overall.size, **values)
        if possible := places_sentence(facts, row):
            yield possible
        yield _beside_mean(facts, value, overall.mean_printed)
    if since := change_sentence(facts, row):
        yield since


def _beside_mean(facts: ReportFacts, value: Decimal, mean: Decimal) -> str:
    """Above, below or at the mean, by the numbers as they are printed."""
    if value == mean:
        return facts.say("REPORT-AT-MEAN", mean=facts.numbers.points(mean))
    code = "REPORT-OVER-MEAN" if value > mean else "REPORT-UNDER-MEAN"
    return facts.say(code, mean=facts.numbers.points(mean), difference=facts.numbers.points(abs(value - mean)))


def _extremes(facts: ReportFacts, row: int) -> Iterator[str]:
    """The best and the worst criterion; several where they are printed alike, none where all are."""
    found = extremes(facts, row)
    if found is None:
        return
    code = facts.edition.criteria[0].code
    if found.best == found.worst:
        yield facts.say("REPORT-CRITERIA-EQUAL", value=facts.value_text(code, found.best))
        return
    for sentence, value in (("REPORT-BEST-CRITERION", found.best), ("REPORT-WORST-CRITERION", found.worst)):
        codes = found.printed_as(value)
        names = ", ".join(facts.quoted(one.short_name) for one in facts.edition.criteria if one.code in codes)
        yield facts.say(sentence, value=facts.value_text(code, value), names=names)
