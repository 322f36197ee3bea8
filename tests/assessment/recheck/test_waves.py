"""The change between waves: worked by hand, mirrored, reordered; and whom nobody may compare with whom."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from merilo.assessment.methodology.edition import Category
from merilo.assessment.methodology.policies import EmptyGroup, FormsOfService, PerCode, RankOn, Ties
from merilo.assessment.recheck.comparability import Link, Obstacle, Yardstick
from merilo.assessment.recheck.waves import SubjectChange, WaveChanges, compare_assessed
from merilo.assessment.rounding import Rounding, RoundingStage
from merilo.assessment.scoring.score import OVERALL
from merilo.assessment.stats.change import ChangeVerdict
from tests.assessment.recheck.two_waves import HUNDRED, Estimate, shuffled, wave, yardstick

pytestmark = pytest.mark.slow

ROSE, FELL, WITHIN = ChangeVerdict.ROSE, ChangeVerdict.FELL, ChangeVerdict.WITHIN_ERROR
EXACT, NOT = ChangeVerdict.EXACT_CHANGE, ChangeVerdict.NOT_COMPARABLE
MIRRORED = {ROSE: FELL, FELL: ROSE}
EARLIER = {"a": (80.0, 3.0), "b": (70.0, 3.0), "c": (50.0, 0.0), "d": (60.0, 3.0), "gone": (90.0, 1.0)}
LATER = {"new": (10.0, 1.0), "a": (90.0, 4.0), "b": (85.0, 4.0), "c": (60.0, 0.0), "d": (59.0, 4.0)}


def compared(
    before: dict[str, Estimate], after: dict[str, Estimate], links: dict[str, Link] | None = None
) -> WaveChanges:
    return compare_assessed(wave(before), wave(after), links or {}, level=0.95)


def overall(changes: WaveChanges) -> SubjectChange:
    found = changes.of(OVERALL)
    assert found is not None
    return found


def test_an_example_worked_by_hand() -> None:
    """Every error of a difference is √(3² + 4²) = 5, so z is 2, 3 and −0.2; 2 Φ(−2) = 0.0455, 2 Φ(−3) = 0.0027.

    Holm multiplies the smallest of three by 3, the next by 2: 0.0081, 0.0910, so a's rise is no rise among three.
    """
    changes = compared(EARLIER, LATER)
    assert [(row.key, row.earlier, row.later) for row in changes.rows] == [
        ("new", None, 0),
        ("a", 0, 1),
        ("b", 1, 2),
        ("c", 2, 3),
        ("d", 3, 4),
        ("gone", 4, None),
    ]
    found = overall(changes)
    assert found.changes.verdicts == (NOT, WITHIN, ROSE, EXACT, WITHIN, NOT)
    assert found.obstacles == (Obstacle.ONLY_LATER, None, None, None, None, Obstacle.ONLY_EARLIER)
    np.testing.assert_allclose(found.changes.difference, [np.nan, 10, 15, 10, -1, np.nan])
    np.testing.assert_allclose(found.p_single[[1, 2, 4]], [0.0455003, 0.0026998, 0.8414806], atol=1e-7)
    np.testing.assert_allclose(found.changes.p_value[[1, 2, 4]], [0.0910005, 0.0080994, 0.8414806], atol=1e-7)
    np.testing.assert_allclose(found.changes.interval.low[1], 10 - 1.959964 * 5, atol=1e-5)
    np.testing.assert_allclose(found.changes.interval.high[1], 10 + 1.959964 * 5, atol=1e-5)


def test_the_means_worked_by_hand() -> None:
    """Of both: 260 / 4 = 65 and 294 / 4 = 73.5, error √(3 · 25) / 4. Of all: 350 / 5 = 70 and 304 / 5 = 60.8, error
    √(3 · 9 + 1 + 3 · 16 + 1) / 5."""
    found = overall(compared(EARLIER, LATER))
    both, everybody = found.of_both, found.of_all
    assert (both.earlier, both.later, both.earlier_count, both.later_count) == (65, 73.5, 4, 4)
    assert both.changes.errors[0] == pytest.approx(75**0.5 / 4)
    assert both.verdict is ROSE
    assert (everybody.earlier, everybody.later, everybody.earlier_count) == (70, 60.8, 5)
    assert everybody.changes.errors[0] == pytest.approx(77**0.5 / 5)
    assert everybody.verdict is FELL


def test_the_degrees_of_a_mean_are_satterthwaites() -> None:
    """Two errors of 3 with 10 degrees of freedom each: (9 + 9)² / (81 / 10 + 81 / 10) = 20 a wave, 40 for both."""
    two = {"a": (50.0, 3.0), "b": (50.0, 3.0)}
    found = compare_assessed(wave(two, degrees=10), wave(two, degrees=10), {}, level=0.95)
    assert overall(found).of_both.changes.degrees[0] == pytest.approx(40)


def test_an_error_that_is_not_known_is_compared_with_nothing() -> None:
    found = overall(compared({"a": (80.0, np.nan), "b": (np.nan, np.nan)}, {"a": (10.0, 1.0), "b": (10.0, 1.0)}))
    assert found.obstacles == (Obstacle.ERROR_UNKNOWN, Obstacle.NO_VALUE)
    assert set(found.changes.verdicts) == {NOT}
    assert found.of_both.verdict is NOT


def test_a_census_is_exact_whatever_its_degrees() -> None:
    found = compare_assessed(wave({"a": (50.0, 0.0)}, degrees=29), wave({"a": (51.0, 0.0)}, degrees=29), {}, level=0.95)
    assert overall(found).changes.verdicts == (EXACT,)


numbers = st.floats(0, 100).map(lambda value: round(value, 2))
estimates = st.tuples(numbers, st.sampled_from([0.0, 0.5, 2.0, 7.5, np.nan]))
regions = st.dictionaries(st.sampled_from("abcdefgh"), estimates, min_size=1)


@given(regions, regions)
def test_swapping_the_waves_mirrors_the_result(before: dict[str, Estimate], after: dict[str, Estimate]) -> None:
    there, back = compared(before, after), compared(after, before)
    one, other = overall(there), overall(back)
    at = {row.key: index for index, row in enumerate(back.rows)}
    order = [at[row.key] for row in there.rows]
    assert [other.changes.verdicts[row] for row in order] == [MIRRORED.get(v, v) for v in one.changes.verdicts]
    np.testing.assert_allclose(other.changes.difference[order], -one.changes.difference)
    np.testing.assert_allclose(other.changes.interval.low[order], -one.changes.interval.high)
    np.testing.assert_allclose(other.changes.p_value[order], one.changes.p_value)
    for mine, theirs in ((one.of_both, other.of_both), (one.of_all, other.of_all)):
        assert theirs.verdict is MIRRORED.get(mine.verdict, mine.verdict)
        np.testing.assert_allclose(theirs.changes.difference, -mine.changes.difference)


@given(regions)
def test_a_wave_beside_itself_has_not_changed(region: dict[str, Estimate]) -> None:
    found = overall(compared(region, region))
    assert not {ROSE, FELL} & {*found.changes.verdicts, found.of_both.verdict, found.of_all.verdict}
    known = found.changes.difference[~np.isnan(found.changes.difference)]
    assert (known == 0).all()


@given(regions, regions, st.data())
def test_the_order_of_rows_does_not_matter(
    before: dict[str, Estimate], after: dict[str, Estimate], data: st.DataObject
) -> None:
    first, second = (shuffled(one, data.draw(st.permutations(list(one)))) for one in (before, after))
    one, other = compared(before, after), compared(first, second)
    assert _by_key(one) == _by_key(other)
    assert repr(overall(one).of_both) == repr(overall(other).of_both)
    assert repr(overall(one).of_all) == repr(overall(other).of_all)


def _by_key(changes: WaveChanges) -> dict[str, tuple[str, ...]]:
    found = overall(changes)
    columns = (found.changes.difference, found.changes.p_value, found.changes.interval.low)
    return {
        row.key: (found.changes.verdicts[index].name, *(repr(float(column[index])) for column in columns))
        for index, row in enumerate(changes.rows)
    }


OTHER_FORMULAS = replace(HUNDRED, criteria=tuple(reversed(HUNDRED.criteria)))
CASES: list[tuple[Yardstick, Obstacle | None, tuple[str, ...]]] = [
    (yardstick(), None, ()),
    (yardstick(replace(HUNDRED, code="other")), Obstacle.METHODOLOGY, ("mini", "other")),
    (yardstick(replace(HUNDRED, version="2")), Obstacle.EDITION, ("1", "2")),
    (yardstick(OTHER_FORMULAS), Obstacle.CONTENT, ()),
    (yardstick(empty_group=PerCode(EmptyGroup.ZERO)), Obstacle.POLICIES, ("empty_group",)),
    (yardstick(ties=Ties.DENSE, rank_on=RankOn.UNROUNDED, rounding=Rounding(printed=1)), None, ()),
    (yardstick(rounding=Rounding(stage=RoundingStage.ALL)), Obstacle.POLICIES, ("rounding",)),
    (yardstick(constants={"open": Fraction(14)}), Obstacle.CONSTANTS, ("open",)),
    (yardstick(constants={"unread": Fraction(14)}), None, ()),
]


@pytest.mark.parametrize(("later", "obstacle", "details"), CASES)
def test_another_yardstick(later: Yardstick, obstacle: Obstacle | None, details: tuple[str, ...]) -> None:
    before, after = wave({"a": (50.0, 1.0)}), wave({"a": (90.0, 1.0)}, by=later)
    found = overall(compare_assessed(before, after, {}, level=0.95))
    assert (found.counterpart.obstacle, found.counterpart.details) == (obstacle, details)
    assert found.obstacles == (obstacle,)
    assert found.changes.verdicts == (NOT if obstacle else ROSE,)
    assert found.of_both.verdict is (NOT if obstacle else ROSE)
    linked = overall(compare_assessed(before, after, {OVERALL: Link(OVERALL)}, level=0.95))
    assert (linked.obstacles, linked.changes.verdicts) == ((None,), (ROSE,))


def test_other_weights_hinder_only_the_overall_score() -> None:
    one = {"a": (50.0, 1.0)}
    before, after = wave(one, one), wave(one, one)
    weights = HUNDRED.criteria[0].indicators[0].weight
    other = replace(after.yardstick, rules=replace(after.yardstick.rules, weights={"openness": weights}))
    found = compare_assessed(before, replace(after, yardstick=other), {}, level=0.95)
    hindered = {one.counterpart.subject: one.counterpart.obstacle for one in found.subjects}
    assert hindered == {OVERALL: Obstacle.WEIGHTS, "openness": None}


def test_what_is_linked_with_nothing_is_named() -> None:
    one = {"a": (50.0, 1.0)}
    later = yardstick(replace(HUNDRED, code="other"))
    found = compare_assessed(wave(one, one), wave(one, one, by=later), {OVERALL: Link("openness")}, level=0.95)
    assert overall(found).counterpart == found.subjects[0].counterpart
    assert overall(found).counterpart.earlier == "openness"
    assert found.left == ()
    assert compare_assessed(wave(one, one), wave(one, by=later), {}, level=0.95).left == ("openness",)


def test_forms_apart_in_one_wave_only_cannot_be_joined() -> None:
    split = replace(HUNDRED, categories=(Category("form", "Форма", (), required=False, splits=True),))
    apart, together = yardstick(split, forms=FormsOfService.SEPARATE), yardstick(split)
    one = {"a": (50.0, 1.0)}
    with pytest.raises(ValueError, match="apart"):
        compare_assessed(wave(one, by=together), wave(one, by=apart), {}, level=0.95)
