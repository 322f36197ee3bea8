"""A random draw that anybody can repeat: the same list, seed and sizes give the same people on every machine.

Chance comes from SHA-256 (FIPS 180-4), not from a generator of random numbers: what a generator returns may change
with its library and depends on how many numbers were taken before. A digest is the same in every language, and the
place of one person in the order depends on nobody else, so a line added to the list moves no other line. Taking the
smallest digests is simple random sampling without replacement (permanent random numbers: Ohlsson 1995, in Business
Survey Methods, 153–169).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

DOMAIN = "merilo draw 1"
SEPARATOR = "\x1f"
BITS = 256


class DrawMethod(Enum):
    """SIMPLE: the smallest digests. SYSTEMATIC: every k-th of the list from a random start, k a fraction."""

    SIMPLE = "simple"
    SYSTEMATIC = "systematic"


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """A line of the list: its row in the file, what it is drawn by (an identifier, else the row), its stratum."""

    row: int
    identifier: str
    stratum: tuple[str, str]


@dataclass(frozen=True, slots=True)
class StratumDraw:
    """How many to draw from a stratum (organisation, form of service) and how many more as a reserve."""

    stratum: tuple[str, str]
    size: int
    reserve: int


@dataclass(frozen=True, slots=True)
class DrawnPerson:
    """Somebody drawn; `order` counts from 1 within the stratum, first the sample, then the reserve in order of use."""

    person: ListedPerson
    order: int
    is_reserve: bool


def draw(
    people: Sequence[ListedPerson], strata: Sequence[StratumDraw], method: DrawMethod, seed: str
) -> tuple[DrawnPerson, ...]:
    """Everybody drawn, stratum by stratum. Raises ValueError where a stratum has fewer people than are to be drawn."""
    members: dict[tuple[str, str], list[ListedPerson]] = {}
    for person in people:
        members.setdefault(person.stratum, []).append(person)
    drawn: list[DrawnPerson] = []
    for one in strata:
        mine = members.get(one.stratum, [])
        if one.size + one.reserve > len(mine):
            raise ValueError(f"{one.stratum}: {one.size} + {one.reserve} of {len(mine)}")
        drawn += _draw_stratum(mine, one, method, seed)
    return tuple(drawn)


def _draw_stratum(
    people: Sequence[ListedPerson], wanted: StratumDraw, method: DrawMethod, seed: str
) -> list[DrawnPerson]:
    if method is DrawMethod.SIMPLE:
        ordered = sorted(people, key=lambda person: (digest(seed, *wanted.stratum, person.identifier), person.row))
        chosen = ordered[: wanted.size + wanted.reserve]
    else:
        chosen = _every_kth(people, wanted.size, digest(seed, *wanted.stratum, "start"))
        taken = {person.row for person in chosen}
        rest = [person for person in people if person.row not in taken]
        chosen += _every_kth(rest, wanted.reserve, digest(seed, *wanted.stratum, "reserve"))
    return [DrawnPerson(person, order, order > wanted.size) for order, person in enumerate(chosen, start=1)]


def _every_kth(people: Sequence[ListedPerson], size: int, start: int) -> list[ListedPerson]:
    """Those at u + i·k, cut to whole numbers; k = N/n exactly, u evenly between 0 and k by the digest.

    With a fractional interval everybody has the chance n/N; a whole one would favour the head of the list.
    Source: Särndal, Swensson & Wretman (1992), Model Assisted Survey Sampling, 3.4.
    """
    if size == 0:
        return []
    interval = Fraction(len(people), size)
    first = interval * start / 2**BITS
    return [people[int(first + step * interval)] for step in range(size)]


def digest(seed: str, organisation: str, form: str, identifier: str) -> int:
    """SHA-256 of seed, stratum and identifier (UTF-8, parted by U+001F) as a whole number."""
    text = SEPARATOR.join((DOMAIN, seed, organisation, form, identifier))
    return int.from_bytes(hashlib.sha256(text.encode()).digest())
