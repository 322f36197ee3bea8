"""by_category: another formula for another kind of organisation (waiting time: social care, health care)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import ClassVar

import numpy as np

from merilo.assessment.located import Reader
from merilo.assessment.methodology.formulas.formula import Applicability, Formula, Item, ReadFormula
from merilo.assessment.methodology.formulas.slopes import SampledColumns, Slopes, added
from merilo.assessment.methodology.formulas.working import Columns, Evidence, EvidenceColumns, Status, Working


@dataclass(frozen=True, slots=True)
class ByCategory:
    """The formula for a unit's value of `category`; where there is none the thing does not apply."""

    category: str
    cases: tuple[tuple[str, Formula], ...]
    kind: ClassVar[str] = "by_category"

    @classmethod
    def read(cls, reader: Reader, nested: ReadFormula) -> ByCategory:
        """`{kind: by_category, category: sector, cases: {social: {…}, health: {…}}}`."""
        inner = reader.reader("cases")
        cases = tuple((value, nested(inner, value)) for value in inner.node.entries) if inner else ()
        if not cases:
            reader.note("EDITION-01", reader.place("cases"), key="cases", least=1)
        return cls(reader.text("category"), cases)

    def quantities(self) -> tuple[str, ...]:
        """Those of all cases, each once."""
        return tuple(dict.fromkeys(q for _, formula in self.cases for q in formula.quantities()))

    def items(self) -> tuple[Item, ...]:
        """Those of all cases, each only where its case applies."""
        return tuple(
            replace(item, applies=item.applies.within(Applicability(only=((self.category, (value,)),))))
            for value, formula in self.cases
            for item in formula.items()
        )

    def high(self) -> Fraction:
        """The most any case can give."""
        return max((formula.high() for _, formula in self.cases), default=Fraction(0))

    def attainable_values(self) -> frozenset[Fraction] | None:
        """Depends on the case."""
        return None

    def exact(self, evidence: Evidence) -> Working:
        """The result of the unit's case."""
        value = evidence.attributes.get(self.category, "")
        for case, formula in self.cases:
            if case == value:
                return formula.exact(evidence)
        return Working(self.kind, Status.NOT_APPLICABLE, None, Fraction(0))

    def columns(self, evidence: EvidenceColumns) -> Columns:
        """Each unit's own case."""
        nothing = np.full(evidence.size, np.nan)
        status = np.full(evidence.size, Status.NOT_APPLICABLE, dtype=np.int8)
        result = Columns(nothing, status, np.zeros(evidence.size), nothing, nothing)
        for case, formula in self.cases:
            mine = evidence.attribute_in(self.category, (case,))
            if not mine.any():
                continue
            found = formula.columns(evidence)
            result = Columns(
                value=np.where(mine, found.value, result.value),
                status=np.where(mine, found.status, result.status),
                high=np.where(mine, found.high, result.high),
                count=np.where(mine, found.count, result.count),
                base=np.where(mine, found.base, result.base),
            )
        return result

    def slopes(self, sample: SampledColumns) -> Slopes:
        """Each unit's own case."""
        return added(
            [
                formula.slopes(sample).scaled(sample.attribute_in(self.category, (case,)).astype(np.float64))
                for case, formula in self.cases
            ]
        )
