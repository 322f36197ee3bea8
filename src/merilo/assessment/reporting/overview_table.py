"""All organisations on one table: score, place, best and worst criterion, how many shortcomings were found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from merilo.assessment.reporting.document import Align, Column, Row, Table
from merilo.assessment.reporting.facts import Group, ReportFacts
from merilo.assessment.reporting.found import found_in_row
from merilo.assessment.reporting.place_words import place_text
from merilo.assessment.reporting.rating_section import criterion_headers
from merilo.assessment.reporting.sureness import possible_places
from merilo.assessment.scoring.score import OVERALL


@dataclass(frozen=True, slots=True)
class Extremes:
    """The printed values of an organisation's criteria by code; at least two."""

    printed: Mapping[str, Decimal]

    @property
    def best(self) -> Decimal:
        """The highest of them."""
        return max(self.printed.values())

    @property
    def worst(self) -> Decimal:
        """The lowest of them."""
        return min(self.printed.values())

    def printed_as(self, value: Decimal) -> list[str]:
        """The criteria printed with this value."""
        return [code for code, printed in self.printed.items() if printed == value]


def extremes(facts: ReportFacts, row: int) -> Extremes | None:
    """Of the criteria that count in the overall score, where there is one. None where there are no two criteria to
    compare, or where their values mean different things."""
    weighed = {part.code for score in facts.unit_scores(row) for part in score.criteria if part.weight}
    criteria = [one for one in facts.valued_criteria if not weighed or one.code in weighed]
    if len({facts.is_share(criterion.code) for criterion in criteria}) != 1:
        return None
    values = ((one.code, facts.compared(one.code, row)) for one in criteria)
    printed = {code: facts.numbers.score(value) for code, value in values if value is not None}
    return Extremes(printed) if len(printed) > 1 else None


def overview_table(facts: ReportFacts) -> Table | None:
    """One row an organisation, in short; groups of the ranking stand apart. None where there is nothing to compare."""
    found = {row: extremes(facts, row) for row in range(len(facts.names))}
    has_extremes = any(one is not None for one in found.values())
    headers, legend = criterion_headers(facts)
    names = dict(zip((one.code for one in facts.valued_criteria), headers, strict=True))
    if len(facts.names) < 2 or not (has_extremes or facts.has_overall):
        return None
    columns = [Column(facts.say("REPORT-COLUMN-ORGANISATION"), 12)]
    if facts.has_overall:
        columns.append(Column(facts.say("REPORT-COLUMN-OVERALL"), 1, Align.CENTER))
        columns.append(Column(facts.say("REPORT-COLUMN-PLACE"), 1, Align.CENTER))
    if has_extremes:
        columns += [Column(facts.say(f"REPORT-COLUMN-{which}"), 2, Align.CENTER) for which in ("BEST", "WORST")]
    if facts.assessment.shortcomings:
        columns.append(Column(facts.say("REPORT-COLUMN-SHORTCOMINGS"), 1, Align.CENTER))
    rows: list[Row] = []
    for group in facts.groups:
        if group.name:
            rows.append(Row((group.name, *("" for _ in columns[1:])), strong=True))
        rows += _rows(facts, group, found, names if has_extremes else {})
    note = f"{facts.say('REPORT-OVERVIEW-NOTE')} {legend}".strip() if has_extremes else ""
    return Table(facts.say("REPORT-OVERVIEW-CAPTION"), tuple(columns), tuple(rows), note, compact=True)


def _rows(
    facts: ReportFacts, group: Group, found: Mapping[int, Extremes | None], names: Mapping[str, str]
) -> Iterator[Row]:
    for row in group.rows:
        cells = [facts.short[row]]
        if facts.has_overall:
            cells += [facts.printed(OVERALL, row), _place(facts, row)]
        if names:
            cells += _extreme_cells(facts, found[row], names)
        if facts.assessment.shortcomings:
            cells.append(str(len(found_in_row(facts, row))))
        yield Row(tuple(cells))


def _place(facts: ReportFacts, row: int) -> str:
    """`8 (3–11)`: the place and the places it may truly be."""
    place, possible = place_text(facts, row), possible_places(facts, row)
    return place if possible in ("–", place) else f"{place} ({possible})"


def _extreme_cells(facts: ReportFacts, found: Extremes | None, names: Mapping[str, str]) -> tuple[str, str]:
    if found is None or found.best == found.worst:
        return "–", "–"
    best, worst = (
        f"{', '.join(names[code] for code in found.printed_as(value))} ({facts.numbers.text(value)})"
        for value in (found.best, found.worst)
    )
    return best, worst
