"""Shares of whole numbers of answers: which printed shares no number of answers gives, and which bases would.

The test is known as GRIM: Brown & Heathers (2017), Social Psychological and Personality Science 8(4), 363–369.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from merilo.assessment.recheck.defect import Certainty, Defect, DefectKind, defect_at
from merilo.assessment.recheck.printed import PrintedNumber, Reading, Span, exactly
from merilo.assessment.recheck.publication import DeclaredShares, Publication
from merilo.assessment.rounding import RoundingMode, round_exact

NEIGHBOURS = 3
FARTHEST = 20
MOST_BASE = 1000


@dataclass(frozen=True, slots=True)
class ShareVerdict:
    """What is wrong with a share: of no number of answers, or cut instead of rounded; `expected` is the share that
    was cut."""

    kind: DefectKind
    certainty: Certainty
    reason: str
    expected: Span | None = None


def answers(number: PrintedNumber, base: int, whole: Fraction, reading: Reading) -> range:
    """The numbers of answers k, 0 to `base`, for which k × whole / base may be printed so.

    A number of answers is exact, so 0.95 is never printed 0.94: digits that were dropped leave the far end open.
    """
    span = number.span(reading)
    low = -((-span.low * base / whole) // 1)
    high = span.high * base / whole
    is_open = reading is not Reading.ROUNDED and high.denominator == 1 and not number.is_exact
    return range(max(0, int(low)), min(base, int(high // 1) - is_open) + 1)


def is_possible(number: PrintedNumber, base: int, whole: Fraction, *, reading: Reading, exactly: bool) -> bool:
    """Whether some number of answers gives this share: of exactly `base`, or of any base up to it."""
    bases = (base,) if exactly else range(base, 0, -1)
    return any(bool(answers(number, one, whole, reading)) for one in bases)


def possible_bases(number: PrintedNumber, base: int, whole: Fraction, *, reading: Reading) -> tuple[int, ...]:
    """The bases nearest to `base` with which the share is possible: up to three smaller and three greater."""
    below = (one for one in range(base - 1, 0, -1) if answers(number, one, whole, reading))
    above = (one for one in range(base + 1, base * FARTHEST + MOST_BASE) if answers(number, one, whole, reading))
    found = [one for _, one in zip(range(NEIGHBOURS), below, strict=False)]
    found += [one for _, one in zip(range(NEIGHBOURS), above, strict=False)]
    return tuple(sorted(found))


def least_common_base(numbers: Sequence[PrintedNumber], whole: Fraction, *, reading: Reading) -> int | None:
    """The smallest base with which all shares are possible; None where none up to 1,000 is."""
    return next(
        (base for base in range(2, MOST_BASE + 1) if all(answers(number, base, whole, reading) for number in numbers)),
        None,
    )


def judge_share(
    number: PrintedNumber, bases: Sequence[int], whole: Fraction, *, reading: Reading, exactly: bool
) -> ShareVerdict | None:
    """What is wrong with a share of one of several possible bases; None where one of them gives it."""

    def possible(how: Reading) -> int | None:
        return next((one for one in bases if is_possible(number, one, whole, reading=how, exactly=exactly)), None)

    if possible(reading) is not None:
        return None
    cut_of = possible(Reading.CUT)
    if cut_of is not None:
        cut = _share_cut(number, cut_of, whole) if exactly else None
        return ShareVerdict(DefectKind.CUT_NOT_ROUNDED, Certainty.LIKELY, "CUT", cut)
    if possible(Reading.LOOSE) is not None:
        return ShareVerdict(DefectKind.IMPOSSIBLE_SHARE, Certainty.LIKELY, "ONLY-LOOSELY")
    reason = "" if exactly else "OF-ANY-BASE-UP-TO"
    return ShareVerdict(DefectKind.IMPOSSIBLE_SHARE, Certainty.EXACT, reason)


def _share_cut(number: PrintedNumber, base: int, whole: Fraction) -> Span:
    return exactly(whole * answers(number, base, whole, Reading.CUT)[0] / base)


def nearest_shares(number: PrintedNumber, base: int, whole: Fraction) -> tuple[Fraction, ...]:
    """The shares of the base on both sides of a printed one, as they would be printed."""
    below = int(min(max(number.value * base / whole // 1, 0), base))
    shares = (whole * count / base for count in dict.fromkeys((below, min(below + 1, base))))
    return tuple(Fraction(round_exact(share, number.decimals, RoundingMode.HALF_UP)) for share in shares)


def check_shares(publication: Publication) -> Iterator[Defect]:
    """Every column declared to hold shares, cell by cell."""
    for declared in publication.shares:
        for subject in declared.subjects:
            yield from _check_column(publication, declared, subject)


def _check_column(publication: Publication, declared: DeclaredShares, subject: str) -> Iterator[Defect]:
    reading = publication.reading
    for cell in publication.column(subject):
        base = base_of(publication, declared, cell.unit)
        if base is None or cell.number is None or base <= 0:
            continue
        found = judge_share(cell.number, (base,), declared.whole, reading=reading, exactly=declared.exactly)
        if found is None:
            continue
        printed_base = publication.cell(cell.unit, declared.base)
        yield defect_at(
            cell,
            found.kind,
            found.certainty,
            expected=found.expected,
            reason=found.reason,
            others=(printed_base.where,) if printed_base else (),
            base=base,
            bases=tuple(map(str, possible_bases(cell.number, base, declared.whole, reading=reading))),
            shares=nearest_shares(cell.number, base, declared.whole) if declared.exactly else (),
        )


def base_of(publication: Publication, declared: DeclaredShares, unit: str) -> int | None:
    """The base of one unit: printed, or the number declared for all; None where it is no whole number."""
    if declared.base.isdecimal():
        return int(declared.base)
    number = publication.number(unit, declared.base)
    return int(number.value) if number is not None and number.value.denominator == 1 else None
