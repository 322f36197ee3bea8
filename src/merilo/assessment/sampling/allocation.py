"""A fixed number of interviews shared out among strata: whole numbers that add up, within bounds, without chance."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Context, Decimal
from enum import Enum
from fractions import Fraction

from merilo.assessment.sampling.frame import Stratum

DIGITS = 28


class Allocation(Enum):
    """What the shares of a budget follow."""

    PROPORTIONAL = "proportional"
    EQUAL = "equal"
    NEYMAN = "neyman"
    POWER = "power"

    @property
    def needs_deviations(self) -> bool:
        """Whether the spread of answers must be known."""
        return self is Allocation.NEYMAN


def allocation_weights(strata: Sequence[Stratum], allocation: Allocation, power: Fraction) -> list[Fraction]:
    """What each stratum's share is proportional to.

    PROPORTIONAL N; EQUAL 1; NEYMAN N·S; POWER N^q·S, with S = 1 for all where no deviation is known: q = 1 gives
    Neyman's (or the proportional) shares, q = 0 nearly equal precision of every stratum.
    Sources: Neyman (1934), JRSS 97, 558–625; Bankier (1988), The American Statistician 42, 174–177.
    """
    match allocation:
        case Allocation.PROPORTIONAL:
            return [Fraction(one.population) for one in strata]
        case Allocation.EQUAL:
            return [Fraction(int(one.population > 0)) for one in strata]
        case Allocation.NEYMAN:
            return [one.population * _deviation(one) for one in strata]
        case Allocation.POWER:
            return [_raised(one.population, power) * _deviation(one) for one in strata]


def allocate(budget: int, weights: Sequence[Fraction], least: Sequence[int], most: Sequence[int]) -> list[int]:
    """Whole shares of a budget, in proportion to the weights within `least` … `most`, adding up to it exactly.

    Where a bound holds a share back, the rest is shared anew in proportion; then the largest remainders get the
    interviews left over, the first of equal ones. Raises ValueError where the bounds do not let the sum be reached.
    """
    if not sum(least) <= budget <= sum(most) or any(low > high for low, high in zip(least, most, strict=True)):
        raise ValueError(f"{budget} does not lie between {sum(least)} and {sum(most)}")
    exact = _bounded_shares(budget, weights, least, most)
    sizes = [share.numerator // share.denominator for share in exact]
    left = budget - sum(sizes)
    order = sorted(range(len(exact)), key=lambda index: (sizes[index] - exact[index], index))
    for index in order[:left]:
        sizes[index] += 1
    return sizes


def _bounded_shares(
    budget: int, weights: Sequence[Fraction], least: Sequence[int], most: Sequence[int]
) -> list[Fraction]:
    """Exact shares λ·w cut to their bounds with the λ that makes the sum.

    Each round fixes the shares that break a bound on the side that breaks it by more in sum; they stay there in the
    solution (the variable-fixing algorithm for a resource allocation with bounds).
    """
    shares = [Fraction(low) for low in least]
    free = set(range(len(weights)))
    while free:
        left = budget - sum(shares[index] for index in range(len(weights)) if index not in free)
        total = sum((weights[index] for index in free), Fraction(0))
        # Without any weight left (all deviations 0, say) the rest is shared equally.
        ratio = {index: weights[index] / total if total else Fraction(1, len(free)) for index in free}
        wanted = {index: left * ratio[index] for index in free}
        over = {index for index in free if wanted[index] > most[index]}
        under = {index for index in free if wanted[index] < least[index]}
        if not over and not under:
            shares = [wanted.get(index, share) for index, share in enumerate(shares)]
            break
        above = sum((wanted[index] - most[index] for index in over), Fraction(0))
        below = sum((least[index] - wanted[index] for index in under), Fraction(0))
        fixed, bound = (over, most) if above >= below else (under, least)
        for index in fixed:
            shares[index] = Fraction(bound[index])
        free -= fixed
    return shares


def _deviation(stratum: Stratum) -> Fraction:
    return Fraction(1) if stratum.deviation is None else stratum.deviation


def _raised(population: int, power: Fraction) -> Fraction:
    """N^q, q ≥ 0: exact for a whole power, else to 28 digits by decimal arithmetic, the same on every machine."""
    if power.denominator == 1:
        return Fraction(population**power.numerator)
    context = Context(prec=DIGITS)
    exponent = context.divide(Decimal(power.numerator), Decimal(power.denominator))
    return Fraction(context.power(Decimal(population), exponent))
