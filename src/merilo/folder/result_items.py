"""The result table of sub-items: what the named parts inside indicators came to, for the units they are meant for."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from merilo.assessment.methodology.edition import Edition
from merilo.assessment.methodology.formulas.formula import Item
from merilo.assessment.methodology.formulas.working import Columns, Floats
from merilo.assessment.pipeline import Assessment
from merilo.assessment.rounding import round_columns
from merilo.assessment.scoring.evidence import AllEvidence, unit_evidence
from merilo.folder.result_scores import Labels, LongRows, error_columns, result_columns, unit_texts
from merilo.folder.result_table import Kind, ResultTable, TableMaker, spread


@dataclass(frozen=True, slots=True)
class InnerItem:
    """A sub-item and the indicator it belongs to."""

    indicator: str
    item: Item


def inner_items(edition: Edition) -> list[InnerItem]:
    """Every sub-item of an edition in its order."""
    return [
        InnerItem(indicator.code, item)
        for indicator in edition.indicators
        for item in indicator.item.with_nested()
        if item is not indicator.item
    ]


def items_table(assessment: Assessment, text: Labels) -> ResultTable | None:
    """One row per scored unit and sub-item of a formula; None where the edition has none."""
    case = assessment.case
    inside = inner_items(case.rules.edition)
    if not inside:
        return None
    evidence = AllEvidence(case.rules.edition, case.rules.policies, case.table)
    found = [one.item.columns(evidence) for one in inside]
    printed = [_printed(assessment, one.item, columns) for one, columns in zip(inside, found, strict=True)]
    table = TableMaker("items", assessment.rated.digits)
    long = LongRows(case.table.size, len(inside))
    unit_texts(table, text, long)
    table.texts("indicator", spread([one.indicator for one in inside], long.parts))
    table.texts("item", spread([one.item.code for one in inside], long.parts))
    table.texts("label", spread([one.item.label for one in inside], long.parts))
    table.numbers("value", long.joined(printed), Kind.PRINTED)
    result_columns(table, long, found)
    error_columns(table, [assessment.errors.units[one.item.code] for one in inside])
    table.numbers("attainable", long.joined([one.high for one in found]))
    return table.finish()


def _printed(assessment: Assessment, item: Item, found: Columns) -> Floats:
    case, rounding = assessment.case, assessment.case.rules.policies.rounding

    def exact(row: int) -> Fraction:
        return item.exact(unit_evidence(case.rules.edition, case.rules.policies, case.table, row)).value or Fraction(0)

    return round_columns(found.value, rounding.printed, rounding.mode, exact)
