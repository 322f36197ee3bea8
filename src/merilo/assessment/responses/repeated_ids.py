"""The same questionnaire number of one organisation in several files; inside one file it is an error already."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from merilo.assessment.responses.fieldwork import UNKNOWN, Fieldwork
from merilo.assessment.responses.flags import FlagKind, QualityCheck


def repeated_ids(work: Fieldwork) -> Iterator[QualityCheck]:
    """One fact for every organisation that has any: how many numbers, and how many of them with the same contents."""
    for organisation, name in enumerate(work.organisation.names):
        rows = work.by_organisation[organisation]
        rows = rows[work.id.of[rows] != UNKNOWN]
        _, number, times = np.unique(work.id.of[rows], return_inverse=True, return_counts=True)
        repeated = rows[times[number] > 1]
        if not len(repeated):
            continue
        numbers = np.unique(work.id.of[repeated])
        pairs = np.unique(np.column_stack([work.id.of[repeated], work.whole[repeated]]), axis=0, return_counts=True)
        alike = np.unique(pairs[0][pairs[1] > 1, 0])
        figures = (
            ("involved", float(len(repeated))),
            ("numbers", float(len(numbers))),
            ("alike", float(len(alike))),
        )
        yield QualityCheck(FlagKind.SAME_ID, tuple(repeated.tolist()), figures, organisation=name)
