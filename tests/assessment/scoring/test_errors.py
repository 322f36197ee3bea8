"""Standard errors of scores: against linearisation by hand, over forms of service, for what came in without answers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from merilo.assessment.observations.table import ObservationTable
from merilo.assessment.scoring.bulk import score_all
from merilo.assessment.scoring.errors import AllErrors, estimate_errors
from merilo.assessment.scoring.organisations import rate_rows
from merilo.assessment.scoring.score import OVERALL
from merilo.assessment.stats.linearisation import CoOccurrence, SampleDesign, linearise
from tests.assessment.scoring.surveyed_regions import ASKED, census, edition, made_up, rules, surveys, table_of

REGION = made_up(7, 1.5, 0.3)


def errors_of(table: ObservationTable) -> AllErrors:
    scores = score_all(rules(table), table)
    return estimate_errors(
        rules(table), table, scores, rate_rows(rules(table), table, scores), groups=[""] * table.size, level=0.95
    )


def weights_of(subject: str) -> np.ndarray:
    """What every share counts for in points where everybody was asked everything: weights of 344н written out."""
    halves = {"satisfied_stand": 0.5, "satisfied_site": 0.5}
    in_criterion = {
        "openness": {code: 0.4 * half for code, half in halves.items()},
        "comfort": {"timely": 0.4, "satisfied_comfort": 0.3},
        "accessibility": {"satisfied_accessibility": 0.3},
        "courtesy": {"polite_first_contact": 0.4, "polite_service": 0.4, "polite_remote": 0.2},
        "satisfaction": {"would_recommend": 0.3, "satisfied_organisation": 0.2, "satisfied_overall": 0.5},
    }
    if subject == OVERALL:
        return 100 * np.array([sum(part.get(code, 0.0) for part in in_criterion.values()) / 5 for code in ASKED])
    return 100 * np.array([in_criterion[subject].get(code, 0.0) for code in ASKED])


@pytest.mark.parametrize("subject", ["openness", "comfort", "accessibility", "courtesy", "satisfaction", OVERALL])
def test_the_linear_error_is_that_of_linearisation_which_is_that_of_r(subject: str) -> None:
    table = surveys(REGION, 4, seed=2)
    joint = table.joint
    assert joint is not None
    half = len(ASKED)
    totals = joint.products[:, range(2 * half), [half + at % half for at in range(2 * half)]]
    populations = np.array(table.units.organisations.recipients, dtype=np.float64)
    together = CoOccurrence(joint.sizes, totals, joint.products)
    expected = linearise(together, weights_of(subject)[None, :], SampleDesign(populations)).errors[:, 0]
    found = errors_of(table).rows[subject]
    everybody_asked = ~np.isnan(expected)
    assert everybody_asked.sum() > 50
    assert found.linear[everybody_asked] == pytest.approx(expected[everybody_asked], rel=1e-10)
    assert (found.error >= found.linear * (1 - 1e-12)).all()


def test_a_census_is_exact() -> None:
    found = errors_of(census(REGION))
    for one in found.rows.values():
        there = ~np.isnan(one.error)
        assert one.error[there] == pytest.approx(0.0, abs=1e-6)
        assert one.low[there] == pytest.approx(one.high[there], abs=1e-5)
    assert not np.isnan(found.rows[OVERALL].error).any()


def test_checklists_have_no_sampling_error() -> None:
    found = errors_of(surveys(REGION, 1, seed=2)).rows
    for code in ("information_match", "remote_ways", "comfort_conditions"):
        if code in found:
            assert not found[code].is_sampled.any()
            assert not found[code].error.any()
    assert found["accessibility"].reach == pytest.approx(30.0)  # 0.3 of the criterion is asked, the rest is seen


def test_everybody_said_yes_and_nothing_is_exact_for_it() -> None:
    table = surveys(REGION, 1, seed=2)
    columns = {
        code: replace(one, count=one.base.copy()) if code in ASKED else one for code, one in table.columns.items()
    }
    found = errors_of(replace(table, columns=columns, joint=None)).rows
    scores = score_all(rules(table), replace(table, columns=columns, joint=None))
    for code in ("courtesy", "satisfaction", OVERALL):
        one = found[code]
        assert one.linear == pytest.approx(0.0, abs=1e-9)
        assert (one.error > 0).all()
        assert (one.low < one.high).all()
    assert found["satisfaction"].high == pytest.approx(100.0)
    assert (found[OVERALL].high <= scores.overall.value + 1e-9).all()


def test_one_share_has_wilsons_interval_with_students_quantile() -> None:
    """120 of 150, nobody else known: p = 0.8, m = 150, v = 0.16 / 149, t(149) = 1.976013."""
    table = surveys(REGION, 1, seed=2)
    columns = dict(table.columns)
    columns["timely"] = replace(columns["timely"], count=np.full(27, 120.0), base=np.full(27, 150.0))
    found = errors_of(replace(_endless(table), columns=columns, joint=None)).rows["waiting"]
    p, m, v, t = 0.8, 150, 0.16 / 149, 1.976013
    half = t * (v + (t / (2 * m)) ** 2) ** 0.5
    low, high = ((p + t * t / (2 * m) + side * half) / (1 + t * t / m) for side in (-1, 1))
    assert found.low == pytest.approx(100 * low, abs=1e-4)
    assert found.high == pytest.approx(100 * high, abs=1e-4)


def test_without_answers_questions_are_independent_and_the_error_is_smaller() -> None:
    table = surveys(REGION, 1, seed=2)
    with_answers, without = errors_of(table).rows[OVERALL], errors_of(replace(table, joint=None)).rows[OVERALL]
    assert (without.linear <= with_answers.linear * 1.2).all()
    assert np.median(without.linear / with_answers.linear) < 0.97
    shares = (errors_of(table).rows["waiting"], errors_of(replace(table, joint=None)).rows["waiting"])
    assert shares[0].linear == pytest.approx(shares[1].linear, rel=1e-12)


def test_the_subjects_are_all_the_scores_there_are() -> None:
    found = errors_of(surveys(REGION, 1, seed=2)).rows
    assert {OVERALL, *(one.code for one in edition().criteria), *(one.code for one in edition().indicators)} <= set(
        found
    )


def test_the_bootstrap_agrees() -> None:
    """One organisation's respondents drawn again a thousand times, every draw scored anew through all formulas and
    policies: the scores spread as the linear error says, for every criterion and the overall score."""
    y, n = REGION.people[0]
    people, rng = np.concatenate([y, n], axis=1), np.random.default_rng(9)
    asked = [people[rng.integers(0, len(people), 200)]]
    drawn = [asked[0][rng.integers(0, 200, 200)] for _ in range(1000)]
    endless = _endless(table_of(drawn, [len(people)] * 1000))
    scores = score_all(rules(endless), endless)
    rated = rate_rows(rules(endless), endless, scores)
    found = errors_of(_endless(table_of(asked, [len(people)]))).rows
    for code in (OVERALL, *(criterion.code for criterion in edition().criteria)):
        values = rated.subject(code)
        assert values is not None
        # A standard deviation from a thousand draws is itself known to 2 %.
        assert values.value.std(ddof=1) == pytest.approx(found[code].linear[0], rel=0.08)


def _endless(table: ObservationTable) -> ObservationTable:
    register = table.units.organisations
    known = replace(register, recipients=[None] * len(register))
    return replace(table, units=replace(table.units, organisations=known))
