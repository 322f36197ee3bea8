"""Frequencies and cross-tables: counts unweighted, shares weighted, small cells hidden, the test as R has it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from merilo.assessment.responses.cross_table import ShareOf, cross_table
from merilo.assessment.responses.frequencies import frequencies
from merilo.assessment.responses.respondents import Respondents, Weighting, stratify
from merilo.assessment.responses.variable import Variable, banded, quarter_edges, several
from merilo.assessment.stats.proportions import wilson
from tests.assessment.stats.reference import floats, opened

EVERYTHING = 1  # a minimum base that hides nothing
CASES = opened("crosstab")


def variable(codes: list[int], *, groups: int = 0) -> Variable:
    names = tuple(f"ответ {number}" for number in range(groups or max(codes) + 1))
    return Variable("q", "Вопрос", names, np.array(codes))


def sample(size: int, weighting: Weighting = Weighting.NONE) -> Respondents:
    return stratify(np.zeros(size, np.int64), [0], [np.nan], weighting)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_design_based_test_of_a_cross_table_agrees_with_r(case: Any) -> None:
    codes = [[-1 if one is None else one for one in case[name]] for name in ("row", "column")]
    weights, strata = floats(case["weight"]), np.asarray(case["stratum"])
    inside = np.ones(len(strata), np.bool_)
    of = Respondents(strata, floats(case["population"]), weights, inside, Weighting.POPULATION)
    table = cross_table(variable(codes[0]), variable(codes[1]), of, EVERYTHING)
    assert table.association is not None
    assert table.association.statistic == pytest.approx(case["F"], rel=1e-8)
    assert table.association.p_value == pytest.approx(case["p"], rel=1e-8)
    np.testing.assert_allclose(table.association.residuals, case["residuals"], rtol=1e-8, atol=1e-10)
    np.testing.assert_allclose(table.shares(ShareOf.TOTAL)[:-1, :-1], case["shares"], rtol=1e-10, atol=1e-15)


def test_a_respondent_outside_is_in_the_sample_but_in_no_cell() -> None:
    of = stratify([0, 0, 0, 1, 1, 1], [0, 1], [30, 60])
    rows, columns = variable([0, 1, 0, 1, 0, 1]), variable([0, 1, 1, 0, 1, 0])
    inside = np.array([True, True, True, True, True, False])
    found = cross_table(rows, columns, of.within(inside), EVERYTHING)
    skipped = cross_table(
        Variable("q", "Вопрос", rows.groups, np.where(inside, rows.codes, -1)), columns, of, EVERYTHING
    )
    assert found.counts[-1, -1] == 5
    assert found.association is not None
    assert skipped.association is not None
    assert found.association.p_value == skipped.association.p_value


def test_shares_of_columns_rows_and_all_with_their_bases() -> None:
    rows, columns = variable([0, 0, 1, 1, 1, -1]), variable([0, 1, 0, 0, 1, 0])
    table = cross_table(rows, columns, sample(6), EVERYTHING)
    assert table.counts.tolist() == [[1, 1, 2], [2, 1, 3], [3, 2, 5]]
    np.testing.assert_allclose(table.shares(ShareOf.COLUMN)[0], [1 / 3, 1 / 2, 2 / 5])
    np.testing.assert_allclose(table.shares(ShareOf.ROW)[0], [1 / 2, 1 / 2, 1])
    np.testing.assert_allclose(table.shares(ShareOf.TOTAL)[0], [1 / 5, 1 / 5, 2 / 5])
    assert table.bases(ShareOf.COLUMN)[0].tolist() == [3, 2, 5]
    assert table.bases(ShareOf.ROW)[:, 0].tolist() == [2, 3, 5]


def test_weights_move_shares_and_never_counts() -> None:
    of = stratify([0, 0, 1, 1], [0, 1], [20, 60])
    found = frequencies(variable([0, 1, 0, 0]), of, EVERYTHING)
    assert found.counts.tolist() == [3, 1]
    np.testing.assert_allclose(found.shares, [70 / 80, 10 / 80])


def test_an_interval_of_a_simple_sample_is_wilsons() -> None:
    codes = [0] * 30 + [1] * 10
    found = frequencies(variable(codes), sample(40), EVERYTHING)
    # The variance of a sample has n − 1 below it, so the effective size is n − 1.
    expected = wilson([0.75, 0.25], 39)
    np.testing.assert_allclose(found.low, expected.low, rtol=1e-12)
    np.testing.assert_allclose(found.high, expected.high, rtol=1e-12)


def test_everybody_alike_has_an_interval_all_the_same() -> None:
    found = frequencies(variable([0] * 10, groups=2), sample(10), EVERYTHING)
    assert found.low[0] == pytest.approx(float(wilson(1.0, 10).low))
    assert (found.low[0], found.high[0]) != (1.0, 1.0)
    assert found.shares.tolist() == [1.0, 0.0]


def test_several_answers_as_shares_of_respondents_and_of_answers() -> None:
    chosen = several("q9", "Откуда", ("Сайт", "Газеты", "Соседи"), [0b01, 0b11, 0b11, 0b10, 0])
    found = frequencies(chosen, sample(5), EVERYTHING)
    assert found.base == 4
    assert found.counts.tolist() == [3, 3, 0]
    np.testing.assert_allclose(found.shares, [0.75, 0.75, 0])
    np.testing.assert_allclose(found.answer_shares, [0.5, 0.5, 0])


def test_several_answers_in_a_cross_table_count_each_respondent_once_in_totals() -> None:
    chosen = several("q9", "Откуда", ("Сайт", "Газеты"), [0b11, 0b11, 0b01, 0])
    table = cross_table(chosen, variable([0, 1, 1, 0]), sample(4), EVERYTHING)
    assert table.counts.tolist() == [[1, 2, 3], [1, 1, 2], [1, 2, 3]]
    assert table.association is None
    turned = cross_table(variable([0, 1, 1, 0]), chosen, sample(4), EVERYTHING)
    assert turned.counts.tolist() == table.counts.T.tolist()


def test_a_small_answer_is_hidden_with_another() -> None:
    found = frequencies(variable([0] * 20 + [1] * 3 + [2] * 9), sample(32), 5)
    assert found.hidden.tolist() == [False, True, True]
    assert not found.is_base_hidden


def test_a_question_few_answered_is_hidden_whole() -> None:
    found = frequencies(variable([0, 0, 1, -1, -1, -1]), sample(6), 5)
    assert found.hidden.all()
    assert found.is_base_hidden
    table = cross_table(variable([0, 0, 1, -1]), variable([0, 1, 0, 1]), sample(4), 5)
    assert table.hidden.all()


def test_no_share_where_its_base_is_hidden() -> None:
    rows = variable([0] * 12 + [1] * 12 + [0, 1, 1])
    columns = variable([0] * 6 + [1] * 6 + [0] * 6 + [1] * 6 + [2, 2, 2])
    table = cross_table(rows, columns, sample(27), 5)
    assert table.hidden[-1, 2]
    for share in ShareOf:
        assert np.isnan(table.shares(share)[table.hidden]).all()
    assert np.isnan(table.shares(ShareOf.COLUMN)[:, 2]).all()


def test_small_cells_of_several_answers_do_not_follow_from_the_rows_total() -> None:
    bits = [0b01] * 30 + [0b11] * 9 + [0b10] * 20
    groups = variable([0] * 15 + [1] * 15 + [0] * 2 + [1] * 7 + [0] * 10 + [1] * 10)
    table = cross_table(several("q9", "Откуда", ("Сайт", "Газеты"), bits), groups, sample(59), 13)
    assert table.counts[1].tolist() == [12, 17, 29]
    assert table.hidden[1].tolist() == [True, True, False]


def test_without_weights_the_textbook_test() -> None:
    rows, columns = variable([0, 0, 0, 1, 1, 1, 1, 0]), variable([0, 0, 0, 1, 1, 1, 0, 1])
    table = cross_table(rows, columns, sample(8), EVERYTHING)
    assert not table.is_design_based
    assert table.association is not None
    assert table.association.statistic == pytest.approx(2.0)  # 8 (3·3 − 1·1)² / 4⁴
    assert table.association.cramers_v == pytest.approx(0.5)


def test_bands_of_numbers() -> None:
    assert banded([17, 18, 29, 30, 99, np.nan], [18, 30]).tolist() == [0, 1, 1, 2, 2, -1]
    assert quarter_edges([1, 2, 3, 4, 5, 6, 7, 8]) == (3, 5, 7)
    assert quarter_edges([5, 5, 5, 9]) == (9,)
    assert quarter_edges([5, 5]) == ()
    assert quarter_edges([np.nan]) == ()
