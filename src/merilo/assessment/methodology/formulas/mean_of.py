"""mean_of: the plain mean of sub-items, each with its own formula (995н V.2: mean of the applicable 19.1–19.13)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from merilo.assessment.located import Reader
from merilo.assessment.methodology.formulas.formula import ReadFormula, read_items
from merilo.assessment.methodology.formulas.of_items import OfItems
from merilo.assessment.methodology.formulas.slopes import SampledColumns, Slopes, added
from merilo.assessment.methodology.formulas.working import (
    Columns,
    Evidence,
    EvidenceColumns,
    Status,
    Statuses,
    Working,
    smallest,
)
from merilo.assessment.methodology.policies import EmptyPart, Policies


@dataclass(frozen=True, slots=True)
class MeanOf(OfItems):
    """Sub-items that do not apply are left out. One that nobody answered is left out or counts 0, by the
    policy for empty parts under its code; one without evidence leaves the whole without data."""

    kind: ClassVar[str] = "mean_of"

    @classmethod
    def read(cls, reader: Reader, nested: ReadFormula) -> MeanOf:
        """`{kind: mean_of, items: [{code: …, name: …, formula: {…}}, …]}`."""
        return cls(read_items(reader, nested))

    def high(self) -> Fraction:
        """The mean of what the sub-items can give."""
        return Fraction(sum((part.formula.high() for part in self.parts), Fraction(0)), len(self.parts) or 1)

    def exact(self, evidence: Evidence) -> Working:
        """The mean over the sub-items that count."""
        parts = tuple((part.code, part.exact(evidence)) for part in self.parts)
        status, counted = mean_status([(code, work.status) for code, work in parts], evidence.policies)
        applicable = [work.high for _, work in parts if work.status is not Status.NOT_APPLICABLE]
        high = Fraction(sum(applicable, Fraction(0)), len(applicable)) if applicable else Fraction(0)
        if status is not Status.SCORED:
            return Working(self.kind, status, None, high, parts=parts)
        values = [work.value or Fraction(0) for code, work in parts if code in counted]
        return Working(self.kind, status, sum(values, Fraction(0)) / len(values), high, parts=parts)

    def columns(self, evidence: EvidenceColumns) -> Columns:
        """The same, elementwise."""
        found = [part.columns(evidence) for part in self.parts]
        status = np.stack([part.status for part in found])
        whole, counted = columns_mean_status(status, [part.code for part in self.parts], evidence.policies)
        value = np.where(counted, np.nan_to_num(np.stack([part.value for part in found])), 0.0).sum(axis=0)
        applicable = status != Status.NOT_APPLICABLE
        high = np.where(applicable, np.stack([part.high for part in found]), 0.0).sum(axis=0)
        return Columns(
            value=np.where(whole == Status.SCORED, value / np.maximum(counted.sum(axis=0), 1), np.nan),
            status=whole,
            high=high / np.maximum(applicable.sum(axis=0), 1),
            count=np.full(evidence.size, np.nan),
            base=smallest([np.where(part.status == Status.SCORED, part.base, np.nan) for part in found]),
        )

    def slopes(self, sample: SampledColumns) -> Slopes:
        """The mean of the sub-items' slopes."""
        found = [part.columns(sample) for part in self.parts]
        status = np.stack([part.status for part in found])
        whole, counted = columns_mean_status(status, [part.code for part in self.parts], sample.policies)
        weight = np.where(whole == Status.SCORED, 1.0, 0.0) / np.maximum(counted.sum(axis=0), 1)
        return added([part.slopes(sample).scaled(weight) for part in self.parts])


def mean_status(statuses: Sequence[tuple[str, Status]], policies: Policies) -> tuple[Status, frozenset[str]]:
    """The status of a mean and the codes of the parts that count in it."""
    found = [status for _, status in statuses]
    if Status.NO_DATA in found:
        return Status.NO_DATA, frozenset()
    if Status.SCORED not in found:
        return max(found, default=Status.NOT_APPLICABLE), frozenset()
    return Status.SCORED, frozenset(
        code
        for code, status in statuses
        if status is Status.SCORED
        or (status is Status.NO_RESPONDENTS and policies.empty_part.of(code) is EmptyPart.ZERO)
    )


def columns_mean_status(
    status: NDArray[np.int8], codes: Sequence[str], policies: Policies
) -> tuple[Statuses, NDArray[np.bool_]]:
    """The columnar twin of mean_status over a (part × unit) array: the whole's status, which parts count."""
    zero = np.array([policies.empty_part.of(code) is EmptyPart.ZERO for code in codes])
    scored = status == Status.SCORED
    whole = np.where(scored.any(axis=0), np.int8(Status.SCORED), status.max(axis=0))
    whole = np.where((status == Status.NO_DATA).any(axis=0), np.int8(Status.NO_DATA), whole)
    return whole, scored | ((status == Status.NO_RESPONDENTS) & zero[:, None])
