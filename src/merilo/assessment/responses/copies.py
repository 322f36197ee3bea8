"""Questionnaires that are word for word the same, more often than shuffling those of the organisation would make them.

In a survey of satisfied people many answer «yes» to everything, so equal questionnaires prove nothing, and their
number cannot be foretold from the shares of single answers: answers hang together. So nothing is foretold. The same
questionnaires are dealt out anew, to hours or to the rows of the file, inside organisation and form of service, and
the equal pairs observed are compared with that. A pair counts for −ln of
the share its questionnaire has in the stratum: two equal rare ones tell more than two of the usual «yes» to everything
(the weight of agreement in record linkage: Fellegi & Sunter 1969, JASA 64, 1183–1210). Where all are alike, every deal
gives the same sum, and there is nothing to test.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from merilo.assessment.responses.fieldwork import UNKNOWN, Fieldwork, joint
from merilo.assessment.responses.flags import FlagKind, QualityCheck
from merilo.assessment.stats.permutation import Draw, permutation_p, shuffled

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Pairs = tuple[Ints, Ints]

FEWEST = 4
SHORTEST_BLOCK = 3
MOST_IN_GROUP, MOST_PAIRS = 300, 100_000


def alike_in_hours(work: Fieldwork, seed: int) -> Iterator[QualityCheck]:
    """For every organisation: equal pairs inside the same clock hour."""
    for organisation, name in enumerate(work.organisation.names):
        rows = work.by_organisation[organisation]
        rows = _by_place(work, rows[work.hour[rows] != UNKNOWN])
        rng = np.random.default_rng([seed, 2, organisation])
        pairs = _pairs_within(np.arange(len(rows)), joint(work.place[rows], work.hour[rows]), rng)
        yield from _check(FlagKind.ALIKE_IN_AN_HOUR, work, rows, pairs, rng, name)


def alike_neighbours(work: Fieldwork, seed: int) -> Iterator[QualityCheck]:
    """For every organisation: equal questionnaires that follow each other in a file."""
    for organisation, name in enumerate(work.organisation.names):
        rows = _by_place(work, work.by_organisation[organisation])
        together = (work.place[rows][1:] == work.place[rows][:-1]) & (work.file.of[rows][1:] == work.file.of[rows][:-1])
        first = np.flatnonzero(together)
        rng = np.random.default_rng([seed, 3, organisation])
        pairs = (first, first + 1)
        yield from _check(FlagKind.ALIKE_NEIGHBOURS, work, rows, pairs, rng, name)


def _by_place(work: Fieldwork, rows: Ints) -> Ints:
    return rows[np.argsort(work.place[rows], kind="stable")]


def _pairs_within(positions: Ints, groups: Ints, rng: np.random.Generator) -> Pairs:
    """The pairs of positions of the same group; of very many, some taken at random (blind to what is in them)."""
    order = np.argsort(groups, kind="stable")
    left, right = [positions[:0]], [positions[:0]]
    for members in np.split(positions[order], np.flatnonzero(np.diff(groups[order])) + 1):
        own = members if len(members) <= MOST_IN_GROUP else np.sort(rng.choice(members, MOST_IN_GROUP, replace=False))
        first, second = np.triu_indices(len(own), 1)
        left.append(own[first])
        right.append(own[second])
    pairs = np.concatenate(left), np.concatenate(right)
    if len(pairs[0]) <= MOST_PAIRS:
        return pairs
    kept = np.sort(rng.choice(len(pairs[0]), MOST_PAIRS, replace=False))
    return pairs[0][kept], pairs[1][kept]


def _check(
    kind: FlagKind, work: Fieldwork, rows: Ints, pairs: Pairs, rng: np.random.Generator, organisation: str
) -> Iterator[QualityCheck]:
    """The equal pairs among `pairs` (positions in `rows`), against shuffles inside organisation and form.

    Nothing where no deal could make a difference: too few questionnaires, or no two equal, or all equal.
    """
    own, stratum = joint(work.place[rows], work.whole[rows]), work.place[rows]
    chance = _chance_of_equal(own, stratum)
    expected = float(chance[pairs[0]].sum()) if len(rows) else 0.0
    if len(rows) < FEWEST or not 0.0 < expected < len(pairs[0]):
        return
    equal = own[pairs[0]] == own[pairs[1]]
    telling = _information(own, stratum)

    def draw(rng: np.random.Generator, size: int) -> Floats:
        dealt = shuffled(own, stratum, rng, size)
        left, right = dealt[:, pairs[0]], dealt[:, pairs[1]]
        return np.asarray(np.where(left == right, telling[left], 0.0).sum(axis=1), dtype=np.float64)

    observed = float(telling[own[pairs[0]][equal]].sum())
    p = permutation_p(observed, draw, rng, cells=len(rows) + 3 * len(pairs[0]))
    involved = rows[np.unique(np.concatenate([pairs[0][equal], pairs[1][equal]]))]
    figures = (
        ("questionnaires", len(np.unique(np.concatenate(pairs)))),
        ("equal_pairs", int(equal.sum())),
        ("pairs", len(equal)),
        ("expected_pairs", expected),
        ("involved", len(involved)),
    )
    named = tuple((name, float(figure)) for name, figure in figures)
    yield QualityCheck(kind, tuple(involved.tolist()), named, p, organisation)


def _information(codes: Ints, strata: Ints) -> Floats:
    """For every code −ln of its share in its stratum (a code belongs to one stratum)."""
    times = np.bincount(codes)
    sizes = np.zeros(len(times))
    sizes[codes] = np.bincount(strata)[strata]
    return np.asarray(np.log(np.maximum(sizes, 1) / np.maximum(times, 1)), dtype=np.float64)


def _chance_of_equal(codes: Ints, strata: Ints) -> Floats:
    """For every row: how probable it is that two questionnaires drawn from its stratum are equal."""
    _, cell, times = np.unique(joint(strata, codes), return_inverse=True, return_counts=True)
    _, stratum, sizes = np.unique(strata, return_inverse=True, return_counts=True)
    # Σ over distinct questionnaires of c (c − 1), as a sum over rows of c − 1.
    equal = np.bincount(stratum, times[cell] - 1.0)
    return np.asarray((equal / np.maximum(sizes * (sizes - 1.0), 1.0))[stratum], dtype=np.float64)


def repeated_blocks(work: Fieldwork, seed: int) -> Iterator[QualityCheck]:
    """For every organisation: the longest run of questionnaires that stands in its files twice in the same order, as
    it does where a part of a file was pasted again or one form was entered many times."""
    for organisation, name in enumerate(work.organisation.names):
        rows = _by_place(work, work.by_organisation[organisation])
        codes = np.unique(work.whole[rows], return_inverse=True)[1].astype(np.int64)
        rng = np.random.default_rng([seed, 4, organisation])
        keys = rng.integers(0, 2**63, codes.max(initial=0) + 1, dtype=np.int64)
        length = _longest_repeat(keys[codes])
        if length < SHORTEST_BLOCK or len(np.unique(codes)) < 2:
            continue
        p = permutation_p(
            1.0, _repeat_drawer(keys[codes], work.place[rows], length), rng, cells=len(rows) * (length + 6)
        )
        involved = rows[_rows_of_repeat(keys[codes], length)]
        figures = (("questionnaires", float(len(rows))), ("length", float(length)))
        yield QualityCheck(FlagKind.REPEATED_BLOCK, tuple(involved.tolist()), figures, p, organisation=name)


def _repeat_drawer(keys: Ints, strata: Ints, length: int) -> Draw:
    """Whether shuffles of the questionnaires inside their strata have a repeat of that length: 1 or 0."""

    def draw(rng: np.random.Generator, size: int) -> Floats:
        return np.asarray(_repeats(shuffled(keys, strata, rng, size).astype(np.int64), length), dtype=np.float64)

    return draw


def _windows(keys: Ints, length: int) -> Ints:
    """A number for every window of `length` along the last axis, equal (but for one chance in 2⁶⁴) where they are."""
    width = keys.shape[-1] - length + 1
    found = np.zeros((*keys.shape[:-1], width), dtype=np.int64)
    for offset in range(length):
        found = found * np.int64(6364136223846793005) + keys[..., offset : offset + width]
    return found


def _repeats(keys: Ints, length: int) -> NDArray[np.bool_]:
    """Whether any window of that length stands twice in a row of `keys`."""
    found = np.sort(_windows(keys, length), axis=-1)
    return np.asarray((found[..., 1:] == found[..., :-1]).any(axis=-1), dtype=np.bool_)


def _longest_repeat(keys: Ints) -> int:
    """The greatest length with a repeat: halved in, for a repeat contains shorter ones."""
    low, high = 0, max(len(keys) - 1, 0)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if _repeats(keys, middle) else (low, middle - 1)
    return low


def _rows_of_repeat(keys: Ints, length: int) -> Ints:
    """The positions that repeated windows cover."""
    windows = _windows(keys, length)
    _, of, times = np.unique(windows, return_inverse=True, return_counts=True)
    starts = np.flatnonzero(times[of] > 1)
    return np.unique(starts[:, None] + np.arange(length))
