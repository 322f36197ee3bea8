"""What is to follow from what in a report: wholes as weighted means, means, sums or differences of their parts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from merilo.assessment.methodology.edition import (
    Criterion,
    CriterionValue,
    Edition,
    OverallValue,
    SchemeKind,
    Weight,
    WeightScheme,
)
from merilo.assessment.methodology.formulas.formula import EVERYWHERE, Applicability, Formula, Item
from merilo.assessment.methodology.formulas.mean_of import MeanOf
from merilo.assessment.methodology.formulas.normalise import Normalise
from merilo.assessment.methodology.formulas.sum_of import SumOf

OVERALL = "overall"
ONE = Weight(Fraction(1))


class RelationKind(Enum):
    """How parts make a whole."""

    WEIGHTED_MEAN = "weighted_mean"
    MEAN = "mean"
    SUM = "sum"
    DIFFERENCE = "difference"  # the first part less the second
    SHARE_OF_ATTAINABLE = "share_of_attainable"  # scale × points / attainable points


@dataclass(frozen=True, slots=True)
class RelationPart:
    """One part: its subject, weight, for which units it counts, and the most it can give."""

    subject: str
    weight: Weight = ONE
    applies: Applicability = EVERYWHERE
    high: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """A whole and its parts. `carried` (worst, best, scale) takes the result to another scale and keeps it there;
    `scale` is what all attainable points make. `assumed` marks a relation that the auditor supposes and the document
    does not state."""

    whole: str
    kind: RelationKind
    parts: tuple[RelationPart, ...]
    carried: tuple[Fraction, Fraction, Fraction] | None = None
    scale: Fraction = Fraction(1)
    assumed: bool = False

    @property
    def categories(self) -> frozenset[str]:
        """The categories that decide which parts count and how much."""
        weights = {part.weight.category for part in self.parts if part.weight.category}
        conditions = {category for part in self.parts for category, _ in (*part.applies.only, *part.applies.never)}
        return frozenset(weights | conditions)


def relations_of(edition: Edition, weights: dict[str, Weight]) -> Iterator[Relation]:
    """The relations of a methodology, wholes before their parts; `weights` are those of the criteria."""
    overall = _overall(edition, weights)
    if overall is not None:
        yield overall
    for criterion in edition.criteria:
        yield _criterion(criterion)
    for item in edition.items.values():
        found = _item(item)
        if found is not None:
            yield found


def scheme_weights(edition: Edition, scheme: WeightScheme) -> dict[str, Weight] | None:
    """The weights of a scheme per criterion; None where they come from answers that were not published."""
    match scheme.kind:
        case SchemeKind.FIXED:
            return dict(scheme.weights)
        case SchemeKind.EQUAL:
            return {criterion.code: ONE for criterion in edition.criteria}
        case SchemeKind.IMPORTANCE:
            return None


def _overall(edition: Edition, weights: dict[str, Weight]) -> Relation | None:
    match edition.overall:
        case OverallValue.NONE:
            return None
        case OverallValue.WEIGHTED_MEAN:
            weighed = [one for one in edition.criteria if _weighs(weights.get(one.code))]
            parts = tuple(RelationPart(one.code, weights[one.code]) for one in weighed)
            return Relation(OVERALL, RelationKind.WEIGHTED_MEAN, parts) if parts else None
        case OverallValue.SHARE_OF_ATTAINABLE:
            parts = tuple(
                RelationPart(one.code, ONE, one.item.applies, one.item.formula.high()) for one in edition.indicators
            )
            return Relation(OVERALL, RelationKind.SHARE_OF_ATTAINABLE, parts, scale=edition.high)


def _weighs(weight: Weight | None) -> bool:
    return weight is not None and (bool(weight.default) or any(value for _, value in weight.cases))


def _criterion(criterion: Criterion) -> Relation:
    is_mean = criterion.value is CriterionValue.WEIGHTED_MEAN
    kind = RelationKind.WEIGHTED_MEAN if is_mean else RelationKind.SUM
    parts = tuple(
        RelationPart(one.code, one.weight if is_mean else ONE, one.item.applies)
        for one in criterion.indicators
        if _weighs(one.weight)
    )
    return Relation(criterion.code, kind, parts)


def _item(item: Item) -> Relation | None:
    formula: Formula = item.formula
    carried = None
    if isinstance(formula, Normalise):
        carried, formula = (formula.worst, formula.best, formula.scale), formula.of
    if isinstance(formula, SumOf):
        kind = RelationKind.SUM
    elif isinstance(formula, MeanOf):
        kind = RelationKind.MEAN
    else:
        return None
    parts = tuple(RelationPart(part.code, ONE, part.applies.within(item.applies)) for part in formula.parts)
    return Relation(item.code, kind, parts, carried)
