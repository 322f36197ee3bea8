"""Every kind of formula by a worked example, and its exact and columnar arithmetic held together (T18, T25)."""

from __future__ import annotations

from fractions import Fraction as F

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from merilo.assessment.methodology.formulas.bands import Band, Bands
from merilo.assessment.methodology.formulas.by_category import ByCategory
from merilo.assessment.methodology.formulas.choice import Choice
from merilo.assessment.methodology.formulas.count_capped import CountCapped
from merilo.assessment.methodology.formulas.formula import Applicability, Formula, Item
from merilo.assessment.methodology.formulas.kinds import KINDS
from merilo.assessment.methodology.formulas.mean import Mean
from merilo.assessment.methodology.formulas.mean_of import MeanOf
from merilo.assessment.methodology.formulas.mean_of_maximum import MeanOfMaximum
from merilo.assessment.methodology.formulas.mean_of_ratios import MeanOfRatios
from merilo.assessment.methodology.formulas.normalise import Normalise
from merilo.assessment.methodology.formulas.rate_per_100 import RatePer100
from merilo.assessment.methodology.formulas.ratio import Ratio
from merilo.assessment.methodology.formulas.steps import Steps
from merilo.assessment.methodology.formulas.sum_of import SumOf
from merilo.assessment.methodology.formulas.working import Observed, Status
from merilo.assessment.methodology.policies import Bases, EmptyPart, PerCode, Policies
from tests.properties.evidence import OneUnit, OneUnitColumns, number, share

WAITING = Steps("waited", "norm", F(100), ((F(3), F(60)), (F(2), F(40)), (F(1), F(20)), (F(0), F(10))), True)
COMPLAINTS = Bands(
    Mean("complaints", F(100)), (Band(F(0), True, F(1)), Band(F(5), True, F("0.5")), Band(None, True, F(0)))
)
HALVES = MeanOfRatios(("stands", "site"), "forms")
PARTS = (Item("first", "1", "", Ratio("stands", F(1))), Item("second", "2", "", Ratio("site", F(1))))


def cost(worst: int, best: int) -> Normalise:
    return Normalise(Mean("measured", F(1000)), F(worst), F(best), F(10))


@pytest.mark.parametrize(
    ("formula", "observed", "value"),
    [
        (Ratio("yes"), share("yes", 97, 160), F(97, 160) * 100),
        (Normalise(Ratio("staff"), F(0), F(100), F(10)), share("staff", 79, 100), F("7.9")),
        (Normalise(Ratio("points", F(15)), F(0), F(15), F(10)), share("points", 13, 15), F(26, 3)),
        (cost(30, 0), share("measured", 22, 1), F(8, 3)),
        (cost(5, 0), share("measured", 2, 1), F(6)),
        (cost(30, 0), share("measured", 45, 1), F(0)),
        (MeanOfMaximum("stars", F(5)), share("stars", 4 + 1 + 5 + 2 + 5 + 1 + 5 + 1, 8), F(60)),
        (Mean("stars", F(5)), share("stars", 24, 8), F(3)),
        (Ratio("top"), share("top", 4, 8), F(50)),
        (CountCapped("ways", F(30)), number("ways", 4), F(100)),
        (RatePer100("complaints"), share("complaints", 3, 250), F(6, 5)),
        (Choice("stand", (F(0), F("0.5"), F(1))), number("stand", F("0.5")), F("0.5")),
        (COMPLAINTS, share("complaints", 0, 100), F(1)),
        (COMPLAINTS, share("complaints", 5, 1), F("0.5")),
        (COMPLAINTS, share("complaints", 51, 10), F(0)),
    ],
)
def test_a_formula_gives_what_its_arithmetic_says(formula: Formula, observed: Observed, value: F) -> None:
    unit = OneUnit({observed.quantity: observed})
    assert formula.exact(unit).value == value
    assert formula.columns(OneUnitColumns(unit)).value[0] == pytest.approx(float(value), abs=1e-12)


def test_half_of_a_mean_of_ratios_that_nobody_used() -> None:
    nobody = {"stands": share("stands", 0, 0), "site": share("site", 47, 50)}
    zero = Policies(empty_part=PerCode(EmptyPart.ZERO))
    assert HALVES.exact(OneUnit(nobody)).value == F(4700, 50)
    assert HALVES.exact(OneUnit(nobody, zero)).value == F(4700, 50) / 2


def test_a_common_base_divides_both_counts() -> None:
    observed = {"stands": share("stands", 72, 80), "site": share("site", 47, 50), "forms": number("forms", 120)}
    common = Policies(bases=Bases.COMMON)
    assert HALVES.exact(OneUnit(observed, common)).value == F(100 * (72 + 47), 2 * 120)


