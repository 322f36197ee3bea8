"""Criterion weights: the scheme in force, what it rests on, its weights, and the schemes that were not chosen."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from merilo.assessment.methodology.edition import OverallValue, SchemeKind, Weight
from merilo.assessment.reporting.document import Align, Block, Bullets, Column, Paragraph, Row, Table
from merilo.assessment.reporting.facts import ReportFacts, category_value_name


def weight_blocks(facts: ReportFacts) -> Iterator[Block]:
    """How criteria make the overall score, or that they make none."""
    match facts.edition.overall:
        case OverallValue.NONE:
            yield Paragraph(facts.say("REPORT-NO-OVERALL"))
        case OverallValue.SHARE_OF_ATTAINABLE:
            yield Paragraph(facts.say("REPORT-OVERALL-BY-POINTS", high=facts.numbers.constant(facts.edition.high)))
        case OverallValue.WEIGHTED_MEAN:
            yield from _scheme(facts)


def _scheme(facts: ReportFacts) -> Iterator[Block]:
    scheme = facts.assessment.case.rules.scheme
    standing = facts.word("STANDING", scheme.standing)
    yield Paragraph(
        facts.say("REPORT-SCHEME", name=scheme.name or scheme.code, kind=facts.word("KIND", scheme.kind))
        + (" " + facts.say("REPORT-SCHEME-CLAUSE", clause=scheme.clause) if scheme.clause else "")
        + " "
        + facts.say("REPORT-SCHEME-STANDING", standing=standing),
        strong=scheme.standing.is_doubtful,
    )
    yield _weight_table(facts)
    others = [one.name or one.code for one in facts.edition.schemes if one.code != scheme.code]
    if others:
        yield Paragraph(facts.say("REPORT-OTHER-SCHEMES"))
        yield Bullets(tuple(others))


def _weight_table(facts: ReportFacts) -> Table:
    weights = facts.assessment.case.rules.weights
    category = next((weight.category for weight in weights.values() if weight.category), "")
    values = list(dict.fromkeys(value for weight in weights.values() for value, _ in weight.cases))
    headers = [category_value_name(facts.edition, value, category) for value in values] or [
        facts.say("REPORT-COLUMN-WEIGHT")
    ]
    columns = (
        Column(facts.say("REPORT-COLUMN-NUMBER"), 1, Align.CENTER),
        Column(facts.say("REPORT-COLUMN-CRITERION"), 6),
        *(Column(header, 2, Align.CENTER) for header in headers),
    )
    rows = tuple(
        Row((criterion.label, criterion.name, *_cells(weights.get(criterion.code), category, values, facts)))
        for criterion in facts.edition.criteria
    )
    kind = facts.assessment.case.rules.scheme.kind
    note = facts.say("REPORT-IMPORTANCE-NOTE") if kind is SchemeKind.IMPORTANCE else ""
    return Table(facts.say("REPORT-WEIGHTS-CAPTION"), columns, rows, note)


def _cells(weight: Weight | None, category: str, values: list[str], facts: ReportFacts) -> list[str]:
    one = weight or Weight(Fraction(0))
    if not values:
        return [facts.numbers.constant(one.default or Fraction(0))]
    return [facts.numbers.constant(one.of({category: value})) for value in values]
