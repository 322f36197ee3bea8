"""The rating: places and scores by group, who has none and why; the plain results where no rating is made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from merilo.assessment.methodology.formulas.working import Status
from merilo.assessment.methodology.policies import RankOn, Ties
from merilo.assessment.rating.grades import grade_of
from merilo.assessment.reporting.document import Align, Block, Bullets, Column, Heading, Paragraph, Row, Table
from merilo.assessment.reporting.facts import Group, ReportFacts, dash_note
from merilo.assessment.reporting.narrative import narrative
from merilo.assessment.reporting.place_words import place_text
from merilo.assessment.reporting.score_figures import bars
from merilo.assessment.reporting.summary import Summary
from merilo.assessment.reporting.sureness import interval_text, is_sampled, level_text, possible_places
from merilo.assessment.reporting.sureness_section import sureness_blocks
from merilo.assessment.scoring.score import OVERALL


def rating_section(facts: ReportFacts) -> Iterator[Block]:
    """Places where the methodology makes them, else what it does make."""
    if not facts.has_overall:
        yield from _results_without_rating(facts)
        return
    yield Heading(1, facts.say("REPORT-RATING"), "rating")
    yield Paragraph(facts.say("REPORT-EXACT-COMPARISON"))
    for number, group in enumerate(facts.groups, start=1):
        if group.name:
            yield Heading(2, group.name, f"rating-{number}")
        yield from _group(facts, group)


def _group(facts: ReportFacts, group: Group) -> Iterator[Block]:
    summary = facts.summary(OVERALL, group.rows)
    sentences = list(narrative(facts, OVERALL, summary, "OVERALL"))
    if summary.size > 1 and not summary.is_level:
        spread = facts.numbers.points(summary.best - summary.worst)
        sentences.append(facts.say("REPORT-SPREAD", value=spread))
    yield Paragraph(" ".join(sentences))
    if facts.edition.grades and summary.size:
        yield Paragraph(_grades(facts, summary))
    if summary.size:
        yield _table(facts, group, summary)
    if summary.missing:
        yield Paragraph(facts.say("REPORT-UNRATED", organisations=facts.organisations(len(summary.missing))))
        yield Bullets(tuple(_unrated(facts, row) for row in summary.missing))
    if summary.size > 1 and not summary.is_level:
        yield bars(facts, OVERALL, summary, _named(facts, "REPORT-RATING-FIGURE", group))
    yield from sureness_blocks(facts, group)


def _named(facts: ReportFacts, code: str, group: Group) -> str:
    text = facts.say(code)
    return f"{text}: {group.name}" if group.name else text


def _grades(facts: ReportFacts, summary: Summary) -> str:
    counted = Counter(grade_of(value, facts.edition.grades) for value in summary.printed.values())
    names = [grade.name for grade in facts.edition.grades if counted[grade.name]]
    parts = "; ".join(f"{name} – {facts.organisations(counted[name])}" for name in names)
    return facts.say("REPORT-GRADES", parts=parts)


def criterion_headers(facts: ReportFacts) -> tuple[list[str], str]:
    """Column headers for the criteria, and the note that explains them where they are only numbers."""
    criteria = facts.valued_criteria
    if not all(criterion.label for criterion in criteria):
        return [criterion.short_name for criterion in criteria], ""
    legend = "; ".join(f"{criterion.label} – {criterion.short_name}" for criterion in criteria)
    return [criterion.label for criterion in criteria], facts.say("REPORT-LEGEND", legend=legend)


def _table(facts: ReportFacts, group: Group, summary: Summary) -> Table:
    headers, legend = criterion_headers(facts)
    grades = facts.edition.grades
    sure = is_sampled(facts, OVERALL, group.rows)
    columns = (
        Column(facts.say("REPORT-COLUMN-PLACE"), 1, Align.CENTER),
        *((Column(facts.say("REPORT-COLUMN-POSSIBLE"), 1, Align.CENTER),) if sure else ()),
        Column(facts.say("REPORT-COLUMN-ORGANISATION"), 9),
        *(Column(header, 1, Align.CENTER) for header in headers),
        Column(facts.say("REPORT-COLUMN-OVERALL"), 1, Align.CENTER),
        *((Column(facts.say("REPORT-COLUMN-INTERVAL"), 2, Align.CENTER),) if sure else ()),
        *((Column(facts.say("REPORT-COLUMN-GRADE"), 3),) if grades else ()),
    )
    places = facts.assessment.places
    rows = []
    for row in sorted(summary.exact, key=lambda row: (int(places[row]), row)):
        criteria = (facts.printed(criterion.code, row) for criterion in facts.valued_criteria)
        overall = facts.numbers.text(summary.printed[row])
        grade = (grade_of(summary.printed[row], grades),) if grades else ()
        possible = (possible_places(facts, row),) if sure else ()
        interval = (interval_text(facts, OVERALL, row),) if sure else ()
        rows.append(Row((place_text(facts, row), *possible, facts.names[row], *criteria, overall, *interval, *grade)))
    meaning = facts.say("REPORT-POSSIBLE-NOTE", level=level_text(facts)) if sure else ""
    note = " ".join(part for part in (legend, meaning, _ties_note(facts, summary), dash_note(facts, rows)) if part)
    return Table(_named(facts, "REPORT-RATING-CAPTION", group), columns, tuple(rows), note)


def _ties_note(facts: ReportFacts, summary: Summary) -> str:
    """How equal scores share places, where there are any; how many stand in an order that means nothing."""
    by_print = facts.policies.rank_on is RankOn.PRINTED
    compared: list[object] = list(summary.printed.values() if by_print else summary.exact.values())
    if len(set(compared)) == len(compared):
        return "" if by_print else facts.say("REPORT-RANKED-UNROUNDED")
    if facts.policies.ties is not Ties.ORDINAL:
        return facts.word("TIES-NOTE", facts.policies.ties)
    times = Counter(summary.exact.values())
    alike = sum(count for count in times.values() if count > 1)
    if not alike:
        return facts.say("REPORT-TIES-NOTE-ORDINAL")
    return facts.say("REPORT-TIES-NOTE-ORDINAL-ALIKE", organisations=facts.organisations(alike))


def unrated_reason(facts: ReportFacts, row: int) -> str:
    """Why a row has no overall score: its status, and the criteria that have no value."""
    values = facts.assessment.rated.overall
    status = facts.word("STATUS", Status(int(values.status[row])))
    weighed = {part.code for score in facts.unit_scores(row) for part in score.criteria if part.weight}
    missing = [
        criterion.short_name
        for criterion in facts.valued_criteria
        if facts.exact(criterion.code, row) is None and (not weighed or criterion.code in weighed)
    ]
    if not missing:
        return status
    return facts.say("REPORT-UNRATED-REASON", status=status, criteria="; ".join(missing))


def _unrated(facts: ReportFacts, row: int) -> str:
    return f"{facts.names[row]}: {unrated_reason(facts, row)}"


def _results_without_rating(facts: ReportFacts) -> Iterator[Block]:
    """Criterion values in the order of the register, and a plain word that nobody is ranked."""
    yield Heading(1, facts.say("REPORT-RESULTS"), "rating")
    yield Paragraph(facts.say("REPORT-NO-RATING"), strong=True)
    criteria = [
        criterion
        for criterion in facts.edition.criteria
        if any(facts.exact(criterion.code, row) is not None for row in range(len(facts.names)))
    ]
    if not criteria:
        yield Paragraph(facts.say("REPORT-ONLY-INDICATORS"))
        return
    for group in facts.groups:
        columns = (
            Column(facts.say("REPORT-COLUMN-ORGANISATION"), 9),
            *(Column(criterion.short_name, 3, Align.CENTER) for criterion in criteria),
        )
        rows = tuple(
            Row((facts.names[row], *(_with_interval(facts, criterion.code, row) for criterion in criteria)))
            for row in group.rows
        )
        sure = any(is_sampled(facts, criterion.code, group.rows) for criterion in criteria)
        meaning = facts.say("REPORT-BRACKETS-NOTE", level=level_text(facts)) if sure else ""
        note = " ".join(part for part in (meaning, dash_note(facts, rows)) if part)
        yield Table(_named(facts, "REPORT-RESULTS-CAPTION", group), columns, rows, note)


def _with_interval(facts: ReportFacts, subject: str, row: int) -> str:
    """`94,29 (88,10–97,50)`; the value alone where nothing was sampled."""
    value = facts.printed(subject, row)
    return f"{value} ({interval_text(facts, subject, row)})" if is_sampled(facts, subject, [row]) else value
