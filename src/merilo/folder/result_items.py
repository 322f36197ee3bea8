"""The result table of sub-items: what the named parts inside indicators came to, for the units they are meant for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from merilo.assessment.methodology.edition import Edition
from merilo.assessment.methodology.formulas.bands import Bands
from merilo.assessment.methodology.formulas.by_category import ByCategory
from merilo.assessment.methodology.formulas.formula import Applicability, Formula, Item
from merilo.assessment.methodology.formulas.mean_of import MeanOf
from merilo.assessment.methodology.formulas.normalise import Normalise
from merilo.assessment.methodology.formulas.sum_of import SumOf
from merilo.assessment.methodology.formulas.working import Columns, Floats, Status
from merilo.assessment.pipeline import Assessment
from merilo.assessment.rounding import round_columns
from merilo.assessment.scoring.evidence import AllEvidence, unit_evidence
from merilo.folder.result_scores import Labels, LongRows, result_columns, unit_texts
from merilo.folder.result_table import Kind, ResultTable, TableMaker, spread


@dataclass(frozen=True, slots=True)
class InnerItem:
    """A sub-item, the indicator it belongs to, and everything that must hold for a unit to be assessed by it."""

    indicator: str
    item: Item
    applies: tuple[Applicability, ...]


def inner_items(edition: Edition) -> list[InnerItem]:
    """Every sub-item of an edition in its order."""
    return [
        InnerItem(indicator.code, item, applies)
        for indicator in edition.indicators
        for item, applies in _within(indicator.item.formula, (indicator.item.applies,))
    ]


def _within(formula: Formula, applies: tuple[Applicability, ...]) -> Iterator[tuple[Item, tuple[Applicability, ...]]]:
    match formula:
        case ByCategory():
            for value, inner in formula.cases:
                yield from _within(inner, (*applies, Applicability(only=((formula.category, (value,)),))))
        case Bands() | Normalise():
            yield from _within(formula.of, applies)
        case MeanOf() | SumOf():
            for part in formula.parts:
                yield part, applies
                yield from _within(part.formula, (*applies, part.applies))
        case _:
            pass  # nothing named inside; a test tries every shipped edition


def items_table(assessment: Assessment, text: Labels) -> ResultTable | None:
    """One row per scored unit and sub-item of a formula; None where the edition has none."""
    case = assessment.case
    inside = inner_items(case.rules.edition)
    if not inside:
        return None
    evidence = AllEvidence(case.rules.edition, case.rules.policies, case.table)
    found = [_columns(one, evidence) for one in inside]
    printed = [_printed(assessment, one.item, columns) for one, columns in zip(inside, found, strict=True)]
    table = TableMaker("items", assessment.rated.digits)
    long = LongRows(case.table.size, len(inside))
    unit_texts(table, text, long)
    table.texts("indicator", spread([one.indicator for one in inside], long.parts))
    table.texts("item", spread([one.item.code for one in inside], long.parts))
    table.texts("label", spread([one.item.label for one in inside], long.parts))
    table.numbers("value", long.joined(printed), Kind.PRINTED)
    result_columns(table, long, found)
    table.numbers("attainable", long.joined([one.high for one in found]))
    return table.finish()


def _columns(inner: InnerItem, evidence: AllEvidence) -> Columns:
    """The results of a sub-item; not applicable where its indicator, or the case it stands in, is for others."""
    found = inner.item.columns(evidence)
    applies = np.logical_and.reduce([one.flags(evidence) for one in inner.applies])
    return replace(
        found,
        value=np.where(applies, found.value, np.nan),
        status=np.where(applies, found.status, np.int8(Status.NOT_APPLICABLE)),
        high=np.where(applies, found.high, 0.0),
        count=np.where(applies, found.count, np.nan),
        base=np.where(applies, found.base, np.nan),
    )


def _printed(assessment: Assessment, item: Item, found: Columns) -> Floats:
    case, rounding = assessment.case, assessment.case.rules.policies.rounding

    def exact(row: int) -> Fraction:
        return item.exact(unit_evidence(case.rules.edition, case.rules.policies, case.table, row)).value or Fraction(0)

    return round_columns(found.value, rounding.printed, rounding.mode, exact)
