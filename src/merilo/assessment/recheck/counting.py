"""«17 of 27 stand above the mean»: which counts the printed values allow, and which they give as they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from merilo.assessment.recheck.claims import Claim, Statistic, claim_defect
from merilo.assessment.recheck.defect import Certainty, Defect, DefectKind
from merilo.assessment.recheck.printed import Reading, Span, agrees, exactly, total
from merilo.assessment.recheck.publication import PrintedCell, PrintedPlace

_ABOVE = (Statistic.COUNT_ABOVE_MEAN, Statistic.COUNT_ABOVE, Statistic.COUNT_AT_LEAST)


_WITH_EQUALS: dict[Statistic, Callable[[Fraction, Fraction], bool]] = {
    Statistic.COUNT_ABOVE_MEAN: Fraction.__ge__,
    Statistic.COUNT_ABOVE: Fraction.__ge__,
    Statistic.COUNT_BELOW_MEAN: Fraction.__le__,
    Statistic.COUNT_BELOW: Fraction.__le__,
}


def check_counting(claim: Claim, cells: Sequence[PrintedCell]) -> Iterator[Defect]:
    """A counted number of units: the base first, then the count.

    A count that no unrounded values give is wrong; one that the printed values do not give as they stand is only
    worth asking about, for a value near the bound may lie on either side of it.
    """
    others = tuple(cell.where for cell in cells)
    if claim.base is not None and claim.base != len(cells) and not claim.at_most:
        yield _defect(claim, Certainty.EXACT, exactly(len(cells)), "BASE-IS-ANOTHER", others)
    if claim.value is None:
        return
    least, most = _possible(claim, cells)
    as_printed = _as_printed(claim, cells)
    counted = claim.value.value
    if not least <= counted <= most:
        yield _defect(claim, Certainty.EXACT, Span(Fraction(least), Fraction(most)), "", others)
    elif counted not in as_printed:
        expected = Span(Fraction(min(as_printed)), Fraction(max(as_printed)))
        # The count of «not below» given as «above» is a slip more likely than a lucky set of unrounded values.
        slip = counted in _as_printed(claim, cells, with_equals=True)
        certainty, reason = (Certainty.LIKELY, "EQUALS-COUNTED") if slip else (Certainty.HINT, "UNROUNDED-MAY-DIFFER")
        yield _defect(claim, certainty, expected, reason, others)


def _defect(
    claim: Claim, certainty: Certainty, expected: Span, reason: str, others: tuple[PrintedPlace, ...]
) -> Defect:
    return claim_defect(claim, DefectKind.CLAIM_WRONG, certainty, expected=expected, reason=reason, others=others)


def _possible(claim: Claim, cells: Sequence[PrintedCell]) -> tuple[int, int]:
    """The least and the greatest count that some unrounded values give."""
    spans = [cell.number.span(Reading.LOOSE) for cell in cells if cell.number is not None]
    if claim.statistic is Statistic.COUNT_EQUAL and claim.bound is not None:
        # What a text says equals 8.7 is printed as 8.7: the digits are compared.
        alike = [cell.number for cell in cells if cell.number is not None and agrees(cell.number, claim.bound)]
        surely = [number for number in alike if number.decimals <= claim.bound.decimals]
        return len(surely), len(alike)
    bound = exactly(claim.bound.value) if claim.bound else total(spans).times(Fraction(1, len(spans)))
    if claim.statistic in _ABOVE:
        return sum(span.low > bound.high for span in spans), sum(span.high >= bound.low for span in spans)
    return sum(span.high < bound.low for span in spans), sum(span.low <= bound.high for span in spans)


def _as_printed(claim: Claim, cells: Sequence[PrintedCell], *, with_equals: bool = False) -> set[int]:
    """The counts that a reader gets from the printed values: with the mean of them, or with that mean as printed."""
    holds = _WITH_EQUALS.get(claim.statistic, _holds(claim.statistic)) if with_equals else _holds(claim.statistic)
    values = [cell.number.value for cell in cells if cell.number is not None]
    bounds = [claim.bound.value] if claim.bound else _means(cells, values)
    return {sum(holds(value, bound) for value in values) for bound in bounds}


def _means(cells: Sequence[PrintedCell], values: Sequence[Fraction]) -> list[Fraction]:
    mean = sum(values, Fraction(0)) / len(values)
    decimals = max(cell.number.decimals for cell in cells if cell.number is not None)
    low, high = exactly(mean).printed(decimals)
    return [mean, Fraction(low), Fraction(high)]


def _holds(statistic: Statistic) -> Callable[[Fraction, Fraction], bool]:
    match statistic:
        case Statistic.COUNT_ABOVE_MEAN | Statistic.COUNT_ABOVE:
            return Fraction.__gt__
        case Statistic.COUNT_BELOW_MEAN | Statistic.COUNT_BELOW:
            return Fraction.__lt__
        case Statistic.COUNT_AT_LEAST:
            return Fraction.__ge__
        case Statistic.COUNT_AT_MOST:
            return Fraction.__le__
        case _:
            return Fraction.__eq__
