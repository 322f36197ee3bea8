"""A change between waves in words and figures: difference, interval, verdict with its reason."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np

from merilo.assessment.recheck.comparability import Counterpart, Obstacle
from merilo.assessment.recheck.waves import MeanChange, SubjectChange, WaveChanges
from merilo.assessment.rounding import RoundingMode, round_exact
from merilo.assessment.stats.change import Changes, ChangeVerdict
from merilo.assessment.wording import Wording

DASH = "–"


class ChangeWords:
    """Prints one comparison of waves in one language. Differences are taken between the numbers as printed, so that
    they can be checked by eye; `words` are the catalogue `report`."""

    def __init__(self, changes: WaveChanges, words: Wording) -> None:
        self.changes, self.words = changes, words
        self.digits_earlier, self.digits = changes.earlier.rated.digits, changes.later.rated.digits

    def earlier(self, one: SubjectChange, row: int) -> Decimal | None:
        """The earlier value as it was printed."""
        return _decimal(one.earlier.printed[row], self.digits_earlier)

    def later(self, one: SubjectChange, row: int) -> Decimal | None:
        """The later value as printed."""
        return _decimal(one.later.printed[row], self.digits)

    def difference(self, one: SubjectChange, row: int) -> Decimal | None:
        """Later − earlier; None where they are not compared."""
        before, after = self.earlier(one, row), self.later(one, row)
        if before is None or after is None or one.changes.verdicts[row] is ChangeVerdict.NOT_COMPARABLE:
            return None
        return after - before

    def mean(self, value: float) -> Decimal | None:
        """A mean as printed."""
        if np.isnan(value):
            return None
        return round_exact(Fraction(value).limit_denominator(10**12), self.digits, RoundingMode.HALF_UP)

    def mean_difference(self, mean: MeanChange) -> Decimal | None:
        """Later − earlier of two means; None where they are not compared."""
        before, after = self.mean(mean.earlier), self.mean(mean.later)
        if before is None or after is None or mean.verdict is ChangeVerdict.NOT_COMPARABLE:
            return None
        return after - before

    def text(self, value: Decimal | None) -> str:
        """A number, or a dash."""
        return DASH if value is None else self.words.number(value)

    def signed(self, value: Decimal | None) -> str:
        """`+1,20`, `−0,30`, `0,00`, or a dash."""
        return f"{'+' if value is not None and value > 0 else ''}{self.text(value)}"

    def interval(self, changes: Changes, row: int) -> str:
        """`от −1,20 до +3,40`; a dash where nothing was sampled or compared."""
        if changes.verdicts[row] in (ChangeVerdict.NOT_COMPARABLE, ChangeVerdict.EXACT_CHANGE):
            return DASH
        low, high = (self.signed(self.mean(float(end[row]))) for end in (changes.interval.low, changes.interval.high))
        return self.words.say("REPORT-CHANGE-RANGE", low=low, high=high)

    def verdict(self, one: SubjectChange, row: int) -> str:
        """`вырос`, `в пределах погрешности выборки`, `не сравнимо: другая методика`."""
        obstacle = one.obstacles[row]
        told = self.words.say(f"REPORT-CHANGE-{one.changes.verdicts[row].name.replace('_', '-')}")
        return told if obstacle is None else f"{told}: {self.reason(one.counterpart, obstacle)}"

    def mean_verdict(self, one: SubjectChange, mean: MeanChange) -> str:
        """The same of a mean."""
        told = self.words.say(f"REPORT-CHANGE-{mean.verdict.name.replace('_', '-')}")
        if mean.verdict is not ChangeVerdict.NOT_COMPARABLE:
            return told
        return f"{told}: {self.reason(one.counterpart, one.counterpart.obstacle or Obstacle.NO_VALUE)}"

    def reason(self, pair: Counterpart, obstacle: Obstacle) -> str:
        """Why two values are not compared, with the names of what differs."""
        told = self.words.say(f"REPORT-OBSTACLE-{obstacle.name.replace('_', '-')}")
        return f"{told} ({', '.join(pair.details)})" if pair.details and obstacle is pair.obstacle else told


def _decimal(value: float, digits: int) -> Decimal | None:
    """A printed number: the float goes back to the decimal it was printed as."""
    return None if np.isnan(value) else Decimal(f"{value:.{digits}f}")
