"""Working days by the official production calendar; a year without data is refused, never guessed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from merilo.assessment.errors import MeriloError

SATURDAY = 5


class NoCalendar(MeriloError):
    """There is no production calendar for a year that a deadline reaches into."""


@dataclass(frozen=True, slots=True)
class YearCalendar:
    """One year: the weekdays that are off, the weekend days that are worked, and the act that says so."""

    year: int
    off: frozenset[date]
    work: frozenset[date]
    act: str


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """The years there are data for."""

    years: Mapping[int, YearCalendar]

    def is_working(self, day: date) -> bool:
        """Whether a day is worked. NoCalendar where its year has no data."""
        found = self.years.get(day.year)
        if found is None:
            raise NoCalendar(str(day.year))
        return day in found.work or (day.weekday() < SATURDAY and day not in found.off)

    def after(self, event: date, days: int) -> date:
        """The n-th working day after an event; the count starts on the day after it (ГК РФ, статья 191)."""
        day = event
        while days:
            day += timedelta(days=1)
            days -= self.is_working(day)
        return day

    def before(self, event: date, days: int) -> date:
        """The n-th working day before an event."""
        day = event
        while days:
            day -= timedelta(days=1)
            days -= self.is_working(day)
        return day


def working_calendar(years: Iterable[YearCalendar]) -> WorkingCalendar:
    """A calendar of several years."""
    return WorkingCalendar({one.year: one for one in years})
