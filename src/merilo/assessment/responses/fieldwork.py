"""What is known of how questionnaires came about: who asked, when, by which channel, and what was written in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

UNKNOWN = -1
HOUR, DAY = 3600, 86400
FIRST_NIGHT_HOUR, FIRST_DAY_HOUR = 22, 6


@dataclass(frozen=True, slots=True)
class Labels:
    """A text of every questionnaire as an index into the distinct ones; UNKNOWN where there is none."""

    names: tuple[str, ...]
    of: Ints


@dataclass(frozen=True, slots=True)
class Times:
    """Moments in seconds, NaN where unknown: when a questionnaire was begun and finished, and the one moment it is
    dated by. `has_clock` says whether that moment has a time of day; `step` is the fineness of the clock in seconds.
    `duration` is the longest the filling in can have taken, in seconds."""

    started: Floats
    finished: Floats
    moment: Floats
    has_clock: NDArray[np.bool_]
    step: float
    duration: Floats


@dataclass(frozen=True, slots=True)
class AnswerSheet:
    """What was answered, a row a questionnaire.

    `closed` (n, questions) holds the stored number of the option chosen, UNKNOWN without an answer; `scale` (questions)
    tells which of them share a list of options; `scored` which of them feed the scores or open a filter, the others ask
    who the respondent is; `words` (questions) is how many words a person reads to answer.
    `asides` (n, further questions) are numbers and texts as indexes of their distinct values. `numbers` are the number
    questions, `ages` those of them that ask for an age; `measured` is what each quantity counts: 1, 0 or a rating,
    NaN where the question was not answered or not put.
    """

    closed: Ints
    scale: Ints
    scored: NDArray[np.bool_]
    words: Ints
    asides: Ints
    numbers: Mapping[str, Floats]
    ages: frozenset[str]
    measured: Mapping[str, Floats]


@dataclass(frozen=True)
class Fieldwork:
    """All questionnaires of an assessment in the order of the files and their rows."""

    file: Labels
    row: Ints
    id: Labels
    organisation: Labels
    form: Labels
    interviewer: Labels
    channel: Labels
    times: Times
    sheet: AnswerSheet

    def __len__(self) -> int:
        return len(self.row)

    @cached_property
    def by_organisation(self) -> tuple[Ints, ...]:
        """The questionnaires of every organisation, in the order of its names."""
        return rows_by(self.organisation)

    @cached_property
    def by_interviewer(self) -> tuple[Ints, ...]:
        """The questionnaires of every interviewer."""
        return rows_by(self.interviewer)

    @cached_property
    def place(self) -> Ints:
        """Organisation and form of service as one number: whose respondents are compared with whose."""
        return joint(self.organisation.of, self.form.of)

    @cached_property
    def stratum(self) -> Ints:
        """Organisation, form of service and channel: whose interviewers are compared with whose."""
        return joint(self.place, self.channel.of)

    @cached_property
    def shared_with_others(self) -> tuple[Ints, ...]:
        """For every interviewer the questionnaires he is compared on, his own and the others', by stratum: those of
        the strata where at least two interviewers worked, he being one of them."""
        known = np.flatnonzero(self.interviewer.of != UNKNOWN)
        strata = rows_by(Labels(("",) * (int(self.stratum.max(initial=-1)) + 1), self.stratum))
        members = [rows[self.interviewer.of[rows] != UNKNOWN] for rows in strata]
        shared = {
            stratum: rows for stratum, rows in enumerate(members) if len(np.unique(self.interviewer.of[rows])) > 1
        }
        nothing = known[:0]
        return tuple(
            np.concatenate([nothing, *(shared[one] for one in np.unique(self.stratum[rows]).tolist() if one in shared)])
            for rows in self.by_interviewer
        )

    @cached_property
    def answers(self) -> Ints:
        """The answers that count as one number, equal where all of them are equal; not who the respondent is."""
        return distinct_rows(self.sheet.closed[:, self.sheet.scored])

    @cached_property
    def whole(self) -> Ints:
        """Everything written in a questionnaire as one number: closed answers, numbers, texts."""
        return distinct_rows(np.concatenate([self.sheet.closed, self.sheet.asides], axis=1))

    @cached_property
    def hour(self) -> Ints:
        """The hour of the questionnaire's moment, counted from the beginning of time; UNKNOWN without a clock."""
        return _cell(np.where(self.times.has_clock, self.times.moment, np.nan), HOUR)

    @cached_property
    def day(self) -> Ints:
        """The same for its day."""
        return _cell(self.times.moment, DAY)

    @cached_property
    def is_night(self) -> NDArray[np.bool_]:
        """Whether it is dated between ten in the evening and six in the morning."""
        of_day = self.hour % 24
        night = (of_day >= FIRST_NIGHT_HOUR) | (of_day < FIRST_DAY_HOUR)
        return np.asarray((self.hour != UNKNOWN) & night, dtype=np.bool_)


def rows_by(labels: Labels) -> tuple[Ints, ...]:
    """The rows of every label, ascending."""
    order = np.argsort(labels.of, kind="stable")
    edges = np.searchsorted(labels.of[order], np.arange(len(labels.names) + 1))
    return tuple(order[low:high] for low, high in pairwise(edges.tolist()))


def joint(*columns: Ints) -> Ints:
    """Several columns of indexes as one, equal where all of them are equal, ordered as they are."""
    return distinct_rows(np.column_stack(columns))


def distinct_rows(table: Ints) -> Ints:
    """The index of every row among the distinct ones."""
    if not table.shape[1]:
        return np.zeros(len(table), dtype=np.int64)
    return np.asarray(np.unique(table, axis=0, return_inverse=True)[1], dtype=np.int64).reshape(-1)


def _cell(moments: Floats, length: int) -> Ints:
    known = ~np.isnan(moments)
    return np.where(known, np.where(known, moments, 0) // length, UNKNOWN).astype(np.int64)
