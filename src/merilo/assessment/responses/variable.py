"""A variable: what respondents are told apart by, as whole numbers or, with several answers, as flags."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
QUARTERS = (0.25, 0.5, 0.75)


@dataclass(frozen=True, slots=True, eq=False)
class Variable:
    """A question, a service column or a category: `groups` (k) names its answers.

    `codes` (n): the group of every respondent, −1 where there is none; with several answers 0 for those who gave any.
    `chosen` (n, k): who gave which, None where everybody is in one group at most.
    """

    code: str
    name: str
    groups: tuple[str, ...]
    codes: Ints
    chosen: Mask | None = None

    @property
    def is_several(self) -> bool:
        """Whether a respondent may be in several groups."""
        return self.chosen is not None

    @property
    def answered(self) -> Mask:
        """Who is in any group."""
        return np.asarray(self.codes >= 0)

    @property
    def members(self) -> Mask:
        """Who (n) is in which group (k)."""
        if self.chosen is not None:
            return self.chosen
        return np.asarray(self.codes[:, None] == np.arange(len(self.groups)))


def several(code: str, name: str, groups: Sequence[str], bits: ArrayLike) -> Variable:
    """A variable of several answers: bit j of `bits` (n) is set where group j was chosen, 0 is no answer."""
    whole = np.asarray(bits, dtype=np.int64)
    chosen: Mask = (whole[:, None] >> np.arange(len(groups)) & 1).astype(np.bool_)
    return Variable(code, name, tuple(groups), np.where(whole > 0, 0, -1), chosen)


def banded(values: ArrayLike, edges: Sequence[int]) -> Ints:
    """The band of every number (n): 0 below the first edge, k from the k-th edge on, −1 for NaN."""
    numbers = np.asarray(values, dtype=np.float64)
    bands = np.searchsorted(np.asarray(edges, dtype=np.float64), numbers, side="right")
    return np.where(np.isnan(numbers), -1, bands).astype(np.int64)


def quarter_edges(values: ArrayLike) -> tuple[int, ...]:
    """Edges that cut the numbers into up to four bands of about the same size, each beginning with a number that
    stands in the data; none where all numbers are the same."""
    numbers = np.asarray(values, dtype=np.float64)
    known = numbers[~np.isnan(numbers)]
    if not len(known):
        return ()
    cuts = np.unique(np.quantile(known, QUARTERS, method="higher"))
    return tuple(int(cut) for cut in cuts if cut > known.min())
