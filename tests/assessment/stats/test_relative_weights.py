"""Relative weights against a published example, the closed form for two answers, and their definition by SVD."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from merilo.assessment.stats.relative_weights import RelativeWeights, relative_weights, weights_of

# Motor Trend road tests of 1974 (`mtcars` of R): cyl, disp, hp, wt, mpg.
CARS = """
6,160,110,2.62,21 6,160,110,2.875,21 4,108,93,2.32,22.8 6,258,110,3.215,21.4 8,360,175,3.44,18.7 6,225,105,3.46,18.1
8,360,245,3.57,14.3 4,146.7,62,3.19,24.4 4,140.8,95,3.15,22.8 6,167.6,123,3.44,19.2 6,167.6,123,3.44,17.8
8,275.8,180,4.07,16.4 8,275.8,180,3.73,17.3 8,275.8,180,3.78,15.2 8,472,205,5.25,10.4 8,460,215,5.424,10.4
8,440,230,5.345,14.7 4,78.7,66,2.2,32.4 4,75.7,52,1.615,30.4 4,71.1,65,1.835,33.9 4,120.1,97,2.465,21.5
8,318,150,3.52,15.5 8,304,150,3.435,15.2 8,350,245,3.84,13.3 8,400,175,3.845,19.2 4,79,66,1.935,27.3 4,120.3,91,2.14,26
4,95.1,113,1.513,30.4 8,351,264,3.17,15.8 6,145,175,2.77,19.7 8,301,335,3.57,15 4,121,109,2.78,21.4
"""
TABLE = np.array([[float(one) for one in row.split(",")] for row in CARS.split()])


def plain(table: NDArray[np.float64], **options: int) -> RelativeWeights:
    ones, zeros = np.ones(len(table)), np.zeros(len(table), np.int64)
    return relative_weights(table[:, :-1], table[:, -1], weights=ones, strata=zeros, seed=1, **options)


def test_the_published_example_of_the_r_package_rwa() -> None:
    # https://martinctc.github.io/rwa/articles/regression-methods.html: raw and rescaled weights
    found = plain(TABLE)
    np.testing.assert_allclose(found.weights, [0.2096904, 0.1883043, 0.1799590, 0.2706812], atol=5e-8)
    np.testing.assert_allclose(100 * found.shares, [24.70914, 22.18908, 21.20570, 31.89607], atol=5e-6)
    assert found.size == 32
    assert (found.correlations < 0).all()


def test_the_weights_add_up_to_r_squared() -> None:
    standard = np.column_stack([np.ones(32), TABLE[:, :-1]])
    fitted = standard @ np.linalg.lstsq(standard, TABLE[:, -1], rcond=None)[0]
    explained = np.var(fitted) / np.var(TABLE[:, -1])
    assert plain(TABLE).explained == pytest.approx(explained, rel=1e-10)


def test_the_definition_by_singular_values() -> None:
    # X = P Δ Q′, Z = P Q′ the nearest orthogonal variables: λ = Z′X, β = Z′y, ε = λ² β²
    standard = (TABLE - TABLE.mean(axis=0)) / np.sqrt(((TABLE - TABLE.mean(axis=0)) ** 2).sum(axis=0))
    left, _, right = np.linalg.svd(standard[:, :-1], full_matrices=False)
    nearest = left @ right
    epsilon = (nearest.T @ standard[:, :-1]) ** 2 @ (nearest.T @ standard[:, -1]) ** 2
    np.testing.assert_allclose(plain(TABLE).weights, epsilon, rtol=1e-9)


def test_two_answers_by_hand() -> None:
    # r = 0.6: Λ = [[a, b], [b, a]] with a² = 0.9, b² = 0.1; β² = (0.1890625, 0.0765625)
    np.testing.assert_allclose(weights_of([[1, 0.6], [0.6, 1]], [0.5, 0.4]), [0.1778125, 0.0878125], rtol=1e-12)


def test_uncorrelated_answers_have_their_squared_correlations() -> None:
    np.testing.assert_allclose(weights_of(np.eye(3), [0.5, -0.2, 0.0]), [0.25, 0.04, 0.0], atol=1e-15)


def test_the_same_answer_twice_shares_its_weight() -> None:
    np.testing.assert_allclose(weights_of(np.ones((2, 2)), [0.6, 0.6]), [0.18, 0.18], atol=1e-12)


@given(first=st.floats(-0.95, 0.95), one=st.floats(-0.6, 0.6), other=st.floats(-0.6, 0.6))
def test_weights_are_never_negative_and_add_up(first: float, one: float, other: float) -> None:
    found = weights_of([[1, first], [first, 1]], [one, other])
    assert (found >= 0).all()
    assert found.sum() == pytest.approx((one**2 + other**2 - 2 * one * other * first) / (1 - first**2), abs=1e-9)


def test_a_weight_of_two_is_a_respondent_twice() -> None:
    weights = 1.0 + (np.arange(32) % 3 == 0)
    doubled = np.concatenate([TABLE, TABLE[weights == 2]])
    zeros = np.zeros(32, np.int64)
    weighted = relative_weights(TABLE[:, :-1], TABLE[:, -1], weights=weights, strata=zeros, seed=1, draws=50)
    np.testing.assert_allclose(weighted.weights, plain(doubled, draws=50).weights, rtol=1e-9)


def test_the_interval_is_seeded_and_holds_the_share() -> None:
    first, again = plain(TABLE), plain(TABLE)
    np.testing.assert_array_equal(first.low, again.low)
    assert (first.low <= first.shares).all()
    assert (first.shares <= first.high).all()


def test_respondents_are_drawn_within_their_strata() -> None:
    # In every stratum all answer alike: each bootstrap sample is the sample itself.
    answers = np.array([[0, 0], [0, 1], [1, 0], [1, 1], [1, 1]], np.float64)
    outcome = np.array([0, 0, 0, 1, 1], np.float64)
    strata = np.repeat(np.arange(5), 4)
    found = relative_weights(
        answers.repeat(4, axis=0), outcome.repeat(4), weights=np.ones(20), strata=strata, seed=3, draws=60
    )
    np.testing.assert_allclose(found.low, found.shares, rtol=1e-12)
    np.testing.assert_allclose(found.high, found.shares, rtol=1e-12)


def test_what_does_not_vary_accounts_for_nothing() -> None:
    table = TABLE.copy()
    table[:, 0] = 4
    with pytest.raises(ValueError, match="everybody"):
        plain(table)
    assert np.isnan(weights_of([[1, np.nan], [np.nan, 1]], [0.5, 0.5])).all()
