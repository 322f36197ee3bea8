"""The forecast for organisations ranked together: the places to expect, at other sizes too, and the size needed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from merilo.assessment.sampling.power import PlaceForecast, PowerDesign, ScoreSpread, forecast_places, needed_size

FACTORS = (Fraction(1, 2), Fraction(1), Fraction(2), Fraction(4))
# The mean width hardly varies between replications.
FACTOR_REPLICATIONS = 200


@dataclass(frozen=True, slots=True)
class RankedRow:
    """One organisation (in one form of service, where forms are ranked apart) and how many are to be asked."""

    organisation: str
    form: str
    name: str
    size: int
    population: int


@dataclass(frozen=True, slots=True)
class GroupForecast:
    """What to expect of the organisations of a `group`, called `name`.

    `needed` respondents each for the `distance` (points) and the `chance` (0…1); `widths`: multiple of the sizes →
    places a set holds on average.
    """

    group: str
    name: str
    rows: tuple[RankedRow, ...]
    spread: ScoreSpread
    forecast: PlaceForecast
    distance: float
    chance: float
    needed: int
    widths: tuple[tuple[Fraction, float], ...]


def forecast_group(
    named: tuple[str, str],
    rows: Sequence[RankedRow],
    spread: ScoreSpread,
    distance: float,
    chance: float,
    design: PowerDesign,
) -> GroupForecast:
    """Simulate one group, in the order of its rows; `named` are its codes and its name."""
    sizes = np.array([row.size for row in rows], dtype=np.float64)
    forecast = forecast_places(spread, sizes, design)
    quick = replace(design, replications=min(FACTOR_REPLICATIONS, design.replications))
    widths = []
    for factor in FACTORS:
        changed = np.maximum(1.0, np.floor(sizes * float(factor)))
        own = forecast if factor == 1 else forecast_places(spread, changed, quick)
        widths.append((factor, float(own.widths.mean())))
    needed = needed_size(spread, distance, chance, design)
    return GroupForecast(*named, tuple(rows), spread, forecast, distance, chance, needed, tuple(widths))
