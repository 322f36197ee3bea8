"""Wholes against their parts: overall scores, criteria, sums, differences; which weights would make them meet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from merilo.assessment.recheck.defect import Certainty, Defect, DefectKind, defect_at
from merilo.assessment.recheck.derive import Derived, combined, derive, possible_attributes
from merilo.assessment.recheck.other_weights import better_weights, reproduces
from merilo.assessment.recheck.printed import PrintedNumber, Reading, Span
from merilo.assessment.recheck.publication import PrintedCell, Publication
from merilo.assessment.recheck.relations import Relation, RelationKind

MEANS = (RelationKind.WEIGHTED_MEAN, RelationKind.MEAN)


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A whole that does not follow from its parts: the cell, what follows, and how it could still be explained."""

    relation: Relation
    cell: PrintedCell
    derived: Derived
    certainty: Certainty
    cut: bool = False
    reason: str = ""


@dataclass(slots=True)
class WholesChecked:
    """What came of checking wholes: how many were compared, what does not follow, which relations had no
    figures."""

    compared: int = 0
    mismatches: list[Mismatch] = field(default_factory=list)
    unchecked: list[Relation] = field(default_factory=list)


def check_wholes(publication: Publication) -> tuple[list[Defect], WholesChecked]:
    """Every relation on every unit that has the whole printed."""
    checked = WholesChecked()
    for relation in publication.relations:
        before = checked.compared
        for cell in publication.column(relation.whole):
            found = mismatch(publication, relation, cell)
            checked.compared += found is not None
            if isinstance(found, Mismatch):
                checked.mismatches.append(found)
        if checked.compared == before and publication.column(relation.whole):
            checked.unchecked.append(relation)
    return list(_defects(publication, checked.mismatches)), checked


def mismatch(publication: Publication, relation: Relation, cell: PrintedCell) -> Mismatch | bool | None:
    """Whether a whole follows from its parts: True, a Mismatch, or None where there is nothing to compare.

    A unit whose categories are not printed follows if it does with any of their values.
    """
    worst: Mismatch | None = None
    for attributes in possible_attributes(publication, relation, cell.unit):
        found = _mismatch(publication, relation, cell, dict(attributes))
        if not isinstance(found, Mismatch):
            return found
        if worst is None or _severity(found) < _severity(worst):
            worst = found
    return worst


def _mismatch(
    publication: Publication, relation: Relation, cell: PrintedCell, attributes: dict[str, str]
) -> Mismatch | bool | None:
    number = cell.number
    derived = derive(publication, relation, cell.unit, publication.reading, attributes)
    if derived is None or number is None:
        return None
    if number.span(publication.reading).meets(derived.span):
        return True
    if number.span(Reading.CUT).meets(derived.span):
        return Mismatch(relation, cell, derived, Certainty.LIKELY, cut=True)
    loose = derive(publication, relation, cell.unit, Reading.LOOSE, attributes)
    explained = loose is not None and number.span(Reading.LOOSE).meets(loose.span)
    certainty = Certainty.LIKELY if explained or relation.assumed else Certainty.EXACT
    return Mismatch(relation, cell, derived, certainty, reason=_reason(relation, number, loose, explained=explained))


def _reason(relation: Relation, number: PrintedNumber, loose: Derived | None, *, explained: bool) -> str:
    """Why a mismatch is as sure as it is. A mean lies among its parts whatever the weights."""
    if explained:
        return "ONLY-LOOSELY"
    if relation.kind in MEANS and loose is not None:
        lowest, highest = min(part.span.low for part in loose.parts), max(part.span.high for part in loose.parts)
        if not number.span(Reading.LOOSE).meets(Span(lowest, highest)):
            return "NO-WEIGHTS"
    return "ASSUMED" if relation.assumed else ""


def _severity(found: Mismatch) -> int:
    return (not found.cut) + (found.certainty is Certainty.EXACT)


def _defects(publication: Publication, mismatches: list[Mismatch]) -> Iterator[Defect]:
    explained: set[tuple[str, str]] = set()
    for relation in publication.relations:
        mine = [one for one in mismatches if one.relation is relation]
        better = better_weights(publication, relation, [one.cell for one in mine])
        if better is None:
            continue
        weights, fitting = better
        first = mine[0]
        inexact = tuple(
            cell.unit
            for cell in publication.column(relation.whole)
            if cell.unit in fitting and not reproduces(publication, weights.relation, cell, Reading.AS_PRINTED)
        )
        covered = [one for one in mine if one.cell.unit in fitting]
        explained |= {(one.cell.unit, one.cell.subject) for one in covered}
        certainty = Certainty.EXACT if any(one.certainty is Certainty.EXACT for one in mine) else Certainty.LIKELY
        yield defect_at(
            first.cell,
            DefectKind.OTHER_WEIGHTS,
            certainty,
            expected=first.derived.span,
            reason=weights.reason,
            others=tuple(one.cell.where for one in mine[1:]),
            differing=len(mine),
            reproduced=len(fitting),
            of=len(publication.column(relation.whole)),
            name=weights.name,
            weights=weights.texts,
            residual=weights.residual,
            to_the_digit=len(fitting) - len(inexact),
            except_for=inexact,
        )
    yield from _one_by_one([one for one in mismatches if (one.cell.unit, one.cell.subject) not in explained])


def _one_by_one(mismatches: list[Mismatch]) -> Iterator[Defect]:
    """A whole is not blamed where it follows once one of its parts, itself at odds with its own parts, is put
    right: one cell out of place explains both."""
    by_cell = {(one.cell.unit, one.cell.subject): one for one in mismatches}
    spoilt: dict[int, list[Mismatch]] = {}
    innocent = set()
    for parent in mismatches:
        parts = (by_cell.get((cell.unit, cell.subject)) for cell in parent.derived.cells)
        guilty = [child for child in parts if child is not None and _explains(child, parent)]
        if len(guilty) == 1:
            spoilt.setdefault(id(guilty[0]), []).append(parent)
            innocent.add(id(parent))
    for one in mismatches:
        if id(one) not in innocent:
            yield _defect(one, spoilt.get(id(one), []))


def _defect(one: Mismatch, wholes: list[Mismatch]) -> Defect:
    reason = "CUT" if one.cut else one.reason
    return defect_at(
        one.cell,
        DefectKind.NOT_FROM_PARTS,
        one.certainty,
        expected=one.derived.span,
        reason="WHOLE-CONFIRMS" if wholes else reason,
        others=tuple(cell.where for cell in (*(whole.cell for whole in wholes), *one.derived.cells)),
        relation=one.relation.kind.value,
    )


def _explains(child: Mismatch, parent: Mismatch) -> bool:
    """Whether the parent follows once the child's cell is what its own parts make it."""
    number = parent.cell.number
    parts = [
        replace(part, span=child.derived.span) if part.cells == (child.cell,) else part for part in parent.derived.parts
    ]
    moved = combined(parent.relation, parts)
    return number is not None and number.span(Reading.ROUNDED).meets(moved)
