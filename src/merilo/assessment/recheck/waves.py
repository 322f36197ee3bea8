"""Two waves of an assessment side by side: organisations joined by key, and the change of every score with its word."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from merilo.assessment.methodology.formulas.working import Flags, Floats
from merilo.assessment.rating.ranking import Places
from merilo.assessment.recheck.comparability import Counterpart, Link, Obstacle, Yardstick, counterparts, scale_of
from merilo.assessment.scoring.errors import ScoreErrors
from merilo.assessment.scoring.organisations import RatedScores, Values
from merilo.assessment.stats.change import Adjustment, Changes, ChangeVerdict, WaveEstimates, compare_waves

NOBODY = -1


@dataclass(frozen=True, slots=True)
class Standings:
    """The places of all rated rows: first and last of those that equal scores share, and the ends of place sets."""

    first: Places
    last: Places
    set_first: Places
    set_last: Places


@dataclass(frozen=True, slots=True)
class Wave:
    """One wave as it was assessed. Per rated row: `keys` (key in the register, form of service where forms are rated
    apart), `names`, places; `sizes` by subject are the people or answers a sampled value stands on, NaN where nothing
    was sampled or the number is not known."""

    period: str
    yardstick: Yardstick
    rated: RatedScores
    errors: Mapping[str, ScoreErrors]
    keys: Sequence[tuple[str, str]]
    names: Sequence[str]
    sizes: Mapping[str, Floats]
    standings: Standings


@dataclass(frozen=True, slots=True)
class MatchedRow:
    """An organisation (in a form of service where they are rated apart), and its rated row in each wave, if any."""

    key: str
    form: str
    name: str
    earlier: int | None
    later: int | None


@dataclass(frozen=True, slots=True)
class WaveSide:
    """A subject of one wave in the order of the matched rows, NaN where there is nothing: value, as printed, standard
    error with its degrees of freedom (inf where the value is exact), and how many people or answers are behind it."""

    value: Floats
    printed: Floats
    error: Floats
    degrees: Floats
    size: Floats

    @property
    def is_known(self) -> Flags:
        """Where there is a value of known error."""
        sure = (self.degrees > 0) | (self.error == 0)
        return np.asarray(np.isfinite(self.value) & np.isfinite(self.error) & sure, dtype=np.bool_)

    def estimates(self) -> WaveEstimates:
        """What the test reads."""
        return WaveEstimates(self.value, self.error, self.degrees)

    def mean(self, rows: Flags) -> WaveEstimates:
        """The mean over some rows as an estimate of its own. Organisations were surveyed apart: variances add up.

        Sums are exact (`fsum`), so that the order of the rows does not matter.
        """
        count = int(np.count_nonzero(rows))
        if not count:
            return WaveEstimates(*(np.array([np.nan]) for _ in range(3)))
        variances, degrees = self.error[rows] ** 2, self.degrees[rows]
        total = math.fsum(variances)
        unsure = math.fsum((variances**2 / degrees)[variances > 0])
        found = (math.fsum(self.value[rows]) / count, math.sqrt(total) / count, total**2 / unsure if unsure else np.inf)
        return WaveEstimates(*(np.array([one]) for one in found))


@dataclass(frozen=True, slots=True)
class MeanChange:
    """The change of a mean over organisations: the means, over how many rows each was taken, and the comparison."""

    earlier: float
    later: float
    earlier_count: int
    later_count: int
    changes: Changes

    @property
    def verdict(self) -> ChangeVerdict:
        """What may be said of it."""
        return self.changes.verdicts[0]


@dataclass(frozen=True, slots=True)
class SubjectChange:
    """A subject over all matched rows. `changes` have p-values adjusted by Holm over the organisations, `p_single` are
    those before; `obstacles` say per row why there is no comparison. `of_both` is the mean over the rows that were
    compared, `of_all` over every row of known error in its own wave: it also moves when organisations come and go."""

    counterpart: Counterpart
    earlier: WaveSide
    later: WaveSide
    changes: Changes
    p_single: Floats
    obstacles: tuple[Obstacle | None, ...]
    of_both: MeanChange
    of_all: MeanChange

    def count(self, verdict: ChangeVerdict) -> int:
        """How many rows have a verdict."""
        return self.changes.verdicts.count(verdict)


@dataclass(frozen=True)
class WaveChanges:
    """Everything that changed between two waves; `left` are subjects of the earlier wave beside which none stands."""

    earlier: Wave
    later: Wave
    level: float
    rows: tuple[MatchedRow, ...]
    subjects: tuple[SubjectChange, ...]
    left: tuple[str, ...]

    def of(self, subject: str) -> SubjectChange | None:
        """The change of a subject of the later wave."""
        return next((one for one in self.subjects if one.counterpart.subject == subject), None)

    @cached_property
    def index_of_later(self) -> dict[int, int]:
        """For every rated row of the later wave its matched row."""
        return {row.later: index for index, row in enumerate(self.rows) if row.later is not None}


def compare_assessed(earlier: Wave, later: Wave, links: Mapping[str, Link], *, level: float) -> WaveChanges:
    """Every subject of the later wave against the earlier one, organisation by organisation and on average.

    Subjects without a single value in either wave are left out. ValueError where one wave rates forms of service apart
    and the other does not: there is nothing to join rows by.
    """
    if earlier.yardstick.are_forms_apart != later.yardstick.are_forms_apart:
        raise ValueError("forms of service are rated apart in one wave only")
    rows = match_rows(earlier, later)
    pairs = counterparts(earlier.yardstick, later.yardstick, links)
    compared = (_subject_change(pair, earlier, later, rows, level) for pair in pairs)
    found = tuple(one for one in compared if np.isfinite([one.earlier.value, one.later.value]).any())
    beside = {pair.earlier for pair in pairs}
    left = tuple(code for code, values in _all_values(earlier.rated) if code not in beside and _any_value(values))
    return WaveChanges(earlier, later, level, rows, found, left)


def match_rows(earlier: Wave, later: Wave) -> tuple[MatchedRow, ...]:
    """Rows of both waves joined by key and form, in the order of the later wave; those only in the earlier one last."""
    before = {key: row for row, key in enumerate(earlier.keys)}
    found = [
        MatchedRow(*key, name, before.get(key), row)
        for row, (key, name) in enumerate(zip(later.keys, later.names, strict=True))
    ]
    known = set(later.keys)
    found += [MatchedRow(*key, earlier.names[row], row, None) for key, row in before.items() if key not in known]
    return tuple(found)


def _subject_change(
    pair: Counterpart, earlier: Wave, later: Wave, rows: tuple[MatchedRow, ...], level: float
) -> SubjectChange:
    before = _side(earlier, pair.earlier, [row.earlier for row in rows])
    after = _side(later, pair.subject, [row.later for row in rows])
    low, high = scale_of(later.yardstick.rules.edition, pair.subject)
    scale, comparable = (float(low), float(high)), pair.obstacle is None

    def compared(one: WaveEstimates, other: WaveEstimates, adjustment: Adjustment = Adjustment.NONE) -> Changes:
        return compare_waves(one, other, level=level, adjustment=adjustment, comparable=comparable, scale=scale)

    def mean(mine: Flags, theirs: Flags) -> MeanChange:
        one, other = before.mean(mine), after.mean(theirs)
        counts = int(np.count_nonzero(mine)), int(np.count_nonzero(theirs))
        return MeanChange(float(one.values[0]), float(other.values[0]), *counts, compared(one, other))

    changes = compared(before.estimates(), after.estimates(), Adjustment.HOLM)
    both = before.is_known & after.is_known
    return SubjectChange(
        counterpart=pair,
        earlier=before,
        later=after,
        changes=changes,
        p_single=compared(before.estimates(), after.estimates()).p_value,
        obstacles=tuple(_obstacle(pair, row, before, after, index) for index, row in enumerate(rows)),
        of_both=mean(both, both),
        of_all=mean(before.is_known, after.is_known),
    )


def _obstacle(pair: Counterpart, row: MatchedRow, before: WaveSide, after: WaveSide, index: int) -> Obstacle | None:
    """Why one row is not compared: the organisation's absence comes before what would hinder everybody."""
    if row.earlier is None or row.later is None:
        return Obstacle.ONLY_LATER if row.earlier is None else Obstacle.ONLY_EARLIER
    if pair.obstacle is not None:
        return pair.obstacle
    if np.isnan(before.value[index]) or np.isnan(after.value[index]):
        return Obstacle.NO_VALUE
    return None if before.is_known[index] and after.is_known[index] else Obstacle.ERROR_UNKNOWN


def _side(wave: Wave, subject: str, rows: Sequence[int | None]) -> WaveSide:
    values, errors = wave.rated.subject(subject) if subject else None, wave.errors.get(subject)
    if values is None or errors is None:
        return WaveSide(*(np.full(len(rows), np.nan) for _ in range(5)))
    at = np.array([NOBODY if row is None else row for row in rows], dtype=np.int64)
    there = at != NOBODY

    def taken(column: Floats) -> Floats:
        return np.where(there, column[np.where(there, at, 0)], np.nan)

    size = wave.sizes.get(subject, np.full(len(wave.keys), np.nan))
    # What was not sampled, or asked of everybody, is known: its degrees of freedom do not matter.
    degrees = np.where(errors.error == 0, np.inf, errors.degrees)
    return WaveSide(*(taken(one) for one in (values.value, values.printed, errors.error, degrees, size)))


def _all_values(rated: RatedScores) -> list[tuple[str, Values]]:
    return [*rated.criteria.items(), *rated.indicators.items()]


def _any_value(values: Values) -> bool:
    return bool(np.isfinite(values.value).any())
