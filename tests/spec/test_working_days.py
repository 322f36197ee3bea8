"""Deadlines in working days by the production calendar of 2024 (T27–T29)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merilo.assessment.calendar.load import read_year
from merilo.assessment.calendar.working_days import NoCalendar, WorkingCalendar, working_calendar
from merilo.assessment.errors import Problem
from merilo.shelf import DATA, read_yaml


def calendar() -> WorkingCalendar:
    problems: list[Problem] = []
    node = read_yaml(DATA / "calendars" / "ru-2024.yaml", "ru-2024.yaml", problems)
    assert node is not None
    year = read_year(node, problems)
    assert problems == []
    return working_calendar([year])


CALENDAR = calendar()


def day(text: str) -> date:
    number, month = text.split(".")
    return date(2024, int(month), int(number))


@pytest.mark.parametrize(
    ("event", "days", "due"),
    [
        ("19.04", 10, "07.05"),
        ("19.04", 20, "23.05"),
        ("19.04", 25, "30.05"),
        ("07.05", 15, "30.05"),
        ("23.05", 15, "14.06"),
        ("30.05", 15, "21.06"),
        ("14.06", 10, "28.06"),
    ],
)
def test_the_nth_working_day_after_an_event(event: str, days: int, due: str) -> None:
    assert CALENDAR.after(day(event), days) == day(due)


@pytest.mark.parametrize(("text", "working"), [("27.04", True), ("29.04", False), ("10.05", False), ("02.11", True)])
def test_moved_days(text: str, working: bool) -> None:
    assert CALENDAR.is_working(day(text)) is working


def test_the_year_has_248_working_days() -> None:
    days = [date(2024, 1, 1) + timedelta(days=number) for number in range(366)]
    assert sum(CALENDAR.is_working(one) for one in days) == 248


def test_a_year_without_data_is_refused() -> None:
    with pytest.raises(NoCalendar, match="2025"):
        CALENDAR.after(date(2024, 12, 27), 3)


@given(st.dates(date(2024, 2, 1), date(2024, 9, 1)), st.integers(1, 40))
def test_forward_and_back_return_to_the_event_or_the_working_day_before_it(event: date, days: int) -> None:
    back = CALENDAR.before(CALENDAR.after(event, days), days)
    assert back == (event if CALENDAR.is_working(event) else CALENDAR.before(event, 1))


def test_a_day_off_on_a_weekend_is_noted() -> None:
    from merilo.assessment.errors import Place
    from merilo.assessment.located import Mapping, Scalar, Sequence

    place = Place("test", 1)

    def scalar(text: str) -> Scalar:
        return Scalar(text, place)

    node = Mapping(
        {
            "year": scalar("2024"),
            "act": scalar("act"),
            "status": scalar("verified"),
            "off": Sequence((scalar("2024-01-06"),), place),
            "work": Sequence((), place),
        },
        place,
    )
    problems: list[Problem] = []
    read_year(node, problems)
    assert [found.code for found in problems] == ["CALENDAR-01"]
