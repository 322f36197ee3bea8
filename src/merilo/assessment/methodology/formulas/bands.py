"""bands: points by where a measured value falls (995н 1.2: до 10 % – 0, 10–30 % – 0,3, …, 90–100 % – 1).

The acts' printed edges overlap or leave gaps; here each band says whether its edge belongs to it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import ClassVar

import numpy as np

from merilo.assessment.located import Reader
from merilo.assessment.methodology.formulas.formula import Formula, Item, ReadFormula
from merilo.assessment.methodology.formulas.slopes import SampledColumns, Slopes, stepped
from merilo.assessment.methodology.formulas.working import (
    Columns,
    Evidence,
    EvidenceColumns,
    Status,
    Working,
    attainable,
)


@dataclass(frozen=True, slots=True)
class Band:
    """`edge` is the upper edge (None: no upper edge), `inclusive` whether it belongs to the band."""

    edge: Fraction | None
    inclusive: bool
    points: Fraction

    def holds(self, value: Fraction) -> bool:
        """Whether the value lies under this band's upper edge."""
        return self.edge is None or value < self.edge or (self.inclusive and value == self.edge)


@dataclass(frozen=True, slots=True)
class Bands:
    """The first band that holds the value of `of` gives the points."""

    of: Formula
    bands: tuple[Band, ...]
    kind: ClassVar[str] = "bands"

    @classmethod
    def read(cls, reader: Reader, nested: ReadFormula) -> Bands:
        """`{kind: bands, of: {…}, bands: [{below: 10, points: 0}, {at_most: 30, points: 0.3}, {points: 1}]}`."""
        of = nested(reader, "of")
        bands = tuple(_read_band(inner) for inner in reader.readers("bands"))
        if not bands or bands[-1].edge is not None or any(band.edge is None for band in bands[:-1]):
            reader.note("EDITION-03", reader.place("bands"))
            bands = (*bands[:-1], Band(None, True, Fraction(0)))
        if list(_edges(bands)) != sorted(_edges(bands)):
            reader.note("EDITION-04", reader.place("bands"))
        return cls(of, bands)

    def quantities(self) -> tuple[str, ...]:
        """Those of the measured value."""
        return self.of.quantities()

    def items(self) -> tuple[Item, ...]:
        """Those of the measured value."""
        return self.of.items()

    def high(self) -> Fraction:
        """The best band."""
        return max(band.points for band in self.bands)

    def attainable_values(self) -> frozenset[Fraction] | None:
        """The bands' points."""
        return frozenset(band.points for band in self.bands)

    def exact(self, evidence: Evidence) -> Working:
        """The points of the first band that holds the value."""
        inner = self.of.exact(evidence)
        high = attainable(inner.status, self.high())
        factors = tuple(_edges(self.bands))
        if inner.value is None:
            return Working(self.kind, inner.status, None, high, parts=(("", inner),), factors=factors)
        points = next(band.points for band in self.bands if band.holds(inner.value))
        return Working(self.kind, Status.SCORED, points, high, parts=(("", inner),), factors=factors)

    def columns(self, evidence: EvidenceColumns) -> Columns:
        """The same, elementwise. An edge is met exactly or not at all: the nearest float decides within
        rounding noise, so values within 1e-9 of an edge are taken as lying on it."""
        inner = self.of.columns(evidence)
        points = np.full(evidence.size, float(self.bands[-1].points))
        for band in reversed(self.bands[:-1]):
            edge = float(band.edge or 0)
            on_edge = np.abs(inner.value - edge) <= 1e-9
            holds = np.where(on_edge, band.inclusive, inner.value < edge)
            points = np.where(holds, float(band.points), points)
        return replace(
            inner,
            value=np.where(inner.status == Status.SCORED, points, np.nan),
            high=np.where(inner.status == Status.NOT_APPLICABLE, 0.0, float(self.high())),
        )

    def slopes(self, sample: SampledColumns) -> Slopes:
        """Those of the points, which jump from band to band."""
        edges = [np.full(sample.size, float(edge)) for edge in _edges(self.bands)]
        points = [float(band.points) for band in self.bands]
        centre = self.of.columns(sample).value
        return stepped(self.of.slopes(sample), centre, edges, points, self.columns(sample), sample)


def _read_band(reader: Reader) -> Band:
    inclusive = reader.has("at_most")
    edge = reader.number("at_most" if inclusive else "below") if inclusive or reader.has("below") else None
    band = Band(edge, inclusive, reader.number("points"))
    reader.finish()
    return band


def _edges(bands: tuple[Band, ...]) -> list[Fraction]:
    return [band.edge for band in bands if band.edge is not None]
