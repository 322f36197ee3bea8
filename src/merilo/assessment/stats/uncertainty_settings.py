"""What an assessment decides about uncertainty and disclosure: the section `uncertainty` of its settings."""

from __future__ import annotations

from dataclasses import dataclass

MINIMUM_BASE = 5


@dataclass(frozen=True, slots=True)
class UncertaintySettings:
    """How sure is sure, and from how many answers on a group is shown.

    `level`: the probability of intervals, and of all place sets together; `best`: k of "among the best k"; `draws`,
    from `seed`: how many times chance is played through; `minimum_base`: under so many answers nothing is published of
    a group of respondents, 1 hides nothing.
    """

    level: float = 0.95
    best: int = 3
    draws: int = 1000
    seed: int = 1
    minimum_base: int = MINIMUM_BASE
