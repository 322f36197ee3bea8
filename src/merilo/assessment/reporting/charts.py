"""Charts as data: one small description, several writers (DrawingML, SVG, a table of its values)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class ChartKind(Enum):
    """BAR lies (long names), COLUMN stands (short names)."""

    BAR = "bar"
    COLUMN = "column"


@dataclass(frozen=True, slots=True)
class Series:
    """Named values, one per category; None where there is no value."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class ChartSpec:
    """What a chart shows.

    `digits` decimal places are printed at each value; `low` and `high` bound the value axis (None: by
    the data); `reference` draws one labelled line, for a mean or a norm; `highlight` are the indexes of
    categories that stand out (the organisation the page is about); a `compact` chart of columns is low.
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
