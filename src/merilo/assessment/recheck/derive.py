"""What a whole can be, given what is printed of its parts: exact intervals, whatever the roundings in between."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from merilo.assessment.recheck.printed import Reading, Span, exactly, total
from merilo.assessment.recheck.publication import PrintedCell, Publication
from merilo.assessment.recheck.relations import Relation, RelationKind, RelationPart

# A step that is not printed (an indicator between its points and its criterion) may itself have been rounded,
# to one decimal or more.
HIDDEN_ROUNDING = Fraction(1, 20)
DEEPEST = 6


@dataclass(frozen=True, slots=True)
class DerivedPart:
    """One part as it enters a whole: its weight and the values it may have; `cells` it was read from, none where
    nothing is printed and its whole range is taken."""

    subject: str
    weight: Fraction
    span: Span
    cells: tuple[PrintedCell, ...]
    high: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Derived:
    """What a whole can be, and the parts it follows from."""

    span: Span
    parts: tuple[DerivedPart, ...]

    @property
    def cells(self) -> tuple[PrintedCell, ...]:
        """Every printed cell it follows from."""
        return tuple(cell for part in self.parts for cell in part.cells)


def possible_attributes(publication: Publication, relation: Relation, unit: str) -> Iterator[Mapping[str, str]]:
    """The category values a unit may have: those printed, and every value of a category that is not printed."""
    known = publication.attributes.get(unit, {})
    open_ones = [one for one in sorted(relation.categories) if one not in known and publication.categories.get(one)]
    for values in product(*(publication.categories[one] for one in open_ones)):
        yield {**known, **dict(zip(open_ones, values, strict=True))}


def derive(
    publication: Publication, relation: Relation, unit: str, reading: Reading, attributes: Mapping[str, str]
) -> Derived | None:
    """What the whole of a unit can be; None where nothing of it is printed, or a part's range is not known.

    A part that is not printed may have any value of its range. That covers every rule for missing parts: to
    count 0, to count the maximum, or to be left out (which is to have the mean of the others).
    """
    parts = []
    for part in relation.parts:
        if not part.applies.holds(attributes):
            continue
        weight = part.weight.of(attributes)
        if weight == 0:
            continue
        found = _part(publication, part, weight, unit, reading, attributes)
        if found is None:
            return None
        parts.append(found)
    if not any(part.cells for part in parts):
        return None
    return Derived(combined(relation, parts), tuple(parts))


def combined(relation: Relation, parts: list[DerivedPart]) -> Span:
    """The parts put together as the relation says."""
    weighted = [part.span.times(part.weight) for part in parts]
    match relation.kind:
        case RelationKind.WEIGHTED_MEAN | RelationKind.MEAN:
            found = total(weighted).times(1 / sum((part.weight for part in parts), Fraction(0)))
        case RelationKind.SUM:
            found = total(weighted)
        case RelationKind.DIFFERENCE:
            found = parts[0].span.plus(parts[1].span.times(Fraction(-1))) if len(parts) == 2 else total(weighted)
        case RelationKind.SHARE_OF_ATTAINABLE:
            attainable = sum((part.high or Fraction(0) for part in parts), Fraction(0))
            found = total(weighted).times(relation.scale / attainable) if attainable else exactly(0)
    if relation.carried is None:
        return found
    worst, best, scale = relation.carried
    return found.moved(-worst).times(scale / (best - worst)).within(Fraction(0), scale)


def _part(
    publication: Publication,
    part: RelationPart,
    weight: Fraction,
    unit: str,
    reading: Reading,
    attributes: Mapping[str, str],
) -> DerivedPart | None:
    found = _known(publication, part.subject, unit, reading, attributes, DEEPEST)
    if found is not None:
        return DerivedPart(part.subject, weight, found[0], found[1], part.high)
    subject = publication.subjects.get(part.subject)
    if subject is None or subject.range is None:
        return None
    return DerivedPart(part.subject, weight, subject.range, (), part.high)


def _known(
    publication: Publication,
    subject: str,
    unit: str,
    reading: Reading,
    attributes: Mapping[str, str],
    depth: int,
) -> tuple[Span, tuple[PrintedCell, ...]] | None:
    """What a part can be: as printed, or as its own parts make it where it is not printed."""
    cell = publication.cell(unit, subject)
    if cell is not None and cell.number is not None:
        return cell.number.span(reading), (cell,)
    relation = next((one for one in publication.relations if one.whole == subject), None)
    if relation is None or depth == 0:
        return None
    parts = []
    for part in relation.parts:
        if not part.applies.holds(attributes) or (weight := part.weight.of(attributes)) == 0:
            continue
        inner = _known(publication, part.subject, unit, reading, attributes, depth - 1)
        known = publication.subjects.get(part.subject)
        if inner is None and (known is None or known.range is None):
            return None
        span, cells = inner or (known.range if known and known.range else exactly(0), ())
        parts.append(DerivedPart(part.subject, weight, span, cells, part.high))
    if not any(part.cells for part in parts):
        return None
    made, own = combined(relation, parts).widened(HIDDEN_ROUNDING), publication.subjects.get(subject)
    if own is not None and own.range is not None:
        made = made.within(own.range.low, own.range.high)
    return made, tuple(cell for part in parts for cell in part.cells)
