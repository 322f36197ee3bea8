"""An organisation's indicators: value, greatest value, how many answers or checks stand behind it, what was decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from merilo.assessment.methodology.edition import Criterion, Indicator
from merilo.assessment.methodology.formulas.working import Status, Working
from merilo.assessment.reporting.document import Align, Column, Row, Table
from merilo.assessment.reporting.facts import Group, ReportFacts
from merilo.assessment.reporting.sureness import interval_text
from merilo.assessment.scoring.score import CriterionScore, IndicatorScore

GIVEN = "given"


def organisation_table(facts: ReportFacts, row: int, group: Group, *, remarks: str = "") -> Table:
    """Criteria and indicators beside the means of the group. Several forms of service stand apart by semicolons.

    A column that would say the same in every row is left out; what is to be said of single rows stands under
    the table, by their numbers.
    """
    table = _OrganisationTable(facts, row, group)
    lines = [one for criterion in facts.edition.criteria for one in table.criterion(criterion)]
    kept = [column for column in table.columns() if column.is_told(lines)]
    return Table(
        caption=facts.say("REPORT-ORGANISATION-CAPTION"),
        columns=tuple(column.head for column in kept),
        rows=tuple(Row(tuple(getattr(line, column.of) for column in kept), line.strong) for line in lines),
        note=" ".join((*table.notes(lines), remarks)).strip(),
        compact=True,
    )


def _value_header(facts: ReportFacts) -> str:
    """The value's unit belongs to the header where all indicators have the unit of the scale."""
    if all(one.item.formula.high() == facts.edition.high for one in facts.edition.indicators):
        return facts.say("REPORT-COLUMN-VALUE-IN", unit=facts.numbers.unit_of_many)
    return facts.say("REPORT-COLUMN-VALUE")


@dataclass(frozen=True, slots=True)
class _Line:
    """One row of the table, and what is to be said of it under the table."""

    label: str
    name: str
    value: str
    mean: str
    high: str
    interval: str
    behind: str
    note: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class _LineColumn:
    """A column that shows one field of the lines, unless they hold nothing but `silent` texts."""

    head: Column
    of: str
    silent: frozenset[str] = frozenset(("",))

    def is_told(self, lines: Sequence[_Line]) -> bool:
        """Whether any line has something to say in it."""
        return any(getattr(line, self.of) not in self.silent for line in lines)


