"""Shares of whole numbers of answers: which printed shares no number of answers gives, and which bases would.

The test is known as GRIM: Brown & Heathers (2017), Social Psychological and Personality Science 8(4), 363–369.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from merilo.assessment.recheck.defect import Certainty, Defect, DefectKind, defect_at
from merilo.assessment.recheck.printed import PrintedNumber, Reading, Span
from merilo.assessment.recheck.publication import DeclaredShares, Publication

NEIGHBOURS = 3
FARTHEST = 20


def answers(span: Span, base: int, whole: Fraction) -> range:
    """The numbers of answers k, 0 to `base`, for which k × whole / base lies in the span."""
    low = -((-span.low * base / whole) // 1)
    high = (span.high * base / whole) // 1
    return range(max(0, int(low)), min(base, int(high)) + 1)


def is_possible(number: PrintedNumber, base: int, whole: Fraction, *, reading: Reading, exactly: bool) -> bool:
    """Whether some number of answers gives this share: of exactly `base`, or of any base up to it."""
    span = number.span(reading)
    bases = (base,) if exactly else range(base, 0, -1)
    return any(bool(answers(span, one, whole)) for one in bases)


def possible_bases(number: PrintedNumber, base: int, whole: Fraction, *, reading: Reading) -> tuple[int, ...]:
    """The bases nearest to `base` with which the share is possible: up to three smaller and three greater."""
    span = number.span(reading)
    below = (one for one in range(base - 1, 0, -1) if answers(span, one, whole))
    above = (one for one in range(base + 1, base * FARTHEST + 1000) if answers(span, one, whole))
    found = [one for _, one in zip(range(NEIGHBOURS), below, strict=False)]
    found += [one for _, one in zip(range(NEIGHBOURS), above, strict=False)]
    return tuple(sorted(found))


def verdict(
    number: PrintedNumber, base: int, whole: Fraction, *, reading: Reading, exactly: bool
) -> tuple[DefectKind, Certainty] | None:
    """What is wrong with a share of a base: nothing, cut instead of rounded, or impossible."""
    if is_possible(number, base, whole, reading=reading, exactly=exactly):
        return None
    if is_possible(number, base, whole, reading=Reading.CUT, exactly=exactly):
        return DefectKind.CUT_NOT_ROUNDED, Certainty.LIKELY
    loosely = is_possible(number, base, whole, reading=Reading.LOOSE, exactly=exactly)
    return DefectKind.IMPOSSIBLE_SHARE, Certainty.LIKELY if loosely else Certainty.EXACT


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
        found = verdict(cell.number, base, declared.whole, reading=reading, exactly=declared.exactly)
        if found is None:
            continue
        kind, certainty = found
        printed_base = publication.cell(cell.unit, declared.base)
        yield defect_at(
            cell,
            kind,
            certainty,
            reason=share_reason(kind, certainty, exactly=declared.exactly),
            others=(printed_base.where,) if printed_base else (),
            base=base,
            bases=tuple(map(str, possible_bases(cell.number, base, declared.whole, reading=reading))),
        )


def base_of(publication: Publication, declared: DeclaredShares, unit: str) -> int | None:
    """The base of one unit: printed, or the number declared for all; None where it is no whole number."""
    if declared.base.isdecimal():
        return int(declared.base)
    number = publication.number(unit, declared.base)
    return int(number.value) if number is not None and number.value.denominator == 1 else None


def share_reason(kind: DefectKind, certainty: Certainty, *, exactly: bool) -> str:
    """The code of the reason for a verdict on a share."""
    if kind is DefectKind.CUT_NOT_ROUNDED:
        return "CUT"
    if certainty is Certainty.LIKELY:
        return "ONLY-LOOSELY"
    return "OF-THIS-BASE" if exactly else "OF-ANY-BASE-UP-TO"
