"""How long questionnaires took: faster than they can be read, two at a time, finished before they were begun.

Nobody answers what he cannot have read. Reading takes at least 0.3 seconds a word, the bound by which web surveys tell
speeders: Zhang & Conrad (2014), Survey Research Methods 8, 127–135. Spoken interviews are slower still.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from merilo.assessment.responses.fieldwork import UNKNOWN, Fieldwork
from merilo.assessment.responses.flags import FlagKind, QualityCheck
from merilo.assessment.responses.interviewer_shares import compared_shares

Ints = NDArray[np.int64]
SECONDS_A_WORD = 0.3


def too_fast(work: Fieldwork) -> NDArray[np.bool_]:
    """The questionnaires that took less than it takes to read the questions answered in them."""
    words = (work.sheet.closed != UNKNOWN) @ work.sheet.words
    duration = work.times.duration
    return np.asarray((duration >= 0) & (duration < SECONDS_A_WORD * words), dtype=np.bool_)


def pace_checks(work: Fieldwork) -> Iterator[QualityCheck]:
    """The three facts, and whether an interviewer has more of the too fast ones than the others beside him."""
    yield from _reversed(work)
    fast = too_fast(work)
    for organisation, name in enumerate(work.organisation.names):
        mine = work.by_organisation[organisation]
        rows = mine[fast[mine]]
        if len(rows):
            figures = (
                ("questionnaires", float((~np.isnan(work.times.duration[mine])).sum())),
                ("involved", float(len(rows))),
                ("fastest_seconds", float(work.times.duration[rows].min())),
                ("median_seconds", float(np.nanmedian(work.times.duration[mine]))),
            )
            yield QualityCheck(FlagKind.TOO_FAST, tuple(rows.tolist()), figures, organisation=name)
    yield from _overlapping(work)
    yield from compared_shares(work, FlagKind.FAST_INTERVIEWER, fast, ~np.isnan(work.times.duration))


def _reversed(work: Fieldwork) -> Iterator[QualityCheck]:
    rows = np.flatnonzero(work.times.finished < work.times.started)
    for organisation, name in enumerate(work.organisation.names):
        mine = rows[work.organisation.of[rows] == organisation]
        if len(mine):
            figures = (("involved", float(len(mine))),)
            yield QualityCheck(FlagKind.FINISHED_BEFORE_STARTED, tuple(mine.tolist()), figures, organisation=name)


def _overlapping(work: Fieldwork) -> Iterator[QualityCheck]:
    """Interviews that an interviewer began before an earlier one was over, by more than the clock's own step."""
    started, finished = work.times.started, work.times.finished
    for interviewer, name in enumerate(work.interviewer.names):
        rows = work.by_interviewer[interviewer]
        rows = rows[finished[rows] >= started[rows]]
        if len(rows) < 2:
            continue
        rows = rows[np.lexsort((finished[rows], started[rows]))]
        latest = np.maximum.accumulate(finished[rows])
        clash = np.flatnonzero(started[rows][1:] + work.times.step < latest[:-1]) + 1
        if len(clash):
            involved = np.unique(rows[np.concatenate([clash, clash - 1])])
            figures = (("questionnaires", float(len(rows))), ("involved", float(len(clash))))
            yield QualityCheck(FlagKind.OVERLAPPING, tuple(involved.tolist()), figures, interviewer=name)
