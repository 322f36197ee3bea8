"""Statements of the text against the tables: means, extremes, who is best, how many stand above what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from merilo.assessment.recheck.answers import possible_bases, share_reason, verdict
from merilo.assessment.recheck.changes import check_change
from merilo.assessment.recheck.claims import Claim, Statistic, claim_defect
from merilo.assessment.recheck.counting import check_counting
from merilo.assessment.recheck.defect import Certainty, Defect, DefectKind
from merilo.assessment.recheck.printed import PrintedNumber, Reading, Span, agrees, exactly, total
from merilo.assessment.recheck.publication import POPULATION, SAMPLE, PrintedCell, Publication

HUNDRED = Fraction(100)


@dataclass(slots=True)
class ClaimsChecked:
    """How many statements were compared, and those that had nothing to be compared with."""

    compared: int = 0
    unchecked: tuple[Claim, ...] = ()


def check_claims(publication: Publication, claims: Sequence[Claim]) -> tuple[list[Defect], ClaimsChecked]:
    """Every statement against the tables, by itself, and against the other statements of the same figure."""
    defects: list[Defect] = []
    checked = ClaimsChecked()
    for claim in claims:
        found = check_claim(publication, claim)
        if found is None:
            checked.unchecked += (claim,)
        else:
            checked.compared += 1
            defects += found
    defects += _said_differently(claims)
    return defects, checked


def check_claim(publication: Publication, claim: Claim) -> list[Defect] | None:
    """What is wrong with one statement; None where there is nothing to check it with."""
    if claim.statistic.is_change:
        return check_change(publication, claim)
    if claim.statistic is Statistic.FIGURE:
        return []
    if claim.statistic is Statistic.SHARE:
        return list(_share(publication, claim))
    if claim.statistic is Statistic.PERCENT:
        return list(_percent(publication, claim))
    cells = cells_of(publication, claim)
    if not cells:
        return None
    if claim.statistic.names_units:
        return list(_named(publication, claim, cells))
    if claim.statistic is Statistic.COUNT:
        return list(_count(claim, cells))
    if claim.statistic.is_counting:
        return list(check_counting(claim, cells))
    return list(_statistic(publication, claim, cells))


def cells_of(publication: Publication, claim: Claim) -> list[PrintedCell]:
    """The readable cells that a statement is about."""
    cells = (publication.cell(unit, claim.subject) for unit in claim.scope.of(publication))
    return [cell for cell in cells if cell is not None and cell.number is not None]


def statistic_span(claim: Claim, cells: Sequence[PrintedCell], reading: Reading) -> Span:
    """What the statistic can be, from the printed values as they are read."""
    spans = [cell.number.span(reading).times(claim.times) for cell in cells if cell.number is not None]
    match claim.statistic:
        case Statistic.MEAN:
            return total(spans).times(Fraction(1, len(spans)))
        case Statistic.SUM:
            return total(spans)
        case Statistic.MINIMUM:
            return Span(min(span.low for span in spans), min(span.high for span in spans))
        case _:
            return Span(max(span.low for span in spans), max(span.high for span in spans))


def _statistic(publication: Publication, claim: Claim, cells: list[PrintedCell]) -> Iterator[Defect]:
    number = claim.value
    if number is None:
        return
    if claim.statistic in (Statistic.VALUE, Statistic.MINIMUM, Statistic.MAXIMUM):
        yield from _same_figure(claim, number, cells)
        return
    span = statistic_span(claim, cells, publication.reading)
    if number.span(publication.reading).meets(span):
        return
    others = tuple(cell.where for cell in cells)
    if number.span(Reading.CUT).meets(span):
        yield claim_defect(
            claim, DefectKind.CUT_NOT_ROUNDED, Certainty.LIKELY, expected=span, reason="CUT", others=others
        )
        return
    loosely = number.span(Reading.LOOSE).meets(statistic_span(claim, cells, Reading.LOOSE))
    otherwise = _weighted_mean(publication, claim, cells, number) if claim.statistic is Statistic.MEAN else ""
    certainty = Certainty.LIKELY if loosely or otherwise else Certainty.EXACT
    reason = otherwise or ("ONLY-LOOSELY" if loosely else "")
    yield claim_defect(claim, DefectKind.CLAIM_WRONG, certainty, expected=span, reason=reason, others=others)


def _same_figure(claim: Claim, number: PrintedNumber, cells: list[PrintedCell]) -> Iterator[Defect]:
    """The figure is printed in the table itself, so both printings must agree."""
    pick = min if claim.statistic is Statistic.MINIMUM else max
    values = [(cell.number.value, index) for index, cell in enumerate(cells) if cell.number is not None]
    cell = cells[pick(values)[1]]
    printed = cell.number
    if printed is None or agrees(_multiplied(printed, claim.times), number):
        return
    span = exactly(printed.value * claim.times)
    rises = _multiplied(printed, claim.times)
    cut = rises.decimals > number.decimals and number.span(Reading.CUT).meets(rises.span())
    kind = DefectKind.CUT_NOT_ROUNDED if cut else DefectKind.CLAIM_WRONG
    certainty, reason = (Certainty.LIKELY, "CUT") if cut else (Certainty.EXACT, "")
    yield claim_defect(claim, kind, certainty, expected=span, reason=reason, others=(cell.where,))


def _multiplied(number: PrintedNumber, times: Fraction) -> PrintedNumber:
    """9.4 said as 94.0: ten times the value, and one decimal less is known."""
    decimals = number.decimals
    while times >= 10 and times % 10 == 0:
        times, decimals, number = times / 10, decimals - 1, _shifted(number)
    return PrintedNumber(number.text, number.value * times, max(decimals, 0), number.percent, number.is_exact)


def _shifted(number: PrintedNumber) -> PrintedNumber:
    return PrintedNumber(number.text, number.value * 10, number.decimals, number.percent, number.is_exact)


def _weighted_mean(publication: Publication, claim: Claim, cells: list[PrintedCell], number: PrintedNumber) -> str:
    """The code of the reason where the printed mean is that weighted by the sample or the population."""
    for subject, reason in ((SAMPLE, "MEAN-BY-SAMPLE"), (POPULATION, "MEAN-BY-POPULATION")):
        sizes = [publication.number(cell.unit, subject) for cell in cells]
        if any(size is None or size.value < 0 for size in sizes):
            continue
        weights = [size.value for size in sizes if size is not None]
        if not sum(weights):
            continue
        spans = [
            cell.number.span(publication.reading).times(weight * claim.times)
            for cell, weight in zip(cells, weights, strict=True)
            if cell.number is not None
        ]
        if number.span(publication.reading).meets(total(spans).times(1 / sum(weights, Fraction(0)))):
            return reason
    return ""


def _named(publication: Publication, claim: Claim, cells: list[PrintedCell]) -> Iterator[Defect]:
    """The k named units must be the k highest (lowest): nobody left out may stand strictly beyond one of them."""
    values = {cell.unit: cell.number.value for cell in cells if cell.number is not None}
    where = {cell.unit: cell.where for cell in cells}
    named = [unit for unit in claim.named if unit in values]
    if not named:
        return
    sign = 1 if claim.statistic is Statistic.BEST else -1
    edge = min(sign * values[unit] for unit in named)
    rest = [unit for unit in values if unit not in named]
    beyond = tuple(unit for unit in rest if sign * values[unit] > edge)
    equal = tuple(unit for unit in rest if sign * values[unit] == edge)
    if beyond:
        others = tuple(where[unit] for unit in (*named, *beyond))
        yield claim_defect(claim, DefectKind.NOT_THE_BEST, Certainty.EXACT, others=others, units=beyond)
    elif equal:
        others = tuple(where[unit] for unit in (*named, *equal))
        yield claim_defect(
            claim, DefectKind.NOT_THE_BEST, Certainty.HINT, reason="EQUAL-NOT-NAMED", others=others, units=equal
        )


def _count(claim: Claim, cells: list[PrintedCell]) -> Iterator[Defect]:
    if claim.value is not None and claim.value.value != len(cells):
        yield claim_defect(claim, DefectKind.CLAIM_WRONG, Certainty.EXACT, expected=exactly(len(cells)))


def _share(publication: Publication, claim: Claim) -> Iterator[Defect]:
    if claim.value is None or claim.count is None or not claim.base:
        return
    span = exactly(HUNDRED * claim.count / claim.base)
    if claim.value.span(publication.reading).meets(span):
        return
    cut = claim.value.span(Reading.CUT).meets(span)
    kind = DefectKind.CUT_NOT_ROUNDED if cut else DefectKind.SHARE_WRONG
    certainty, reason = (Certainty.LIKELY, "CUT") if cut else (Certainty.EXACT, "")
    yield claim_defect(claim, kind, certainty, expected=span, reason=reason, count=claim.count, base=claim.base)


def _percent(publication: Publication, claim: Claim) -> Iterator[Defect]:
    if claim.value is None or not claim.base:
        return
    reading, exact = publication.reading, not claim.at_most
    found = verdict(claim.value, claim.base, HUNDRED, reading=reading, exactly=exact)
    if found is None:
        return
    kind, certainty = found
    bases = possible_bases(claim.value, claim.base, HUNDRED, reading=reading)
    reason = share_reason(kind, certainty, exactly=exact)
    yield claim_defect(claim, kind, certainty, reason=reason, base=claim.base, bases=tuple(map(str, bases)))


def _said_differently(claims: Sequence[Claim]) -> Iterator[Defect]:
    """Two statements of one figure must agree; of three the first is what the others are compared with."""
    first: dict[tuple[object, ...], Claim] = {}
    for claim in claims:
        if claim.value is None or claim.statistic.is_change or claim.statistic is Statistic.SHARE:
            continue
        if claim.statistic is Statistic.PERCENT and not claim.subject:
            continue
        key = (claim.statistic, claim.subject, claim.scope, claim.times, claim.bound.value if claim.bound else None)
        before = first.setdefault(key, claim)
        if before is not claim and before.value is not None and not agrees(before.value, claim.value):
            span = exactly(before.value.value)
            yield claim_defect(
                claim, DefectKind.PRINTED_DIFFERENTLY, Certainty.EXACT, expected=span, others=(before.where,)
            )
