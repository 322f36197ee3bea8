"""steps: points for an average waiting time against its norm (344н, indicator 2.2 in health care; unverified).

With T the norm, t the average and d = T − t in the norm's unit: t ≤ T/2 → 100; d ≥ 3 → 60; d ≥ 2 → 40;
d ≥ 1 → 20; d ≥ 0 → 10; longer than the norm → 0. Tried from the top, so that the better rule wins
where two hold (T = 2 h, t = 1 h is both "by one hour" and "half": 100).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

import numpy as np

from merilo.assessment.located import Reader, parse_number
from merilo.assessment.methodology.formulas.formula import Item, ReadFormula, read_positive
from merilo.assessment.methodology.formulas.slopes import SampledColumns, Slopes, proportional, stepped
from merilo.assessment.methodology.formulas.working import (
    Columns,
    Evidence,
    EvidenceColumns,
    Floats,
    Status,
    Working,
    attainable,
)


@dataclass(frozen=True, slots=True)
class Steps:
    """`quantity` is the waiting time (sum and number of cases), `norm` the quantity that holds the norm.

    `half` are the points for at most half of the norm; `shorter` pairs (by at least d, points) in
    descending d; `whole_units` rounds the average to whole units, half up, before the comparison.
    """

    quantity: str
    norm: str
    half: Fraction
    shorter: tuple[tuple[Fraction, Fraction], ...]
    whole_units: bool
    kind: ClassVar[str] = "steps"

    @classmethod
    def read(cls, reader: Reader, nested: ReadFormula) -> Steps:
        """`{kind: steps, quantity: …, norm: …, half: 100, shorter_by: {3: 60, 2: 40, 1: 20, 0: 10}}`."""
        inner = reader.reader("shorter_by")
        pairs = list(_read_pairs(inner)) if inner else []
        if not pairs:
            reader.note("EDITION-01", reader.place("shorter_by"), key="shorter_by", least=1)
        return cls(
            quantity=reader.text("quantity"),
            norm=reader.text("norm"),
            half=read_positive(reader, "half"),
            shorter=tuple(sorted(pairs, reverse=True)),
            whole_units=reader.flag("whole_units", default=True),
        )

    def quantities(self) -> tuple[str, ...]:
        """The waiting time and its norm."""
        return (self.quantity, self.norm)

    def items(self) -> tuple[Item, ...]:
        """None."""
        return ()

    def high(self) -> Fraction:
        """The points for half of the norm."""
        return self.half

    def attainable_values(self) -> frozenset[Fraction] | None:
        """The points of the steps, and 0."""
        return frozenset({Fraction(0), self.half, *(points for _, points in self.shorter)})

    def exact(self, evidence: Evidence) -> Working:
        """The first step that holds."""
        waited, norm = evidence.observed(self.quantity), evidence.observed(self.norm)
        status = max(waited.status, norm.status)
        high = attainable(status, self.half)
        if status is not Status.SCORED or waited.count is None or not waited.base or norm.count is None:
            return Working(self.kind, status, None, high, (waited, norm))
        average = waited.count / waited.base
        if self.whole_units:
            average = Fraction((average + Fraction(1, 2)).__floor__())
        return Working(
            self.kind, Status.SCORED, self._points(average, norm.count), high, (waited, norm), factors=(average,)
        )

    def _points(self, average: Fraction, norm: Fraction) -> Fraction:
        if average <= norm / 2:
            return self.half
        return next((points for by, points in self.shorter if norm - average >= by), Fraction(0))

    def columns(self, evidence: EvidenceColumns) -> Columns:
        """The same, elementwise; averages within 1e-9 of a step stand on it."""
        waited, norm = evidence.observed(self.quantity), evidence.observed(self.norm)
        status = np.maximum(waited.status, norm.status)
        average = waited.count / np.where(waited.base > 0, waited.base, np.nan)
        if self.whole_units:
            average = np.floor(average + 0.5 + 1e-9)
        points = self._columns_points(average, norm.count)
        return Columns(
            value=np.where(status == Status.SCORED, points, np.nan),
            status=status,
            high=np.where(status == Status.NOT_APPLICABLE, 0.0, float(self.half)),
            count=waited.count,
            base=waited.base,
        )

    def _columns_points(self, average: Floats, norm: Floats) -> Floats:
        points = np.zeros_like(average)
        for by, worth in reversed(self.shorter):
            points = np.where(norm - average >= float(by) - 1e-9, float(worth), points)
        return np.where(average <= norm / 2 + 1e-9, float(self.half), points)

    def slopes(self, sample: SampledColumns) -> Slopes:
        """Those of the points, which jump from step to step."""
        if not sample.is_sampled(self.quantity):
            return Slopes()
        waited, norm = sample.observed(self.quantity), sample.observed(self.norm).count
        average = waited.count / np.where(waited.base > 0, waited.base, np.nan)
        inner = proportional(self.quantity, average, waited.count, waited.base, 1.0, 1.0)
        latest = [norm / 2, *(norm - float(by) for by, _ in self.shorter)]
        if self.whole_units:
            latest = [np.floor(edge + 1e-9) + 0.5 for edge in latest]
        # A short norm has half of it behind "by one hour": the better points hold up to the later edge.
        edges = list(np.maximum.accumulate(np.stack(latest)))
        points = [float(self.half), *(float(worth) for _, worth in self.shorter), 0.0]
        return stepped(inner, average, edges, points, self.columns(sample), sample)


def _read_pairs(reader: Reader) -> Iterator[tuple[Fraction, Fraction]]:
    """(by at least so much, points) for every line of `shorter_by`."""
    for by in reader.node.entries:
        points = reader.number(by)
        try:
            yield parse_number(by), points
        except (ValueError, ZeroDivisionError):
            reader.note("YAML-17", reader.place(by), key="shorter_by", value=by)