class _OrganisationTable:
    """Builds the rows of one organisation."""

    def __init__(self, facts: ReportFacts, row: int, group: Group) -> None:
        self.facts, self.row, self.group = facts, row, group
        self.scores = facts.unit_scores(row)
        self.given = facts.say("REPORT-GIVEN-WORD")
        self.unsure = frozenset(("", "–", facts.say("REPORT-NOT-SAMPLED-WORD")))

    def columns(self) -> tuple[_LineColumn, ...]:
        """Every column there may be; the greatest value is told where it is not that of the scale."""
        say = self.facts.say
        scale = self.facts.numbers.constant(self.facts.edition.high)
        return (
            _LineColumn(Column(say("REPORT-COLUMN-NUMBER"), 1, Align.CENTER), "label"),
            _LineColumn(Column(say("REPORT-COLUMN-INDICATOR"), 8), "name"),
            _LineColumn(Column(_value_header(self.facts), 2, Align.CENTER), "value"),
            _LineColumn(Column(say("REPORT-COLUMN-INTERVAL"), 3, Align.CENTER), "interval", self.unsure),
            _LineColumn(Column(say("REPORT-COLUMN-MEAN"), 2, Align.CENTER), "mean", frozenset(("", "–"))),
            _LineColumn(Column(say("REPORT-COLUMN-HIGH"), 2, Align.CENTER), "high", frozenset(("", "–", scale))),
            _LineColumn(Column("n", 2, Align.CENTER), "behind", frozenset(("", "–", self.given))),
        )

    def notes(self, lines: Sequence[_Line]) -> Iterator[str]:
        """What is said of single rows, each sentence once with the numbers of its rows; then of the whole table."""
        say = self.facts.say
        rows: dict[str, list[str]] = {}
        for line in lines:
            if line.note:
                rows.setdefault(line.note, []).append(line.label or line.name)
        for note, labels in rows.items():
            yield say("REPORT-FOOTNOTE", rows=", ".join(labels), note=note)
        told = {line.behind for line in lines} - {"", "–"}
        if told == {self.given}:
            yield say("REPORT-ALL-GIVEN")
        if len(self.scores) > 1:
            yield say("REPORT-FORMS-NOTE", forms="; ".join(self.facts.form_names(self.row)))

    def criterion(self, criterion: Criterion) -> Iterator[_Line]:
        """The criterion, then its indicators."""
        facts = self.facts
        scores = [part for score in self.scores for part in score.criteria if part.code == criterion.code]
        value = facts.exact(criterion.code, self.row)
        high = facts.numbers.constant(facts.attainable(criterion.code, self.row)) if value is not None else "–"
        shown = "–" if value is None else facts.numbers.score_text(value)
        note = self._criterion_note(criterion, scores, value)
        mean = "" if facts.is_share(criterion.code) else self._mean(criterion.code)
        if facts.is_reference(criterion):
            shown = mean = high = ""
        interval = "" if facts.is_reference(criterion) else interval_text(facts, criterion.code, self.row)
        yield _Line(criterion.label, criterion.short_name, shown, mean, high, interval, "", note, strong=True)
        for indicator in criterion.indicators:
            yield self._indicator(indicator)

    def _mean(self, subject: str) -> str:
        """The mean over the group; nothing where there is nobody to compare with."""
        summary = self.facts.summary(subject, self.group.rows)
        if len(self.group.rows) < 2:
            return ""
        return self.facts.numbers.score_text(summary.mean) if summary.size else "–"

    def _criterion_note(self, criterion: Criterion, scores: list[CriterionScore], value: Fraction | None) -> str:
        if self.facts.is_reference(criterion):
            return self.facts.say("REPORT-REFERENCE-GROUP") if self.facts.valued_criteria else ""
        if value is None:
            return self._status(max(score.status for score in scores)) if scores else ""
        weightless = scores and all(score.weight == 0 for score in scores)
        if weightless and self.facts.has_overall and self.facts.assessment.case.rules.weights:
            return self.facts.say("REPORT-NOT-IN-OVERALL")
        return ""

    def _indicator(self, indicator: Indicator) -> _Line:
        parts = [one for score in self.scores if (one := score.indicator(indicator.code)) is not None]
        workings = [part.working for part in parts]
        value = self.facts.exact(indicator.code, self.row)
        return _Line(
            indicator.item.label,
            indicator.short_name,
            "–" if value is None else self.facts.numbers.score_text(value),
            self._mean(indicator.code),
            self.facts.numbers.constant(indicator.item.formula.high()),
            interval_text(self.facts, indicator.code, self.row),
            self._bases(workings),
            self._notes(indicator, workings, parts),
        )

    def _notes(self, indicator: Indicator, workings: list[Working], parts: list[IndicatorScore]) -> str:
        """Status words, the state an assessor wrote instead of a number, the policy that decided."""
        notes = [self._status(one.status) for one in workings if one.status is not Status.SCORED]
        for working in workings:
            notes += _states(working, self.facts)
        notes += [
            self.facts.say(f"REPORT-APPLIED-{part.policy.upper().replace('_', '-')}") for part in parts if part.policy
        ]
        if parts and all(part.weight == 0 for part in parts) and not self._is_in_reference(indicator):
            notes.append(self.facts.say("REPORT-WEIGHTLESS"))
        return "; ".join(dict.fromkeys(notes))

    def _is_in_reference(self, indicator: Indicator) -> bool:
        """Whether the note on its group says already that it is for information."""
        edition = self.facts.edition
        return any(indicator in one.indicators for one in edition.criteria if self.facts.is_reference(one))

    def _status(self, status: Status) -> str:
        return self.facts.word("STATUS", status)

    def _bases(self, workings: list[Working]) -> str:
        return "; ".join(self._base(one) for one in workings)

    def _base(self, working: Working) -> str:
        """`24 из 25` where one share stands behind the value, else the smallest base; a word where none is known."""
        if _is_given(working):
            return self.given
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
