"""Places: organisations in descending order of their score, with ties by a named rule."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from merilo.assessment.methodology.formulas.working import Floats
from merilo.assessment.methodology.policies import Ties

Places = NDArray[np.int64]
NO_PLACE = 0


def rank(scores: Floats, ties: Ties, *, tie_break: Floats, keys: Sequence[str] | NDArray[np.str_]) -> Places:
    """The place of every row, best 1; NO_PLACE where there is no score.

    ORDINAL breaks ties by the unrounded score and then by registry key, so that the order never depends
    on the order of rows; COMPETITION gives 5,5,7 and DENSE 5,5,6 (T24).
    """
    places = np.full(len(scores), NO_PLACE, dtype=np.int64)
    rated = np.flatnonzero(~np.isnan(scores))
    if not len(rated):
        return places
    key_order = np.argsort(np.argsort(np.asarray(keys, dtype=np.str_)[rated], kind="stable"), kind="stable")
    order = np.lexsort((key_order, -tie_break[rated], -scores[rated]))
    ordered = scores[rated][order]
    new_value = np.concatenate(([True], ordered[1:] != ordered[:-1]))
    match ties:
        case Ties.ORDINAL:
            given = np.arange(1, len(rated) + 1)
        case Ties.DENSE:
            given = np.cumsum(new_value)
        case Ties.COMPETITION:
            given = np.maximum.accumulate(np.where(new_value, np.arange(1, len(rated) + 1), 0))
    places[rated[order]] = given
    return places


def rank_within(groups: Sequence[str], scores: Floats, ties: Ties, *, tie_break: Floats, keys: Sequence[str]) -> Places:
    """Places given apart in every group."""
    places = np.full(len(scores), NO_PLACE, dtype=np.int64)
    distinct, group_of = np.unique(np.array(groups, dtype=np.str_), return_inverse=True)
    key_column = np.array(keys, dtype=np.str_)
    for group in range(len(distinct)):
        mine = np.flatnonzero(group_of == group)
        places[mine] = rank(scores[mine], ties, tie_break=tie_break[mine], keys=key_column[mine])
    return places


def last_places(groups: Sequence[str], places: Places, ties: Ties) -> Places:
    """The last of the places that equal scores share: 5 and 6 for the two fifths of 5, 5, 7."""
    if ties is not Ties.COMPETITION:
        return places
    _, group_of = np.unique(np.array(groups, dtype=np.str_), return_inverse=True)
    _, same, shared_by = np.unique(group_of * (len(places) + 1) + places, return_inverse=True, return_counts=True)
    return np.where(places == NO_PLACE, NO_PLACE, places + shared_by[same] - 1)
