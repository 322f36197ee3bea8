"""Laws of sizes: never more than there are, more people never fewer interviews, a smaller error never fewer."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction as F

from hypothesis import given
from hypothesis import strategies as st

from merilo.assessment.methodology.size_rule import SizeKind, SizeRounding, SizeRule
from merilo.assessment.sampling.size import error_of_share, required_size

shares = st.fractions(F(1, 100), F(99, 100), max_denominator=100)
rules = st.builds(
    SizeRule,
    kind=st.sampled_from(SizeKind),
    share=shares,
    margin=st.fractions(F(1, 100), F(1, 4), max_denominator=100),
    t=st.fractions(F(1), F(3), max_denominator=1000),
    cap=st.none() | st.integers(1, 700),
    rounding=st.sampled_from(SizeRounding),
)


@given(rules, st.integers(0, 10**6), st.integers(0, 10**5))
def test_sizes_grow_with_the_population_and_never_exceed_it(rule: SizeRule, population: int, more: int) -> None:
    size = required_size(population, rule)
    assert 0 <= size <= min(population, rule.cap or population)
    assert size <= required_size(population + more, rule)


@given(rules, st.integers(1, 10**6))
def test_rounding_up_keeps_the_promised_error(rule: SizeRule, population: int) -> None:
    formula = replace(rule, kind=SizeKind.FINITE_POPULATION, cap=None, rounding=SizeRounding.UP)
    size = required_size(population, formula)
    error = error_of_share(size, population, share=rule.share, t=rule.t)
    assert error is not None
    assert error <= float(rule.margin) + 1e-12
    smaller = replace(formula, margin=formula.margin / 2)
    assert required_size(population, smaller) >= size
