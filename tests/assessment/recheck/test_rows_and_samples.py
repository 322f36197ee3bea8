"""Single cells, equal rows, sample sizes."""

from __future__ import annotations

from fractions import Fraction as F
from random import Random

import pytest

from merilo.assessment.methodology.size_rule import SizeKind, SizeRounding, SizeRule
from merilo.assessment.recheck.cells import check_cells
from merilo.assessment.recheck.defect import Certainty, DefectKind
from merilo.assessment.recheck.identical_rows import check_identical_rows
from merilo.assessment.recheck.publication import PublishedSubject
from merilo.assessment.recheck.sample_sizes import check_sample_sizes
from tests.assessment.recheck.printed_values import published

COLUMNS = "abcdefghij"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("0.5", None),
        ("", None),
        ("0.96\\7", DefectKind.UNREADABLE),
        ("1.2", DefectKind.OFF_SCALE),
        ("-0.1", DefectKind.OFF_SCALE),
        ("0.7", DefectKind.OFF_LIST),
    ],
)
def test_a_cell_by_itself(text: str, kind: DefectKind | None) -> None:
    subject = PublishedSubject("ramp", "", F(0), F(1), (F(0), F(1, 2), F(1)))
    found = list(check_cells(published({"1": {"ramp": text}}, subjects={"ramp": subject})))
    assert [(one.kind, one.certainty) for one in found] == ([(kind, Certainty.EXACT)] if kind else [])


def rows(equal: int, seed: int = 1) -> dict[str, dict[str, str]]:
    """Twenty-four organisations of ten shares each; the first `equal` print the same."""
    random = Random(seed)  # noqa: S311 - examples, no secrets
    table = {str(key): {column: f"{random.randint(82, 99)}" for column in COLUMNS} for key in range(1, 25)}
    for key in range(2, equal + 1):
        table[str(key)] = dict(table["1"])
    return table


def test_equal_rows_of_many_organisations_are_no_chance() -> None:
    (found,) = check_identical_rows(published(rows(4)))
    assert (found.kind, found.certainty) == (DefectKind.IDENTICAL_ROWS, Certainty.LIKELY)
    assert dict(found.details)["units"] == ("1", "2", "3", "4")
    assert len(found.others) == 3


def test_rows_that_differ_in_one_column_are_found_too() -> None:
    table = rows(4)
    for key in ("1", "2", "3", "4"):
        table[key]["c"] = key
    (found,) = check_identical_rows(published(table))
    assert dict(found.details)["without"] == "c"


@pytest.mark.parametrize("seed", range(5))
def test_unlike_rows_give_nothing(seed: int) -> None:
    assert list(check_identical_rows(published(rows(1, seed)))) == []


def test_equal_rows_of_best_marks_are_no_wonder() -> None:
    """Where nearly everybody has 100 everywhere, rows are equal by chance."""
    table = {str(key): dict.fromkeys(COLUMNS, "100") for key in range(1, 25)}
    for key in range(1, 11):
        table[str(key)][COLUMNS[key - 1]] = "90"
    assert list(check_identical_rows(published(table))) == []


FORMULA = SizeRule(SizeKind.FINITE_POPULATION, F("0.9"), F("0.1"), F("1.65"), rounding=SizeRounding.NEAREST)
PERCENT = SizeRule(SizeKind.SHARE, F("0.4"), F(0), F(1), cap=600)


@pytest.mark.parametrize(
    ("rule", "population", "sample", "certainty"),
    [
        (FORMULA, "2979", "24", None),  # T17
        (FORMULA, "76", "19", None),
        (FORMULA, "200", "21", Certainty.LIKELY),  # 21.8: cut, not rounded
        (FORMULA, "2979", "20", Certainty.EXACT),
        (FORMULA, "2979", "40", Certainty.HINT),
        (PERCENT, "76", "31", None),
        (PERCENT, "2979", "600", None),
        (PERCENT, "1000", "300", Certainty.EXACT),
        (None, "1000", "3", None),
    ],
)
def test_sample_sizes(rule: SizeRule | None, population: str, sample: str, certainty: Certainty | None) -> None:
    found = list(check_sample_sizes(published({"1": {"population": population, "sample": sample}}, sample=rule)))
    assert [(one.kind, one.certainty) for one in found] == ([(DefectKind.SAMPLE_SIZE, certainty)] if certainty else [])
