"""Which places an organisation may truly have: simultaneous sets within every group of the ranking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from merilo.assessment.methodology.formulas.working import Floats
from merilo.assessment.rating.ranking import NO_PLACE, Places
from merilo.assessment.scoring.errors import ScoreErrors
from merilo.assessment.stats.place_sets import (
    ALL_PAIRS_UP_TO,
    PlaceSets,
    chances_of_ends,
    groups_not_apart,
    pairwise_sets,
)
from merilo.assessment.stats.uncertainty_settings import UncertaintySettings

FEWEST_DEGREES = 1.0


@dataclass(frozen=True, slots=True)
class GroupSets:
    """The sets of one group: the rated `rows` that have a score of known error, in the order of the register, and the
    `sets` of these rows among themselves."""

    name: str
    rows: Places
    sets: PlaceSets

    def not_apart(self) -> tuple[tuple[int, ...], ...]:
        """The largest runs of rows in which no two can be told apart, from the best down; they overlap."""
        return tuple(tuple(int(self.rows[one]) for one in run) for run in groups_not_apart(self.sets))


@dataclass(frozen=True, slots=True)
class RatedSets:
    """For every rated row the first and last place of its set (NO_PLACE where there is none), and how probable it is
    that the row is among the best and the worst k (NaN in groups of fewer than 2 k, or where nothing is known)."""

    first: Places
    last: Places
    chance_best: Floats
    chance_worst: Floats
    groups: tuple[GroupSets, ...]


def place_sets(
    groups: Sequence[str], overall: Floats, errors: ScoreErrors, places: Places, last: Places, how: UncertaintySettings
) -> RatedSets:
    """Sets of places within every group; all of a group hold together with probability `how.level`.

    Who has no score has no place. Who has a score of unknown error has a place but no set, and may stand anywhere: the
    sets of the others reach so much further down. `last` is the last place that equal scores share.
    """
    size = len(overall)
    first, final = np.full(size, NO_PLACE, dtype=np.int64), np.full(size, NO_PLACE, dtype=np.int64)
    best, worst = np.full(size, np.nan), np.full(size, np.nan)
    scored = ~np.isnan(overall)
    known = scored & np.isfinite(errors.error)
    names, group_of = np.unique(np.array(groups, dtype=np.str_), return_inverse=True)
    found = []
    for number, name in enumerate(names.tolist()):
        rows = np.flatnonzero((group_of == number) & known)
        if not len(rows):
            continue
        sets = _sets(overall[rows], errors.error[rows], errors.degrees[rows], how)
        # Places are given by printed digits, sets by unrounded scores: a place always lies in its own set.
        first[rows] = np.minimum(sets.best, places[rows])
        anywhere = np.count_nonzero((group_of == number) & scored & ~known)
        final[rows] = np.maximum(sets.worst + anywhere, last[rows])
        if len(rows) >= 2 * how.best:
            ends = chances_of_ends(sets.estimates, sets.errors, how.best, seed=how.seed, draws=how.draws)
            best[rows], worst[rows] = ends
        found.append(GroupSets(name, rows, sets))
    return RatedSets(first, final, best, worst, tuple(found))


def _sets(overall: Floats, error: Floats, degrees: Floats, how: UncertaintySettings) -> PlaceSets:
    """Small samples pay for not knowing their errors; among thousands errors are taken as known (see stats)."""
    few = len(overall) <= ALL_PAIRS_UP_TO
    freedom = np.maximum(degrees, FEWEST_DEGREES) if few else None
    return pairwise_sets(overall, error, seed=how.seed, level=how.level, draws=how.draws, degrees=freedom)
