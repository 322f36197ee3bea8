"""On honest made-up surveys the probability of a flag anywhere stays at the stated level."""

from __future__ import annotations

from math import sqrt

import pytest

from merilo.assessment.responses.quality import check_fieldwork
from tests.assessment.responses.fieldwork_worlds import honest

SURVEYS, LEVEL = 200, 0.05


@pytest.mark.slow
def test_honest_surveys_raise_flags_no_more_often_than_stated() -> None:
    surveys = (check_fieldwork(honest(1000 + seed).fieldwork(), level=LEVEL) for seed in range(SURVEYS))
    found = [any(not one.is_fact for one in quality.flags) for quality in surveys]
    assert sum(found) / SURVEYS <= LEVEL + 3 * sqrt(LEVEL * (1 - LEVEL) / SURVEYS)
