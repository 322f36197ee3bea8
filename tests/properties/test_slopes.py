"""A formula's slopes against what happens to its value when one more person answers this way or that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from merilo.assessment.methodology.formulas.bands import Band, Bands
from merilo.assessment.methodology.formulas.by_category import ByCategory
from merilo.assessment.methodology.formulas.formula import Formula, Item
from merilo.assessment.methodology.formulas.mean import Mean
from merilo.assessment.methodology.formulas.mean_of import MeanOf
from merilo.assessment.methodology.formulas.mean_of_maximum import MeanOfMaximum
from merilo.assessment.methodology.formulas.mean_of_ratios import MeanOfRatios
from merilo.assessment.methodology.formulas.normalise import Normalise
from merilo.assessment.methodology.formulas.rate_per_100 import RatePer100
from merilo.assessment.methodology.formulas.ratio import Ratio
from merilo.assessment.methodology.formulas.slopes import Slopes, stepped
from merilo.assessment.methodology.formulas.steps import Steps
from merilo.assessment.methodology.formulas.sum_of import SumOf
from merilo.assessment.methodology.formulas.working import Columns, ObservedColumn, Status
from merilo.assessment.methodology.policies import Bases, Policies

Floats = NDArray[np.float64]
STEP = 1e-5


@dataclass
class Totals:
    """Counts and bases of sampled quantities in one unit, and the variance of a mean made of them."""

    counts: Mapping[str, float]
    bases: Mapping[str, float]
    policies: Policies = field(default_factory=Policies)
    attributes: Mapping[str, str] = field(default_factory=dict)
    spread: float = 0.0
    observed_only: frozenset[str] = frozenset()

    @property
    def size(self) -> int:
        return 1

    @property
    def respondents(self) -> Floats:
        return np.array([20.0])

    def attribute_in(self, category: str, values: Sequence[str]) -> NDArray[np.bool_]:
        return np.array([self.attributes.get(category, "") in values])

    def observed(self, quantity: str) -> ObservedColumn:
        count, base = self.counts.get(quantity, np.nan), self.bases.get(quantity, np.nan)
        status = Status.SCORED if quantity in self.counts else Status.NO_DATA
        return ObservedColumn(np.array([count]), np.array([base]), np.array([status], dtype=np.int8))

    def given(self, code: str) -> Floats | None:
        return None

    def is_sampled(self, quantity: str) -> bool:
        return quantity not in self.observed_only

    def variance(self, slopes: Slopes) -> Floats:
        return np.array([self.spread])


def item(code: str, formula: Formula) -> Item:
    return Item(code, "", code, formula)


SHARE_A, SHARE_B = Ratio("a"), Ratio("b", Fraction(1))
FORMULAS: dict[str, Formula] = {
    "ratio": SHARE_A,
    "mean": Mean("a", Fraction(480)),
    "mean of maximum": MeanOfMaximum("a", Fraction(5), Fraction(100)),
    "rate per 100": RatePer100("a"),
    "mean of ratios": MeanOfRatios(("a", "b")),
    "mean of": MeanOf((item("x", SHARE_A), item("y", SHARE_B))),
    "sum of": SumOf((item("x", SHARE_A), item("y", SHARE_B))),
    "benefit": Normalise(Mean("a", Fraction(480)), Fraction(0), Fraction(480), Fraction(10)),
    "cost": Normalise(Mean("a", Fraction(480)), Fraction(480), Fraction(0), Fraction(10)),
    "by category": ByCategory("sector", (("social", SHARE_A), ("health", SHARE_B))),
}
numbers = st.tuples(st.integers(0, 40), st.integers(1, 40)).map(lambda pair: (float(min(pair)), float(max(pair))))


def moved(formula: Formula, totals: Totals, quantity: str, *, count: float = 0.0, base: float = 0.0) -> float:
    counts = {**totals.counts, quantity: totals.counts[quantity] + count}
    bases = {**totals.bases, quantity: totals.bases[quantity] + base}
    return float(formula.columns(replace(totals, counts=counts, bases=bases)).value[0])


@pytest.mark.parametrize("name", FORMULAS)
@given(a=numbers, b=numbers)
def test_slopes_are_differences(name: str, a: tuple[float, float], b: tuple[float, float]) -> None:
    formula = FORMULAS[name]
    totals = Totals({"a": a[0], "b": b[0]}, {"a": a[1], "b": b[1]}, attributes={"sector": "social"})
    slopes = formula.slopes(totals)
    for quantity, partial in slopes.partials.items():
        inside = totals.counts[quantity] > 0
        step = STEP if inside else 0.0
        by_count = (moved(formula, totals, quantity, count=STEP) - moved(formula, totals, quantity, count=-step)) / (
            STEP + step
        )
        by_base = (moved(formula, totals, quantity, base=STEP) - moved(formula, totals, quantity, base=-STEP)) / (
            2 * STEP
        )
        if (name != "cost" and inside) or name == "ratio":
            assert partial.count[0] == pytest.approx(by_count, rel=1e-4, abs=1e-6)
        assert partial.base[0] == pytest.approx(by_base, rel=1e-3, abs=1e-4)


@pytest.mark.parametrize("name", FORMULAS)
@given(a=numbers, b=numbers)
def test_what_hangs_on_answers_is_what_they_make(name: str, a: tuple[float, float], b: tuple[float, float]) -> None:
    """With everybody's answers taken away, what is left is the value at nobody: 0 for all but a cost."""
    formula = FORMULAS[name]
    totals = Totals({"a": a[0], "b": b[0]}, {"a": a[1], "b": b[1]}, attributes={"sector": "social"})
    slopes = formula.slopes(totals)
    value = float(formula.columns(totals).value[0])
    above = sum(float(one.above[0]) for one in slopes.partials.values())
    reach = sum(float(one.reach[0]) for one in slopes.partials.values())
    if name != "rate per 100":
        assert 0 <= above <= reach + 1e-9
        assert reach <= float(formula.high()) + 1e-9 or name == "mean"
    assert above == pytest.approx(value, abs=1e-9)


