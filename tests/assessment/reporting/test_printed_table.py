"""Printed tables: numbers rounded half up, wide tables in parts, sheets with names Excel takes."""

from __future__ import annotations

from decimal import Decimal

import pytest

from merilo.assessment.reporting.printed_table import (
    DASH,
    PrintedNumber,
    PrintedRow,
    PrintedTable,
    cell_text,
    count,
    p_text,
    parts_of,
    percent,
    rounded,
)
from merilo.assessment.reporting.tabulation_outputs import tabulation_workbook
from merilo.shelf import wording

WORDS = wording("ru", "tabulate")


def wide(columns: int, name: str = "q1") -> PrintedTable:
    headers = ("Ответ", *(f"г{number}" for number in range(columns)))
    row = PrintedRow(("Да", *(count(number) for number in range(columns))), strong=True)
    return PrintedTable(name, "Вопрос", headers, (row,), ("Пояснение.",))


def test_numbers_are_rounded_half_up_and_nothing_is_a_dash() -> None:
    assert rounded(0.125, 2) == PrintedNumber(Decimal("0.13"))
    assert rounded(-0.125, 2) == PrintedNumber(Decimal("-0.13"))
    assert rounded(float("nan"), 2) == DASH
    assert cell_text(percent(0.0625, "↑"), WORDS) == "6,3↑"
    assert cell_text("скрыто", WORDS) == "скрыто"


@pytest.mark.parametrize(
    ("value", "text"), [(0.0312, "p = 0,031"), (0.00099, "p < 0,001"), (0.001, "p = 0,001"), (1.0, "p = 1,000")]
)
def test_p_values(value: float, text: str) -> None:
    assert p_text(value, WORDS) == text


def test_a_table_that_fits_stays_whole() -> None:
    assert parts_of(wide(5), 5, WORDS) == (wide(5),)


def test_a_wide_table_comes_in_parts_with_the_first_column_in_each() -> None:
    first, second, third = parts_of(wide(7), 3, WORDS)
    assert [part.headers for part in (first, second, third)] == [
        ("Ответ", "г0", "г1", "г2"),
        ("Ответ", "г3", "г4", "г5"),
        ("Ответ", "г6"),
    ]
    assert [cell_text(cell, WORDS) for cell in third.rows[0].cells] == ["Да", "6"]
    assert third.rows[0].strong
    assert (first.notes, third.notes) == ((), ("Пояснение.",))
    assert first.caption == "Вопрос (часть 1 из 3)"


def test_sheets_have_names_of_their_own_that_excel_takes() -> None:
    names = ["q1", "Q1", "a[b]:c*d?e/f", "я" * 40, "я" * 40]
    book = tabulation_workbook([wide(2, name) for name in names], "Оценка", (), WORDS)
    found = [sheet.name for sheet in book.sheets]
    assert found == ["q1", "Q1 2", "abcdef", "я" * 31, f"{'я' * 27} 2", "Пояснения"]
    assert all(len(name) <= 31 for name in found)
