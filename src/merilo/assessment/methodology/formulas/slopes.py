"""How a formula's value moves with the answers of a survey: what its sampling error is computed from.

A survey gives totals: how many counted (y) and how many were in the base (n) of every quantity. To first order a value
moves by Σ ∂v/∂y · Δy + ∂v/∂n · Δn, and the standard error of that sum is known from who answered what together
(`stats/linearisation.py`). What a value does not owe to a survey – checklists, registers, desk research – has no
slope: it was observed, not sampled.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from statistics import NormalDist
from types import MappingProxyType
from typing import Protocol

import numpy as np

from merilo.assessment.methodology.formulas.working import Columns, EvidenceColumns, Flags, Floats

NORMAL = NormalDist()


@dataclass(frozen=True, slots=True)
class Partial:
    """What one quantity's totals do to a value, per unit: ∂v/∂y and ∂v/∂n.

    `reach` is how much of the value hangs on these answers (the difference between nobody and everybody), `above` how
    much of it the answers given make, both in the unit of the value.
    """

    count: Floats
    base: Floats
    reach: Floats
    above: Floats


@dataclass(frozen=True, slots=True)
class Loose:
    """A part of a value whose error comes on its own, not through a quantity's totals, per unit.

    `variance` of the part (NaN: not known), `reach` and `above` as for Partial, `size`: how many answers stand behind
    it, as they count in a finite population (0: none known).
    """

    variance: Floats
    reach: Floats
    above: Floats
    size: Floats


@dataclass(frozen=True, slots=True)
class Slopes:
    """All slopes of one value, by quantity, and what comes on its own."""

    partials: Mapping[str, Partial] = field(default_factory=lambda: MappingProxyType({}))
    loose: tuple[Loose, ...] = ()

    def scaled(self, factor: Floats | float) -> Slopes:
        """The slopes of factor × value, 0 wherever the factor is."""
        turned = np.asarray(factor) < 0

        def part(one: Partial) -> Partial:
            reach = np.abs(factor) * one.reach
            above = np.abs(factor) * np.where(turned, one.reach - one.above, one.above)
            return Partial(one.count * factor, one.base * factor, reach, above)

        def alone(one: Loose) -> Loose:
            above = np.abs(factor) * np.where(turned, one.reach - one.above, one.above)
            squared = np.square(factor)
            # 0 × NaN: what does not count has no error, known or not.
            variance = np.where(squared == 0, 0.0, squared * one.variance)
            return Loose(variance, np.abs(factor) * one.reach, above, one.size)

        partials = {code: part(one) for code, one in self.partials.items()}
        return Slopes(partials, tuple(alone(one) for one in self.loose))


class SampledColumns(EvidenceColumns, Protocol):
    """The evidence about all units with what is known of the sample behind it."""

    def is_sampled(self, quantity: str) -> bool:
        """Whether a quantity's totals come from a sample of people."""
        ...

    def variance(self, slopes: Slopes) -> Floats:
        """The sampling variance of a value with these slopes, per unit; questions taken as independent."""
        ...

    @property
    def respondents(self) -> Floats:
        """How many people answered in each unit, as they count in a finite population; NaN where not known."""
        ...


def added(parts: Sequence[Slopes]) -> Slopes:
    """The slopes of a sum."""
    partials: dict[str, Partial] = {}
    for slopes in parts:
        for code, one in slopes.partials.items():
            other = partials.get(code)
            partials[code] = one if other is None else _sum(one, other)
    return Slopes(partials, tuple(one for slopes in parts for one in slopes.loose))


def _sum(one: Partial, other: Partial) -> Partial:
    return Partial(one.count + other.count, one.base + other.base, one.reach + other.reach, one.above + other.above)


def proportional(quantity: str, value: Floats, count: Floats, base: Floats, reach: float, factor: float) -> Slopes:
    """The slopes of factor × count / base; 0 where there is no value."""
    there = ~np.isnan(value) & (base > 0)
    if not there.any():
        return Slopes()
    below = np.where(there, base, 1.0)
    by_count = np.where(there, factor / below, 0.0)
    by_base = np.where(there, -factor * np.nan_to_num(count) / below**2, 0.0)
    partial = Partial(by_count, by_base, np.where(there, reach, 0.0), np.where(there, value, 0.0))
    return Slopes({quantity: partial})


def given_ready(value: Floats, used: Flags, high: float, respondents: Floats) -> Slopes:
    """A value of a survey that came in without its counts: v (high − v) / n at the most, whatever was averaged.

    Source: Bhatia & Davis (2000), American Mathematical Monthly 107 (the variance of what lies between two bounds).
    """
    kept = np.where(used, np.nan_to_num(value), 0.0)
    reach = np.where(used, high, 0.0)
    size = np.where(respondents > 0, respondents, np.nan)
    variance = np.where(used, kept * (reach - kept) / size, 0.0)
    return Slopes(loose=(Loose(variance, reach, kept, np.nan_to_num(size)),))


def stepped(
    inner: Slopes,
    centre: Floats,
    edges: Sequence[Floats],
    points: Sequence[float],
    found: Columns,
    sample: SampledColumns,
) -> Slopes:
    """The slopes of points that a mean earns by the step it stands on: edges e₁ ≤ e₂ … and the points before, between
    and after them; `found` is what the formula gave.

    The points do not move with the mean but jump, so they are taken over the means that other samples would have
    given, normal around this one with its standard error s: the slope is the expected one, Σ jump · φ((e − m)/s)/s
    (Stein 1981, Annals of Statistics 9, lemma 1), and what varies beyond it comes on its own.
    """
    if not inner.partials and not inner.loose:
        return inner
    variance = sample.variance(inner)
    there = ~np.isnan(centre) & (variance > 0)
    error = np.sqrt(np.where(there, variance, 1.0))
    standard = [np.where(there, (edge - centre) / error, -40.0) for edge in edges]
    chances = np.diff(np.stack([np.zeros_like(centre), *map(_below, standard), np.ones_like(centre)]), axis=0)
    worth = np.asarray(points)[:, None]
    mean, square = (chances * worth).sum(axis=0), (chances * worth**2).sum(axis=0)
    slope = sum((jump * _density(z) for jump, z in zip(np.diff(points), standard, strict=True)), np.zeros_like(centre))
    slope = np.where(there, slope / error, 0.0)
    rest = np.maximum(np.where(there, square - mean**2, 0.0) - slope**2 * np.nan_to_num(variance), 0.0)
    nothing = np.zeros_like(centre)
    moved = {code: replace(one, reach=nothing, above=nothing) for code, one in inner.scaled(slope).partials.items()}
    scored = ~np.isnan(found.value)
    reach = np.where(scored, found.high, 0.0)
    own = Loose(
        np.where(scored & np.isnan(variance), np.nan, rest),
        reach,
        np.where(scored, found.value, 0.0),
        np.nan_to_num(found.base),
    )
    return Slopes(moved, (own,))


def _below(z: Floats) -> Floats:
    return np.asarray(np.frompyfunc(NORMAL.cdf, 1, 1)(z), dtype=np.float64)


def _density(z: Floats) -> Floats:
    return np.asarray(np.exp(-0.5 * z * z) / np.sqrt(2 * np.pi), dtype=np.float64)