def test_an_inapplicable_part_lowers_what_a_sum_can_reach() -> None:
    parts = (PARTS[0], Item("second", "2", "", Ratio("site", F(1)), Applicability(never=(("form", ("home",)),))))
    unit = OneUnit({"stands": share("stands", 1, 2)}, attributes={"form": "home"})
    working = SumOf(parts).exact(unit)
    assert (working.value, working.high) == (F(1, 2), F(1))


def test_a_sum_with_a_part_missing_has_no_value() -> None:
    working = SumOf(PARTS).exact(OneUnit({"stands": share("stands", 1, 2)}))
    assert (working.status, working.value) == (Status.NO_DATA, None)


def test_a_value_given_ready_is_used_only_where_there_is_no_evidence() -> None:
    item = PARTS[0]
    given_only = OneUnit({}, values={"first": F("0.96")})
    both = OneUnit({"stands": share("stands", 1, 2)}, values={"first": F("0.96")})
    assert item.exact(given_only).value == F("0.96")
    assert item.exact(both).value == F(1, 2)
    assert item.columns(OneUnitColumns(given_only)).value[0] == 0.96
    assert item.columns(OneUnitColumns(both)).value[0] == 0.5


def test_another_formula_for_another_sector() -> None:
    formula = ByCategory("sector", (("social", Ratio("stands")), ("health", Ratio("site"))))
    observed = {"stands": share("stands", 1, 2), "site": share("site", 1, 4)}
    assert formula.exact(OneUnit(observed, attributes={"sector": "health"})).value == 25
    assert formula.exact(OneUnit(observed, attributes={"sector": "culture"})).status is Status.NOT_APPLICABLE


counts = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda pair: (min(pair), max(pair)))


@st.composite
def units(draw: st.DrawFn) -> OneUnit:
    """Any mixture of observed, empty and missing quantities under any policies."""
    observed = {}
    for quantity in ("stands", "site", "yes", "staff", "points", "stars", "top", "complaints", "measured", "waited"):
        if draw(st.integers(0, 5)):
            observed[quantity] = share(quantity, *draw(counts))
    for quantity in ("forms", "ways", "norm"):
        if draw(st.integers(0, 5)):
            observed[quantity] = number(quantity, draw(st.integers(0, 20)))
    if draw(st.booleans()):
        observed["stand"] = number("stand", draw(st.sampled_from([F(0), F("0.5"), F(1), F(7)])))
    policies = Policies(
        empty_part=PerCode(draw(st.sampled_from(list(EmptyPart)))), bases=draw(st.sampled_from(list(Bases)))
    )
    form = draw(st.sampled_from(["home", "day", ""]))
    values = {"first": F("0.25")} if draw(st.booleans()) else {}
    return OneUnit(observed, policies, {"form": form, "sector": "social"}, values)


EVERY_KIND: tuple[Formula, ...] = (
    Ratio("yes"),
    Mean("measured", F(1000)),
    MeanOfRatios(("stands", "site"), "forms"),
    MeanOfMaximum("stars", F(5)),
    CountCapped("ways", F(30)),
    Choice("stand", (F(0), F("0.5"), F(1))),
    COMPLAINTS,
    WAITING,
    MeanOf(PARTS),
    SumOf((PARTS[0], Item("second", "2", "", Ratio("site"), Applicability(never=(("form", ("home",)),))))),
    RatePer100("complaints"),
    cost(30, 0),
    ByCategory("form", (("home", Ratio("stands")), ("day", MeanOf(PARTS)))),
)


def test_every_kind_is_held_to_its_twin() -> None:
    assert {formula.kind for formula in EVERY_KIND} == set(KINDS)


@pytest.mark.parametrize("formula", EVERY_KIND, ids=lambda formula: formula.kind)
@given(unit=units())
def test_exact_and_columnar_arithmetic_agree(formula: Formula, unit: OneUnit) -> None:
    exact, columns = formula.exact(unit), formula.columns(OneUnitColumns(unit))
    assert columns.status[0] == exact.status
    if exact.value is None:
        assert np.isnan(columns.value[0])
    else:
        assert columns.value[0] == pytest.approx(float(exact.value), abs=1e-9)
        assert columns.high[0] == pytest.approx(float(exact.high), abs=1e-12)
    base = np.nan if exact.base is None else float(exact.base)
    assert columns.base[0] == pytest.approx(base, nan_ok=True) or exact.status is not Status.SCORED
