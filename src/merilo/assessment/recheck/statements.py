"""Statements of the text against the tables: means, extremes, who is best, how many stand above what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from merilo.assessment.methodology.edition import Comparison
from merilo.assessment.recheck.changes import check_change
from merilo.assessment.recheck.claims import Claim, Statistic, claim_defect
from merilo.assessment.recheck.counting import check_counting
from merilo.assessment.recheck.defect import Certainty, Defect, DefectKind
from merilo.assessment.recheck.printed import PrintedNumber, Reading, Span, agrees, exactly, total
from merilo.assessment.recheck.publication import POPULATION, SAMPLE, PrintedCell, Publication
from merilo.assessment.recheck.stated_shares import check_common_base, check_percent, check_share


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
    defects += check_common_base(publication, claims)
    defects += _said_differently(claims)
    return defects, checked


def check_claim(publication: Publication, claim: Claim) -> list[Defect] | None:
    """What is wrong with one statement; None where there is nothing to check it with."""
    if claim.statistic.is_change:
        return check_change(publication, claim)
    if claim.statistic is Statistic.FIGURE:
        return []
    if claim.statistic is Statistic.SHARE:
        return list(check_share(publication, claim))
    if claim.statistic is Statistic.PERCENT:
        return list(check_percent(publication, claim))
    if claim.statistic.names_subjects:
        return _named_subjects(publication, claim)
    cells = cells_of(publication, claim)
    if not cells:
        return None
    if claim.statistic.names_units:
        return list(_named_units(claim, cells))
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
    if claim.limit is not Comparison.EQUALS:
        span = statistic_span(claim, cells, publication.reading)
        if not _may_stand(span, claim.limit, number.value):
            others = tuple(cell.where for cell in cells)
            yield claim_defect(claim, DefectKind.CLAIM_WRONG, Certainty.EXACT, expected=span, others=others)
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


def _named_units(claim: Claim, cells: list[PrintedCell]) -> Iterator[Defect]:
    yield from _named(claim, [(cell.unit, cell) for cell in cells], largest=claim.statistic is Statistic.BEST)


def _named_subjects(publication: Publication, claim: Claim) -> list[Defect] | None:
    """Which of one unit's subjects are its highest or lowest."""
    unit = claim.scope.units[0] if claim.scope.units else ""
    cells = [(code, cell) for code in claim.subjects if (cell := publication.cell(unit, code)) and cell.number]
    if not any(code in claim.named for code, _ in cells):
        return None
    return list(_named(claim, cells, largest=claim.statistic is Statistic.HIGHEST))


def _named(claim: Claim, cells: Sequence[tuple[str, PrintedCell]], *, largest: bool) -> Iterator[Defect]:
    """The k named must be the k highest (lowest): nothing left out may stand strictly beyond one of them."""
    sign = 1 if largest else -1
    values = {key: sign * cell.number.value for key, cell in cells if cell.number is not None}
    where = {key: cell.where for key, cell in cells}
    named = [key for key in claim.named if key in values]
    if not named:
        return
    edge = min(values[key] for key in named)
    rest = [key for key in values if key not in named]
    beyond = tuple(key for key in rest if values[key] > edge)
    equal = tuple(key for key in rest if values[key] == edge)
    if beyond:
        others = tuple(where[key] for key in (*named, *beyond))
        yield claim_defect(claim, DefectKind.NOT_THE_BEST, Certainty.EXACT, others=others, units=beyond)
    elif equal:
        others = tuple(where[key] for key in (*named, *equal))
        yield claim_defect(
            claim, DefectKind.NOT_THE_BEST, Certainty.HINT, reason="EQUAL-NOT-NAMED", others=others, units=equal
        )


def _count(claim: Claim, cells: list[PrintedCell]) -> Iterator[Defect]:
    if claim.value is not None and claim.value.value != len(cells):
        yield claim_defect(claim, DefectKind.CLAIM_WRONG, Certainty.EXACT, expected=exactly(len(cells)))


def _may_stand(span: Span, limit: Comparison, bound: Fraction) -> bool:
    """Whether some value of a span stands so to a bound."""
    match limit:
        case Comparison.ABOVE:
            return span.high > bound
        case Comparison.AT_LEAST:
            return span.high >= bound
        case Comparison.BELOW:
            return span.low < bound
        case Comparison.AT_MOST:
            return span.low <= bound
        case Comparison.EQUALS:
            return span.low <= bound <= span.high


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
        if before is not claim and before.value is not None and not _agree(before, claim):
            span = exactly(before.value.value)
            yield claim_defect(
                claim, DefectKind.PRINTED_DIFFERENTLY, Certainty.EXACT, expected=span, others=(before.where,)
            )


def _agree(one: Claim, other: Claim) -> bool:
    """Whether two statements can both be true; a limit holds for a figure that lies beyond it."""
    if one.value is None or other.value is None:
        return True
    if one.limit is Comparison.EQUALS and other.limit is Comparison.EQUALS:
        return agrees(one.value, other.value)
    if one.limit is not Comparison.EQUALS and other.limit is not Comparison.EQUALS:
        return True
    figure, limited = (other, one) if other.limit is Comparison.EQUALS else (one, other)
    if figure.value is None or limited.value is None:
        return True
    return _may_stand(figure.value.span(), limited.limit, limited.value.value)
