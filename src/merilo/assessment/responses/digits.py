"""Digits people invent: ages that end in 0 and 5 too often, last digits that one interviewer prefers.

In a smooth distribution of ages every fifth person between 23 and 87 has an age that ends in 0 or 5, whatever its
shape: in each five years around such an age the density is nearly straight, so the middle has a fifth. That is
Whipple's index, here with its exact binomial test. Other numbers (minutes, days) are rounded by honest people too, so
only interviewers of the same organisation are compared, by the chi-square of last digits under shuffles.
Sources: Shryock & Siegel (1976), The Methods and Materials of Demography, 115–118 (Whipple's index); Schräpler (2011),
Journal of Official Statistics 27, 685–701 (digits in interview data).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from merilo.assessment.responses.fieldwork import Fieldwork
from merilo.assessment.responses.flags import FlagKind, QualityCheck
from merilo.assessment.responses.interviewer_shares import compared_shares
from merilo.assessment.stats.exact_tails import binomial_tail
from merilo.assessment.stats.permutation import permutation_p

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

YOUNGEST, OLDEST = 23, 87
SHARE_OF_ROUND = 0.2
FEWEST = 5


def digit_checks(work: Fieldwork, seed: int) -> Iterator[QualityCheck]:
    """Round ages of organisations and interviewers, last digits of interviewers."""
    for number, (question, values) in enumerate(work.sheet.numbers.items()):
        if question in work.sheet.ages:
            yield from _heaped_ages(work, values, question)
        yield from _last_digits(work, values, question, [seed, 5, number])


def _heaped_ages(work: Fieldwork, ages: Floats, question: str) -> Iterator[QualityCheck]:
    counted = (ages >= YOUNGEST) & (ages <= OLDEST)
    heaped = counted & (ages % 5 == 0)
    for organisation, name in enumerate(work.organisation.names):
        mine = work.by_organisation[organisation]
        n, rows = int(counted[mine].sum()), mine[heaped[mine]]
        if n >= FEWEST:
            figures = (
                ("questionnaires", float(n)),
                ("involved", float(len(rows))),
                ("expected", SHARE_OF_ROUND * n),
            )
            p = binomial_tail(len(rows), n, SHARE_OF_ROUND)
            yield QualityCheck(
                FlagKind.AGE_HEAPING, tuple(rows.tolist()), figures, p, organisation=name, subject=question
            )
    yield from compared_shares(work, FlagKind.ROUND_AGES, heaped, counted)


def _last_digits(work: Fieldwork, values: Floats, question: str, seed: list[int]) -> Iterator[QualityCheck]:
    known = ~np.isnan(values)
    digits = np.where(known, np.where(known, values, 0) % 10, 0).astype(np.int64)
    for interviewer, name in enumerate(work.interviewer.names):
        among = work.shared_with_others[interviewer]
        among = among[known[among]]
        own = work.interviewer.of[among] == interviewer
        if own.sum() < FEWEST or own.all() or len(np.unique(digits[among])) < 2:
            continue
        strata = _digits_by_stratum(digits[among], work.stratum[among], own)
        expected = np.asarray(sum(counts * drawn / counts.sum() for counts, drawn in strata), dtype=np.float64)
        counts = np.bincount(digits[among][own], minlength=10)

        def draw(
            rng: np.random.Generator, size: int, strata: list[tuple[Ints, int]] = strata, expected: Floats = expected
        ) -> Floats:
            dealt = (
                rng.multivariate_hypergeometric(found, drawn, size=size, method="marginals") for found, drawn in strata
            )
            return _chi_square(np.asarray(sum(dealt), dtype=np.int64), expected)

        statistic = float(_chi_square(counts, expected))
        rng = np.random.default_rng([*seed, interviewer])
        p = permutation_p(statistic, draw, rng, cells=40 * len(strata))
        favourite = int(np.argmax(counts - expected))
        figures = (
            ("questionnaires", float(own.sum())),
            ("chi_square", statistic),
            ("digit", float(favourite)),
            ("involved", float(counts[favourite])),
            ("expected", float(expected[favourite])),
        )
        rows = among[own & (digits[among] == favourite)]
        yield QualityCheck(FlagKind.LAST_DIGITS, tuple(rows.tolist()), figures, p, interviewer=name, subject=question)


def _digits_by_stratum(digits: Ints, strata: Ints, own: NDArray[np.bool_]) -> list[tuple[Ints, int]]:
    """For every stratum how many numbers end in each digit, and how many of them are his."""
    return [
        (np.bincount(digits[inside], minlength=10).astype(np.int64), int(own[inside].sum()))
        for inside in (strata == stratum for stratum in np.unique(strata))
    ]


def _chi_square(counts: Ints, expected: Floats) -> Floats:
    """Σ (count − expected)² / expected over the ten digits, the last axis of `counts`."""
    spread = (counts - expected) ** 2 / np.where(expected > 0, expected, 1.0)
    return np.asarray(spread.sum(axis=-1), dtype=np.float64)
