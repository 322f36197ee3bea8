"""Straight lines: questionnaires in which every question of one scale has the same answer.

One of them proves nothing: a satisfied person says «yes» to all. What is tested is whether an interviewer brings more
of them than the others who asked the same organisation's recipients. On straight-lining as carelessness: Herzog &
Bachman (1981), Public Opinion Quarterly 45, 549–559; Johnson (2005), Journal of Research in Personality 39, 103–129.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from merilo.assessment.responses.fieldwork import UNKNOWN, Fieldwork
from merilo.assessment.responses.flags import FlagKind, QualityCheck
from merilo.assessment.responses.interviewer_shares import compared_shares

Flags = NDArray[np.bool_]
SHORTEST_LINE = 5


def straight_line_checks(work: Fieldwork) -> Iterator[QualityCheck]:
    """One check for every interviewer."""
    straight, long_enough = straight_lines(work)
    yield from compared_shares(work, FlagKind.STRAIGHT_LINES, straight, long_enough)


def straight_lines(work: Fieldwork) -> tuple[Flags, Flags]:
    """Which questionnaires answer at least five questions of a scale, and all of that scale alike; and which answer
    five of one at all."""
    straight = np.zeros(len(work), dtype=np.bool_)
    long_enough = np.zeros(len(work), dtype=np.bool_)
    for scale in np.unique(work.sheet.scale).tolist():
        answers = work.sheet.closed[:, work.sheet.scale == scale]
        answered = answers != UNKNOWN
        enough = answered.sum(axis=1) >= SHORTEST_LINE
        highest = answers.max(axis=1, initial=UNKNOWN)
        alike = (answers == highest[:, None]).sum(axis=1) == answered.sum(axis=1)
        straight |= enough & alike
        long_enough |= enough
    return straight, long_enough
