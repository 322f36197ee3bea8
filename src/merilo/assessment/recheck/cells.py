"""Every printed cell by itself: read, on its scale, on its list of values, and printed alike everywhere."""

from __future__ import annotations

from collections.abc import Iterator

from merilo.assessment.recheck.defect import Certainty, Defect, DefectKind, defect_at
from merilo.assessment.recheck.printed import agrees, exactly
from merilo.assessment.recheck.publication import PrintedCell, Publication


def check_cells(publication: Publication) -> Iterator[Defect]:
    """What cannot be read, lies off the scale or off the list, or is printed otherwise elsewhere."""
    for cell in publication.cells:
        if cell.unreadable:
            yield defect_at(cell, DefectKind.UNREADABLE, Certainty.EXACT)
        elif cell.number is not None:
            yield from _off(publication, cell)
    yield from _repeated(publication)


def _off(publication: Publication, cell: PrintedCell) -> Iterator[Defect]:
    subject = publication.subjects.get(cell.subject)
    number = cell.number
    if subject is None or number is None:
        return
    span = number.span(publication.reading)
    if subject.range is not None and not span.meets(subject.range):
        yield defect_at(cell, DefectKind.OFF_SCALE, Certainty.EXACT, expected=subject.range)
    elif subject.range is not None and not (subject.range.low <= number.value <= subject.range.high):
        # 100.0 is the most there is, and 100.4 printed without decimals is 100: but what is printed lies beyond.
        yield defect_at(cell, DefectKind.OFF_SCALE, Certainty.EXACT, expected=subject.range)
    elif subject.values and not any(exactly(value).meets(span) for value in subject.values):
        yield defect_at(cell, DefectKind.OFF_LIST, Certainty.EXACT, values=tuple(sorted(subject.values)))


def _repeated(publication: Publication) -> Iterator[Defect]:
    """A figure printed again must be the same; the later printing is the one that is pointed at."""
    for cell in publication.cells:
        first = publication.cell(cell.unit, cell.subject)
        if first is None or first is cell or first.number is None or cell.number is None:
            continue
        if not agrees(first.number, cell.number):
            span = exactly(first.number.value)
            yield defect_at(cell, DefectKind.PRINTED_DIFFERENTLY, Certainty.EXACT, expected=span, others=(first.where,))
