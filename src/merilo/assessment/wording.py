"""Sentences in the user's language: templates are data, numbers and plural forms are put right here.

A template is a Python format string with three specs of our own:
`{n:plural:организация|организации|организаций}` picks the form that goes with n,
`{x:number:2}` prints a number with so many decimals and the language's decimal sign,
`{x:nobreak}` keeps a phrase together with no-break spaces.
"""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

NO_BREAK = "\u00a0"


def plural_index(language: str, number: object) -> int:
    """Which plural form goes with a number. Russian: 1 организация, 2 организации, 5 организаций;
    a number with decimals takes the second form (9,44 балла)."""
    value = Decimal(str(number).replace(",", "."))
    if language != "ru":
        return 0 if value == 1 else 1
    if value != value.to_integral_value() or "." in str(value):
        return 1
    whole = abs(int(value))
    if whole % 10 == 1 and whole % 100 != 11:
        return 0
    return 1 if 2 <= whole % 10 <= 4 and not 12 <= whole % 100 <= 14 else 2


def decimal_text(language: str, value: Decimal) -> str:
    """A decimal as printed: Russian uses the comma, and a true minus sign stands before negatives."""
    text = format(value, "f")
    if language == "ru":
        text = text.replace(".", ",")
    return text.replace("-", "−")


class _Formatter(string.Formatter):
    """`str.format` with the specs described above."""

    def __init__(self, language: str) -> None:
        self.language = language

    def format_field(self, value: Any, format_spec: str) -> str:
        kind, _, rest = format_spec.partition(":")
        if kind == "plural":
            forms = rest.split("|")
            return forms[min(plural_index(self.language, value), len(forms) - 1)]
        if kind == "number":
            quantum = Decimal(1).scaleb(-int(rest or "0"))
            return decimal_text(self.language, Decimal(str(value)).quantize(quantum))
        if kind == "nobreak":
            return str(value).replace(" ", NO_BREAK)
        if isinstance(value, Decimal):
            return decimal_text(self.language, value)
        return str(super().format_field(value, format_spec))


@dataclass(frozen=True, slots=True)
class Wording:
    """The catalogue of one language. Missing codes are programming mistakes and raise KeyError."""

    language: str
    templates: Mapping[str, str]

    def say(self, code: str, /, **values: object) -> str:
        """The sentence with this code, its values filled in."""
        return _Formatter(self.language).vformat(self.templates[code], (), values)

    def number(self, value: Decimal | Fraction | int | str) -> str:
        """A number that is already rounded, as this language prints it."""
        return decimal_text(self.language, value if isinstance(value, Decimal) else Decimal(str(value)))

    def exact(self, value: Fraction) -> str:
        """A number as it is, never rounded: a decimal where one says it (2/5 is 0.4), else a fraction (1/3)."""
        digits, rest = 0, value.denominator
        for prime in (2, 5):
            times = 0
            while rest % prime == 0:
                rest, times = rest // prime, times + 1
            digits = max(digits, times)
        if rest != 1:
            return f"{value.numerator}/{value.denominator}".replace("-", "−")
        scaled = abs(value.numerator) * 10**digits // value.denominator
        return self.number(Decimal((int(value < 0), tuple(map(int, str(scaled))), -digits)))
