"""A workbook as data: sheets, columns and cells, some of them formulas with the value they give."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from merilo.assessment.rounding import Rounding, RoundingMode

GENERAL = None
EXACT_DIGITS = 15


@dataclass(frozen=True, slots=True)
class NumberCell:
    """A number and how many decimals of it are shown (None: as many as there are)."""

    value: float
    digits: int | None = GENERAL


@dataclass(frozen=True, slots=True)
class FormulaCell:
    """A formula in A1 notation without its equals sign, the value it gives, and how many decimals are shown."""

    formula: str
    value: float
    digits: int | None = GENERAL


SheetCell = str | NumberCell | FormulaCell | None


@dataclass(frozen=True, slots=True)
class WorkbookColumn:
    """A column: its header and its width in letters."""

    header: str
    width: int


@dataclass(frozen=True, slots=True)
class WorkbookSheet:
    """A sheet: its name, its columns, its rows below the header; the first `frozen` columns stay in sight."""

    name: str
    columns: tuple[WorkbookColumn, ...]
    rows: Sequence[tuple[SheetCell, ...]]
    frozen: int = 0


def column_letters(index: int) -> str:
    """`A` for 0, `AA` for 26."""
    letters = ""
    while index >= 0:
        letters = chr(ord("A") + index % 26) + letters
        index = index // 26 - 1
    return letters


def own_row(column: int, row: int) -> str:
    """A cell of the formula's own row: it moves along when the sheet is sorted. `row` 0 is the header."""
    return f"{column_letters(column)}{row + 1}"


def fixed(sheet: str, column: int, row: int) -> str:
    """A cell of another sheet, fixed: sorting the formula's sheet must not change what it refers to."""
    return f"'{sheet}'!${column_letters(column)}${row + 1}"


def fraction_cell(value: Fraction) -> NumberCell | FormulaCell:
    """An exact number: 0.3 as it is, 1/3 as the formula 1/3."""
    rest = value.denominator
    for factor in (2, 5):
        while rest % factor == 0:
            rest //= factor
    if rest == 1 or len(str(abs(value.numerator))) > EXACT_DIGITS or len(str(value.denominator)) > EXACT_DIGITS:
        return NumberCell(float(value))
    return FormulaCell(f"{value.numerator}/{value.denominator}", float(value))


def rounded_formula(formula: str, digits: int, rounding: Rounding) -> str | None:
    """The formula inside the spreadsheet's rounding; None where it has none that rounds so."""
    match rounding.mode:
        case RoundingMode.HALF_UP:
            return f"ROUND({formula},{digits})"
        case RoundingMode.HALF_EVEN:
            return None
        case RoundingMode.TRUNCATE:
            # A computed 60.63 may lie a hair below itself; cutting would make 60.62 of it.
            return f"TRUNC(ROUND({formula},9),{digits})"


def estimate_cell(value: float, digits: int) -> SheetCell:
    """An error or the end of an interval; nothing where it is not known."""
    return None if math.isnan(value) else NumberCell(value, digits)


def computed(formula: str, value: float, digits: int | None, rounding: Rounding | None = None) -> SheetCell:
    """A formula with its value; a plain number where `rounding` cannot be said in a formula."""
    if rounding is None:
        return FormulaCell(formula, value, digits)
    text = rounded_formula(formula, rounding.digits, rounding)
    return NumberCell(value, digits) if text is None else FormulaCell(text, value, digits)


def shown_digits(rounding: Rounding) -> int:
    """How many decimals of an unrounded score are shown, so that what is displayed never contradicts the print.

    Spreadsheets display numbers rounded half up; where the edition rounds otherwise, more digits are shown.
    """
    return rounding.printed if rounding.mode is RoundingMode.HALF_UP else rounding.printed + 4


def width_of(texts: Sequence[str], narrowest: int = 10, widest: int = 45) -> int:
    """A width that holds the longest of some texts, within reason."""
    # Widths are counted in digits, and Russian letters are wider.
    return min(widest, max([narrowest, *(len(text) * 6 // 5 + 3 for text in texts)]))
