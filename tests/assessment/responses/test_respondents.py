"""The sample behind a table: strata, weights, populations that nobody knows, and standard errors as R has them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from merilo.assessment.responses.respondents import Respondents, Weighting, share_errors, stratify
from tests.assessment.stats.reference import floats, opened

NAN = np.nan
# Only shares: a column of the reference may hold other numbers, whose ratio is no share.
SHARES = [
    (case, column)
    for case in opened("linearisation")
    for column in range(len(case["shares"]))
    if set(np.asarray(case["n"])[:, column]) <= {0, 1}
]


@pytest.mark.parametrize(("case", "column"), SHARES, ids=lambda one: one["name"] if isinstance(one, dict) else str(one))
def test_standard_errors_agree_with_r(case: Any, column: int) -> None:
    strata = np.asarray(case["stratum"])
    weights = floats(case["weight"])[strata]
    inside = np.ones(len(strata), np.bool_)
    of = Respondents(strata, floats(case["population"]), weights, inside, Weighting.POPULATION)
    base = np.asarray(case["n"])[:, column] == 1
    member = (np.asarray(case["y"])[:, column] == 1) & base
    found = share_errors(of, member[:, None], base)
    assert found[0] == pytest.approx(case["share_errors"][column], rel=1e-10)
    assert weights[member].sum() / weights[base].sum() == pytest.approx(case["shares"][column], rel=1e-10)


def test_recipients_are_shared_out_to_forms_as_respondents_are() -> None:
    of = stratify([0, 0, 0, 1, 2], [0, 0, 1], [40, 7])
    assert of.populations.tolist() == [30, 10, 7]
    assert of.weights.tolist() == [10, 10, 10, 10, 7]


def test_an_unknown_population_is_endless_and_weighs_as_the_mean() -> None:
    of = stratify([0, 0, 1, 2, 2, 2], [0, 1, 2], [30, NAN, 30])
    assert of.unknown == 1
    assert of.populations.tolist() == [30, np.inf, 30]
    assert of.weights.tolist() == [15, 15, 12, 10, 10, 10]  # 60 recipients / 5 respondents


def test_more_respondents_than_recipients_is_an_unknown_population() -> None:
    of = stratify([0, 0, 0, 1], [0, 1], [2, 9])
    assert (of.too_many, of.unknown) == (1, 0)
    assert of.populations.tolist() == [np.inf, 9]
    assert of.weights.tolist() == [9, 9, 9, 9]


def test_nobody_known_is_everybody_alike() -> None:
    of = stratify([0, 1, 1], [0, 1], [NAN, NAN])
    assert of.weights.tolist() == [1, 1, 1]
    assert stratify([0, 1, 1], [0, 1], [5, 50], Weighting.NONE).weights.tolist() == [1, 1, 1]


def test_strata_of_one_respondent_are_joined() -> None:
    strata, populations = stratify([0, 1, 2, 2, 2], [0, 1, 2], [5, 6, 30]).tested_strata
    assert strata.tolist() == [0, 0, 2, 2, 2]
    assert populations.tolist() == [11, 0, 30]
    strata, populations = stratify([0, 1, 1, 2, 2, 2], [0, 1, 2], [5, 6, 30]).tested_strata
    assert strata.tolist() == [0, 0, 0, 2, 2, 2]  # with the smallest other one
    assert populations.tolist() == [11, 0, 30]
    strata, _ = stratify([0], [0], [5]).tested_strata
    assert strata.tolist() == [0]
