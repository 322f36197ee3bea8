"""Changes between two waves, with the figures of Kaluga 2022 and 2023."""

from __future__ import annotations

import pytest

from merilo.assessment.recheck.changes import check_change
from merilo.assessment.recheck.claims import Statistic
from merilo.assessment.recheck.defect import Certainty, DefectKind
from tests.assessment.recheck.printed_values import claim, number, published, units

NOTHING = published({})
POINTS, WRONG, TURNED, WITHIN = (
    DefectKind.POINTS_AS_PERCENT,
    DefectKind.CHANGE_WRONG,
    DefectKind.DIRECTION_WRONG,
    DefectKind.WITHIN_ERROR,
)


@pytest.mark.parametrize(
    ("statistic", "text", "before", "after", "kinds"),
    [
        (Statistic.FALL, "7.21%", "91.11%", "83.9%", [POINTS]),
        (Statistic.FALL, "7.21", "91.11%", "83.9%", []),  # said in points
        (Statistic.FALL, "7.9%", "91.11%", "83.9%", []),  # the relative change
        (Statistic.RISE, "6%", "54%", "60%", [POINTS]),
        (Statistic.RISE, "11%", "54%", "60%", []),
        (Statistic.CHANGE, "-6.25", "90.97%", "84.72%", []),
        (Statistic.CHANGE, "-6.52", "90.97%", "84.72%", [WRONG]),
        (Statistic.CHANGE, "6.25", "90.97%", "84.72%", []),  # no sign: the figures give it
        (Statistic.RISE, "0.2", "9.2", "9.4", []),
        (Statistic.RISE, "2%", "9.2", "9.4", []),
        (Statistic.RISE, "", "91.11%", "83.9%", [TURNED]),
        (Statistic.FALL, "", "83%", "83.4%", []),  # 83.4 may be 83.35 and 83 may be 83.4
    ],
)
def test_what_a_change_is_called(
    statistic: Statistic, text: str, before: str, after: str, kinds: list[DefectKind]
) -> None:
    found = check_change(NOTHING, claim(statistic, text, before=number(before), after=number(after)))
    assert found is not None
    assert [one.kind for one in found] == kinds


def test_a_fall_within_the_sampling_error() -> None:
    stated = claim(Statistic.FALL, "", before=number("88.9%"), after=number("83.6%"), before_base=216, bases=(61,))
    (found,) = check_change(NOTHING, stated) or []
    assert (found.kind, found.certainty, found.reason) == (WITHIN, Certainty.LIKELY, "SIMPLE-SAMPLE")
    larger = claim(Statistic.FALL, "", before=number("88.9%"), after=number("83.6%"), before_base=2160, bases=(610,))
    assert check_change(NOTHING, larger) == []


def test_an_index_is_no_share_so_its_error_is_only_a_question() -> None:
    stated = claim(Statistic.FALL, "", before=number("91.11%"), after=number("83.9%"), before_base=216, bases=(61,))
    (found,) = check_change(NOTHING, stated) or []
    assert (found.certainty, found.reason) == (Certainty.HINT, "NOT-A-SHARE")


def test_the_figures_may_stand_in_the_tables() -> None:
    report = published({"2022": {"a": "90.97%", "sample": "216"}, "2023": {"a": "84.72%", "sample": "61"}})
    stated = claim(Statistic.FALL, "6.25%", scope=units("2022", "2023"))
    assert [one.kind for one in check_change(report, stated) or []] == [POINTS, WITHIN]
    assert check_change(report, claim(Statistic.FALL, "6.25%")) is None
