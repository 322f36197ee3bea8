"""Quantiles and tail probabilities against R's qt, pt, pf and pchisq."""

from __future__ import annotations

import math

import numpy as np
import pytest

from merilo.assessment.stats.tails import (
    chi_square_tail,
    f_tail,
    t_quantile,
    two_sided_normal_tail,
    two_sided_quantile,
    two_sided_t_tail,
)
from tests.assessment.stats.reference import opened


def test_f_agrees_with_r() -> None:
    for row in opened("distributions")["f"]:
        assert f_tail(row["x"], row["d1"], row["d2"]) == pytest.approx(row["p"], rel=1e-9, abs=1e-290), row


def test_chi_square_agrees_with_r() -> None:
    for row in opened("distributions")["chi_square"]:
        assert chi_square_tail(row["x"], row["df"]) == pytest.approx(row["p"], rel=1e-10), row


def test_tails_of_nothing_and_of_everything() -> None:
    assert f_tail(0, 3, 10) == chi_square_tail(-1, 3) == 1
    assert f_tail(math.inf, 3, 10) == chi_square_tail(math.inf, 3) == 0
    assert math.isnan(f_tail(math.nan, 3, 10))
    assert math.isnan(chi_square_tail(1, math.nan))


def test_f_with_one_degree_is_a_square_of_t_and_nears_the_chi_square() -> None:
    assert f_tail(3.84, 1, 1e9) == pytest.approx(chi_square_tail(3.84, 1), rel=1e-7)
    assert chi_square_tail(1.96**2, 1) == pytest.approx(two_sided_normal_tail(-1.96), rel=1e-12)


def test_quantiles() -> None:
    assert two_sided_quantile(0.95) == pytest.approx(1.959963984540054, rel=1e-14)
    with pytest.raises(ValueError, match="between 0 and 1"):
        two_sided_quantile(95)


def test_t_agrees_with_r() -> None:
    for row in opened("distributions")["t"]:
        assert float(t_quantile(row["level"], row["degrees"])) == pytest.approx(row["t"], rel=1e-10), row
        assert float(two_sided_t_tail(row["x"], row["degrees"])) == pytest.approx(row["p"], rel=1e-10), row


def test_t_takes_many_degrees_at_once_and_ends_at_the_normal() -> None:
    found = t_quantile(0.95, [[18.0, 23.0], [math.inf, math.nan]])
    np.testing.assert_allclose(found, [[2.1009220402, 2.0686576104], [two_sided_quantile(0.95), math.nan]], rtol=1e-10)
    np.testing.assert_allclose(two_sided_t_tail(found[0], [18.0, 23.0]), 0.05, rtol=1e-10)
    assert two_sided_t_tail(-math.inf, 5) == 0
    assert two_sided_t_tail(0, 5) == 1


def test_t_of_what_cannot_be() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        t_quantile(95, 20)
    with pytest.raises(ValueError, match="above 0"):
        t_quantile(0.95, [20, 0])
