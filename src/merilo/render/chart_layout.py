"""Where the parts of a chart stand: one geometry for every writer, in points; no figures are computed.

A chart too tall for a page becomes several parts with one common value axis.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from merilo.assessment.reporting.charts import ChartKind, ChartSpec, Series
from merilo.render.chart_text import reference_text, shown
from merilo.render.measure import LINE_HEIGHT, longest_word, text_width, wrap
from merilo.render.paper import POINTS_PER_MM, TEXT_WIDTH

CHART_WIDTH = TEXT_WIDTH * POINTS_PER_MM
# What a page holds beside the caption.
TALLEST = 650.0
MOST_BARS = 30
VALUE_SIZE = 8.0
REFERENCE_SIZE = 9.0
SIDE = 6.0
LINE = 14.0
# Between the end of a bar, or its foot, and its value.
VALUE_GAP = 3.0
# What the cap of a whisker takes of that gap.
_CAP_ROOM = 1.0
# Lying bars: letter size of the names and their share of the width, the first pair that fits a page;
# where none does, the chart goes over several pages with the roomy one.
_BAR_LABELS = ((9.0, 0.40), (9.0, 0.48), (8.5, 0.54), (8.0, 0.60))
_ROOMY = (9.0, 0.48)
_COLUMN_HEIGHT = 190.0
# The whole of a compact chart: about 58 mm.
_COMPACT_HEIGHT = 165.0
_MOST_LABEL_LINES = 4
BAR_THICKNESS = 11.0
_COLUMN_THICKNESS = 44.0
# Bars take this share of their category's room, unless they would grow too thick.
_FILLED = 0.75
_GAP_BETWEEN_BARS = 5.0


@dataclass(frozen=True, slots=True)
class Axis:
    """The value axis: its ends and the step between its marks."""

    low: float
    high: float
    step: float

    def marks(self) -> tuple[float, ...]:
        """The values that carry a grid line."""
        count = math.floor((self.high - self.low) / self.step + 1e-9)
        return tuple(self.low + self.step * number for number in range(count + 1))

    def share(self, value: float) -> float:
        """How far along the axis a value lies, 0 to 1; what lies outside is drawn at the end."""
        return min(max((value - self.low) / (self.high - self.low), 0.0), 1.0)

    @property
    def base(self) -> float:
        """Where bars begin: zero, or the end of the axis next to it."""
        return max(self.low, min(0.0, self.high))

    @property
    def digits(self) -> int:
        """Decimal places the marks need."""
        return next(
            (n for n in range(6) if all(abs(m * 10**n - math.floor(m * 10**n + 0.5)) < 1e-6 for m in self.marks())), 6
        )


@dataclass(frozen=True, slots=True)
class ChartLayout:
    """A chart, or a part of one, with its geometry in points.

    `slot` is the length of category axis each category has; the plot is the box between the axes.
    """

    chart: ChartSpec
    axis: Axis
    label_size: float
    slot: float
    plot_left: float
    plot_width: float
    plot_height: float
    height: float
    width: float = CHART_WIDTH

    @property
    def is_lying(self) -> bool:
        """Whether the bars lie."""
        return self.chart.kind is ChartKind.BAR

    @property
    def top_room(self) -> float:
        """What the reference line's name, and the values over standing columns, need above the plot."""
        return _top_room(self.chart)

    @property
    def thickness(self) -> float:
        """How thick a bar is."""
        filled = self.slot * _FILLED / max(len(self.chart.series), 1)
        return min(filled, BAR_THICKNESS if self.is_lying else _COLUMN_THICKNESS)

    def along(self, value: float) -> float:
        """Where a value lies on the value axis: from the left of the chart, or from its top."""
        share = self.axis.share(value)
        if self.is_lying:
            return self.plot_left + share * self.plot_width
        return self.top_room + (1 - share) * self.plot_height


@dataclass(frozen=True, slots=True)
class Label:
    """A text on one line: its middle and half its width, in points."""

    text: str
    middle: float
    half: float


def lay_out_chart(chart: ChartSpec, language: str) -> ChartLayout:
    """A chart in one piece, however tall. Standing columns lie down when their names or values do not fit."""
    axis = _axis(chart)
    if chart.kind is ChartKind.COLUMN:
        standing = _standing(chart, axis, language)
        if standing is not None:
            return standing
        chart = replace(chart, kind=ChartKind.BAR)
    for size, share in _BAR_LABELS:
        layout = _lying(chart, axis, language, size=size, share=share)
        if layout.height <= TALLEST:
            return layout
    return _lying(chart, axis, language, size=_ROOMY[0], share=_ROOMY[1])


