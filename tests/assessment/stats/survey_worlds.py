"""Made-up surveys of 27 organisations of which the true scores are known: how often the sets hold all true places."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from merilo.assessment.stats.linearisation import SampleDesign, answered, count_together, linearise, renormalise
from merilo.assessment.stats.place_sets import PlaceSets, joint_interval_sets, pairwise_sets

Floats = NDArray[np.float64]
ORGANISATIONS = 27
SHARES = 11
WEIGHTS = np.full(SHARES, 100 / SHARES)
BASES = np.array([1.0] * 8 + [0.6, 0.7, 0.8])  # the last three stand behind a filter


@dataclass(frozen=True)
class World:
    """What everybody in each organisation would answer: y and n (population, 11); `sizes`: respondents asked."""

    people: tuple[tuple[Floats, Floats], ...]
    sizes: NDArray[np.int64]

    def truth(self) -> Floats:
        return np.array([float(WEIGHTS @ (y.sum(axis=0) / n.sum(axis=0))) for y, n in self.people])


def made_up(seed: int, spread: float) -> World:
    """Organisations whose level of satisfaction differs by `spread`; answers of one person hang together."""
    rng = np.random.default_rng(seed)
    people = []
    for population in rng.integers(60, 400, ORGANISATIONS):
        level = 1.3 + spread * rng.normal() + rng.normal(0, 0.3, SHARES)
        people.append(answer(rng, int(population), level))
    return World(tuple(people), rng.integers(19, 25, ORGANISATIONS))


def answer(rng: np.random.Generator, count: int, level: Floats | float) -> tuple[Floats, Floats]:
    mood = 0.7 * rng.normal(size=(count, 1))
    n = (rng.random((count, SHARES)) < BASES).astype(np.float64)
    return (level + mood + rng.normal(size=(count, SHARES)) > 0) * n, n


def surveyed(world: World, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Scores and standard errors of one sample without replacement."""
    parts = []
    for (y, n), size in zip(world.people, world.sizes, strict=True):
        asked = rng.choice(len(y), size, replace=False)
        parts.append((y[asked], n[asked]))
    return estimated(parts, np.array([len(y) for y, _ in world.people], dtype=np.float64))


def estimated(parts: list[tuple[Floats, Floats]], populations: Floats) -> tuple[Floats, Floats]:
    strata = np.repeat(np.arange(len(parts)), [len(y) for y, _ in parts])
    y, n = (np.concatenate([part[side] for part in parts]) for side in (0, 1))
    together, design = count_together(y, n, strata, len(parts)), SampleDesign(populations)
    found = linearise(together, renormalise(WEIGHTS, answered(together, design)[:, None, :]), design)
    return found.values[:, 0], found.errors[:, 0]


def three_kinds(value: Floats, error: Floats, sizes: NDArray[np.int64], seed: int) -> dict[str, PlaceSets]:
    return {
        "differences": pairwise_sets(value, error, seed=seed, draws=400),
        "differences, degrees of freedom": pairwise_sets(value, error, seed=seed, draws=400, degrees=sizes - 1.0),
        "joint intervals": joint_interval_sets(value, error),
    }


def holds(sets: PlaceSets, places: NDArray[np.int64]) -> bool:
    return bool(((sets.best <= places) & (places <= sets.worst)).all())
