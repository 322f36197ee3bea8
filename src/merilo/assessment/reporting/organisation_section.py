"""One page per organisation: score and place, best and worst criterion, chart, indicators, remarks, shortcomings."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from merilo.assessment.rating.ranking import NO_PLACE
from merilo.assessment.reporting.data_notes_section import named
from merilo.assessment.reporting.document import Block, Bullets, Heading, PageBreak, Paragraph
from merilo.assessment.reporting.facts import Group, ReportFacts, category_value_name
from merilo.assessment.reporting.found import found_in_row
from merilo.assessment.reporting.organisation_table import organisation_table
from merilo.assessment.reporting.rating_section import place_text, unrated_reason
from merilo.assessment.reporting.score_figures import organisation_bars
from merilo.assessment.reporting.summary import Summary
from merilo.assessment.scoring.score import OVERALL


def organisation_sections(facts: ReportFacts) -> Iterator[Block]:
    """All organisations in the order of the register, group by group, each on a page of its own."""
    yield Heading(1, facts.say("REPORT-BY-ORGANISATION"), "organisations")
    first = True
    for group in facts.groups:
        overall = facts.summary(OVERALL, group.rows) if facts.has_overall else None
        for row in group.rows:
            if not first:
                yield PageBreak()
            first = False
            yield from _organisation(facts, row, group, overall)


def _organisation(facts: ReportFacts, row: int, group: Group, overall: Summary | None) -> Iterator[Block]:
    yield Heading(2, facts.names[row], f"organisation-{row + 1}")
    sentences = [*_attributes(facts, row), *_overall(facts, row, group, overall), *_extremes(facts, row)]
    if sentences:
        yield Paragraph(" ".join(sentences))
    figure = organisation_bars(facts, row, group)
    if figure is not None:
        yield figure
    yield organisation_table(facts, row)
    found = found_in_row(facts, row)
    if found:
        yield Paragraph(facts.say("REPORT-ITS-SHORTCOMINGS"))
        yield Bullets(tuple(one.text for one in found))
    elif facts.assessment.shortcomings:
        yield Paragraph(_no_shortcomings(facts, row))
    remarks = [one for one in facts.head.remarks if one.organisation == facts.assessment.key(row)]
    if remarks:
        yield Paragraph(facts.say("REPORT-ITS-REMARKS"))
        yield Bullets(tuple(f"{named(facts, one.subject)}: {one.note}" for one in remarks))


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
    if facts.assessment.places[row] != NO_PLACE and overall.size > 1:
        code = "REPORT-PLACE-IN-GROUP" if group.name else "REPORT-PLACE"
        values = {"group": group.name} if group.name else {}
        yield facts.say(code, place=place_text(facts, row), size=overall.size, **values)
        yield _beside_mean(facts, value, overall.mean_printed)


def _beside_mean(facts: ReportFacts, value: Decimal, mean: Decimal) -> str:
    """Above, below or at the mean, by the numbers as they are printed."""
    if value == mean:
        return facts.say("REPORT-AT-MEAN", mean=facts.numbers.points(mean))
    code = "REPORT-OVER-MEAN" if value > mean else "REPORT-UNDER-MEAN"
    return facts.say(code, mean=facts.numbers.points(mean), difference=facts.numbers.points(abs(value - mean)))


def _extremes(facts: ReportFacts, row: int) -> Iterator[str]:
    """The best and the worst criterion; several where they are printed alike, none where all are."""
    criteria = facts.edition.criteria
    if len({facts.is_share(criterion.code) for criterion in criteria}) != 1:
        return
    printed: dict[str, Decimal] = {}
    for criterion in criteria:
        value = facts.compared(criterion.code, row)
        if value is not None:
            printed[criterion.code] = facts.numbers.score(value)
    if len(printed) < 2:
        return
    best, worst = max(printed.values()), min(printed.values())
    if best == worst:
        yield facts.say("REPORT-CRITERIA-EQUAL", value=facts.value_text(criteria[0].code, best))
        return
    for code, extreme in (("REPORT-BEST-CRITERION", best), ("REPORT-WORST-CRITERION", worst)):
        names = ", ".join(
            facts.quoted(criterion.short_name) for criterion in criteria if printed.get(criterion.code) == extreme
        )
        yield facts.say(code, value=facts.value_text(criteria[0].code, extreme), names=names)
