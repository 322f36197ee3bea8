"""One section per criterion: its sentences, its indicators by organisation, its chart, its shortcomings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from merilo.assessment.methodology.edition import Criterion
from merilo.assessment.methodology.formulas.working import Status
from merilo.assessment.reporting.document import Align, Block, Bullets, Column, Heading, Paragraph, Row, Table
from merilo.assessment.reporting.facts import Group, ReportFacts, dash_note
from merilo.assessment.reporting.found import found_in_criterion
from merilo.assessment.reporting.narrative import narrative
from merilo.assessment.reporting.score_figures import bars
from merilo.assessment.reporting.summary import Summary
from merilo.assessment.reporting.sureness import interval_text, is_sampled, level_text

SHORTCOMINGS_SHOWN = 5


def criterion_sections(facts: ReportFacts) -> Iterator[Block]:
    """All criteria in the order of the edition."""
    yield Heading(1, facts.say("REPORT-CRITERIA"), "criteria")
    for criterion in facts.edition.criteria:
        yield Heading(2, criterion.name, f"criterion-{criterion.code}")
        for number, group in enumerate(facts.groups, start=1):
            if group.name:
                yield Heading(3, group.name, f"criterion-{criterion.code}-{number}")
            yield from _group(facts, criterion, group)
        yield from _shortcomings(facts, criterion)


def _group(facts: ReportFacts, criterion: Criterion, group: Group) -> Iterator[Block]:
    summary = facts.summary(criterion.code, group.rows)
    if facts.is_reference(criterion):
        if facts.valued_criteria:
            yield Paragraph(facts.say("REPORT-REFERENCE-CRITERION"))
        yield _table(facts, criterion, group, summary)
        return
    sentences = list(narrative(facts, criterion.code, summary, "CRITERION"))
    if summary.size and summary.missing:
        sentences.append(facts.say("REPORT-CRITERION-MISSING", parts=_statuses(facts, criterion, summary)))
    if facts.is_share(criterion.code) and summary.size:
        sentences.append(facts.say("REPORT-SHARE-MEANING"))
    yield Paragraph(" ".join(sentences))
    yield _table(facts, criterion, group, summary)
    if summary.size > 1 and not summary.is_level:
        caption = f"{criterion.name}: {group.name}" if group.name else criterion.name
        yield bars(facts, criterion.code, summary, caption)


def _statuses(facts: ReportFacts, criterion: Criterion, summary: Summary) -> str:
    """`не применимо – 7 организаций`, for everything without a value."""
    statuses = facts.assessment.rated.criteria[criterion.code].status
    counted = Counter(Status(int(statuses[row])) for row in summary.missing)
    return "; ".join(
        f"{facts.word('STATUS', status)} – {facts.organisations(counted[status])}"
        for status in Status
        if counted[status]
    )


def _table(facts: ReportFacts, criterion: Criterion, group: Group, summary: Summary) -> Table:
    indicators = criterion.indicators
    labelled = all(indicator.item.label for indicator in indicators)
    order = (*summary.descending(), *summary.missing)
    asked = {row: facts.asked(indicators, row) for row in order}
    counts = any(n is not None for n in asked.values())
    columns = [Column(facts.say("REPORT-COLUMN-ORGANISATION"), 9)]
    columns += [Column(one.item.label if labelled else one.short_name, 1, Align.CENTER) for one in indicators]
    if summary.size and facts.is_share(criterion.code):
        columns.append(Column(facts.say("REPORT-COLUMN-POINTS"), 1, Align.CENTER))
        columns.append(Column(facts.say("REPORT-COLUMN-ATTAINABLE"), 1, Align.CENTER))
        columns.append(Column("%", 1, Align.CENTER))
    elif summary.size:
        columns.append(Column(facts.say("REPORT-COLUMN-CRITERION-VALUE"), 1, Align.CENTER))
    sure = bool(summary.size) and is_sampled(facts, criterion.code, order)
    if sure:
        columns.append(Column(facts.say("REPORT-COLUMN-INTERVAL"), 2, Align.CENTER))
    if counts:
        columns.append(Column("n", 1, Align.CENTER))
    rows = tuple(
        Row(
            (
                facts.names[row],
                *(facts.printed(one.code, row) for one in indicators),
                *_values(facts, criterion, row, summary),
                *((interval_text(facts, criterion.code, row),) if sure else ()),
                *(("–" if (n := asked[row]) is None else facts.numbers.count(n),) if counts else ()),
            )
        )
        for row in order
    )
    legend = "; ".join(f"{one.item.label} – {one.short_name}" for one in indicators)
    notes = [facts.say("REPORT-LEGEND", legend=legend)] if labelled else []
    notes += [facts.say("REPORT-ASKED-NOTE")] if counts else []
    notes += [facts.say("REPORT-INTERVAL-NOTE", level=level_text(facts))] if sure else []
    note = " ".join((*notes, dash_note(facts, rows))).strip()
    caption = f"{criterion.name}: {group.name}" if group.name else criterion.name
    return Table(caption, tuple(columns), rows, note)


def _values(facts: ReportFacts, criterion: Criterion, row: int, summary: Summary) -> tuple[str, ...]:
    """The criterion's own cells of a row."""
    if not summary.size:
        return ()
    value = facts.printed(criterion.code, row)
    if not facts.is_share(criterion.code):
        return (value,)
    if row not in summary.exact:
        return (value, "–", "–")
    return (
        value,
        facts.numbers.score_text(facts.attainable(criterion.code, row)),
        facts.numbers.text(summary.printed[row]),
    )


def _shortcomings(facts: ReportFacts, criterion: Criterion) -> Iterator[Block]:
    """The most frequent shortcomings of a criterion, and how many more there are."""
    found = found_in_criterion(facts, criterion)
    if not found:
        return
    yield Paragraph(facts.say("REPORT-CRITERION-SHORTCOMINGS"))
    shown = found[:SHORTCOMINGS_SHOWN]
    yield Bullets(tuple(f"{one.text} – {facts.of_organisations(one.numerator, one.base)}" for one in shown))
    if len(found) > len(shown):
        yield Paragraph(facts.say("REPORT-MORE-SHORTCOMINGS", shown=len(shown), found=len(found)))
