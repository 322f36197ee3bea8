"""Shares stated in the text: of a printed numerator and base, and percentages whose numerator is not printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from merilo.assessment.recheck.answers import (
    is_possible,
    judge_share,
    least_common_base,
    nearest_shares,
    possible_bases,
)
from merilo.assessment.recheck.claims import Claim, Statistic, claim_defect
from merilo.assessment.recheck.defect import Certainty, Defect, DefectKind
from merilo.assessment.recheck.printed import Reading, exactly
from merilo.assessment.recheck.publication import Publication

HUNDRED = Fraction(100)


def check_share(publication: Publication, claim: Claim) -> Iterator[Defect]:
    """«17 of 27, or 63 %»: the arithmetic."""
    if claim.value is None or claim.count is None or not claim.base:
        return
    span = exactly(HUNDRED * claim.count / claim.base)
    if claim.value.span(publication.reading).meets(span):
        return
    cut = claim.value.span(Reading.CUT).meets(span)
    kind = DefectKind.CUT_NOT_ROUNDED if cut else DefectKind.SHARE_WRONG
    certainty, reason = (Certainty.LIKELY, "CUT") if cut else (Certainty.EXACT, "")
    yield claim_defect(claim, kind, certainty, expected=span, reason=reason, count=claim.count, base=claim.base)


def check_percent(publication: Publication, claim: Claim) -> Iterator[Defect]:
    """«86.88 % of 61»: whether some number of answers gives it, with any of the bases the text allows."""
    if claim.value is None or not claim.base:
        return
    reading = publication.reading
    found = judge_share(claim.value, claim.bases, HUNDRED, reading=reading, exactly=not claim.at_most)
    if found is not None:
        base, is_open = max(claim.bases), claim.at_most or len(claim.bases) > 1
        yield claim_defect(
            claim,
            found.kind,
            found.certainty,
            expected=found.expected,
            reason=found.reason,
            base="/".join(map(str, claim.bases)),
            bases=tuple(map(str, possible_bases(claim.value, base, HUNDRED, reading=reading))),
            shares=() if is_open else nearest_shares(claim.value, base, HUNDRED),
        )


def check_common_base(publication: Publication, claims: Sequence[Claim]) -> Iterator[Defect]:
    """Percentages of one base that the text leaves open (55 or 57): one of the bases must give them all, either all
    rounded or all cut off."""
    groups: dict[tuple[int, ...], list[Claim]] = {}
    for claim in claims:
        if claim.statistic is Statistic.PERCENT and len(claim.bases) > 1 and claim.value is not None:
            groups.setdefault(claim.bases, []).append(claim)
    reading = publication.reading
    for bases, mine in groups.items():
        numbers = [claim.value for claim in mine if claim.value is not None]
        impossible = {
            base: [one for one in numbers if not is_possible(one, base, HUNDRED, reading=reading, exactly=True)]
            for base in bases
        }
        if len(mine) < 2 or not all(impossible.values()):
            continue
        if any(
            all(is_possible(one, base, HUNDRED, reading=Reading.CUT, exactly=True) for one in numbers) for base in bases
        ):
            continue
        common = least_common_base(numbers, HUNDRED, reading=reading)
        each = "; ".join(f"{base}: {', '.join(one.text for one in wrong)}" for base, wrong in impossible.items())
        yield claim_defect(
            mine[0],
            DefectKind.NO_COMMON_BASE,
            Certainty.EXACT,
            others=tuple(claim.where for claim in mine[1:]),
            base="/".join(map(str, bases)),
            each=each,
            common=str(common) if common else "",
        )
