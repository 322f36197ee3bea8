"""Published figures beside ours: how many agree, whether the published rating is reproduced, every difference."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction

from merilo.assessment.recheck.compare import PLACE, ComparedFigure, Verdict
from merilo.assessment.reporting.document import Align, Block, Column, Heading, Paragraph, Row, Table
from merilo.assessment.reporting.facts import ReportFacts
from merilo.assessment.rounding import RoundingMode, round_exact
from merilo.assessment.scoring.score import OVERALL


def comparison_section(facts: ReportFacts) -> Iterator[Block]:
    """Nothing where nobody published figures; else all verdicts, and the differences of scores and places."""
    compared = facts.assessment.compared
    if not compared:
        return
    yield Heading(1, facts.say("REPORT-COMPARISON"), "comparison")
    yield Paragraph(facts.say("REPORT-COMPARISON-INTRO", n=len(compared)))
    yield Paragraph(_reproduced(facts, compared), strong=True)
    yield _counts_table(facts, compared)
    different = [one for one in compared if one.verdict is Verdict.DIFFERENT]
    shown = [one for one in different if one.published.subject in _main_subjects(facts)]
    if not different:
        return
    yield Paragraph(facts.say("REPORT-DIFFERENCES-INTRO", different=len(different), shown=len(shown)))
    if shown:
        yield _differences_table(facts, shown)


def _main_subjects(facts: ReportFacts) -> list[str]:
    return [PLACE, OVERALL, *(criterion.code for criterion in facts.edition.criteria)]


def _reproduced(facts: ReportFacts, compared: Sequence[ComparedFigure]) -> str:
    """One sentence that says plainly whether the published rating follows from the evidence."""
    places, scores = (_verdicts(compared, subject) for subject in (PLACE, OVERALL))
    if not places and not scores:
        return facts.say("REPORT-RATING-NOT-PUBLISHED")
    if set(places) | set(scores) == {Verdict.REPRODUCED}:
        code = "REPORT-REPRODUCED"
    elif set(places) <= {Verdict.REPRODUCED} and set(scores) <= {Verdict.REPRODUCED, Verdict.ROUNDING}:
        code = "REPORT-REPRODUCED-NEARLY"
    else:
        code = "REPORT-NOT-REPRODUCED"
    return " ".join((facts.say(code), *_agreeing(facts, places, scores)))


def _agreeing(facts: ReportFacts, places: Counter[Verdict], scores: Counter[Verdict]) -> Iterator[str]:
    """How many places and scores agree, of those that were published."""
    for code, verdicts in (("REPORT-AGREEING-PLACES", places), ("REPORT-AGREEING-SCORES", scores)):
        if verdicts:
            yield facts.say(code, agree=verdicts[Verdict.REPRODUCED], total=verdicts.total())
    if scores[Verdict.ROUNDING]:
        yield facts.say("REPORT-CLOSE-SCORES", n=scores[Verdict.ROUNDING])


def _verdicts(compared: Sequence[ComparedFigure], subject: str) -> Counter[Verdict]:
    return Counter(one.verdict for one in compared if one.published.subject == subject)


def subject_name(facts: ReportFacts, subject: str) -> str:
    """What a published figure is of, in the reader's words."""
    if subject in (PLACE, OVERALL):
        return facts.say(f"REPORT-SUBJECT-{subject.upper()}")
    criterion = facts.criterion(subject)
    if criterion is not None:
        return criterion.short_name
    item = facts.edition.items.get(subject)
    return " ".join(part for part in (item.label, item.name) if part) if item is not None else subject


def _counts_table(facts: ReportFacts, compared: Sequence[ComparedFigure]) -> Table:
    present = {one.published.subject for one in compared}
    order = [subject for subject in (*_main_subjects(facts), *facts.edition.items) if subject in present]
    columns = (
        Column(facts.say("REPORT-COLUMN-SUBJECT"), 6),
        Column(facts.say("REPORT-COLUMN-PUBLISHED-COUNT"), 2, Align.CENTER),
        *(Column(facts.word("VERDICT", one), 2, Align.CENTER) for one in Verdict),
    )
    rows = []
    for subject in order:
        verdicts = _verdicts(compared, subject)
        rows.append(
            Row((subject_name(facts, subject), str(verdicts.total()), *(str(verdicts[one]) for one in Verdict)))
        )
    return Table(facts.say("REPORT-COMPARISON-CAPTION"), columns, tuple(rows), facts.say("REPORT-COMPARISON-NOTE"))


def _differences_table(facts: ReportFacts, shown: Sequence[ComparedFigure]) -> Table:
    columns = (
        Column(facts.say("REPORT-COLUMN-ORGANISATION"), 8),
        Column(facts.say("REPORT-COLUMN-SUBJECT"), 4),
        Column(facts.say("REPORT-COLUMN-PUBLISHED"), 1, Align.CENTER),
        Column(facts.say("REPORT-COLUMN-OURS"), 1, Align.CENTER),
        Column(facts.say("REPORT-COLUMN-DIFFERENCE"), 1, Align.CENTER),
    )
    order = {subject: place for place, subject in enumerate(_main_subjects(facts))}
    ordered = sorted(shown, key=lambda one: (order[one.published.subject], one.published.organisation))
    rows = tuple(_difference_row(facts, one) for one in ordered)
    return Table(facts.say("REPORT-DIFFERENCES-CAPTION"), columns, rows, facts.say("REPORT-DIFFERENCES-NOTE"))


def _difference_row(facts: ReportFacts, one: ComparedFigure) -> Row:
    """The difference is taken between the numbers as printed here, so that it can be checked by eye."""
    digits = one.published.decimals
    if one.published.subject != PLACE:
        digits = max(digits, facts.policies.rounding.printed)
    ours = round_exact(one.ours or Fraction(0), digits, RoundingMode.HALF_UP)
    published = round_exact(one.published.value, one.published.decimals, RoundingMode.HALF_UP)
    difference = ours - published
    organisation = facts.assessment.case.table.units.organisations[one.published.organisation]
    return Row(
        (
            organisation.name or organisation.key,
            subject_name(facts, one.published.subject),
            facts.numbers.text(published),
            facts.numbers.text(ours),
            f"{'+' if difference > 0 else ''}{facts.numbers.text(difference)}",
        )
    )
