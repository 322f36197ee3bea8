"""How often intervals under raked weights hold the truth, by both rules, where chances of being asked are unequal."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from merilo.assessment.stats.calibration import CalibratedSample, ResidualRule, linearise_calibrated
from merilo.assessment.stats.tails import two_sided_quantile
from merilo.assessment.stats.weights import Margin, design_weights, rake
from tests.assessment.stats.reference import Floats

ASKED = (150, 30)
Z = two_sided_quantile(0.95)


@dataclass(frozen=True)
class Measured:
    """The deviation of the estimates; by each rule the usual error and the share of intervals that hold."""

    deviation: float
    errors: Floats
    coverage: Floats


def measured(dependence: float, replications: int) -> Measured:
    rng = np.random.default_rng(1)
    age = rng.integers(0, 3, 6000)
    sex = (rng.random(6000) < 0.2 + 0.25 * age).astype(np.int64)
    stratum = (rng.random(6000) < np.where(sex == 1, 0.75, 0.25)).astype(np.int64)
    level = 1.5 * (age == 2) + 1.2 * sex * (stratum == 1) * dependence
    y = (level + rng.normal(size=6000) > 0.8).astype(np.float64)
    targets = {"age": np.bincount(age), "sex": np.bincount(sex)}
    sizes, members = np.bincount(stratum).astype(np.float64), [np.flatnonzero(stratum == h) for h in (0, 1)]
    values, errors = np.zeros(replications), np.zeros((replications, 2))
    for turn in range(replications):
        asked = np.concatenate([rng.choice(own, n, replace=False) for own, n in zip(members, ASKED, strict=True)])
        margins = tuple(
            Margin(name, codes[asked], targets[name].astype(np.float64)) for name, codes in (("age", age), ("sex", sex))
        )
        before = design_weights(stratum[asked], sizes)
        sample = CalibratedSample(rake(before, margins).weights, before, margins, stratum[asked], sizes)
        for place, rule in enumerate(ResidualRule):
            found = linearise_calibrated(y[asked, None], np.ones((len(asked), 1)), [[1.0]], sample, rule=rule)
            values[turn], errors[turn, place] = found.values[0, 0], found.errors[0, 0]
    held = np.abs(values - y.mean())[:, None] <= Z * errors
    return Measured(float(values.std()), np.sqrt((errors**2).mean(axis=0)), held.mean(axis=0))


def test_a_small_simulation_is_near_the_truth() -> None:
    found = measured(1.0, 150)
    np.testing.assert_allclose(found.errors, found.deviation, rtol=0.15)
    assert found.coverage.min() >= 0.9


@pytest.mark.slow
@pytest.mark.parametrize("dependence", [0.0, 1.0, 2.0])
def test_two_thousand_surveys_are_covered(dependence: float) -> None:
    found = measured(dependence, 2000)
    print(found)
    assert found.coverage.min() >= 0.93
    np.testing.assert_allclose(found.errors, found.deviation, rtol=0.12)
