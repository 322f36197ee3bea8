"""Criterion weights as they hold for one assessment, from the scheme it chose."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from merilo.assessment.methodology.edition import Edition, SchemeKind, Weight, WeightScheme
from merilo.assessment.observations.table import ObservationTable, exact_number


def criterion_weights(edition: Edition, scheme: WeightScheme, table: ObservationTable) -> Mapping[str, Weight]:
    """A weight per criterion code.

    FIXED: as written. EQUAL: the same for all. IMPORTANCE: the mean importance rating of each criterion
    over all answers, divided by their sum (Samara 2016, method 1). A criterion without ratings weighs nothing.
    """
    match scheme.kind:
        case SchemeKind.FIXED:
            return dict(scheme.weights)
        case SchemeKind.EQUAL:
            share = Fraction(1, len(edition.criteria) or 1)
            return {criterion.code: Weight(share) for criterion in edition.criteria}
        case SchemeKind.IMPORTANCE:
            means = {code: _pooled_mean(quantity, table) for code, quantity in scheme.quantities}
            total = sum(means.values(), Fraction(0))
            return {code: Weight(mean / total if total else Fraction(0)) for code, mean in means.items()}


def _pooled_mean(quantity: str, table: ObservationTable) -> Fraction:
    raw = table.columns.get(quantity)
    if raw is None:
        return Fraction(0)
    counts = sum((exact_number(count) or Fraction(0) for count in raw.count), Fraction(0))
    bases = sum((exact_number(base) or Fraction(0) for base in raw.base), Fraction(0))
    return counts / bases if bases else Fraction(0)
