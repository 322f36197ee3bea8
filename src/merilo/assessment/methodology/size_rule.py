"""A rule for the size of a sample as data: its kind, its numbers, and how they are written in YAML."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from statistics import NormalDist

from merilo.assessment.located import Reader
from merilo.assessment.rounding import RoundingMode, round_exact

COEFFICIENT_DIGITS = 6
LEVEL = Fraction(95, 100)


class SizeKind(Enum):
    """How a size follows from the number of recipients."""

    FINITE_POPULATION = "finite_population"
    SHARE = "share"


class SizeRounding(Enum):
    """What becomes of a size that is not whole."""

    UP = "up"
    NEAREST = "nearest"


class SizeScope(Enum):
    """Whose recipients N counts: a size for every form of service, or one for the organisation, shared among forms."""

    FORM = "form"
    ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True)
class SizeRule:
    """The numbers of a rule.

    FINITE_POPULATION: `share` is w, the expected share, `margin` Δ, the largest error of a share (both of 1), `t` the
    coefficient of the confidence level. SHARE: `share` of the recipients; `margin` is 0. `cap` bounds either. `t`
    also serves to say which error of a share a size leaves.
    """

    kind: SizeKind
    share: Fraction
    margin: Fraction
    t: Fraction
    cap: int | None = None
    rounding: SizeRounding = SizeRounding.UP
    scope: SizeScope = SizeScope.FORM


def coefficient(level: Fraction) -> Fraction:
    """t of a confidence level: the two-sided quantile of the normal distribution to six decimals; 1.959964 for 0.95.

    Six decimals, because the last bits of a quantile differ between machines and a size must not.
    """
    quantile = NormalDist().inv_cdf((1 + float(level)) / 2)
    return Fraction(round_exact(Fraction(quantile), COEFFICIENT_DIGITS, RoundingMode.HALF_UP))


def read_size_rule(reader: Reader, standing: SizeRule | None = None) -> SizeRule:
    """The keys `kind`, `share`, `margin`, `t` or `level`, `cap`, `rounding`, `scope`; what is not written stands."""
    kind = reader.one_of("kind", SizeKind, standing.kind if standing else None)
    needs_margin = kind is SizeKind.FINITE_POPULATION
    share = read_part(reader, "share", standing.share if standing else None)
    margin = read_part(reader, "margin", standing.margin if standing else None) if needs_margin else Fraction(0)
    if not needs_margin and reader.has("margin"):
        reader.note("SAMPLE-03", reader.place("margin"))
        reader.taken.add("margin")
    return SizeRule(
        kind,
        share,
        margin,
        _coefficient(reader, standing.t if standing else coefficient(LEVEL)),
        _cap(reader, standing.cap if standing else None),
        reader.one_of("rounding", SizeRounding, standing.rounding if standing else SizeRounding.UP),
        reader.one_of("scope", SizeScope, standing.scope if standing else SizeScope.FORM),
    )


def read_part(reader: Reader, key: str, default: Fraction | None = None) -> Fraction:
    """A number between 0 and 1, both left out; 40 % is 0.4. Another is noted and read as 1/2."""
    return within(reader, key, reader.number(key, default), Fraction(1, 2))


def within(reader: Reader, key: str, found: Fraction, fallback: Fraction) -> Fraction:
    """A number if it lies between 0 and 1; else it is noted."""
    if 0 < found < 1:
        return found
    if reader.has(key):
        reader.note("SAMPLE-01", reader.place(key), key=key, value=str(found))
    return fallback


def read_at_least(reader: Reader, key: str, least: int, default: int) -> int:
    """A whole number not below `least`; another is noted."""
    found = reader.whole(key, default)
    if found >= least or not reader.has(key):
        return found
    reader.note("SAMPLE-02", reader.place(key), key=key, value=found, least=least)
    return default


def _coefficient(reader: Reader, standing: Fraction) -> Fraction:
    """t as given, or of the confidence level; both at once would contradict each other."""
    if reader.has("t") and reader.has("level"):
        reader.note("SAMPLE-04", reader.place("t"))
    level = read_part(reader, "level", LEVEL)
    given = reader.number("t", coefficient(level) if reader.has("level") else standing)
    if given > 0:
        return given
    reader.note("SAMPLE-02", reader.place("t"), key="t", value=given, least=0)
    return standing


def _cap(reader: Reader, standing: int | None) -> int | None:
    found = read_at_least(reader, "cap", 1, standing or 1)
    return found if reader.has("cap") else standing
