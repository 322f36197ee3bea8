"""Changes between two waves as a text tells them: the arithmetic, points called percent, and whether it is a change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from merilo.assessment.recheck.answers import is_possible
from merilo.assessment.recheck.claims import Claim, Statistic, claim_defect
from merilo.assessment.recheck.defect import Certainty, Defect, DefectKind
from merilo.assessment.recheck.printed import PrintedNumber, Reading, Span
from merilo.assessment.recheck.publication import SAMPLE, PrintedPlace, Publication
from merilo.assessment.rounding import RoundingMode, round_exact
from merilo.assessment.stats.proportions import compare_shares

HUNDRED = Fraction(100)
LEVEL = 0.05
P_DECIMALS = 3


@dataclass(frozen=True, slots=True)
class TwoWaves:
    """Two printed figures of one subject, the number of respondents behind each where it is known, and where the
    figures stand."""

    before: PrintedNumber
    after: PrintedNumber
    before_base: int | None
    after_base: int | None
    percent: bool
    places: tuple[PrintedPlace, ...]

    def difference(self, reading: Reading) -> Span:
        """After less before."""
        return self.after.span(reading).plus(self.before.span(reading).times(Fraction(-1)))

    def relative(self, reading: Reading) -> Span | None:
        """The same in percent of before; None where before may be 0."""
        before, after = self.before.span(reading), self.after.span(reading)
        if before.low <= 0:
            return None
        ends = [
            HUNDRED * (one - other) / other for one in (after.low, after.high) for other in (before.low, before.high)
        ]
        return Span(min(ends), max(ends))


def check_change(publication: Publication, claim: Claim) -> list[Defect] | None:
    """What is wrong with a stated change; None where its two figures are not known."""
    waves = two_waves(publication, claim)
    if waves is None:
        return None
    return [*_amount(publication, claim, waves), *_direction(publication, claim, waves)]


def two_waves(publication: Publication, claim: Claim) -> TwoWaves | None:
    """The two figures of a stated change: given with it, or from the tables by the two units of its scope."""
    units = claim.scope.units if len(claim.scope.units) == 2 else ("", "")
    cells = [publication.cell(unit, claim.subject) for unit in units]
    numbers = [cell.number if cell else None for cell in cells]
    before, after = claim.before or numbers[0], claim.after or numbers[1]
    if before is None or after is None:
        return None
    subject = publication.subjects.get(claim.subject)
    percent = before.percent or after.percent or (subject is not None and subject.percent)
    bases = [_whole(publication.number(unit, SAMPLE)) for unit in units]
    return TwoWaves(
        before,
        after,
        claim.before_base or bases[0],
        claim.base or bases[1],
        percent,
        tuple(cell.where for cell in cells if cell is not None),
    )


def _whole(number: PrintedNumber | None) -> int | None:
    return int(number.value) if number is not None and number.value.denominator == 1 else None


def _amount(publication: Publication, claim: Claim, waves: TwoWaves) -> Iterator[Defect]:
    """The printed amount against the two figures: as a difference, and as a share of the first one."""
    number = claim.value
    if number is None:
        return
    reading = publication.reading
    difference, relative = waves.difference(reading), waves.relative(reading)
    said = _signed(claim, number, waves)
    is_difference = said.span(reading).meets(difference)
    is_relative = relative is not None and said.span(reading).meets(relative)
    if number.percent and waves.percent:
        if is_difference and not is_relative:
            yield claim_defect(
                claim,
                DefectKind.POINTS_AS_PERCENT,
                Certainty.EXACT,
                expected=relative,
                reason="POINTS",
                others=waves.places,
                points=number.text.replace("%", "").strip(),
            )
            return
    elif is_difference:
        return
    if is_relative and number.percent:
        return
    loosely = said.span(Reading.LOOSE).meets(waves.difference(Reading.LOOSE))
    certainty = Certainty.LIKELY if loosely else Certainty.EXACT
    reason = "ONLY-LOOSELY" if loosely else ""
    if not is_difference:
        yield claim_defect(
            claim, DefectKind.CHANGE_WRONG, certainty, expected=difference, reason=reason, others=waves.places
        )


def _signed(claim: Claim, number: PrintedNumber, waves: TwoWaves) -> PrintedNumber:
    """«Снизилась на 7,21 %» has no sign of its own: the word gives it, or the figures where no word does."""
    falls = claim.statistic is Statistic.FALL
    if claim.statistic is Statistic.CHANGE and not number.text.strip().startswith(("+", "-", "−", "–")):
        falls = waves.after.value < waves.before.value
    value = -abs(number.value) if falls else abs(number.value) if number.value > 0 else number.value
    return PrintedNumber(number.text, value, number.decimals, number.percent, number.is_exact)


def _direction(publication: Publication, claim: Claim, waves: TwoWaves) -> Iterator[Defect]:
    """A rise must rise; and where the respondents of both waves are known, by more than their sampling error."""
    if claim.statistic is Statistic.CHANGE:
        return
    rises = claim.statistic is Statistic.RISE
    difference = waves.difference(publication.reading)
    if (difference.high < 0) if rises else (difference.low > 0):
        yield claim_defect(claim, DefectKind.DIRECTION_WRONG, Certainty.EXACT, expected=difference, others=waves.places)
        return
    if waves.before_base and waves.after_base and waves.percent:
        yield from _within_error(claim, waves, waves.before_base, waves.after_base)


def _within_error(claim: Claim, waves: TwoWaves, before_base: int, after_base: int) -> Iterator[Defect]:
    """The pooled score test of two shares at 5 %, by simple random samples.

    A mean of ratings is no share: its error is at most that of a share of the same size, so the finding is only
    worth asking about.
    """
    before, after = float(waves.before.value / 100), float(waves.after.value / 100)
    if not (0 <= before <= 1 and 0 <= after <= 1):
        return
    found = compare_shares(after, after_base, before, before_base)
    p_value = float(found.p_value)
    if not p_value >= LEVEL:
        return
    shares = all(
        is_possible(number, base, HUNDRED, reading=Reading.LOOSE, exactly=True)
        for number, base in ((waves.before, before_base), (waves.after, after_base))
    )
    interval = Span(Fraction(float(found.interval.low) * 100), Fraction(float(found.interval.high) * 100))
    yield claim_defect(
        claim,
        DefectKind.WITHIN_ERROR,
        Certainty.LIKELY if shares else Certainty.HINT,
        expected=interval,
        reason="SIMPLE-SAMPLE" if shares else "NOT-A-SHARE",
        others=waves.places,
        p_value=Fraction(round_exact(Fraction(p_value), P_DECIMALS, RoundingMode.HALF_UP)),
        before_base=before_base,
        after_base=after_base,
    )
