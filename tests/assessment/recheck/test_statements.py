"""Statements of the text against the tables and against each other."""

from __future__ import annotations

from fractions import Fraction as F

import pytest

from merilo.assessment.methodology.edition import Comparison
from merilo.assessment.recheck.claims import Claim, Scope, Statistic
from merilo.assessment.recheck.defect import Certainty, DefectKind
from merilo.assessment.recheck.statements import check_claim, check_claims
from tests.assessment.recheck.printed_values import claim, number, published, units

# Five of the published criterion values of Samara 2016 (table 4) and two more, so that a value equals the mean.
VALUES = ["9.3", "9.6", "9.2", "9.4", "8.3", "9.2", "9.3"]
SIZES = ["2979", "2472", "1804", "1374", "114", "76", "89"]
ROWS = {
    str(key): {"a": value, "b": "9.0", "population": size}
    for key, (value, size) in enumerate(zip(VALUES, SIZES, strict=True), start=1)
}
REPORT = published(ROWS, attributes={key: {"form": "day" if key < "5" else "home"} for key in ROWS})
EXACT, LIKELY, HINT = Certainty.EXACT, Certainty.LIKELY, Certainty.HINT


def certainties(stated: Claim) -> list[Certainty]:
    found = check_claim(REPORT, stated)
    assert found is not None
    return [one.certainty for one in found]


@pytest.mark.parametrize(
    ("statistic", "text", "expected"),
    [
        (Statistic.MEAN, "9.19", []),
        (Statistic.MEAN, "9.2", []),
        (Statistic.MEAN, "9.1", []),  # the values may be 0.05 less each
        (Statistic.MEAN, "9.13", [LIKELY]),  # only if 9.136 was cut
        (Statistic.MEAN, "9.5", [EXACT]),
        (Statistic.SUM, "64.3", []),
        (Statistic.SUM, "70.0", [EXACT]),
        (Statistic.MINIMUM, "8.3", []),
        (Statistic.MINIMUM, "8.4", [EXACT]),
        (Statistic.MAXIMUM, "9.60", []),
        (Statistic.MAXIMUM, "9.7", [EXACT]),
        (Statistic.COUNT, "7", []),
        (Statistic.COUNT, "8", [EXACT]),
        (Statistic.BEST, "2", []),
        (Statistic.BEST, "2;4", []),  # the two highest
        (Statistic.BEST, "4", [EXACT]),
        (Statistic.BEST, "2;4;1", [HINT]),  # 7 has 9.3 too
        (Statistic.WORST, "5", []),
        (Statistic.WORST, "3", [EXACT]),
    ],
)
def test_statistics_of_a_column(statistic: Statistic, text: str, expected: list[Certainty]) -> None:
    assert certainties(claim(statistic, text)) == expected


@pytest.mark.parametrize(
    ("statistic", "text", "bound", "base", "expected"),
    [
        (Statistic.COUNT_ABOVE_MEAN, "6", None, 7, []),  # the mean is 9.186
        (Statistic.COUNT_ABOVE_MEAN, "5", None, 7, [HINT]),
        (Statistic.COUNT_ABOVE_MEAN, "1", None, 7, [EXACT]),
        (Statistic.COUNT_ABOVE_MEAN, "6", None, 8, [EXACT]),
        (Statistic.COUNT_BELOW_MEAN, "1", None, 7, []),
        (Statistic.COUNT_ABOVE, "4", "9.2", None, []),
        (Statistic.COUNT_ABOVE, "6", "9.2", None, [LIKELY]),  # those equal to 9.2 were counted
        (Statistic.COUNT_AT_LEAST, "6", "9.2", None, []),
        (Statistic.COUNT_AT_LEAST, "7", "9.2", None, [EXACT]),
        (Statistic.COUNT_BELOW, "1", "9", None, []),
        (Statistic.COUNT_AT_MOST, "3", "9.2", None, []),
        (Statistic.COUNT_EQUAL, "2", "9.3", None, []),
        (Statistic.COUNT_EQUAL, "3", "9.3", None, [EXACT]),
    ],
)
def test_counts_of_units(
    statistic: Statistic, text: str, bound: str | None, base: int | None, expected: list[Certainty]
) -> None:
    stated = claim(statistic, text, bound=number(bound) if bound else None, bases=(base,) if base else ())
    assert certainties(stated) == expected


def test_a_scope_is_some_units_or_a_column_of_text() -> None:
    assert certainties(claim(Statistic.MINIMUM, "9.2", scope=Scope(column="form", value="day"))) == []
    assert certainties(claim(Statistic.MINIMUM, "9.2", scope=units("1", "3"))) == []
    assert certainties(claim(Statistic.MINIMUM, "8.3", scope=units("1", "3"))) == [EXACT]


def test_the_text_may_print_ten_times_the_tables_unit() -> None:
    assert certainties(claim(Statistic.MAXIMUM, "96.0", times=F(10))) == []
    assert certainties(claim(Statistic.MEAN, "91.9 %", times=F(10))) == []
    assert certainties(claim(Statistic.MEAN, "95.4 %", times=F(10))) == [EXACT]


def test_a_mean_weighted_by_recipients_is_recognised() -> None:
    (found,) = check_claim(REPORT, claim(Statistic.MEAN, "9.36")) or []
    assert (found.certainty, found.reason) == (LIKELY, "MEAN-BY-POPULATION")


@pytest.mark.parametrize(
    ("limit", "text", "wrong"),
    [(Comparison.ABOVE, "9.1", False), (Comparison.ABOVE, "9.4", True), (Comparison.BELOW, "9.1", True)],
)
def test_a_limit_is_compared_as_a_limit(limit: Comparison, text: str, wrong: bool) -> None:
    assert bool(certainties(claim(Statistic.MEAN, text, limit=limit))) is wrong


@pytest.mark.parametrize(("text", "expected"), [("a", []), ("b", [EXACT]), ("a;b", [])])
def test_the_highest_subject_of_one_unit(text: str, expected: list[Certainty]) -> None:
    stated = claim(Statistic.HIGHEST, text, "", subjects=("a", "b"), scope=units("1"))
    assert certainties(stated) == expected


def test_what_the_tables_do_not_hold_is_listed_as_unchecked() -> None:
    stated = claim(Statistic.MEAN, "9.2", "unknown")
    assert check_claims(REPORT, [stated])[1].unchecked == (stated,)


def test_one_figure_said_twice_must_be_the_same() -> None:
    def said(text: str, limit: Comparison = Comparison.EQUALS) -> Claim:
        return claim(Statistic.FIGURE, text, "satisfaction", limit=limit)

    assert check_claims(REPORT, [said("84.72"), said("84.7")])[0] == []
    (found,) = check_claims(REPORT, [said("84.72"), said("84.8")])[0]
    assert (found.kind, found.certainty) == (DefectKind.PRINTED_DIFFERENTLY, EXACT)
    assert len(check_claims(REPORT, [said("92.11"), said("94", Comparison.ABOVE)])[0]) == 1
    assert check_claims(REPORT, [said("95.44"), said("94", Comparison.ABOVE)])[0] == []
