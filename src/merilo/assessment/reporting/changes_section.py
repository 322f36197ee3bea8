"""Changes since the previous wave: a rise or a fall only where it is significant, else within the sampling error."""

from __future__ import annotations

from collections.abc import Iterator

from merilo.assessment.rating.ranking import NO_PLACE
from merilo.assessment.recheck.waves import MatchedRow, SubjectChange, Wave, WaveChanges
from merilo.assessment.reporting.change_words import DASH, ChangeWords
from merilo.assessment.reporting.comparison_section import subject_name
from merilo.assessment.reporting.document import Align, Block, Bullets, Column, Heading, Paragraph, Row, Table
from merilo.assessment.reporting.facts import ReportFacts
from merilo.assessment.reporting.place_words import span_text
from merilo.assessment.reporting.sureness import level_text
from merilo.assessment.scoring.score import OVERALL
from merilo.assessment.stats.change import ChangeVerdict

SIGNIFICANT = (ChangeVerdict.ROSE, ChangeVerdict.FELL)


def changes_section(facts: ReportFacts) -> Iterator[Block]:
    """Nothing where no previous wave was given."""
    changes = facts.changes
    if changes is None:
        return
    told = ChangeWords(changes, facts.wording)
    overall = changes.of(OVERALL)
    yield Heading(1, facts.say("REPORT-CHANGES", period=changes.earlier.period), "changes")
    yield Paragraph(facts.say("REPORT-CHANGES-INTRO", level=level_text(facts)))
    if overall is not None:
        yield Paragraph(" ".join(_overall(facts, overall, told)), strong=True)
    for notes in _notes(facts, changes):
        yield Paragraph(notes)
    if overall is not None:
        yield _organisations(facts, changes, overall, told)
    criteria = [one for one in changes.subjects if facts.criterion(one.counterpart.subject) is not None]
    if criteria:
        yield _criteria(facts, criteria, told)
        yield from _changed_criteria(facts, changes, criteria, told)


def change_sentence(facts: ReportFacts, row: int) -> str:
    """What an organisation's page says of the change of its overall score; empty without a previous wave."""
    changes = facts.changes
    overall = changes.of(OVERALL) if changes is not None else None
    if changes is None or overall is None:
        return ""
    told, index, period = ChangeWords(changes, facts.wording), changes.index_of_later[row], changes.earlier.period
    verdict, before = overall.changes.verdicts[index], told.earlier(overall, index)
    difference, obstacle = told.difference(overall, index), overall.obstacles[index]
    if obstacle is not None:
        reason = told.reason(overall.counterpart, obstacle)
        return facts.say("REPORT-SINCE-NOT-COMPARABLE", period=period, reason=reason)
    if before is None or difference is None:
        return ""
    return facts.say(
        f"REPORT-SINCE-{_code(verdict)}",
        period=period,
        earlier=facts.numbers.points(before),
        difference=facts.numbers.points(abs(difference)),
        signed=told.signed(difference),
        interval=told.interval(overall.changes, index),
        level=level_text(facts),
    )


def _code(verdict: ChangeVerdict) -> str:
    return verdict.name.replace("_", "-")


def _overall(facts: ReportFacts, overall: SubjectChange, told: ChangeWords) -> Iterator[str]:
    """How many rose, fell and stayed within the error, and how the mean moved."""
    if overall.counterpart.obstacle is not None:
        reason = told.reason(overall.counterpart, overall.counterpart.obstacle)
        yield facts.say("REPORT-CHANGES-NOTHING", reason=reason)
        return
    rose, fell, within, exact, not_compared = (
        overall.count(verdict)
        for verdict in (
            *SIGNIFICANT,
            ChangeVerdict.WITHIN_ERROR,
            ChangeVerdict.EXACT_CHANGE,
            ChangeVerdict.NOT_COMPARABLE,
        )
    )
    if rose + fell + within:
        counts = {"rose": rose, "fell": fell, "within": within}
        yield facts.say("REPORT-CHANGES-COUNTS", **{name: facts.organisations(count) for name, count in counts.items()})
    if exact:
        yield facts.say("REPORT-CHANGES-EXACT", exact=facts.organisations(exact))
    if not_compared:
        yield facts.say("REPORT-CHANGES-NOT-COMPARED", organisations=facts.organisations(not_compared))
    yield from _mean(facts, overall, told)