def chart_parts(chart: ChartSpec, language: str) -> tuple[ChartLayout, ...]:
    """A chart in as few parts as pages need, each of nearly the same number of bars."""
    whole = lay_out_chart(chart, language)
    if not whole.is_lying:
        return (whole,)
    count = len(chart.categories)
    parts = max(math.ceil(count / MOST_BARS), math.ceil(whole.height / TALLEST), 1)
    if parts == 1:
        return (whole,)
    size, share = whole.label_size, (whole.plot_left - SIDE) / CHART_WIDTH
    bounds = [count * part // parts for part in range(parts + 1)]
    return tuple(
        _lying(_part(whole.chart, first, last), whole.axis, language, size=size, share=share)
        for first, last in itertools.pairwise(bounds)
    )


def legend_rows(chart: ChartSpec, width: float) -> tuple[tuple[str, ...], ...]:
    """The names of the series in rows of the legend; a single series needs no legend."""
    if len(chart.series) < 2:
        return ()
    rows: list[list[str]] = [[]]
    used = 0.0
    for series in chart.series:
        need = legend_entry_width(series.name)
        if rows[-1] and used + need > width:
            rows.append([])
            used = 0.0
        rows[-1].append(series.name)
        used += need
    return tuple(tuple(row) for row in rows)


def legend_entry_width(name: str) -> float:
    """The width of a legend entry with its coloured square and the gap after it."""
    return text_width(name, 9.0) + 32.0


def reference_label(layout: ChartLayout, language: str) -> Label:
    """The name of the reference line above the plot: at the line, or at the right end of a lying one."""
    text = reference_text(layout.chart, language)
    half = text_width(text, REFERENCE_SIZE, bold=True) / 2
    at = layout.along(layout.chart.reference[1]) if layout.chart.reference and layout.is_lying else layout.width
    middle = max(min(at, layout.width - half - SIDE), half + SIDE)
    return Label(text, middle, half)


def whisker(layout: ChartLayout, series: Series, place: int) -> tuple[float, float] | None:
    """Where the whisker of a value lies on the value axis, its low end first; it always touches the bar's end.

    None where the value has no interval, or the axis shows no piece of it. One without length is a mere cap.
    """
    interval, value = series.interval(place), series.values[place]
    if interval is None or value is None:
        return None
    low, high = min(interval[0], value), max(interval[1], value)
    if high < layout.axis.low or low > layout.axis.high:
        return None
    return layout.along(low), layout.along(high)


def value_end(layout: ChartLayout, series: Series, place: int) -> float:
    """After what on the value axis a value printed outside its bar stands: the bar's end, or its whisker's.

    With a whisker that is always the high end: under a falling bar stand the names of the categories.
    """
    drawn, value = whisker(layout, series, place), series.values[place]
    if drawn is None:
        return layout.along(layout.axis.base if value is None else value)
    base = layout.along(layout.axis.base)
    return max(drawn[1] + _CAP_ROOM, base) if layout.is_lying else min(drawn[1] - _CAP_ROOM, base)


def is_value_inside(layout: ChartLayout, series: Series, place: int, language: str) -> bool:
    """Whether a value is printed inside its bar, at the foot: a reference line or its whisker crosses the end."""
    chart, value = layout.chart, series.values[place]
    if value is None or not layout.is_lying or len(chart.series) > 1 or value <= layout.axis.base:
        return False
    if chart.reference is None and not series.has_intervals:
        return False
    ends = [value, *(series.interval(place) or ()), *(chart.reference[1:] if chart.reference else ())]
    room = text_width(shown(value, chart.digits, language), VALUE_SIZE, bold=True) + 2 * VALUE_GAP
    return layout.along(min(ends)) - layout.along(layout.axis.base) >= room


def label_lines(layout: ChartLayout, place: int) -> tuple[str, ...]:
    """The lines of a category's name, as wide as its room allows."""
    return wrap(layout.chart.categories[place], _label_room(layout), layout.label_size)


def may_be_bold(layout: ChartLayout, place: int) -> bool:
    """Whether a highlighted name has the room to be bold: its lines must not grow wider than theirs."""
    room, size = _label_room(layout), layout.label_size
    return place in layout.chart.highlight and all(
        text_width(line, size, bold=True) <= room + SIDE / 2 for line in label_lines(layout, place)
    )


def _label_room(layout: ChartLayout) -> float:
    return layout.plot_left - 2 * SIDE if layout.is_lying else layout.slot - 4


def _lying(chart: ChartSpec, axis: Axis, language: str, *, size: float, share: float) -> ChartLayout:
    widest = max((text_width(name, size) for name in chart.categories), default=0.0)
    room = min(CHART_WIDTH * share - SIDE, widest + 2)
    lines = max((len(wrap(name, room, size)) for name in chart.categories), default=1)
    bars = max(len(chart.series), 1) * BAR_THICKNESS
    slot = max(bars, lines * size * LINE_HEIGHT) + _GAP_BETWEEN_BARS
    plot_left = room + 2 * SIDE
    plot_height = slot * max(len(chart.categories), 1)
    return ChartLayout(
        chart=chart,
        axis=axis,
        label_size=size,
        slot=slot,
        plot_left=plot_left,
        plot_width=CHART_WIDTH - plot_left - SIDE - _widest_value(chart, axis, language) - 4,
        plot_height=plot_height,
        height=_top_room(chart) + plot_height + _room_below(chart, 1),
    )


def _standing(chart: ChartSpec, axis: Axis, language: str) -> ChartLayout | None:
    """The columns upright, or nothing when a name or a value is wider than its column."""
    size = 9.0
    plot_left = SIDE + text_width(shown(axis.high, axis.digits, language), VALUE_SIZE) + 2 * SIDE
    plot_width = CHART_WIDTH - plot_left - SIDE
    slot = plot_width / max(len(chart.categories), 1)
    if max((longest_word(name, size) for name in chart.categories), default=0.0) > slot - 4:
        return None
    if _widest_value(chart, axis, language) + 2 > slot * 0.75 / max(len(chart.series), 1):
        return None
    lines = max((len(wrap(name, slot - 4, size)) for name in chart.categories), default=1)
    if lines > _MOST_LABEL_LINES:
        return None
    around = _top_room(chart) + _room_below(chart, lines)
    plot_height = _COMPACT_HEIGHT - around if chart.compact else _COLUMN_HEIGHT
    return ChartLayout(
        chart=chart,
        axis=axis,
        label_size=size,
        slot=slot,
        plot_left=plot_left,
        plot_width=plot_width,
        plot_height=plot_height,
        height=around + plot_height,
    )


def _top_room(chart: ChartSpec) -> float:
    return SIDE + LINE * (bool(chart.reference) + (chart.kind is ChartKind.COLUMN))


def _room_below(chart: ChartSpec, lines: int) -> float:
    """Under the plot: the axis labels, the unit, the legend."""
    return LINE * (lines + bool(chart.unit) + len(legend_rows(chart, CHART_WIDTH))) + 2 * SIDE


def _widest_value(chart: ChartSpec, axis: Axis, language: str) -> float:
    values = [value for series in chart.series for value in series.values if value is not None]
    texts = (shown(value, chart.digits, language) for value in (*values, axis.high))
    return max(text_width(text, VALUE_SIZE, bold=True) for text in texts)


def _part(chart: ChartSpec, first: int, last: int) -> ChartSpec:
    return replace(
        chart,
        categories=chart.categories[first:last],
        series=tuple(
            Series(series.name, series.values[first:last], series.intervals[first:last]) for series in chart.series
        ),
        highlight=tuple(place - first for place in chart.highlight if first <= place < last),
    )


def _axis(chart: ChartSpec) -> Axis:
    """Bounds as given, else zero and the next round number around the data."""
    values = list(_finite(chart))
    low = min(0.0, *values, 0.0) if chart.low is None else chart.low
    high = max(0.0, *values, 0.0) if chart.high is None else chart.high
    if high <= low:
        high = low + 1.0
    step = _round_step((high - low) / 5)
    if chart.low is None:
        low = math.floor(low / step + 1e-9) * step
    if chart.high is None:
        high = math.ceil(high / step - 1e-9) * step
    return Axis(low, high, step)


def _finite(chart: ChartSpec) -> Iterator[float]:
    for series in chart.series:
        for place, value in enumerate(series.values):
            if value is not None:
                yield value
                yield from series.interval(place) or ()
    if chart.reference is not None:
        yield chart.reference[1]


def _round_step(rough: float) -> float:
    """The next of 1, 2, 2.5, 5, 10 times a power of ten, so that the marks are easy to read."""
    power = 10.0 ** math.floor(math.log10(rough))
    return next(step * power for step in (1.0, 2.0, 2.5, 5.0, 10.0) if step * power >= rough - 1e-12 * power)
