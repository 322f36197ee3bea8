"""Interviewers who hold more equal questionnaires than dealing them out at random would give.

For every set of equal questionnaires of an organisation, form of service and channel the number that one interviewer
holds is hypergeometric if who asked has nothing to do with what was answered. Minus the logarithms of the upper tails
are added up over the sets (Fisher's way of combining), and because sets and strata hang together, the sum is compared
with its own values when the questionnaires are dealt out anew. So the usual «yes» to everything, which everybody holds,
says little, and a rare questionnaire that he alone holds eight times says much.
Sources: Fisher (1932), Statistical Methods for Research Workers, 21.1 (combining); Kuriakose & Robbins (2016),
Statistical Journal of the IAOS 32, 283–291 (near-duplicates) and its critics Simmons, Mercer, Schwarzer & Kennedy
(2016), the same volume, 327–338: honest surveys of agreed people are full of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from merilo.assessment.responses.fieldwork import Fieldwork
from merilo.assessment.responses.flags import FlagKind, QualityCheck
from merilo.assessment.stats.exact_tails import hypergeometric_tails
from merilo.assessment.stats.permutation import permutation_p

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class EqualSets:
    """The sets of equal questionnaires of one stratum: `codes` of those of two and more with their `sizes`, how many
    questionnaires the stratum has (`total`), how many are the interviewer's (`own`), how many of each set (`held`), and
    −ln P(held ≥ x) for x = 0, 1, … in the rows of `evidence`."""

    codes: Ints
    sizes: Ints
    total: int
    own: int
    held: Ints
    evidence: Floats

    def score(self, held: Ints) -> Floats:
        """The evidence added up over the sets, for counts held (…, sets)."""
        return np.asarray(self.evidence[np.arange(len(self.sizes)), held].sum(axis=-1), dtype=np.float64)

    def deal(self, rng: np.random.Generator, size: int) -> Ints:
        """How many of each set (size, sets) he would hold by chance."""
        colours = np.append(self.sizes, self.total - self.sizes.sum())
        dealt = rng.multivariate_hypergeometric(colours, self.own, size=size, method="marginals")
        return np.asarray(dealt[:, :-1], dtype=np.int64)


def copied_by_interviewers(work: Fieldwork, seed: int) -> Iterator[QualityCheck]:
    """For every interviewer who shares a stratum with another: equal answers, and equal questionnaires in whole."""
    readings = [(FlagKind.COPIED_ANSWERS, work.answers)]
    if work.sheet.asides.shape[1] or not work.sheet.scored.all():
        readings.append((FlagKind.COPIED_FORMS, work.whole))
    for number, (kind, codes) in enumerate(readings):
        for interviewer, name in enumerate(work.interviewer.names):
            among = work.shared_with_others[interviewer]
            own = work.interviewer.of[among] == interviewer
            strata = np.unique(work.stratum[among])
            found = [
                _equal_sets(codes[among[inside]], own[inside]) for inside in (work.stratum[among] == s for s in strata)
            ]
            sets = [one for one in found if len(one.sizes)]
            if not sets:
                continue
            observed = float(sum(one.score(one.held) for one in sets))

            def draw(rng: np.random.Generator, size: int, sets: list[EqualSets] = sets) -> Floats:
                return np.asarray(sum(one.score(one.deal(rng, size)) for one in sets), dtype=np.float64)

            rng = np.random.default_rng([seed, 1, number, interviewer])
            p = permutation_p(observed, draw, rng, cells=4 * sum(len(one.sizes) for one in sets))
            yield QualityCheck(
                kind, _rows(work, codes, among, own), _figures(sets, int(own.sum())), p, interviewer=name
            )


def _equal_sets(codes: Ints, own: NDArray[np.bool_]) -> EqualSets:
    distinct, of, times = np.unique(codes, return_inverse=True, return_counts=True)
    # A set of one can be held by one only, and a set of all by everybody: neither tells anything.
    told = np.flatnonzero((times > 1) & (times < len(codes)))
    held = np.bincount(of[own], minlength=len(distinct))[told]
    sizes = times[told].astype(np.int64)
    evidence = np.zeros((len(sizes), int(sizes.max(initial=0)) + 1))
    for row, size in enumerate(sizes.tolist()):
        tails = hypergeometric_tails(len(codes), size, int(own.sum()))
        evidence[row, : len(tails)] = -np.log(np.maximum(tails, 1e-300))
    return EqualSets(distinct[told], sizes, len(codes), int(own.sum()), held, evidence)


def _figures(sets: list[EqualSets], questionnaires: int) -> tuple[tuple[str, float], ...]:
    """The most telling set: how many of how many he holds, and how many chance would give him."""
    best, index = max(
        ((one, row) for one in sets for row in range(len(one.sizes))),
        key=lambda pair: float(pair[0].evidence[pair[1], pair[0].held[pair[1]]]),
    )
    return (
        ("questionnaires", float(questionnaires)),
        ("involved", float(best.held[index])),
        ("equal", float(best.sizes[index])),
        ("expected", float(best.sizes[index] * best.own / best.total)),
        ("compared", float(sum(one.total for one in sets))),
    )


def _rows(work: Fieldwork, codes: Ints, among: Ints, own: NDArray[np.bool_]) -> tuple[int, ...]:
    """His questionnaires of which he holds at least two alike, and more than his share."""
    _, cell = np.unique(np.column_stack([work.stratum[among], codes[among]]), axis=0, return_inverse=True)
    _, stratum = np.unique(work.stratum[among], return_inverse=True)
    held, sizes = np.bincount(cell.reshape(-1)[own], minlength=cell.max() + 1), np.bincount(cell.reshape(-1))
    share = (np.bincount(stratum[own], minlength=stratum.max() + 1) / np.bincount(stratum))[stratum]
    mine = own & (held[cell.reshape(-1)] > 1) & (held[cell.reshape(-1)] > sizes[cell.reshape(-1)] * share)
    return tuple(np.sort(among[mine]).tolist())