def _mean(facts: ReportFacts, overall: SubjectChange, told: ChangeWords) -> Iterator[str]:
    mean = overall.of_both
    before, after, difference = told.mean(mean.earlier), told.mean(mean.later), told.mean_difference(mean)
    if before is None or after is None or difference is None:
        return
    yield facts.say(
        f"REPORT-CHANGES-MEAN-{_code(mean.verdict)}",
        organisations=facts.organisations(mean.later_count),
        earlier=facts.numbers.text(before),
        later=facts.numbers.points(after),
        difference=facts.numbers.points(abs(difference)),
        interval=told.interval(mean.changes, 0),
    )


def _notes(facts: ReportFacts, changes: WaveChanges) -> Iterator[str]:
    """Who was assessed in one wave only, and what was declared to be comparable."""
    for code, rows in (
        ("REPORT-CHANGES-ONLY-EARLIER", [row for row in changes.rows if row.later is None]),
        ("REPORT-CHANGES-ONLY-LATER", [row for row in changes.rows if row.earlier is None]),
    ):
        if rows:
            yield facts.say(code, names="; ".join(_name(facts, row) for row in rows))
    links = [one.counterpart for one in changes.subjects if one.counterpart.link is not None]
    if links:
        told = []
        for pair in links:
            link = facts.say(
                "REPORT-CHANGES-LINK",
                later=subject_name(facts, pair.subject),
                earlier=_earlier_name(facts, changes, pair.earlier),
            )
            note = pair.link.note if pair.link is not None else ""
            told.append(facts.say("REPORT-CHANGES-LINK-NOTE", link=link, note=note) if note else link)
        yield facts.say("REPORT-CHANGES-LINKED", links="; ".join(told))


def _earlier_name(facts: ReportFacts, changes: WaveChanges, subject: str) -> str:
    """The name of a subject of the earlier wave, in its own methodology."""
    edition = changes.earlier.yardstick.rules.edition
    if subject == OVERALL:
        return subject_name(facts, subject)
    names = {criterion.code: criterion.short_name for criterion in edition.criteria}
    names |= {code: f"{item.label} {item.name}".strip() for code, item in edition.items.items()}
    return names.get(subject, subject)


def _name(facts: ReportFacts, row: MatchedRow) -> str:
    """The short name of a row of this report; the full one of an organisation that is only in the earlier wave."""
    if row.later is not None:
        return facts.short[row.later]
    return f"{row.name} ({row.form})" if row.form else row.name


def _wave_columns(facts: ReportFacts) -> tuple[Column, ...]:
    """Before, now, the difference with its interval, and the word for it."""
    return (
        Column(facts.say("REPORT-COLUMN-THEN"), 2, Align.CENTER),
        Column(facts.say("REPORT-COLUMN-NOW"), 2, Align.CENTER),
        Column(facts.say("REPORT-COLUMN-DIFFERENCE"), 2, Align.CENTER),
        Column(facts.say("REPORT-COLUMN-CHANGE-INTERVAL"), 4, Align.CENTER),
        Column(facts.say("REPORT-COLUMN-VERDICT"), 5),
    )


