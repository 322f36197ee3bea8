"""An organisation's indicators: value, greatest value, how many answers or checks stand behind it, what was decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from merilo.assessment.methodology.edition import Criterion, Indicator
from merilo.assessment.methodology.formulas.formula import Item
from merilo.assessment.methodology.formulas.working import Status, Working
from merilo.assessment.reporting.document import Align, Column, Row, Table
from merilo.assessment.reporting.facts import ReportFacts
from merilo.assessment.reporting.formula_words import told_parts
from merilo.assessment.scoring.score import CriterionScore, IndicatorScore

GIVEN = "given"


def organisation_table(facts: ReportFacts, row: int) -> Table:
    """Criteria, indicators and the parts an act numbers. Several forms of service stand apart by semicolons."""
    columns = (
        Column(facts.say("REPORT-COLUMN-NUMBER"), 1, Align.CENTER),
        Column(facts.say("REPORT-COLUMN-INDICATOR"), 14),
        Column(_value_header(facts), 1, Align.CENTER),
        Column(facts.say("REPORT-COLUMN-HIGH"), 1, Align.CENTER),
        Column("n", 1, Align.CENTER),
        Column(facts.say("REPORT-COLUMN-NOTE"), 3),
    )
    table = _OrganisationTable(facts, row)
    rows = tuple(one for criterion in facts.edition.criteria for one in table.criterion(criterion))
    return Table(
        facts.say("REPORT-ORGANISATION-CAPTION", name=facts.names[row]), columns, rows, " ".join(table.notes())
    )


def _value_header(facts: ReportFacts) -> str:
    """The value's unit belongs to the header where all indicators have the unit of the scale."""
    if all(one.item.formula.high() == facts.edition.high for one in facts.edition.indicators):
        return facts.say("REPORT-COLUMN-VALUE-IN", unit=facts.numbers.unit_of_many)
    return facts.say("REPORT-COLUMN-VALUE")


@dataclass(frozen=True, slots=True)
class _Behind:
    """What stands behind one item in one unit: its working, and the working of every part by code."""

    working: Working
    parts: Mapping[str, Working]


class _OrganisationTable:
    """Builds the rows of one organisation."""

    def __init__(self, facts: ReportFacts, row: int) -> None:
        self.facts, self.row = facts, row
        self.scores = facts.unit_scores(row)
        self.has_given = False

    def notes(self) -> Iterator[str]:
        """What the signs under the table mean; only those that occur."""
        yield self.facts.say("REPORT-N-NOTE")
        if self.has_given:
            yield self.facts.say("REPORT-GIVEN-NOTE", word=self.facts.say("REPORT-GIVEN-WORD"))
        forms = self.facts.form_names(self.row)
        if len(self.scores) > 1:
            yield self.facts.say("REPORT-FORMS-NOTE", forms="; ".join(forms))

    def criterion(self, criterion: Criterion) -> Iterator[Row]:
        """The criterion, then its indicators."""
        facts = self.facts
        scores = [part for score in self.scores for part in score.criteria if part.code == criterion.code]
        value = facts.exact(criterion.code, self.row)
        high = facts.numbers.constant(facts.attainable(criterion.code, self.row)) if value is not None else "–"
        shown = "–" if value is None else facts.numbers.score_text(value)
        note = self._criterion_note(scores, value)
        yield Row((criterion.label, criterion.name, shown, high, "", note), strong=True)
        for indicator in criterion.indicators:
            yield from self._indicator(indicator)

    def _criterion_note(self, scores: list[CriterionScore], value: Fraction | None) -> str:
        if value is None:
            return self._status(max(score.status for score in scores)) if scores else ""
        weightless = scores and all(score.weight == 0 for score in scores)
        if weightless and self.facts.has_overall and self.facts.assessment.case.rules.weights:
            return self.facts.say("REPORT-NOT-IN-OVERALL")
        return ""

    def _indicator(self, indicator: Indicator) -> Iterator[Row]:
        parts = [one for score in self.scores if (one := score.indicator(indicator.code)) is not None]
        behind = [_Behind(part.working, dict(_named_parts(part.working))) for part in parts]
        workings = [one.working for one in behind]
        value = self.facts.exact(indicator.code, self.row)
        shown = "–" if value is None else self.facts.numbers.score_text(value)
        notes = self._notes(workings, parts)
        yield Row(
            (
                indicator.item.label,
                indicator.item.name,
                shown,
                self.facts.numbers.constant(indicator.item.formula.high()),
                self._bases(workings),
                notes,
            )
        )
        for item in told_parts(indicator.item):
            found = [one.parts[item.code] for one in behind if item.code in one.parts]
            if found:
                yield self._part(item, found)

    def _part(self, item: Item, workings: list[Working]) -> Row:
        values = [
            "–" if one.value is None else self.facts.numbers.text(self.facts.numbers.score(one.value))
            for one in workings
        ]
        high = self.facts.numbers.constant(item.formula.high())
        return Row((item.label, item.name, "; ".join(values), high, self._bases(workings), self._notes(workings, [])))

    def _notes(self, workings: list[Working], parts: list[IndicatorScore]) -> str:
        """Status words, the state an assessor wrote instead of a number, the policy that decided."""
        notes = [self._status(one.status) for one in workings if one.status is not Status.SCORED]
        for working in workings:
            notes += _states(working, self.facts)
        notes += [
            self.facts.say(f"REPORT-APPLIED-{part.policy.upper().replace('_', '-')}") for part in parts if part.policy
        ]
        if parts and all(part.weight == 0 for part in parts):
            notes.append(self.facts.say("REPORT-WEIGHTLESS"))
        return "; ".join(dict.fromkeys(notes))

    def _status(self, status: Status) -> str:
        return self.facts.word("STATUS", status)

    def _bases(self, workings: list[Working]) -> str:
        return "; ".join(self._base(one) for one in workings)

    def _base(self, working: Working) -> str:
        """`24 из 25` where one share stands behind the value, else the smallest base; a word where none is known."""
        if _is_given(working):
            self.has_given = True
            return self.facts.say("REPORT-GIVEN-WORD")
        base, count = working.base, working.numerator
        if base is None:
            return "–"
        if count is not None and self._is_share(working):
            numbers = self.facts.numbers
            return self.facts.say("REPORT-COUNT-OF", count=numbers.constant(count), base=numbers.constant(base))
        return self.facts.numbers.constant(base)

    def _is_share(self, working: Working) -> bool:
        while len(working.parts) == 1:
            working = working.parts[0][1]
        if len(working.inputs) != 1:
            return False
        quantity = self.facts.edition.quantities.get(working.inputs[0].quantity)
        return quantity is not None and quantity.kind.bounded_by_base


def _named_parts(working: Working) -> Iterator[tuple[str, Working]]:
    """The working of every named part, at any depth."""
    for code, part in working.parts:
        if code:
            yield code, part
        yield from _named_parts(part)


def _is_given(working: Working) -> bool:
    """Whether a value came in ready, itself or all that it is made of."""
    if working.kind == GIVEN:
        return True
    scored = [part for _, part in working.parts if part.status is Status.SCORED]
    return bool(scored) and all(_is_given(part) for part in scored)


def _states(working: Working, facts: ReportFacts) -> list[str]:
    """The words that stood in place of numbers."""
    found = []
    for observed in working.inputs:
        state = facts.edition.state(observed.state) if observed.state else None
        if state is not None:
            found.append(facts.quoted(state.name))
    for _, part in working.parts:
        found += _states(part, facts)
    return found
