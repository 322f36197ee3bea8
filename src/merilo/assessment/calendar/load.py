"""Plain text values of a calendar file → YearCalendar; every problem names file and line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from merilo.assessment.calendar.working_days import YearCalendar
from merilo.assessment.errors import Problem
from merilo.assessment.located import Mapping, Reader

SATURDAY = 5


def read_year(node: Mapping, problems: list[Problem]) -> YearCalendar:
    """One year's calendar. A day off must be a weekday and a working day a weekend day of that year."""
    reader = Reader(node, problems)
    year = reader.whole("year")
    calendar = YearCalendar(
        year=year,
        off=frozenset(_days(reader, "off", year, weekend=False)),
        work=frozenset(_days(reader, "work", year, weekend=True)),
        act=reader.text("act"),
    )
    reader.text("status")
    reader.finish()
    return calendar


def _days(reader: Reader, key: str, year: int, *, weekend: bool) -> Iterator[date]:
    for text in reader.texts(key):
        try:
            day = date.fromisoformat(text)
        except ValueError:
            reader.note("YAML-06", reader.place(key), key=key, value=text, expected="date YYYY-MM-DD")
            continue
        if day.year != year or (day.weekday() >= SATURDAY) is not weekend:
            reader.note("CALENDAR-01", reader.place(key), key=key, day=text, year=year)
        yield day
