"""What an assessment decides about uncertainty and disclosure: the section `uncertainty` of its settings."""

from __future__ import annotations

from dataclasses import dataclass

MINIMUM_BASE = 5


@dataclass(frozen=True, slots=True)
class UncertaintySettings:
    """`minimum_base`: under so many answers nothing is published of a group of respondents; 1 hides nothing."""

    minimum_base: int = MINIMUM_BASE
