"""What an audit found, in sentences: the place, what is printed, what follows, how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import count

from merilo.assessment.recheck.claims import Claim, Statistic
from merilo.assessment.recheck.defect import Certainty, Defect, DefectKind, Detail
from merilo.assessment.recheck.printed import Span
from merilo.assessment.recheck.publication import OVERALL, PLACE, POPULATION, SAMPLE, PrintedPlace, Publication
from merilo.assessment.reporting.short_names import short_names
from merilo.assessment.rounding import RoundingMode, round_exact
from merilo.assessment.wording import Wording

DASH = "–"
EXACT_DIGITS = 10**4
# Intervals of differences are not printed anywhere: one decimal is enough.
ERROR_DECIMALS = 1
RANGES = (DefectKind.OFF_SCALE,)
SUBJECT_STATISTICS = tuple(one.value for one in Statistic if one.names_subjects)


@dataclass(frozen=True)
class AuditWords:
    """Says findings in one language; `wording` is the catalogue `audit`."""

    publication: Publication
    wording: Wording

    def sentence(self, found: Defect) -> str:
        """What does not hold and how sure that is, without the place."""
        details = {key: self._detail(value) for key, value in found.details}
        details |= {"printed": found.printed or DASH, "expected": self.expected(found), "other": self._other(found)}
        details |= self._named(found)
        said = [self.wording.say(f"AUDIT-SAYS-{found.kind.name}", **details)]
        if details.get("without"):
            said.append(self.wording.say("AUDIT-WITHOUT", **details))
        reason = found.reason or ("EXACT" if found.expected is not None and found.kind not in RANGES else "")
        if reason:
            said.append(self.wording.say(f"AUDIT-WHY-{reason}", **details))
        if "to_the_digit" in details:
            said.append(self.wording.say("AUDIT-DIGITS", **details))
        if found.kind is DefectKind.IMPOSSIBLE_SHARE and dict(found.details).get("shares"):
            said.append(self.wording.say("AUDIT-NEAREST-SHARES", **details))
        return " ".join(said)

    def _named(self, found: Defect) -> dict[str, str]:
        """Details that are names of something: a statistic, a relation, subjects said to be the highest."""
        details = dict(found.details)
        named = {}
        if "statistic" in details:
            named["statistic"] = self.wording.say(f"AUDIT-STATISTIC-{str(details['statistic']).upper()}")
        if "relation" in details:
            named["relation"] = self.wording.say(f"AUDIT-RELATION-{str(details['relation']).upper()}")
        if details.get("statistic") in SUBJECT_STATISTICS and isinstance(units := details.get("units"), tuple):
            named["printed"] = self.printed(found)
            named["units"] = ", ".join(self.subject(str(code)) for code in units)
        return named

    def place(self, where: PrintedPlace) -> str:
        """`таблица 8, строка 5, столбец «Показатель»`."""
        parts = [where.document]
        if where.row is not None:
            parts.append(self.wording.say("AUDIT-PLACE-ROW", row=where.row))
        if where.column:
            parts.append(self.wording.say("AUDIT-PLACE-COLUMN", column=where.column))
        return ", ".join(part for part in parts if part)

    def place_of(self, found: Defect) -> str:
        """The place of a finding, and the unit it is about."""
        place = self.place(found.where)
        return f"{place} – {self.unit(found.unit)}" if found.unit else place

    def unit(self, key: str) -> str:
        """A unit: its key, and its short name where the document names it."""
        name = self._names.get(key)
        return f"{name} [{key}]" if name else key

    @cached_property
    def _names(self) -> dict[str, str]:
        names = self.publication.names
        return dict(zip(names, short_names(list(names.values())), strict=True))

    def subject(self, code: str) -> str:
        """The name of a subject; of scores, places and sizes our own word where nobody gave one."""
        known = self.publication.subjects.get(code)
        if code in (OVERALL, PLACE, POPULATION, SAMPLE) and not (known and known.name):
            return self.wording.say(f"AUDIT-SUBJECT-{code.upper()}")
        return self.publication.name(code)

    def printed(self, found: Defect) -> str:
        """What is printed; subjects named in a statement by their names."""
        if dict(found.details).get("statistic") in SUBJECT_STATISTICS:
            return ", ".join(self.subject(code.strip()) for code in found.printed.split(";"))
        return found.printed or DASH

    def kind(self, kind: DefectKind) -> str:
        """The name of a kind of finding."""
        return self.wording.say(f"AUDIT-KIND-{kind.name}")

    def certainty(self, certainty: Certainty) -> str:
        """One word for how sure."""
        return self.wording.say(f"AUDIT-CERTAINTY-{certainty.name}")

    def expected(self, found: Defect) -> str:
        """What follows from the rest, as it could be printed."""
        if found.expected is None:
            shares = dict(found.details).get("shares")
            return self._detail(shares) if shares else DASH
        decimals = ERROR_DECIMALS if found.kind is DefectKind.WITHIN_ERROR else found.decimals
        return self.span(found.expected, decimals, exact=found.kind in RANGES)

    def span(self, span: Span, decimals: int, *, exact: bool = False) -> str:
        """One number or two: the numbers of so many decimals that values in the span may be printed as."""
        if exact:
            low, high = self.wording.exact(span.low), self.wording.exact(span.high)
        elif span.low == span.high and EXACT_DIGITS % span.low.denominator == 0:
            digits = next(n for n in count(decimals) if 10**n % span.low.denominator == 0)
            low = high = self.wording.number(round_exact(span.low, digits, RoundingMode.HALF_UP))
        else:
            lowest, highest = span.printed(decimals)
            low, high = self.wording.number(lowest), self.wording.number(highest)
        if low == high:
            return low
        return self.wording.say("AUDIT-RANGE-SIGNED" if span.low < 0 else "AUDIT-RANGE", low=low, high=high)

    def _other(self, found: Defect) -> str:
        return self.place(found.others[0]) if found.others else DASH

    def _detail(self, value: Detail) -> str:
        match value:
            case Span():
                return self.span(value, 0)
            case Fraction():
                return self.wording.exact(value)
            case tuple():
                separator = "; " if any(isinstance(one, Fraction) for one in value) else ", "
                return separator.join(self._text(one) for one in value) or DASH
            case _:
                return str(value)

    def _text(self, text: str | Fraction) -> str:
        """A list entry: `criterion=0.2` with the criterion's name."""
        if isinstance(text, Fraction):
            return self.wording.exact(text)
        code, sign, value = text.partition("=")
        return f"{self.subject(code)} {value}" if sign and code in self.publication.subjects else text

    def unchecked(self, relations: Sequence[str], claims: Sequence[Claim]) -> list[str]:
        """One sentence for everything that could not be compared."""
        said = [self.wording.say("AUDIT-UNCHECKED-RELATION", subject=self.subject(code)) for code in relations]
        for claim in claims:
            statistic = self.wording.say(f"AUDIT-STATISTIC-{claim.statistic.name}")
            place, subject = self.place(claim.where), self.subject(claim.subject)
            said.append(self.wording.say("AUDIT-UNCHECKED-CLAIM", place=place, statistic=statistic, subject=subject))
        return said
