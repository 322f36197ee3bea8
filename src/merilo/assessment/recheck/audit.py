"""The whole audit of a published report on one page: each line is one kind of check."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from merilo.assessment.recheck.answers import check_shares
from merilo.assessment.recheck.cells import check_cells
from merilo.assessment.recheck.claims import Claim
from merilo.assessment.recheck.defect import Certainty, Defect, DefectKind
from merilo.assessment.recheck.identical_rows import check_identical_rows
from merilo.assessment.recheck.places import check_places
from merilo.assessment.recheck.publication import Publication
from merilo.assessment.recheck.relations import Relation
from merilo.assessment.recheck.sample_sizes import check_sample_sizes
from merilo.assessment.recheck.statements import check_claims
from merilo.assessment.recheck.wholes import check_wholes


@dataclass(frozen=True, slots=True)
class Audit:
    """What does not hold, the surest first within each kind; how much was compared; what could not be."""

    defects: tuple[Defect, ...]
    cells: int
    wholes: int
    claims: int
    unchecked_relations: tuple[Relation, ...]
    unchecked_claims: tuple[Claim, ...]

    def of(self, certainty: Certainty) -> tuple[Defect, ...]:
        """The defects that are so sure."""
        return tuple(one for one in self.defects if one.certainty is certainty)


def audit(publication: Publication, claims: Sequence[Claim]) -> Audit:
    """Every check on everything printed."""
    from_wholes, wholes = check_wholes(publication)
    from_claims, stated = check_claims(publication, claims)
    defects = [
        *check_cells(publication),
        *from_wholes,
        *check_places(publication),
        *from_claims,
        *check_shares(publication),
        *check_sample_sizes(publication),
        *check_identical_rows(publication),
    ]
    kinds, sure = list(DefectKind), list(Certainty)
    defects.sort(key=lambda one: (kinds.index(one.kind), sure.index(one.certainty)))
    return Audit(
        tuple(defects),
        sum(cell.number is not None for cell in publication.cells),
        wholes.compared,
        stated.compared,
        tuple(wholes.unchecked),
        stated.unchecked,
    )