def _organisations(facts: ReportFacts, changes: WaveChanges, overall: SubjectChange, told: ChangeWords) -> Table:
    """Overall scores and places of every organisation in both waves."""
    columns = (
        Column(facts.say("REPORT-COLUMN-ORGANISATION"), 7),
        *_wave_columns(facts),
        Column(facts.say("REPORT-COLUMN-PLACE-THEN"), 3, Align.CENTER),
        Column(facts.say("REPORT-COLUMN-PLACE-NOW"), 3, Align.CENTER),
    )
    rows = tuple(
        Row(
            (
                _name(facts, row),
                told.text(told.earlier(overall, index)),
                told.text(told.later(overall, index)),
                told.signed(told.difference(overall, index)),
                told.interval(overall.changes, index),
                told.verdict(overall, index),
                _place(changes.earlier, row.earlier),
                _place(changes.later, row.later),
            )
        )
        for index, row in enumerate(changes.rows)
    )
    note = facts.say("REPORT-CHANGES-NOTE", level=level_text(facts))
    return Table(facts.say("REPORT-CHANGES-CAPTION"), columns, rows, note)


def _place(wave: Wave, row: int | None) -> str:
    """`5 (3–8)`: the place and the places that are possible."""
    standings = wave.standings
    if row is None or standings.first[row] == NO_PLACE:
        return DASH
    if standings.set_first[row] == NO_PLACE:
        return str(standings.first[row])
    return f"{standings.first[row]} ({span_text(standings.set_first[row], standings.set_last[row])})"


def _criteria(facts: ReportFacts, criteria: list[SubjectChange], told: ChangeWords) -> Table:
    """The means of all criteria, and in how many organisations each rose and fell."""
    columns = (
        Column(facts.say("REPORT-COLUMN-CRITERION"), 6),
        *_wave_columns(facts),
        Column(facts.say("REPORT-COLUMN-ROSE"), 2, Align.CENTER),
        Column(facts.say("REPORT-COLUMN-FELL"), 2, Align.CENTER),
        Column(facts.say("REPORT-COLUMN-WITHIN"), 2, Align.CENTER),
    )
    rows = []
    for one in criteria:
        mean = one.of_both
        counts = (str(one.count(verdict)) for verdict in (*SIGNIFICANT, ChangeVerdict.WITHIN_ERROR))
        cells = (
            subject_name(facts, one.counterpart.subject),
            told.text(told.mean(mean.earlier)),
            told.text(told.mean(mean.later)),
            told.signed(told.mean_difference(mean)),
            told.interval(mean.changes, 0),
            told.mean_verdict(one, mean),
        )
        rows.append(Row((*cells, *counts)))
    caption, note = facts.say("REPORT-CHANGES-CRITERIA-CAPTION"), facts.say("REPORT-CHANGES-CRITERIA-NOTE")
    return Table(caption, columns, tuple(rows), note)


def _is_certain(one: SubjectChange, row: int, told: ChangeWords) -> bool:
    """Whether a criterion surely changed: significantly, or by a visible amount where nothing was sampled."""
    verdict = one.changes.verdicts[row]
    return verdict in SIGNIFICANT or (verdict is ChangeVerdict.EXACT_CHANGE and bool(told.difference(one, row)))


def _changed_criteria(
    facts: ReportFacts, changes: WaveChanges, criteria: list[SubjectChange], told: ChangeWords
) -> Iterator[Block]:
    """Which criteria of which organisations changed for sure; nothing where none could be tested."""
    items = []
    for index, row in enumerate(changes.rows):
        parts = [
            facts.say(
                "REPORT-CHANGES-PART",
                criterion=facts.quoted(subject_name(facts, one.counterpart.subject)),
                verdict=told.verdict(one, index),
                difference=told.signed(told.difference(one, index)),
            )
            for one in criteria
            if _is_certain(one, index, told)
        ]
        if parts:
            items.append(facts.say("REPORT-CHANGES-ITEM", name=_name(facts, row), parts="; ".join(parts)))
    if items:
        yield Paragraph(facts.say("REPORT-CHANGES-BY-ORGANISATION"))
        yield Bullets(tuple(items))
    elif any(one.count(ChangeVerdict.WITHIN_ERROR) for one in criteria):
        yield Paragraph(facts.say("REPORT-CHANGES-NO-CRITERION"))