def test_a_common_base_moves_all_shares() -> None:
    formula = MeanOfRatios(("a", "b"), "forms")
    policies = replace(Policies(), bases=Bases.COMMON)
    totals = Totals(
        {"a": 72, "b": 47, "forms": 120}, {"a": 80, "b": 50, "forms": 120}, policies, observed_only=frozenset({"forms"})
    )
    slopes = formula.slopes(totals)
    assert slopes.partials.keys() == {"a", "b"}
    assert slopes.partials["a"].count[0] == pytest.approx(100 / 240)
    assert slopes.partials["a"].base[0] == 0
    together = formula.slopes(replace(totals, observed_only=frozenset()))
    assert together.partials["forms"].base[0] == pytest.approx(-100 * 119 / 240 / 120)


def test_what_is_observed_has_no_slope() -> None:
    totals = Totals({"a": 3.0, "b": 4.0}, {"a": 5.0, "b": 5.0}, observed_only=frozenset({"a"}))
    assert SHARE_A.slopes(totals).partials == {}
    assert MeanOfRatios(("a", "b")).slopes(totals).partials.keys() == {"b"}


BANDS = Bands(
    Mean("a", Fraction(480)),
    (
        Band(Fraction(15), False, Fraction(1)),
        Band(Fraction(30), True, Fraction(1, 2)),
        Band(None, True, Fraction(0)),
    ),
)


@pytest.mark.parametrize(("minutes", "error"), [(14.0, 3.0), (15.0, 1.0), (22.0, 6.0), (31.0, 4.0), (3.0, 0.5)])
def test_points_by_bands_vary_as_simulated(minutes: float, error: float) -> None:
    """The variance of the points over means normal around this one, and how they move with them: 400,000 draws."""
    totals = Totals({"a": minutes * 20}, {"a": 20.0}, spread=error**2)
    slopes = BANDS.slopes(totals)
    drawn = minutes + error * np.random.default_rng(1).standard_normal(400_000)
    points = np.where(drawn < 15, 1.0, np.where(drawn <= 30, 0.5, 0.0))
    slope = np.cov(points, drawn)[0, 1] / error**2
    assert slopes.partials["a"].count[0] * 20 == pytest.approx(slope, abs=0.003)
    assert slopes.loose[0].variance[0] + (slope * error) ** 2 == pytest.approx(points.var(), abs=0.003)
    assert slopes.loose[0].above[0] == BANDS.columns(totals).value[0]


def test_waiting_steps_stand_where_the_formula_has_them() -> None:
    """T = 14 in whole days: 100 up to 7.5, 60 up to 11.5, 40 to 12.5, 20 to 13.5, 10 to 14.5, then 0 (T13)."""
    steps = Steps(
        "a",
        "norm",
        Fraction(100),
        tuple((Fraction(by), Fraction(worth)) for by, worth in ((3, 60), (2, 40), (1, 20), (0, 10))),
        True,
    )
    for days in (5.0, 7.4, 8.0, 11.0, 12.0, 12.6, 14.0, 15.0):
        totals = Totals({"a": days * 10, "norm": 14.0}, {"a": 10.0}, spread=1.5**2, observed_only=frozenset({"norm"}))
        slopes = steps.slopes(totals)
        drawn = days + 1.5 * np.random.default_rng(2).standard_normal(200_000)
        points = np.array([100, 60, 40, 20, 10, 0])[np.searchsorted([7.5, 11.5, 12.5, 13.5, 14.5], drawn)]
        slope = np.cov(points, drawn)[0, 1] / 1.5**2
        assert slopes.partials["a"].count[0] * 10 == pytest.approx(slope, abs=0.5)
        assert slopes.loose[0].variance[0] + (slope * 1.5) ** 2 == pytest.approx(points.var(), rel=0.05, abs=2.0)


def test_a_mean_without_spread_stands_on_its_step() -> None:
    totals = Totals({"a": 400.0}, {"a": 20.0}, spread=0.0)
    slopes = BANDS.slopes(totals)
    assert slopes.partials["a"].count[0] == 0
    assert slopes.loose[0].variance[0] == 0
    nothing = Columns(*(np.array([np.nan]) for _ in range(5)))
    assert stepped(Slopes(), np.array([1.0]), [], [0.0], nothing, totals) == Slopes()
