"""Numbers as people write them in tables: read exactly, or refused with the reason."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from merilo.assessment.errors import Place, Problem, problem
from merilo.assessment.methodology.quantity import NO_VALUE
from merilo.formats.plain_text import clean_cell, plain

# A spreadsheet keeps 15 significant digits; anything longer has lost its tail on the way, or is not an amount.
MOST_DIGITS = 15
LONGEST = 40


@dataclass(frozen=True, slots=True)
class ExactNumber:
    """A number exactly as written; `95%` is 95 with `percent`, and the caller decides what that means."""

    value: Fraction
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Missing:
    """The table says there is no value: an empty cell, a dash, «нет данных»."""

    text: str


class Reason(Enum):
    """Why a text is not taken for a number."""

    EXPONENT = "exponent"
    TOO_MANY_DIGITS = "too many digits"
    SEVERAL_SEPARATORS = "several separators"
    GROUPING = "grouping"
    FOREIGN_DIGITS = "foreign digits"
    LETTERS = "letters"
    NOT_FINITE = "not finite"
    FRACTION = "fraction"
    DATE = "date"
    SPREADSHEET_ERROR = "spreadsheet error"
    NOT_A_NUMBER = "not a number"


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something stands there, but it is not a number; nobody guesses."""

    text: str
    reason: Reason


def parse_number(text: str) -> ExactNumber | Missing | Unreadable:
    """The number in a cell: `0,96`, `0.96`, `12 345,6`, `−5`, `95 %`.

    >>> parse_number("0,96").value
    Fraction(24, 25)
    >>> parse_number("O,96").reason.value
    'letters'
    """
    if plain(text) in NO_VALUE:
        return Missing(text)
    bare = _GROUP_SPACE.sub(" ", clean_cell(text)).replace("−", "-")
    percent = bare.endswith("%")
    amount = bare[:-1].rstrip() if percent else bare
    shape = _NUMBER.fullmatch(amount)
    if shape is None:
        return Unreadable(text, _reason(bare))
    whole, decimals = shape["whole"].replace(" ", ""), shape["decimals"] or ""
    if len((whole + decimals).strip("0")) > MOST_DIGITS or len(amount) > LONGEST:
        return Unreadable(text, Reason.TOO_MANY_DIGITS)
    value = Fraction(int(whole + decimals), 10 ** len(decimals))
    return ExactNumber(-value if shape["sign"] == "-" else value, percent)


def unreadable_number(found: Unreadable, place: Place) -> Problem:
    """The problem to show for a text that should have been a number."""
    return problem(_CODES[found.reason], place, value=clean_cell(found.text))


# Spaces that set off thousands; a line break or a tab between digits means two values and is not among them.
_GROUP_SPACE = re.compile("[ \u00a0\u2007\u2009\u202f]+")
_NUMBER = re.compile(r"(?P<sign>[-+]?)(?P<whole>[0-9]+|[0-9]{1,3}(?: [0-9]{3})+)(?:[.,](?P<decimals>[0-9]+))?")

_MONTHS = "янв|фев|мар|апр|май|мая|июн|июл|авг|сен|окт|ноя|дек|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_DATE = (
    rf"[0-9]{{1,2}}[./][0-9]{{1,2}}[./][0-9]{{4}}|[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}.*|[0-9]{{1,2}}[.\- ](?:{_MONTHS}).*"
)

# The first shape that fits names the reason.
_SHAPES = tuple(
    (re.compile(pattern, re.IGNORECASE), reason)
    for pattern, reason in (
        (r"#.+[!?]|#[A-ZА-Я/]+|Err:[0-9]+", Reason.SPREADSHEET_ERROR),
        (r"[-+]?(?:inf|infinity|nan|∞|1\.#.*)", Reason.NOT_FINITE),
        (r"[-+]?[0-9]+(?:[.,][0-9]*)?[eе][-+]?[0-9]+", Reason.EXPONENT),
        (_DATE, Reason.DATE),
        (r"[-+]?[0-9 ]+/[0-9 ]+", Reason.FRACTION),
        (r"[-+]?[0-9 ]*[.,][0-9 .,]*[.,][0-9 ]*%?", Reason.SEVERAL_SEPARATORS),
        (r"[-+]?[0-9]+ [0-9 ]*(?:[.,][0-9 ]*)?%?|[-+]?[0-9]+[.,][0-9]+ [0-9 ]*%?", Reason.GROUPING),
        (r".*[^\W\d_].*", Reason.LETTERS),
    )
)

_CODES = {
    Reason.EXPONENT: "TABLE-41",
    Reason.TOO_MANY_DIGITS: "TABLE-42",
    Reason.SEVERAL_SEPARATORS: "TABLE-43",
    Reason.GROUPING: "TABLE-44",
    Reason.FOREIGN_DIGITS: "TABLE-45",
    Reason.LETTERS: "TABLE-46",
    Reason.NOT_FINITE: "TABLE-47",
    Reason.FRACTION: "TABLE-48",
    Reason.DATE: "TABLE-49",
    Reason.SPREADSHEET_ERROR: "TABLE-50",
    Reason.NOT_A_NUMBER: "TABLE-51",
}


def _reason(text: str) -> Reason:
    """Why this text is not a number, in the words most useful for repairing it."""
    if any(letter.isnumeric() and letter not in "0123456789" for letter in text):
        return Reason.FOREIGN_DIGITS
    return next((reason for shape, reason in _SHAPES if shape.fullmatch(text)), Reason.NOT_A_NUMBER)
