"""sum_of: the sum of sub-items' points (995н 1: сумма значений показателей 1.1–1.3)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

import numpy as np

from merilo.assessment.located import Reader
from merilo.assessment.methodology.formulas.formula import ReadFormula, read_items
from merilo.assessment.methodology.formulas.of_items import OfItems
from merilo.assessment.methodology.formulas.slopes import SampledColumns, Slopes, added
from merilo.assessment.methodology.formulas.working import (
    Columns,
    Evidence,
    EvidenceColumns,
    Status,
    Working,
    smallest,
)


@dataclass(frozen=True, slots=True)
class SumOf(OfItems):
    """Sub-items that do not apply lower what can be attained. A sum with a part missing would look like
    a low result, so such a sum has no value."""

    kind: ClassVar[str] = "sum_of"

    @classmethod
    def read(cls, reader: Reader, nested: ReadFormula) -> SumOf:
        """`{kind: sum_of, items: [{code: …, name: …, formula: {…}}, …]}`."""
        return cls(read_items(reader, nested))

    def high(self) -> Fraction:
        """The sum of what the sub-items can give."""
        return sum((part.formula.high() for part in self.parts), Fraction(0))

    def exact(self, evidence: Evidence) -> Working:
        """The sum of the sub-items that apply."""
        parts = tuple((part.code, part.exact(evidence)) for part in self.parts)
        high = sum((work.high for _, work in parts), Fraction(0))
        applicable = [work for _, work in parts if work.status is not Status.NOT_APPLICABLE]
        status = max((work.status for work in applicable), default=Status.NOT_APPLICABLE)
        if status is not Status.SCORED:
            return Working(self.kind, status, None, high, parts=parts)
        value = sum((work.value for work in applicable if work.value is not None), Fraction(0))
        return Working(self.kind, Status.SCORED, value, high, parts=parts)

    def columns(self, evidence: EvidenceColumns) -> Columns:
        """The same, elementwise."""
        found = [part.columns(evidence) for part in self.parts]
        status = np.stack([part.status for part in found])
        applicable = status != Status.NOT_APPLICABLE
        worst = np.where(applicable, status, np.int8(Status.SCORED)).max(axis=0)
        whole = np.where(applicable.any(axis=0), worst, np.int8(Status.NOT_APPLICABLE))
        total = np.where(applicable, np.nan_to_num(np.stack([part.value for part in found])), 0.0).sum(axis=0)
        return Columns(
            value=np.where(whole == Status.SCORED, total, np.nan),
            status=whole,
            high=np.stack([part.high for part in found]).sum(axis=0),
            count=np.full(evidence.size, np.nan),
            base=smallest([np.where(part.status == Status.SCORED, part.base, np.nan) for part in found]),
        )

    def slopes(self, sample: SampledColumns) -> Slopes:
        """The sum of the sub-items' slopes, where the sum has a value."""
        there = np.where(self.columns(sample).status == Status.SCORED, 1.0, 0.0)
        return added([part.slopes(sample) for part in self.parts]).scaled(there)
