"""Flags of the field work in words a person without statistics understands: what, how probable, what it may be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from merilo.assessment.responses.flags import FieldworkQuality, FlagKind, QualityCheck
from merilo.assessment.rounding import RoundingMode, round_exact
from merilo.assessment.wording import Wording

EPOCH = date(1970, 1, 1).toordinal()
SMALLEST = Fraction(1, 10_000)
DECIMALS = {"correlation": 3, "lowest": 2, "highest": 2, "design_effect": 2}
TENTHS = {"expected", "expected_pairs", "mean_of_others", "chi_square"}
ROWS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class FlagWords:
    """Says flags in one language. `organisations` are names by key, `questions` the names of questions and quantities
    by code."""

    wording: Wording
    organisations: Mapping[str, str]
    questions: Mapping[str, str]

    def title(self, kind: FlagKind) -> str:
        """What a kind of flag is called."""
        return self.wording.say(f"QUALITY-TITLE-{kind.name}")

    def says(self, check: QualityCheck) -> str:
        """What was found, with its figures."""
        values = {name: self._figure(name, value) for name, value in check.figures}
        values |= {"organisation": self.organisation(check.organisation), "interviewer": check.interviewer}
        values["question"] = self.questions.get(check.subject, check.subject)
        if check.kind is FlagKind.BURST_IN_AN_HOUR:
            values["hour"] = self._hour(int(check.subject))
        if check.kind is FlagKind.BURST_IN_A_DAY:
            values["day"] = self._day(int(check.subject))
        return self.wording.say(f"QUALITY-SAYS-{check.kind.name}", **values)

    def honest(self, kind: FlagKind) -> str:
        """The honest cause it may have."""
        return self.wording.say(f"QUALITY-HONEST-{kind.name}")

    def probable(self, check: QualityCheck) -> str:
        """How probable as much would be by chance."""
        if check.p is None or check.adjusted is None:
            return self.wording.say("QUALITY-FACT")
        return self.wording.say(
            "QUALITY-PROBABILITY", p=self.probability(check.p), adjusted=self.probability(check.adjusted)
        )

    def probability(self, p: float) -> str:
        """A probability with four decimals, or that it is less than the least of them."""
        if p < SMALLEST:
            return self.wording.say("QUALITY-LESS-THAN", value=self.wording.exact(SMALLEST))
        return self._rounded(p, 4)

    def level(self, quality: FieldworkQuality) -> str:
        """How many checks there were and what the adjustment promises."""
        level = self.wording.exact(Fraction(str(quality.level)))
        return self.wording.say("QUALITY-LEVEL", tested=quality.tested, level=level)

    def lacking(self, quality: FieldworkQuality) -> str:
        """What could not be checked; empty where everything could."""
        names = [self.wording.say(f"QUALITY-LACKS-{name.upper()}") for name in quality.lacking]
        return self.wording.say("QUALITY-LACKING", lacking="; ".join(names)) if names else ""

    def organisation(self, key: str) -> str:
        """An organisation's name, its key where there is none."""
        return self.organisations.get(key) or key

    def where(self, check: QualityCheck, quality: FieldworkQuality, shown: int = ROWS_SHOWN) -> str:
        """Files and rows of a flag's questionnaires; of many only the first."""
        by_file: dict[str, list[int]] = {}
        for index in check.rows:
            file, row = quality.places[index]
            by_file.setdefault(file, []).append(row)
        return "; ".join(rows_text(file, rows, self.wording, shown) for file, rows in sorted(by_file.items()))

    def _figure(self, name: str, value: float) -> object:
        if name in DECIMALS:
            return self._rounded(value, DECIMALS[name])
        return self._rounded(value, 1) if name in TENTHS else int(round_exact(Fraction(value), 0, RoundingMode.HALF_UP))

    def _rounded(self, value: float, digits: int) -> str:
        return self.wording.number(round_exact(Fraction(value), digits, RoundingMode.HALF_UP))

    def _day(self, day: int) -> str:
        return day_text(date.fromordinal(EPOCH + day), self.wording)

    def _hour(self, hour: int) -> str:
        day, of_day = divmod(hour, 24)
        return f"{self._day(day)} {of_day:02}:00–{of_day:02}:59"


def rows_text(file: str, rows: Iterable[int], wording: Wording, shown: int = ROWS_SHOWN) -> str:
    """`responses/2024.csv, строки 5, 7`; of many rows only the first."""
    ordered = sorted(rows)
    told = [str(row) for row in ordered[:shown]]
    if len(ordered) > shown:
        told.append(wording.say("QUALITY-AND-MORE", n=len(ordered) - shown))
    code = "QUALITY-WHERE-ONE" if len(ordered) == 1 else "QUALITY-WHERE"
    return wording.say(code, file=file, rows=", ".join(told))


def day_text(day: date, wording: Wording) -> str:
    """A day as the language writes it."""
    return f"{day.day:02}.{day.month:02}.{day.year}" if wording.language == "ru" else day.isoformat()


def printed(value: float | None, digits: int, wording: Wording) -> str:
    """A number that was printed with so many decimals, a dash for none."""
    return "–" if value is None else wording.number(Decimal(f"{value:.{digits}f}"))
