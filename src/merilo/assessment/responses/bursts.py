"""Bursts: too many questionnaires in one hour of an organisation or one day of an interviewer, and work by night.

Field work comes in visits, so counts by the hour vary far more than chance alone would make them. They are taken for
geometric ones, whose variance is the square of their mean: given their sum, every division of it is as likely, which
gives an exact bound without any parameter to estimate.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from merilo.assessment.responses.fieldwork import UNKNOWN, Fieldwork
from merilo.assessment.responses.flags import FlagKind, QualityCheck
from merilo.assessment.stats.exact_tails import hypergeometric_tail, largest_cell_tail

Ints = NDArray[np.int64]


def burst_checks(work: Fieldwork) -> Iterator[QualityCheck]:
    """The fullest hour of every organisation, the fullest day of every interviewer, the nights of both."""
    yield from _fullest_hours(work)
    yield from _fullest_days(work)
    yield from _nights(work)


def _fullest_hours(work: Fieldwork) -> Iterator[QualityCheck]:
    for organisation, name in enumerate(work.organisation.names):
        rows = work.by_organisation[organisation]
        rows = rows[work.hour[rows] != UNKNOWN]
        hours, counts = np.unique(work.hour[rows], return_counts=True)
        if len(hours) < 2 or counts.max() < 2:
            continue
        hour, largest = int(hours[np.argmax(counts)]), int(counts.max())
        figures = (
            ("questionnaires", float(len(rows))),
            ("cells", float(len(hours))),
            ("involved", float(largest)),
            ("mean_of_others", float((len(rows) - largest) / (len(hours) - 1))),
        )
        p = largest_cell_tail(largest, len(rows), len(hours))
        involved = tuple(rows[work.hour[rows] == hour].tolist())
        yield QualityCheck(FlagKind.BURST_IN_AN_HOUR, involved, figures, p, name, subject=str(hour))


def _fullest_days(work: Fieldwork) -> Iterator[QualityCheck]:
    """The fullest day of each interviewer among the days of all of them: bounded for his days alone."""
    known = np.flatnonzero((work.interviewer.of != UNKNOWN) & (work.day != UNKNOWN))
    if not len(known):
        return
    cells, counts = np.unique(
        np.column_stack([work.interviewer.of[known], work.day[known]]), axis=0, return_counts=True
    )
    if len(cells) < 2:
        return
    for interviewer, name in enumerate(work.interviewer.names):
        mine = np.flatnonzero(cells[:, 0] == interviewer)
        if not len(mine) or counts[mine].max() < 2:
            continue
        fullest = int(mine[np.argmax(counts[mine])])
        largest, day = int(counts[fullest]), int(cells[fullest, 1])
        p = min(1.0, largest_cell_tail(largest, len(known), len(cells)) * len(mine) / len(cells))
        rows = known[(work.interviewer.of[known] == interviewer) & (work.day[known] == day)]
        figures = (
            ("questionnaires", float(counts[mine].sum())),
            ("cells", float(len(cells))),
            ("involved", float(largest)),
            ("mean_of_others", float((len(known) - largest) / (len(cells) - 1))),
        )
        yield QualityCheck(
            FlagKind.BURST_IN_A_DAY, tuple(rows.tolist()), figures, p, interviewer=name, subject=str(day)
        )


def _nights(work: Fieldwork) -> Iterator[QualityCheck]:
    """Whether an organisation, or an interviewer, has more questionnaires of the night than the rest of the
    assessment has by the same channel (Fisher's exact test, channels as strata)."""
    timed = work.hour != UNKNOWN
    if not work.is_night[timed].any():
        return
    for kind, labels, by in (
        (FlagKind.NIGHT, work.organisation, work.by_organisation),
        (FlagKind.NIGHT_INTERVIEWER, work.interviewer, work.by_interviewer),
    ):
        counted = np.flatnonzero(timed & (labels.of != UNKNOWN))
        _, channel = np.unique(work.channel.of[counted], return_inverse=True)
        sizes = np.bincount(channel)
        marks = np.bincount(channel[work.is_night[counted]], minlength=len(sizes))
        channel_of = np.full(len(work), UNKNOWN)
        channel_of[counted] = channel
        for index, name in enumerate(labels.names):
            mine = by[index][timed[by[index]]]
            drawn = np.bincount(channel_of[mine], minlength=len(sizes))
            if not ((marks > 0) & (marks < sizes) & (drawn > 0) & (drawn < sizes)).any():
                continue
            rows = mine[work.is_night[mine]]
            p = hypergeometric_tail(len(rows), list(zip(sizes.tolist(), marks.tolist(), drawn.tolist(), strict=True)))
            figures = (
                ("questionnaires", float(len(mine))),
                ("involved", float(len(rows))),
                ("expected", float((marks * drawn / np.maximum(sizes, 1)).sum())),
                ("others", float(len(counted) - len(mine))),
                ("others_involved", float(marks.sum() - len(rows))),
            )
            of = (name, "") if kind is FlagKind.NIGHT else ("", name)
            yield QualityCheck(kind, tuple(rows.tolist()), figures, p, *of)
