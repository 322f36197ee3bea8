"""Shares of whole numbers of answers, in tables and in the text."""

from __future__ import annotations

from fractions import Fraction as F

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merilo.assessment.recheck.answers import check_shares, is_possible, judge_share, least_common_base, possible_bases
from merilo.assessment.recheck.claims import Statistic
from merilo.assessment.recheck.defect import Certainty, DefectKind
from merilo.assessment.recheck.printed import Reading
from merilo.assessment.recheck.publication import DeclaredShares
from merilo.assessment.recheck.stated_shares import check_common_base, check_percent, check_share
from merilo.assessment.rounding import RoundingMode, round_exact
from tests.assessment.recheck.printed_values import claim, number, published

HUNDRED = F(100)
NOTHING = published({})


@given(st.integers(1, 300), st.data())
def test_every_share_of_a_base_is_possible(base: int, data: st.DataObject) -> None:
    count, decimals = data.draw(st.integers(0, base)), data.draw(st.integers(0, 2))
    printed = number(format(round_exact(F(100 * count, base), decimals, RoundingMode.HALF_UP), "f"))
    assert is_possible(printed, base, HUNDRED, reading=Reading.ROUNDED, exactly=True)


# Kaluga 2023, 61 questionnaires; Kemerovo 2017, 55 or 57 institutions; Samara 2016, 27 managers.
@pytest.mark.parametrize(
    ("text", "bases", "kind"),
    [
        ("90.16", (61,), None),
        ("4.9", (61,), None),
        ("86.88", (61,), DefectKind.CUT_NOT_ROUNDED),
        ("68.0", (27,), DefectKind.IMPOSSIBLE_SHARE),
        ("41", (57,), DefectKind.IMPOSSIBLE_SHARE),
        ("76", (55, 57), None),
        ("29", (57,), DefectKind.CUT_NOT_ROUNDED),
        ("0", (5,), None),
        ("100", (5,), None),
    ],
)
def test_published_shares(text: str, bases: tuple[int, ...], kind: DefectKind | None) -> None:
    found = judge_share(number(text), bases, HUNDRED, reading=Reading.ROUNDED, exactly=True)
    assert (found.kind if found else None) is kind


def test_a_share_that_ends_on_a_digit_is_not_cut() -> None:
    """19 of 20 is 0.95: cut to two decimals it stays 0.95, so 0.94 of 20 is impossible either way."""
    found = judge_share(number("0.94"), (20,), F(1), reading=Reading.ROUNDED, exactly=True)
    assert found is not None
    assert (found.kind, found.certainty) == (DefectKind.IMPOSSIBLE_SHARE, Certainty.EXACT)


def test_the_bases_that_would_make_a_share_possible() -> None:
    bases = possible_bases(number("68.0"), 27, HUNDRED, reading=Reading.ROUNDED)
    assert bases == (25, 50, 75, 97)
    shares = [number(text) for text in ("18", "9", "55", "30", "41", "76", "33", "29")]
    assert least_common_base(shares, HUNDRED, reading=Reading.ROUNDED) == 66


def test_fewer_may_have_answered() -> None:
    """0.97 needs at least 29 answers; 0.95 of 24 asked may be 19 of 20 who answered."""
    for text, possible in (("0.97", False), ("0.95", True)):
        assert is_possible(number(text), 24, F(1), reading=Reading.ROUNDED, exactly=False) is possible


def test_a_column_of_shares_with_its_own_bases() -> None:
    rows = {"1": {"a": "0.97", "sample": "24"}, "2": {"a": "0.97", "sample": "33"}, "3": {"a": "", "sample": "10"}}
    report = published(rows, shares=(DeclaredShares(("a",), "sample", F(1), exactly=True),))
    (found,) = check_shares(report)
    assert (found.kind, found.certainty, found.unit) == (DefectKind.IMPOSSIBLE_SHARE, Certainty.EXACT, "1")
    assert [where.cell.column for where in found.others] == ["sample"]
    for_all = published(rows, shares=(DeclaredShares(("a",), "33", F(1), exactly=True),))
    assert list(check_shares(for_all)) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [("63 %", None), ("62.96%", None), ("62%", DefectKind.CUT_NOT_ROUNDED), ("64%", DefectKind.SHARE_WRONG)],
)
def test_seventeen_of_twenty_seven(text: str, kind: DefectKind | None) -> None:
    found = list(check_share(NOTHING, claim(Statistic.SHARE, text, count=17, bases=(27,))))
    assert [one.kind for one in found] == ([kind] if kind else [])


def test_a_percentage_of_a_base_that_is_only_a_limit() -> None:
    known = claim(Statistic.PERCENT, "68.0%", bases=(27,))
    limit = claim(Statistic.PERCENT, "68.0%", bases=(27,), at_most=True)
    assert [one.certainty for one in check_percent(NOTHING, known)] == [Certainty.EXACT]
    assert list(check_percent(NOTHING, limit)) == []  # 17 of 25 who answered


def test_open_bases_must_have_one_that_gives_all() -> None:
    shares = [claim(Statistic.PERCENT, f"{text}%", bases=(55, 57)) for text in ("18", "30", "76", "29", "33")]
    (found,) = check_common_base(NOTHING, shares)
    details = dict(found.details)
    assert (found.kind, found.certainty) == (DefectKind.NO_COMMON_BASE, Certainty.EXACT)
    assert details["each"] == "55: 30%; 57: 76%, 29%"
    assert list(check_common_base(NOTHING, shares[:1])) == []
