"""How many to ask: required sample sizes by named rules, exact, rounded as the rule says."""

from __future__ import annotations

import math
from fractions import Fraction

from merilo.assessment.methodology.size_rule import SizeKind, SizeRounding, SizeRule
from merilo.assessment.rounding import RoundingMode, round_exact


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


def required_size(population: int, rule: SizeRule) -> int:
    """The size a rule demands of a population: never more than there are, never more than the rule's cap."""
    if population == 0:
        return 0
    exact = population * rule.share
    if rule.kind is SizeKind.FINITE_POPULATION:
        exact = finite_population_size(population, share=rule.share, margin=rule.margin, t=rule.t)
    whole = nearest(exact) if rule.rounding is SizeRounding.NEAREST else rounded_up(exact)
    return min(whole, population if rule.cap is None else min(population, rule.cap))


def error_of_share(size: int, population: int, *, share: Fraction, t: Fraction) -> float | None:
    """Δ that a size leaves, 0…1: the formula of the size solved for the error. 0 for a census, None without anybody.

    Δ = t √(w(1−w) (1/n − 1/N)).
    """
    if size == 0:
        return None
    return float(t) * math.sqrt(share * (1 - share) * (Fraction(1, size) - Fraction(1, population)))
