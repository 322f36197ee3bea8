"""Short names of organisations for charts: what stands in the quotes, unique, never cut in the middle of a word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

OPENING, CLOSING = "«“„", "»”"
SHORTER = (
    (re.compile(r"\bмуниципального района\b", re.IGNORECASE), "м. р."),
    (re.compile(r"\bмуниципального округа\b", re.IGNORECASE), "м. о."),
    (re.compile(r"\bгородского округа\b", re.IGNORECASE), "г. о."),
)
EXPLANATION = re.compile(r"\s*\([^()]*\)$")
SHARED_BY = 3
MANY_WORDS = 4
KEPT_WORDS = 3


def short_names(names: Sequence[str], given: Sequence[str] = ()) -> tuple[str, ...]:
    """A short name for each: the one given, else one made of the full name; full names where short ones coincide.

    `given` may hold empty texts for names without a short one of their own. Rows that share even the full
    name are told apart by a number.
    """
    plain = _without_heads([" ".join(name.split()) for name in names])
    openings = _shared_openings([_quoted(name) for name in plain])
    steps: tuple[Callable[[str], str], ...] = (
        lambda name: _abridged(_innermost(name), openings),
        lambda name: _abridged(_quoted(name), openings),
        _quoted,
        lambda name: name,
    )
    levels = [0] * len(plain)
    own = [given[index] if index < len(given) else "" for index in range(len(plain))]
    while True:
        found = [own[index] or steps[levels[index]](name) for index, name in enumerate(plain)]
        twice = {name for name, times in Counter(_compared(name) for name in found).items() if times > 1}
        clashing = [index for index, name in enumerate(found) if _compared(name) in twice]
        movable = [index for index in clashing if levels[index] < len(steps) - 1]
        if not movable:
            return _numbered(found)
        for index in movable:
            own[index], levels[index] = "", levels[index] + (not own[index])


def _without_heads(names: list[str]) -> list[str]:
    """A name without an opening quote loses the head («ГБУ … области») that others have before theirs."""
    heads = {head for name in names if (head := name.partition("«")[0].strip()) and "«" in name}
    found = []
    for name in names:
        head = next((head for head in heads if name.startswith(f"{head} ")), "") if "«" not in name else ""
        rest = name.removeprefix(head).strip()
        found.append(rest.rstrip("»") if head and rest else name)
    return found


def _compared(name: str) -> str:
    return name.casefold().strip()


def _numbered(names: Sequence[str]) -> tuple[str, ...]:
    taken, found = {_compared(name) for name in names}, []
    seen: Counter[str] = Counter()
    for name in names:
        seen[_compared(name)] += 1
        number, unique = seen[_compared(name)], name
        while number > 1 and _compared(unique := f"{name} ({number})") in taken:
            number += 1
        taken.add(_compared(unique))
        found.append(unique)
    return tuple(found)


def _quoted(name: str) -> str:
    """From the first opening quote to the last closing one; the whole name without quotes."""
    starts = [place for place, letter in enumerate(name) if letter in OPENING]
    if not starts:
        parts = name.split('"')
        return parts[1].strip() if len(parts) == 3 and parts[1].strip() else name
    ends = [place for place, letter in enumerate(name) if letter in CLOSING and place > starts[0]]
    inside = name[starts[0] + 1 : ends[-1] if ends else len(name)].strip()
    missing = sum(letter in OPENING for letter in inside) - sum(letter in CLOSING for letter in inside)
    return f"{inside}{'»' * max(missing, 0)}" if inside else name


def _innermost(name: str) -> str:
    """What stands in quotes inside quotes; the quoted name where there are none."""
    inside = _quoted(name)
    deeper = _quoted(inside) if inside != name and any(letter in OPENING for letter in inside) else inside
    return deeper.strip(OPENING + CLOSING + " ") or inside


def _shared_openings(names: Sequence[str]) -> tuple[str, ...]:
    """Long openings that several names share, longest first: they say little beside what follows."""
    counted: Counter[str] = Counter()
    for name in names:
        words = name.split()
        counted.update(" ".join(words[:length]) for length in range(MANY_WORDS, len(words)))
    shared = [opening for opening, times in counted.items() if times >= SHARED_BY]
    return tuple(sorted(shared, key=len, reverse=True))


def _abridged(name: str, openings: Sequence[str]) -> str:
    """The name with a shared opening cut to its first words, its territory in short, no explanation at its end."""
    opening = next((one for one in openings if name.startswith(f"{one} ")), "")
    if opening:
        rest = name[len(opening) :].strip()
        territory = next((kind.search(opening) for kind, _ in SHORTER if kind.search(opening)), None)
        tail = f"{territory[0]} {rest}" if territory else rest
        name = f"{' '.join(opening.split()[:KEPT_WORDS])} … {tail}"
    for kind, short in SHORTER:
        name = kind.sub(short, name)
    return EXPLANATION.sub("", name) or name
