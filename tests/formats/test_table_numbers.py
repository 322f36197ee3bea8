"""Which texts are numbers, which mean «no data», and which are neither."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merilo.assessment.errors import Place
from merilo.formats.numbers import ExactNumber, Missing, Reason, Unreadable, parse_number, unreadable_number
from tests.formats.table_files import say


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0,96", Fraction(96, 100)),
        ("0.96", Fraction(96, 100)),
        ("5", Fraction(5)),
        ("007", Fraction(7)),
        ("-5", Fraction(-5)),
        ("−5", Fraction(-5)),
        ("+5", Fraction(5)),
        ("-0", Fraction(0)),
        (" 12 345,6 ", Fraction(123456, 10)),
        ("12\u00a0345,6", Fraction(123456, 10)),
        ("12\u2009345.6", Fraction(123456, 10)),
        ("1\u202f234\u202f567", Fraction(1234567)),
        ("\ufeff0,5\u200b", Fraction(1, 2)),
        ("123456789012345", Fraction(123456789012345)),
        ("100000000000000000000", Fraction(10**20)),
        ("0,000000000000001", Fraction(1, 10**15)),
    ],
)
def test_numbers(text: str, value: Fraction) -> None:
    assert parse_number(text) == ExactNumber(value)


@pytest.mark.parametrize("text", ["95%", "95 %", "95\u00a0%", " 95,0% "])
def test_percent_is_told_apart(text: str) -> None:
    assert parse_number(text) == ExactNumber(Fraction(95), percent=True)


NO_DATA = ["", " ", "\u00a0", "-", "–", "—", "−", "…", "...", "нет данных", "Нет\u00a0данных ", "НЕТ  ДАННЫХ"]
NOT_AVAILABLE = ["н/д", "Н/Д", "н.д.", "нд", "n/a", "N/A", "na", "NA", "#Н/Д", "#N/A"]


@pytest.mark.parametrize("text", [*NO_DATA, *NOT_AVAILABLE])
def test_missing(text: str) -> None:
    assert parse_number(text) == Missing(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("1e3", Reason.EXPONENT),
        ("1,5E+10", Reason.EXPONENT),
        ("1234567890123456", Reason.TOO_MANY_DIGITS),
        ("0,1234567890123456", Reason.TOO_MANY_DIGITS),
        ("1" + "0" * 50, Reason.TOO_MANY_DIGITS),
        ("1,2,3", Reason.SEVERAL_SEPARATORS),
        ("1.234.567", Reason.SEVERAL_SEPARATORS),
        ("1,234.5", Reason.SEVERAL_SEPARATORS),
        ("12 34", Reason.GROUPING),
        ("1 2345", Reason.GROUPING),
        ("1234 567", Reason.GROUPING),
        ("0,96 5", Reason.GROUPING),
        ("١٢", Reason.FOREIGN_DIGITS),
        ("１２", Reason.FOREIGN_DIGITS),
        ("5²", Reason.FOREIGN_DIGITS),
        ("½", Reason.FOREIGN_DIGITS),
        ("O,96", Reason.LETTERS),
        ("0,9б", Reason.LETTERS),
        ("5 баллов", Reason.LETTERS),
        ("хорошо", Reason.LETTERS),
        ("inf", Reason.NOT_FINITE),
        ("-Infinity", Reason.NOT_FINITE),
        ("nan", Reason.NOT_FINITE),
        ("∞", Reason.NOT_FINITE),
        ("16/18", Reason.FRACTION),
        ("12.05.2024", Reason.DATE),
        ("2024-05-12", Reason.DATE),
        ("05.дек", Reason.DATE),
        ("#DIV/0!", Reason.SPREADSHEET_ERROR),
        ("#ССЫЛКА!", Reason.SPREADSHEET_ERROR),
        ("#ИМЯ?", Reason.SPREADSHEET_ERROR),
        ("0,96\\7", Reason.NOT_A_NUMBER),
        (",5", Reason.NOT_A_NUMBER),
        ("5,", Reason.NOT_A_NUMBER),
        ("--5", Reason.NOT_A_NUMBER),
        ("- 5", Reason.NOT_A_NUMBER),
        ("%", Reason.NOT_A_NUMBER),
        ("1\n234", Reason.NOT_A_NUMBER),
        ("1\t234", Reason.NOT_A_NUMBER),
        ("5%%", Reason.NOT_A_NUMBER),
    ],
)
def test_unreadable(text: str, reason: Reason) -> None:
    assert parse_number(text) == Unreadable(text, reason)


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_its_sentence(reason: Reason) -> None:
    found = unreadable_number(Unreadable("0,96\\7\u00a0", reason), Place("баллы.csv", 7, "Балл"))
    assert found.place == Place("баллы.csv", 7, "Балл")
    assert "0,96\\7" in say(found, "ru")
    assert "0,96\\7" in say(found, "en")


@given(whole=st.integers(-999_999_999, 999_999_999), decimals=st.integers(0, 99_999), percent=st.booleans())
def test_written_in_any_way_it_is_the_same_number(whole: int, decimals: int, percent: bool) -> None:
    sign = "-" if whole < 0 else ""
    plain_way = f"{sign}{abs(whole)}.{decimals:05}"
    russian_way = f"{sign.replace('-', '−')}{abs(whole):,}".replace(",", "\u00a0") + f",{decimals:05}"
    tail = " %" if percent else ""
    expected = ExactNumber(Fraction(plain_way), percent)
    if len(plain_way.lstrip("-").replace(".", "").strip("0")) <= 15:
        assert parse_number(plain_way + tail) == parse_number(russian_way + tail) == expected


@given(st.text(max_size=12))
def test_any_text_is_one_of_the_three(text: str) -> None:
    assert isinstance(parse_number(text), ExactNumber | Missing | Unreadable)


@given(st.text(alphabet="0123456789,. -−%\u00a0", max_size=12))
def test_a_number_is_never_invented(text: str) -> None:
    """Digits that are read are the digits that were written, in their order."""
    found = parse_number(text)
    if isinstance(found, ExactNumber):
        written = "".join(letter for letter in text if letter.isdigit())
        decimals = len(text.strip().rstrip("% \u00a0").replace(",", ".").partition(".")[2].strip())
        assert abs(found.value) * 10**decimals == int(written)
