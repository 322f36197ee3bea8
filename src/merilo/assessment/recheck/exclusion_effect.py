"""What leaving questionnaires out does to the rating: scores and places with and without the exclusions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from merilo.assessment.methodology.formulas.working import Floats
from merilo.assessment.rating.ranking import NO_PLACE, Places
from merilo.assessment.responses.exclusions import Exclusion
from merilo.assessment.scoring.organisations import RatedScores


@dataclass(frozen=True, slots=True)
class ExclusionEffect:
    """One rated row with its printed overall score and place as they are rated, and as they would be with every
    questionnaire counted; None where there is no score. `excluded` counts what its organisation lost."""

    row: int
    organisation: str
    excluded: int
    overall: float | None
    overall_unexcluded: float | None
    place: int | None
    place_unexcluded: int | None


def exclusion_effects(
    exclusions: Sequence[Exclusion],
    keys: Sequence[str],
    rated: tuple[RatedScores, Places],
    unexcluded: tuple[RatedScores, Places],
) -> tuple[ExclusionEffect, ...]:
    """The rated rows that the exclusions touch, in the order of the register: those that lost questionnaires, and
    those whose printed score or place changed because others did. `keys` are the organisations' registry keys."""
    lost = Counter(one.organisation for one in exclusions)
    scores, places = rated
    scores_before, places_before = unexcluded
    found = []
    for row, index in enumerate(scores.rows.organisation.tolist()):
        effect = ExclusionEffect(
            row,
            keys[index],
            lost[keys[index]],
            _number(scores.overall.printed, row),
            _number(scores_before.overall.printed, row),
            _place(places, row),
            _place(places_before, row),
        )
        changed = (effect.overall, effect.place) != (effect.overall_unexcluded, effect.place_unexcluded)
        if effect.excluded or changed:
            found.append(effect)
    return tuple(found)


def _number(values: Floats, row: int) -> float | None:
    return None if np.isnan(values[row]) else float(values[row])


def _place(places: Places, row: int) -> int | None:
    return None if places[row] == NO_PLACE else int(places[row])
