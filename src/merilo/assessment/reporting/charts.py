"""Charts as data: one small description, several writers (DrawingML, SVG, a table of its values)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum


class ChartKind(Enum):
    """BAR lies (long names), COLUMN stands (short names)."""

    BAR = "bar"
    COLUMN = "column"


@dataclass(frozen=True, slots=True)
class Series:
    """Named values, one per category; None where there is no value.

    `intervals` say how sure the values are: the low and the high end for each, None where that is not known or
    nothing was sampled; empty where none is known. They are in the unit of the values and lie around them.
    Raises ValueError for another number of intervals than of values, and for ends not finite or not in order.
    """

    name: str
    values: tuple[float | None, ...]
    intervals: tuple[tuple[float, float] | None, ...] = ()

    def __post_init__(self) -> None:
        if self.intervals and len(self.intervals) != len(self.values):
            raise ValueError(f"{len(self.intervals)} intervals for {len(self.values)} values of {self.name!r}")
        for ends in self.intervals:
            if ends is not None and not -math.inf < ends[0] <= ends[1] < math.inf:
                raise ValueError(f"{ends} is no interval of {self.name!r}")

    def interval(self, place: int) -> tuple[float, float] | None:
        """The interval of the value in the category of this index, None where there is none to show."""
        if not self.intervals or self.values[place] is None:
            return None
        return self.intervals[place]

    @property
    def has_intervals(self) -> bool:
        """Whether any value has an interval to show."""
        return any(self.interval(place) for place in range(len(self.values)))


@dataclass(frozen=True, slots=True)
class ChartSpec:
    """What a chart shows.

    `digits` decimal places are printed at each value; `low` and `high` bound the value axis (None: by
    the data); `reference` draws one labelled line, for a mean or a norm; `highlight` are the indexes of
    categories that stand out (the organisation the page is about); a `compact` chart of columns is low.
    The intervals of the series are drawn as whiskers, cut where the axis ends.
    """

    kind: ChartKind
    title: str
    unit: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    digits: int = 1
    low: float | None = None
    high: float | None = None
    reference: tuple[str, float] | None = None
    highlight: tuple[int, ...] = ()
    compact: bool = False

    @property
    def has_intervals(self) -> bool:
        """Whether any value has an interval to show."""
        return any(series.has_intervals for series in self.series)
