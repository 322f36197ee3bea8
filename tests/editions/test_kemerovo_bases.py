"""What the notes of ru-kemerovo-2017 say about the bases of the published shares is plain arithmetic: here it is."""

from __future__ import annotations

from fractions import Fraction

import pytest

from merilo.assessment.rounding import RoundingMode, round_exact

PUBLISHED = (18, 9, 55, 30, 41, 76, 33, 29)


def counts(percent: int, base: int) -> list[int]:
    """The whole numbers of organisations whose share of `base` is printed as `percent`."""
    return [
        count
        for count in range(base + 1)
        if round_exact(Fraction(100 * count, base), 0, RoundingMode.HALF_UP) == percent
    ]


def test_no_single_base_gives_all_shares() -> None:
    assert [base for base in range(50, 58) if all(counts(percent, base) for percent in PUBLISHED)] == []


@pytest.mark.parametrize(
    ("base", "impossible"),
    [(55, [30, 41]), (57, [55, 41, 76, 29])],
)
def test_shares_that_a_base_cannot_give(base: int, impossible: list[int]) -> None:
    assert [percent for percent in PUBLISHED if not counts(percent, base)] == impossible


@pytest.mark.parametrize(
    ("percent", "base", "expected"),
    [
        (18, 55, 10),
        (9, 55, 5),
        (55, 55, 30),
        (76, 55, 42),
        (33, 55, 18),
        (29, 55, 16),
        (30, 57, 17),
        (41, 56, 23),
        (41, 54, 22),
    ],
)
def test_counts_behind_the_shares(percent: int, base: int, expected: int) -> None:
    assert counts(percent, base) == [expected]
