"""Published places against the scores they go with: in order, by one rule of ties, none missing."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from merilo.assessment.methodology.policies import RankOn, Ties
from merilo.assessment.recheck.defect import Certainty, Defect, DefectKind, defect_at
from merilo.assessment.recheck.printed import Span
from merilo.assessment.recheck.publication import OVERALL, PLACE, PrintedCell, Publication


@dataclass(frozen=True, slots=True)
class PlacedScore:
    """A score and the place it was given; `last` is greater than `first` for a shared place «5–6»."""

    score: PrintedCell
    place: PrintedCell
    value: Fraction
    first: int
    last: int


def check_places(publication: Publication) -> Iterator[Defect]:
    """What does not hold of the places, within each group in which they were given."""
    groups: dict[str, list[str]] = {}
    for unit in publication.units:
        group = publication.attributes.get(unit, {}).get(publication.ranking.within, "")
        groups.setdefault(group, []).append(unit)
    if any(cell.number is not None for cell in publication.cells if cell.subject == PLACE):
        for units in groups.values():
            yield from _check_group(publication, units)


def _check_group(publication: Publication, units: Sequence[str]) -> Iterator[Defect]:
    placed, without = [], []
    for unit in units:
        score, place = publication.cell(unit, OVERALL), publication.cell(unit, PLACE)
        if score is None or score.number is None:
            continue
        if place is None or place.number is None:
            without.append((score, place))
            continue
        value = place.number
        first = value.value.numerator // value.value.denominator
        placed.append(PlacedScore(score, place, score.number.value, first, _last(place, first)))
    if not placed:
        return
    for score, place in without:
        if place is None or not place.unreadable:
            yield defect_at(place or score, DefectKind.PLACE_MISSING, Certainty.EXACT)
    if without:
        # Nobody knows where the unplaced stood: only the order of the others can be judged.
        yield from _out_of_order(placed)
        return
    values = sorted(one.value for one in placed)
    is_dense = not _faults(sorted(placed, key=lambda one: (-one.value, one.first)), Ties.DENSE)
    wrong = [one for one in placed if not _possible(one, values, is_dense=is_dense)]
    for one in wrong:
        low, high = _between(one, values)
        reason = "" if low == high else "AMONG-EQUALS"
        others = tuple(other.place.where for other in placed if other is not one and other.first == one.first)
        yield defect_at(
            one.place,
            DefectKind.PLACE_WRONG,
            Certainty.EXACT,
            expected=Span(Fraction(low), Fraction(high)),
            reason=reason,
            others=(one.score.where, *others),
            score=one.score.text,
        )
    if not wrong:
        yield from _by_rule(publication, placed)


def _last(place: PrintedCell, first: int) -> int:
    """The end of a place written as «5–6»."""
    digits = [part for part in place.text.replace("—", "–").replace("-", "–").split("–") if part.strip().isdigit()]
    return int(digits[1]) if len(digits) == 2 else first


def _between(one: PlacedScore, values: Sequence[Fraction]) -> tuple[int, int]:
    """The best and the worst place of a score among all (ascending) that some rule of ties gives."""
    return len(values) - bisect_right(values, one.value) + 1, len(values) - bisect_left(values, one.value)


def _possible(one: PlacedScore, values: Sequence[Fraction], *, is_dense: bool) -> bool:
    """Whether some rule of ties can give this place to this score.

    Different printed scores are different scores; equal printed ones may differ unrounded and then take any
    place of their stretch. Where every place counts distinct scores (`is_dense`), places may be as small as the
    number of distinct printed scores above.
    """
    low, high = _between(one, values)
    if low <= one.first <= one.last <= high:
        return True
    return is_dense and len(set(values[bisect_right(values, one.value) :])) + 1 <= one.first <= high


def _out_of_order(placed: Sequence[PlacedScore]) -> Iterator[Defect]:
    for one in placed:
        above = [other for other in placed if other.value > one.value and other.first >= one.first]
        if above:
            others = (one.score.where, *(other.place.where for other in above))
            yield defect_at(
                one.place, DefectKind.PLACE_WRONG, Certainty.EXACT, reason="ORDER", others=others, score=one.score.text
            )


def _by_rule(publication: Publication, placed: Sequence[PlacedScore]) -> Iterator[Defect]:
    """Places that are possible one by one, against one rule for all: the declared one, or any."""
    ranking = publication.ranking
    ordered = sorted(placed, key=lambda one: (-one.value, one.first))
    unexplained = {ties: _faults(ordered, ties) for ties in Ties}
    if ranking.ties is not None:
        faults = unexplained[ranking.ties]
        certainty, reason = Certainty.EXACT, f"TIES-{ranking.ties.name}"
    else:
        faults = min(unexplained.values(), key=len)
        certainty, reason = Certainty.LIKELY, "NO-ONE-RULE"
    for one in faults:
        yield defect_at(one.place, DefectKind.PLACE_WRONG, certainty, reason=reason, score=one.score.text)
    if not faults:
        yield from _equals(publication, ordered)


def _faults(ordered: Sequence[PlacedScore], ties: Ties) -> list[PlacedScore]:
    """The places that this rule does not give; equal printed scores may differ unrounded."""
    faults, before = [], 0
    for index, one in enumerate(ordered, start=1):
        same = index > 1 and ordered[index - 2].value == one.value
        match ties:
            case Ties.ORDINAL:
                right = one.first == index
            case Ties.COMPETITION:
                right = one.first == index or (same and one.first == before)
            case Ties.DENSE:
                right = one.first == before + 1 or (same and one.first == before)
        if not right:
            faults.append(one)
        before = one.first
    return faults


def _equals(publication: Publication, ordered: Sequence[PlacedScore]) -> Iterator[Defect]:
    """Equal printed scores in different places: wrong where ties share places and printed digits decide, open where
    the document says nothing, as it should be where ties are broken or unrounded scores decide."""
    ranking = publication.ranking
    if ranking.ties is Ties.ORDINAL or ranking.on is RankOn.UNROUNDED:
        return
    is_declared = ranking.ties is not None and ranking.on is RankOn.PRINTED
    stretches: dict[Fraction, list[PlacedScore]] = {}
    for one in ordered:
        stretches.setdefault(one.value, []).append(one)
    for equals in stretches.values():
        if len({one.first for one in equals}) > 1:
            yield defect_at(
                equals[-1].place,
                DefectKind.PLACES_OF_EQUALS,
                Certainty.EXACT if is_declared else Certainty.HINT,
                expected=Span(Fraction(equals[0].first), Fraction(equals[0].first)),
                reason="DECLARED-TIES" if is_declared else "UNEXPLAINED-ORDER",
                others=tuple(one.place.where for one in equals[:-1]),
                score=equals[0].score.text,
                units=tuple(one.place.unit for one in equals),
            )
