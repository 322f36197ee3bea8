"""Scores above the organisation (T15)."""

from __future__ import annotations

from fractions import Fraction as F

from merilo.assessment.scoring.aggregates import region_score, sector_score


def test_a_sector_is_the_plain_mean_of_its_organisations() -> None:
    assert sector_score([F("88.71"), F("83.91"), F("90.00")]) == F("262.62") / 3


def test_a_region_is_the_mean_of_its_sectors_not_of_its_organisations() -> None:
    sectors = {"social": F("87.54"), "culture": F("85.10"), "health": F("91.36")}
    assert region_score(sectors) == F("264.00") / 3 == 88


def test_nothing_to_average_is_no_score() -> None:
    assert sector_score([]) is None
    assert region_score({}) is None
