"""Whether answers depend on who asked, or by which channel: intraclass correlation and its permutation test."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from merilo.assessment.responses.fieldwork import UNKNOWN, Fieldwork, Labels
from merilo.assessment.responses.flags import FlagKind, QualityCheck
from merilo.assessment.stats.intraclass import intraclass

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def effect_checks(work: Fieldwork, seed: int) -> Iterator[QualityCheck]:
    """One check for every quantity that questionnaires feed and each of interviewer and channel.

    Interviewers are compared inside organisation, form and channel; channels inside organisation and form.
    """
    effects = (
        (FlagKind.INTERVIEWER_EFFECT, work.interviewer, work.stratum),
        (FlagKind.CHANNEL_EFFECT, work.channel, work.place),
    )
    for which, (kind, labels, strata) in enumerate(effects):
        for number, (quantity, values) in enumerate(work.sheet.measured.items()):
            rows = np.flatnonzero(~np.isnan(values) & (labels.of != UNKNOWN))
            rng = np.random.default_rng([seed, 6, which, number])
            found = intraclass(values[rows], labels.of[rows], strata[rows], rng) if len(rows) else None
            if found is None:
                continue
            low, high = _extremes(values[rows], labels, rows, strata)
            figures = (
                ("questionnaires", float(len(rows))),
                ("groups", float(found.groups)),
                ("correlation", found.correlation),
                ("design_effect", found.design_effect),
                ("lowest", low[1]),
                ("highest", high[1]),
            )
            yield QualityCheck(kind, (), figures, found.p, subject=quantity)


def _extremes(values: Floats, labels: Labels, rows: Ints, strata: Ints) -> tuple[tuple[int, float], tuple[int, float]]:
    """The labels whose values lie lowest and highest against the mean of their strata, and by how much."""
    _, stratum = np.unique(strata[rows], return_inverse=True)
    centred = values - (np.bincount(stratum, values) / np.bincount(stratum))[stratum]
    present, label = np.unique(labels.of[rows], return_inverse=True)
    means = np.bincount(label, centred) / np.bincount(label)
    low, high = int(np.argmin(means)), int(np.argmax(means))
    return (int(present[low]), float(means[low])), (int(present[high]), float(means[high]))
