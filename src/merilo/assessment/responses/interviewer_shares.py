"""Whether an interviewer has more questionnaires of some kind than the others who worked beside him: Fisher's test.

Inside organisation, form of service and channel the marked questionnaires are dealt to interviewers at random; the
strata are added up. No assumption about how common the mark is: where everybody has it, nobody stands out.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from merilo.assessment.responses.fieldwork import Fieldwork
from merilo.assessment.responses.flags import FlagKind, QualityCheck
from merilo.assessment.stats.exact_tails import hypergeometric_tail

Flags = NDArray[np.bool_]


def compared_shares(work: Fieldwork, kind: FlagKind, marked: Flags, counted: Flags) -> Iterator[QualityCheck]:
    """One check for every interviewer who could stand out. `marked` are the questionnaires of the kind, `counted`
    those where that can be told."""
    for interviewer, name in enumerate(work.interviewer.names):
        among = work.shared_with_others[interviewer]
        among = among[counted[among]]
        own = work.interviewer.of[among] == interviewer
        _, stratum = np.unique(work.stratum[among], return_inverse=True)
        sizes = np.bincount(stratum)
        marks, drawn = (np.bincount(stratum[chosen], minlength=len(sizes)) for chosen in (marked[among], own))
        # In a stratum where all are marked, or none, or all are his own, nothing can differ.
        if not ((marks > 0) & (marks < sizes) & (drawn > 0) & (drawn < sizes)).any():
            continue
        strata = list(zip(sizes.tolist(), marks.tolist(), drawn.tolist(), strict=True))
        rows = among[own & marked[among]]
        p = hypergeometric_tail(len(rows), strata)
        figures = (
            ("questionnaires", float(own.sum())),
            ("involved", float(len(rows))),
            ("expected", float((marks * drawn / sizes).sum())),
            ("others", float((~own).sum())),
            ("others_involved", float((marked[among] & ~own).sum())),
        )
        yield QualityCheck(kind, tuple(rows.tolist()), figures, p, interviewer=name)
