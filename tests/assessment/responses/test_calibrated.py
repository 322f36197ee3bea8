"""Respondents whose weights meet known margins: by hand, and what must hold of any."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import ArrayLike

from merilo.assessment.responses.calibrated import calibrate
from merilo.assessment.responses.frequencies import frequencies
from merilo.assessment.responses.respondents import Respondents, Weighting, share_errors, stratify
from merilo.assessment.responses.variable import Variable
from merilo.assessment.stats.weights import Margin, UnreachableTargetsError

EVERYTHING = 1


def margin(name: str, codes: ArrayLike, targets: ArrayLike) -> Margin:
    return Margin(name, np.asarray(codes, dtype=np.int64), np.asarray(targets, dtype=np.float64))


def test_post_stratification_by_hand() -> None:
    """Four of 100 asked: three of one sex, of which there are 60, and one of the other."""
    of = stratify([0, 0, 0, 0], [0], [100])
    found = calibrate(of, (margin("sex", [0, 0, 0, 1], [60, 40]),))
    assert found.of.weights.tolist() == pytest.approx([20, 20, 20, 40])
    assert found.of.before is not None
    assert found.of.before.tolist() == [25] * 4
    assert found.of.weighting is Weighting.CALIBRATED
    assert found.diagnostics.design_effect == pytest.approx(4 * 2800 / 100**2)
    assert (found.recipients, found.recipients_before, found.has_arrived) == (100, 100, True)


def test_the_error_of_a_post_stratified_share_by_hand() -> None:
    """Two of each sex, half of 40 recipients each, all weights 10. Residuals from the means of the sexes are ±1/2 for
    the first and 0 for the second; variance = (1 − 4/40) · 4/3 · 2 · (10 · 1/2 / 40)²."""
    of = calibrate(stratify([0, 0, 0, 0], [0], [40]), (margin("sex", [0, 0, 1, 1], [20, 20]),)).of
    members = np.array([[True], [False], [True], [True]])
    expected = np.sqrt(0.9 * 4 / 3 * 2 * (10 * 0.5 / 40) ** 2)
    assert share_errors(of, members, np.ones(4, np.bool_))[0] == pytest.approx(expected)
    plain = share_errors(stratify([0, 0, 0, 0], [0], [40]), members, np.ones(4, np.bool_))[0]
    assert plain == pytest.approx(np.sqrt(0.9 / 3 * 0.75 * 0.25))
    assert expected < plain


def test_a_question_nobody_answered_has_no_error() -> None:
    of = calibrate(stratify([0, 0, 0, 0], [0], [40]), (margin("sex", [0, 0, 1, 1], [20, 20]),)).of
    assert share_errors(of, np.zeros((4, 2), np.bool_), np.zeros(4, np.bool_)).tolist() == [0, 0]
    found = frequencies(Variable("q", "q", ("a", "b"), np.full(4, -1)), of, EVERYTHING)
    assert np.isnan(found.shares).all()


def test_a_lonely_respondent_has_no_certainty() -> None:
    """One respondent: nothing is known of any error, margins or not, and the interval is as wide as that of one."""
    of = calibrate(stratify([0], [0], [40]), (margin("sex", [0], [40]),)).of
    found = frequencies(Variable("q", "q", ("a", "b"), np.array([0])), of, EVERYTHING)
    assert found.high[0] - found.low[0] > 0.7


def test_impossible_targets_are_an_error_and_contradictions_do_not_arrive() -> None:
    of = stratify([0, 0, 0, 0], [0], [100])
    with pytest.raises(UnreachableTargetsError):
        calibrate(of, (margin("sex", [0, 0, 0, 0], [60, 40]),))
    same = margin("sex", [0, 0, 1, 1], [60, 40]), margin("age", [0, 0, 1, 1], [40, 60])
    assert not calibrate(of, same).has_arrived


@st.composite
def samples(draw: st.DrawFn) -> tuple[Respondents, tuple[Margin, ...]]:
    """Respondents of a few organisations and margins that some positive weights meet."""
    chance = np.random.default_rng(draw(st.integers(0, 2**32)))
    size, organisations = draw(st.integers(6, 60)), draw(st.integers(1, 4))
    units = np.arange(size) % organisations
    people = chance.integers(size, 3000, organisations).astype(np.float64)
    known = chance.uniform(0.2, 5, size)
    margins = []
    for number in range(draw(st.integers(1, 3))):
        codes = chance.integers(0, draw(st.integers(1, 4)), size)
        codes = np.unique(codes, return_inverse=True)[1]
        margins.append(margin(f"m{number}", codes, np.bincount(codes, weights=known * 100)))
    return stratify(units, np.arange(organisations), people), tuple(margins)


@given(samples())
def test_weighted_margins_are_the_targets(sample: tuple[Respondents, tuple[Margin, ...]]) -> None:
    of, margins = sample
    found = calibrate(of, margins)
    if not found.has_arrived:  # a thousand sweeps may not be enough; then it says where it stands
        assert found.raked.gap.gap != 0
        return
    for one in margins:
        np.testing.assert_allclose(one.sums(found.of.weights), one.targets, rtol=1e-6)
        answers = frequencies(Variable("q", "q", ("",) * len(one.targets), one.codes), found.of, EVERYTHING)
        np.testing.assert_allclose(answers.shares, one.targets / one.targets.sum(), atol=1e-9)
        assert answers.counts.tolist() == np.bincount(one.codes).tolist()


@given(samples(), st.floats(1.3, 4))
def test_trimmed_weights_keep_to_their_bounds_and_margins(
    sample: tuple[Respondents, tuple[Margin, ...]], upper: float
) -> None:
    of, margins = sample
    found = calibrate(of, margins, lower=0.2, upper=upper)
    if found.has_arrived:
        assert found.diagnostics.smallest >= 0.2 * (1 - 1e-6)
        assert found.diagnostics.largest <= upper * (1 + 1e-6)
        for one in margins:
            np.testing.assert_allclose(one.sums(found.of.weights), one.targets, rtol=1e-6)
    else:
        assert found.raked.beyond.any() or found.raked.gap.gap != 0


@given(samples())
def test_margins_that_fit_already_change_nothing(sample: tuple[Respondents, tuple[Margin, ...]]) -> None:
    of, margins = sample
    fitting = tuple(margin(one.name, one.codes, one.sums(of.weights)) for one in margins)
    found = calibrate(of, fitting)
    np.testing.assert_allclose(found.of.weights, of.weights, rtol=1e-9)
    assert found.raked.sweeps == 1
