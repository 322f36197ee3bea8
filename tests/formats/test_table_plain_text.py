"""One form for comparing answers."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merilo.formats.plain_text import clean_cell, plain


@pytest.mark.parametrize("text", ["Да", "да ", "ДА\u00a0", "\u200bда", "д\u00adа", "да\x00", "\tДа\r\n"])
def test_one_answer_in_many_writings(text: str) -> None:
    assert plain(text) == "да"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ещё  раз", "еще раз"),
        (unicodedata.normalize("NFD", "Ещё мой"), "еще мой"),
        ("нет\n\u00a0 данных", "нет данных"),
        ("Й", "й"),
        ("да, но", "да, но"),
        ("", ""),
    ],
)
def test_plain(text: str, expected: str) -> None:
    assert plain(text) == expected


@given(st.text())
def test_plain_of_plain_is_itself(text: str) -> None:
    assert plain(plain(text)) == plain(text)


def test_a_cell_keeps_what_is_inside() -> None:
    assert clean_cell("\ufeff\u00a0 Дом\u00a0 культуры \u200b") == "Дом\u00a0 культуры"
