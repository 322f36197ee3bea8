"""How many to ask: required sample sizes by named rules, exact, rounded as the rule says."""

from __future__ import annotations

from fractions import Fraction

from merilo.assessment.rounding import RoundingMode, round_exact

SHARE_675N, CAP_675N = Fraction(2, 5), 600


def finite_population_size(population: int, *, share: Fraction, margin: Fraction, t: Fraction) -> Fraction:
    """n = t²·w(1−w)·N / (N·Δ² + t²·w(1−w)), unrounded.

    `share` is w, the expected share; `margin` is Δ, the largest error of a share; `t` the coefficient of the
    confidence level. Source: the sampling formula of the Samara 2016 report (simple random sampling without
    replacement).
    """
    spread = t * t * share * (1 - share)
    return spread * population / (population * margin * margin + spread)


def nearest(size: Fraction) -> int:
    """The nearest whole number, half up: how the Samara 2016 report rounded its sizes."""
    return int(round_exact(size, 0, RoundingMode.HALF_UP))


def rounded_up(size: Fraction) -> int:
    """The next whole number: never fewer than the rule demands."""
    return -(-size.numerator // size.denominator)


def share_of_population(population: int, share: Fraction, *, cap: int | None = None) -> int:
    """A share of the population, rounded up, at most `cap`.

    40 % and at most 600: order 675н (unverified). 30 % of recipients, 0.5 % of the registered: Krasnoyarsk 2024.
    """
    required = rounded_up(population * share)
    return required if cap is None else min(required, cap)
