"""Which weights would reproduce published wholes: equal ones, those of another scheme, or found by least squares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from merilo.assessment.methodology.edition import Weight
from merilo.assessment.recheck.derive import derive, possible_attributes
from merilo.assessment.recheck.printed import Reading
from merilo.assessment.recheck.publication import PrintedCell, Publication
from merilo.assessment.recheck.relations import ONE, Relation, RelationKind
from merilo.assessment.rounding import RoundingMode, round_exact

# Weights found must be borne out by more wholes than they have weights, and reproduce most of them.
SPARE_WHOLES = 3
MOST = Fraction(4, 5)
DECIMALS = (2, 3, 4)
RESIDUAL_DECIMALS = 3


@dataclass(frozen=True, slots=True)
class OtherWeights:
    """Weights that were not declared. `reason` says where they come from: EQUAL, SCHEME or FOUND; `residual` is
    the largest difference that found weights leave."""

    reason: str
    name: str
    relation: Relation
    residual: Fraction = Fraction(0)

    @property
    def texts(self) -> tuple[str, ...]:
        """`subject=weight` for every part."""
        return tuple(f"{part.subject}={part.weight.of({})}" for part in self.relation.parts)


def better_weights(
    publication: Publication, relation: Relation, failing: Sequence[PrintedCell]
) -> tuple[OtherWeights, frozenset[str]] | None:
    """The weights that reproduce more wholes than the declared ones, most of all wholes and at least two; with
    the units they reproduce. None where no weights do, or nothing fails."""
    cells = publication.column(relation.whole)
    if relation.kind not in (RelationKind.WEIGHTED_MEAN, RelationKind.MEAN) or not failing:
        return None
    most = max(2, len(cells) - len(failing) + 1, (len(cells) + 1) // 2)
    best: tuple[OtherWeights, frozenset[str]] | None = None
    for weights in _candidates(publication, relation):
        fitting = frozenset(cell.unit for cell in cells if reproduces(publication, weights.relation, cell))
        if len(fitting) >= most and (best is None or len(fitting) > len(best[1])):
            best = weights, fitting
    if best is not None:
        return best
    for weights in found_weights(publication, relation, cells):
        fitting = frozenset(cell.unit for cell in cells if reproduces(publication, weights.relation, cell))
        if len(fitting) >= most and len(fitting) >= MOST * len(cells):
            return weights, fitting
    return None


def reproduces(publication: Publication, relation: Relation, cell: PrintedCell, reading: Reading | None = None) -> bool:
    """Whether a printed whole follows from its parts under this relation; `reading` says how the parts are taken."""
    for attributes in possible_attributes(publication, relation, cell.unit):
        found = derive(publication, relation, cell.unit, reading or publication.reading, attributes)
        if found is not None and cell.number is not None and cell.number.span(publication.reading).meets(found.span):
            return True
    return False


def _candidates(publication: Publication, relation: Relation) -> Iterator[OtherWeights]:
    yield OtherWeights("EQUAL", "", _weighed(relation, {part.subject: Fraction(1) for part in relation.parts}))
    for named in publication.other_weights:
        if named.whole == relation.whole:
            yield OtherWeights("SCHEME", named.name, _weighed(relation, dict(named.weights)))


def found_weights(publication: Publication, relation: Relation, cells: Sequence[PrintedCell]) -> Iterator[OtherWeights]:
    """Weights fitted to the printed figures by least squares, with 2, 3 and 4 decimals; none where there are too
    few wholes, or parts that do not vary independently."""
    subjects = [part.subject for part in relation.parts]
    rows, wholes = [], []
    for cell in cells:
        numbers = [publication.number(cell.unit, subject) for subject in subjects]
        if cell.number is not None and all(number is not None for number in numbers):
            rows.append([float(number.value) for number in numbers if number is not None])
            wholes.append(float(cell.number.value))
    if len(rows) < len(subjects) + SPARE_WHOLES:
        return
    table, target = np.array(rows), np.array(wholes)
    fitted, _, rank, _ = np.linalg.lstsq(table, target, rcond=None)
    if rank < len(subjects) or bool((fitted < 0).any()):
        return
    for decimals in DECIMALS:
        weights = [Fraction(round_exact(Fraction(float(one)), decimals, RoundingMode.HALF_UP)) for one in fitted]
        if any(weights):
            residual = Fraction(float(np.abs(table @ np.array([float(one) for one in weights]) - target).max()))
            shown = Fraction(round_exact(residual, RESIDUAL_DECIMALS, RoundingMode.HALF_UP))
            yield OtherWeights("FOUND", "", _weighed(relation, dict(zip(subjects, weights, strict=True))), shown)


def _weighed(relation: Relation, weights: Mapping[str, Fraction]) -> Relation:
    parts = tuple(replace(part, weight=_weight(weights, part.subject)) for part in relation.parts)
    return replace(relation, kind=RelationKind.WEIGHTED_MEAN, parts=parts)


def _weight(weights: Mapping[str, Fraction], subject: str) -> Weight:
    found = weights.get(subject, Fraction(0))
    return ONE if found == 1 else Weight(found)
