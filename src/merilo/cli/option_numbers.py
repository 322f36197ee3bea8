"""Numbers given as options, as people write them: 0.4, 0,4 and 40 % are the same."""

from __future__ import annotations

from fractions import Fraction


def number_text(text: str) -> str:
    """The same number with a point and without a percent sign; what is no number stays for others to complain of."""
    bare = text.strip().replace(",", ".")
    if not bare.endswith("%"):
        return bare
    try:
        return str(Fraction(bare.removesuffix("%").strip()) / 100)
    except (ValueError, ZeroDivisionError):
        return bare


def exact_number(text: str) -> Fraction | None:
    """The number exactly; None where there is none, or one with an exponent, which may have a million digits."""
    bare = number_text(text)
    if "e" in bare.lower():
        return None
    try:
        return Fraction(bare)
    except (ValueError, ZeroDivisionError):
        return None
