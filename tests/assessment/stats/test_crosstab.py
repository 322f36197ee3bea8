"""Two-way tables against svychisq of the R package survey and against chisq.test."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from merilo.assessment.stats.crosstab import Association, TabledSample, pearson, rao_scott, table_sample
from tests.assessment.stats.reference import floats, opened

CASES = opened("crosstab")
NAMES = [case["name"] for case in CASES]


def codes(values: list[int | None]) -> list[int]:
    return [-1 if value is None else value for value in values]


def tabled(case: Any) -> TabledSample:
    rows, columns = codes(case["row"]), codes(case["column"])
    return table_sample(
        rows,
        columns,
        shape=(max(rows) + 1, max(columns) + 1),
        strata=case["stratum"],
        populations=floats(case["population"]),
        weights=case["weight"],
    )


def known(found: Association | None) -> Association:
    assert found is not None
    return found


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_the_design_based_test_agrees_with_r(case: Any) -> None:
    found = known(rao_scott(tabled(case)))
    np.testing.assert_allclose(found.shares, case["shares"], rtol=1e-10, atol=1e-15)
    assert found.statistic == pytest.approx(case["F"], rel=1e-10)
    assert (found.first, found.second) == pytest.approx((case["df1"], case["df2"]), rel=1e-10)
    assert found.p_value == pytest.approx(case["p"], rel=1e-10)
    np.testing.assert_allclose(found.residuals, case["residuals"], rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_the_textbook_test_agrees_with_r(case: Any) -> None:
    counts = tabled(case).counts.sum(axis=0)
    found = known(pearson(counts))
    plain = case["plain"]
    assert found.statistic == pytest.approx(plain["x2"], rel=1e-10)
    assert found.p_value == pytest.approx(plain["p"], rel=1e-10)
    assert found.cramers_v == pytest.approx(np.sqrt(plain["x2"] / counts.sum() / (min(counts.shape) - 1)), rel=1e-10)
    np.testing.assert_allclose(found.residuals, plain["residuals"], rtol=1e-10, atol=1e-12)


def test_weights_follow_from_populations() -> None:
    case = CASES[0]
    given = tabled(case)
    own = table_sample(
        case["row"], case["column"], shape=(2, 2), strata=case["stratum"], populations=case["population"]
    )
    np.testing.assert_allclose(own.weights, given.weights, rtol=1e-4)  # the file rounds its weights
    np.testing.assert_array_equal(own.counts, given.counts)


def test_a_simple_sample_of_an_endless_population_is_nearly_the_textbook() -> None:
    rng = np.random.default_rng(1)
    row, column = rng.integers(0, 3, 3000), rng.integers(0, 2, 3000)
    zeros = np.zeros(3000, np.int64)
    sample = table_sample(row, column, shape=(3, 2), strata=zeros, populations=[np.inf])
    design, plain = known(rao_scott(sample)), known(pearson(sample.counts[0]))
    assert design.p_value == pytest.approx(plain.p_value, abs=0.01)
    np.testing.assert_allclose(design.residuals, plain.residuals, atol=0.02)
    assert design.cramers_v == pytest.approx(plain.cramers_v)


def test_an_empty_row_is_left_out_and_one_row_is_no_table() -> None:
    found = known(pearson([[8, 2], [0, 0], [3, 9]]))
    assert found.statistic == pytest.approx(known(pearson([[8, 2], [3, 9]])).statistic)
    assert np.isnan(found.residuals[1]).all()
    assert found.shares.shape == (3, 2)
    assert pearson([[8, 2], [0, 0]]) is None
    assert pearson([[0, 0], [0, 0]]) is None


def test_complete_association() -> None:
    assert known(pearson([[10, 0], [0, 10]])).cramers_v == pytest.approx(1.0)


def test_a_census_leaves_nothing_to_chance() -> None:
    sample = table_sample([0, 0, 1, 1], [0, 1, 1, 1], shape=(2, 2), strata=[0] * 4, populations=[4])
    assert rao_scott(sample) is None


def test_what_cannot_be() -> None:
    with pytest.raises(ValueError, match="larger than its population"):
        table_sample([0, 1], [0, 1], shape=(2, 2), strata=[0, 0], populations=[1])
    with pytest.raises(ValueError, match="need weights"):
        table_sample([0, 1], [0, 1], shape=(2, 2), strata=[0, 1], populations=[np.inf, 5])
    lonely = table_sample([0, 1, 1], [0, 1, 0], shape=(2, 2), strata=[0, 0, 1], populations=[9, 5])
    with pytest.raises(ValueError, match="one respondent"):
        rao_scott(lonely)
