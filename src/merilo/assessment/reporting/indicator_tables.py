"""The indicators of the methodology as tables: what is measured, and how its value comes about."""

from __future__ import annotations

from fractions import Fraction

from merilo.assessment.methodology.edition import Indicator, Weight
from merilo.assessment.methodology.formulas.formula import Item
from merilo.assessment.methodology.quantity import Source
from merilo.assessment.reporting.document import Align, Column, Row, Table
from merilo.assessment.reporting.facts import ReportFacts, category_value_name
from merilo.assessment.reporting.formula_words import item_in_words, labelled_parts


def indicator_table(facts: ReportFacts) -> Table:
    """Number, name, greatest value, weight (where weights differ), clause and how far it was checked."""
    weighted = not has_equal_weights(facts)
    columns = [
        Column(facts.say("REPORT-COLUMN-NUMBER"), 1, Align.CENTER),
        Column(facts.say("REPORT-COLUMN-INDICATOR"), 6),
        Column(facts.say("REPORT-COLUMN-HIGH"), 1, Align.CENTER),
        *([Column(facts.say("REPORT-COLUMN-WEIGHT"), 2, Align.CENTER)] if weighted else []),
        Column(facts.say("REPORT-COLUMN-CLAUSE"), 5),
        Column(facts.say("REPORT-COLUMN-STANDING"), 3),
    ]
    rows = []
    for criterion in facts.edition.criteria:
        rows.append(Row((criterion.label, criterion.name, *("" for _ in columns[2:])), strong=True))
        rows += [_indicator_row(indicator, facts, weighted=weighted) for indicator in criterion.indicators]
    note = facts.say("REPORT-EQUAL-WEIGHTS") if not weighted else ""
    return Table(facts.say("REPORT-INDICATORS-CAPTION"), tuple(columns), tuple(rows), note)


def has_equal_weights(facts: ReportFacts) -> bool:
    """Whether every indicator weighs one: then weights need no column."""
    return all(indicator.weight == Weight(Fraction(1)) for indicator in facts.edition.indicators)


def _indicator_row(indicator: Indicator, facts: ReportFacts, *, weighted: bool) -> Row:
    weight = (weight_in_words(indicator.weight, facts),) if weighted else ()
    high = facts.numbers.constant(indicator.item.formula.high())
    standing = facts.word("STANDING", indicator.standing)
    return Row((indicator.item.label, indicator.item.name, high, *weight, indicator.clause, standing))


def weight_in_words(weight: Weight, facts: ReportFacts) -> str:
    """A weight, or one for each value of the category it depends on."""
    if not weight.category:
        return facts.numbers.constant(weight.default or Fraction(0))
    return "; ".join(
        f"{category_value_name(facts.edition, value, weight.category)} – {facts.numbers.constant(share)}"
        for value, share in weight.cases
    )


def formula_table(facts: ReportFacts) -> Table:
    """Number, how the value comes about, where its data are from; parts that an act numbers have rows of their own."""
    columns = (
        Column(facts.say("REPORT-COLUMN-NUMBER"), 1, Align.CENTER),
        Column(facts.say("REPORT-COLUMN-FORMULA"), 9),
        Column(facts.say("REPORT-COLUMN-SOURCE"), 3),
    )
    rows = []
    for indicator in facts.edition.indicators:
        rows.append(_formula_row(indicator.item, facts))
        for part in labelled_parts(indicator.item):
            told = item_in_words(part, facts)
            name = facts.say("REPORT-NAMED-FORMULA", name=part.name, formula=told)
            rows.append(Row((part.label, name, sources_in_words(part, facts))))
    return Table(facts.say("REPORT-FORMULAS-CAPTION"), columns, tuple(rows))


def _formula_row(item: Item, facts: ReportFacts) -> Row:
    return Row((item.label, item_in_words(item, facts), sources_in_words(item, facts)))


def sources_in_words(item: Item, facts: ReportFacts) -> str:
    """Where an item's quantities come from, each source once."""
    quantities = facts.edition.quantities
    found = {quantities[code].source for code in item.formula.quantities() if code in quantities}
    return "; ".join(facts.word("SOURCE", one) for one in Source if one in found) or "–"
