"""The spread of one respondent: against the formula by hand, and what has none."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from merilo.assessment.scoring.bulk import score_all
from merilo.assessment.scoring.errors import estimate_errors
from merilo.assessment.scoring.organisations import rate_rows
from merilo.assessment.scoring.respondent_spread import RespondentSpread, respondent_spread
from merilo.assessment.scoring.score import OVERALL
from tests.assessment.scoring.surveyed_regions import ASKED, census, made_up, rules, surveys

REGION = made_up(11, 1.5, 0.3)


def spread(subject: str = OVERALL) -> RespondentSpread:
    table = surveys(REGION, 1, seed=4)
    found = respondent_spread(rules(table), table, subject)
    assert found is not None
    return found


def test_an_indicator_that_is_one_share_spreads_as_a_share() -> None:
    """S² = p (1 − p) n / (n − 1), and no less than that of p with two yes and two no added, p̃ (1 − p̃) n / (n + 4)."""
    table = surveys(REGION, 1, seed=4)
    column = table.columns["satisfied_overall"]
    n, p = column.base, column.count / column.base
    pulled = (column.count + 2) / (n + 4)
    expected = np.sqrt(np.maximum(p * (1 - p) * n / (n - 1), pulled * (1 - pulled) * n / (n + 4)))
    assert spread("overall_satisfaction").deviations == pytest.approx(100 * expected, rel=1e-9)


def test_the_spread_gives_back_the_error_of_the_survey() -> None:
    """S √((1 − f) / n): what the assessment itself says of the same organisations, but for the least errors."""
    table = surveys(REGION, 1, seed=4)
    scores = score_all(rules(table), table)
    rated = rate_rows(rules(table), table, scores)
    errors = estimate_errors(rules(table), table, scores, rated, groups=[""] * 27, level=0.95).rows[OVERALL].error
    found, people = spread(), np.array(REGION.populations)
    expected = found.deviations * np.sqrt((1 - found.respondents / people) / found.respondents)
    assert errors == pytest.approx(expected, rel=0.05)


def test_a_census_has_a_spread_too() -> None:
    table = census(REGION)
    found = respondent_spread(rules(table), table)
    assert found is not None
    assert (found.deviations > 5).all()
    assert found.respondents.tolist() == REGION.populations


def test_what_no_survey_moves_has_no_spread() -> None:
    found = spread("remote_feedback")
    assert found.deviations.tolist() == [0.0] * 27
    assert (found.respondents > 0).all()


def test_twenty_of_twenty_still_have_a_spread() -> None:
    table = surveys(REGION, 1, seed=4)
    columns = {c: replace(one, count=one.base) if c in ASKED else one for c, one in table.columns.items()}
    found = respondent_spread(rules(table), replace(table, columns=columns, joint=None), "overall_satisfaction")
    assert found is not None
    assert (found.deviations > 0).all()


def test_there_is_no_spread_of_what_the_edition_lacks() -> None:
    table = surveys(REGION, 1, seed=4)
    assert respondent_spread(rules(table), table, "no_such_thing") is None
