"""A chart as an accessible SVG picture: a title, a text with every value, no scripts."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from merilo.assessment.reporting.charts import ChartSpec
from merilo.render.chart_colours import AXIS, GRID, INK, PAPER, REFERENCE, bar_colours, series_colour
from merilo.render.chart_layout import (
    LINE,
    REFERENCE_SIZE,
    SIDE,
    VALUE_GAP,
    VALUE_SIZE,
    ChartLayout,
    is_value_inside,
    label_lines,
    lay_out_chart,
    legend_entry_width,
    legend_rows,
    may_be_bold,
    reference_label,
    value_end,
    whisker,
)
from merilo.render.chart_text import shown, values_text
from merilo.render.measure import FONT, LINE_HEIGHT, METRIC_TWIN
from merilo.render.xml_text import allowed

_LONGEST_CAP = 4.0


def chart_svg(chart: ChartSpec, *, language: str, identifier: str = "chart") -> str:
    """The chart in one piece, for a page; `identifier` keeps its parts apart from those of other charts."""
    return draw(lay_out_chart(chart, language), language=language, identifier=identifier)


def draw(layout: ChartLayout, *, language: str, identifier: str = "chart") -> str:
    """A laid-out chart as an SVG element."""
    chart = layout.chart
    title, text = f"{identifier}-title", f"{identifier}-text"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{layout.width:.1f}" height="{layout.height:.1f}" '
        f'viewBox="0 0 {layout.width:.1f} {layout.height:.1f}" role="img" lang="{language}" '
        f"aria-labelledby={quoteattr(f'{title} {text}')} "
        f'font-family="{FONT}, {METRIC_TWIN}, serif" font-size="{VALUE_SIZE:g}">',
        f"<title id={quoteattr(title)}>{_plain(chart.title)}</title>",
        f"<desc id={quoteattr(text)}>{_plain(values_text(chart, language))}</desc>",
        *_grid(layout, language),
        *_bars(layout),
        *_labels(layout),
        *_base_line(layout),
        *_whiskers(layout),
        *_reference(layout, language),
        *_values(layout, language),
        *_legend(layout),
        "</svg>",
    ]
    return "".join(parts)


def _grid(layout: ChartLayout, language: str) -> Iterator[str]:
    top, bottom = layout.top_room, layout.top_room + layout.plot_height
    left, right = layout.plot_left, layout.plot_left + layout.plot_width
    for mark in layout.axis.marks():
        at = layout.along(mark)
        text = shown(mark, layout.axis.digits, language)
        if layout.is_lying:
            yield _line(at, top, at, bottom, GRID)
            yield _text(at, bottom + 11, text, anchor="middle")
        else:
            yield _line(left, at, right, at, GRID)
            yield _text(left - 4, at + 3, text, anchor="end")
    if layout.chart.unit:
        yield _text((left + right) / 2, _unit_line(layout), layout.chart.unit, anchor="middle")


def _placed_values(layout: ChartLayout) -> Iterator[tuple[int, int, float, float]]:
    """The series, the category and the value of every bar, and where its near side lies."""
    count = len(layout.chart.series)
    for number, series in enumerate(layout.chart.series):
        for place, value in enumerate(series.values):
            if value is not None:
                yield number, place, value, _middle(layout, place) + (number - count / 2) * layout.thickness


def _bars(layout: ChartLayout) -> Iterator[str]:
    zero = layout.along(layout.axis.base)
    for number, place, value, near in _placed_values(layout):
        highlighted = place in layout.chart.highlight
        fill, outline = bar_colours(number, highlighted=highlighted, under_whisker=layout.chart.has_intervals)
        yield _bar(layout, near, layout.along(value), zero, fill, outline)


def _whiskers(layout: ChartLayout) -> Iterator[str]:
    """The intervals of the values; an end cut by the axis has no cap."""
    half = min(layout.thickness * 0.3, _LONGEST_CAP)
    for number, place, _, near in _placed_values(layout):
        series, middle = layout.chart.series[number], near + layout.thickness / 2
        drawn, interval = whisker(layout, series, place), series.interval(place)
        if drawn is None or interval is None:
            continue
        yield _across(layout, (drawn[0], middle), (drawn[1], middle))
        for at, end in zip(drawn, interval, strict=True):
            if layout.axis.low <= end <= layout.axis.high:
                yield _across(layout, (at, middle - half), (at, middle + half))


def _across(layout: ChartLayout, start: tuple[float, float], end: tuple[float, float]) -> str:
    """A line of a whisker between two points, given along the value axis and across it."""
    if not layout.is_lying:
        start, end = start[::-1], end[::-1]
    return _line(*start, *end, INK, width=1.0)


def _values(layout: ChartLayout, language: str) -> Iterator[str]:
    for number, place, value, near in _placed_values(layout):
        series = layout.chart.series[number]
        text = shown(value, layout.chart.digits, language)
        is_bold, middle = place in layout.chart.highlight, near + layout.thickness / 2
        if is_value_inside(layout, series, place, language):
            foot = layout.along(layout.axis.base) + VALUE_GAP
            yield _text(foot, middle + 2.8, text, bold=is_bold, colour=PAPER)
        else:
            falls = value < 0 and whisker(layout, series, place) is None
            yield _value_label(layout, middle, value_end(layout, series, place), falls, text, is_bold)


def _bar(layout: ChartLayout, near: float, end: float, zero: float, colour: str, outline: str) -> str:
    start, length, thickness = min(zero, end), abs(end - zero), layout.thickness
    if layout.is_lying:
        box = f'x="{start:.1f}" y="{near:.1f}" width="{length:.1f}" height="{thickness:.1f}"'
    else:
        box = f'x="{near:.1f}" y="{start:.1f}" width="{thickness:.1f}" height="{length:.1f}"'
    edge = f'stroke="#{outline}" stroke-width="1.5"' if outline else 'stroke="#FFFFFF" stroke-width="0.5"'
    return f'<rect {box} fill="#{colour}" {edge}/>'


def _value_label(layout: ChartLayout, middle: float, end: float, falls: bool, text: str, is_bold: bool) -> str:
    if not layout.is_lying:
        shift = 9 if falls else -VALUE_GAP
        return _text(middle, end + shift, text, anchor="middle", bold=is_bold, has_halo=True)
    if falls:
        return _text(end - VALUE_GAP, middle + 2.8, text, anchor="end", bold=is_bold, has_halo=True)
    return _text(end + VALUE_GAP, middle + 2.8, text, bold=is_bold, has_halo=True)


def _labels(layout: ChartLayout) -> Iterator[str]:
    step = layout.label_size * LINE_HEIGHT
    for place in range(len(layout.chart.categories)):
        lines = label_lines(layout, place)
        is_bold = may_be_bold(layout, place)
        for number, line in enumerate(lines):
            if layout.is_lying:
                y = _middle(layout, place) + (number - (len(lines) - 1) / 2) * step + layout.label_size * 0.33
                yield _text(layout.plot_left - SIDE, y, line, anchor="end", bold=is_bold, size=layout.label_size)
            else:
                y = layout.top_room + layout.plot_height + 12 + number * step
                yield _text(_middle(layout, place), y, line, anchor="middle", bold=is_bold, size=layout.label_size)


def _base_line(layout: ChartLayout) -> Iterator[str]:
    top, bottom = layout.top_room, layout.top_room + layout.plot_height
    left, right = layout.plot_left, layout.plot_left + layout.plot_width
    at = layout.along(layout.axis.base)
    yield _line(at, top, at, bottom, AXIS) if layout.is_lying else _line(left, at, right, at, AXIS)


def _reference(layout: ChartLayout, language: str) -> Iterator[str]:
    if layout.chart.reference is None:
        return
    at = layout.along(layout.chart.reference[1])
    top, bottom = layout.top_room - 2, layout.top_room + layout.plot_height
    left, right = layout.plot_left, layout.plot_left + layout.plot_width
    if layout.is_lying:
        yield _line(at, top, at, bottom, REFERENCE, width=1.2)
    else:
        yield _line(left, at, right, at, REFERENCE, width=1.2)
    label = reference_label(layout, language)
    yield _text(label.middle, SIDE + 6, label.text, anchor="middle", bold=True, size=REFERENCE_SIZE, colour=REFERENCE)


def _legend(layout: ChartLayout) -> Iterator[str]:
    rows = legend_rows(layout.chart, layout.width)
    number = 0
    for row_number, row in enumerate(rows):
        x = max((layout.width - sum(map(legend_entry_width, row))) / 2, SIDE)
        y = layout.height - SIDE - LINE * (len(rows) - row_number - 1) - 2
        for name in row:
            yield f'<rect x="{x:.1f}" y="{y - 7:.1f}" width="8" height="8" fill="#{series_colour(number)}"/>'
            yield _text(x + 12, y, name, size=9.0)
            x += legend_entry_width(name)
            number += 1


def _unit_line(layout: ChartLayout) -> float:
    lines = 1
    if not layout.is_lying:
        lines = max((len(label_lines(layout, place)) for place in range(len(layout.chart.categories))), default=1)
    return layout.top_room + layout.plot_height + 11 + LINE * lines


def _middle(layout: ChartLayout, place: int) -> float:
    """The middle of a category's room on the category axis."""
    start = layout.top_room if layout.is_lying else layout.plot_left
    return start + (place + 0.5) * layout.slot


def _line(x1: float, y1: float, x2: float, y2: float, colour: str, *, width: float = 0.6) -> str:
    ends = f'x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
    return f'<line {ends} stroke="#{colour}" stroke-width="{width:g}"/>'


def _text(
    x: float,
    y: float,
    text: str,
    *,
    anchor: str = "start",
    bold: bool = False,
    size: float = VALUE_SIZE,
    colour: str = INK,
    has_halo: bool = False,
) -> str:
    """A text; a halo parts it from the lines it stands on."""
    weight = ' font-weight="bold"' if bold else ""
    halo = f' stroke="#{PAPER}" stroke-width="2" stroke-linejoin="round" paint-order="stroke"' if has_halo else ""
    look = f'font-size="{size:g}" text-anchor="{anchor}" fill="#{colour}"{weight}{halo}'
    return f'<text x="{x:.1f}" y="{y:.1f}" {look}>{_plain(text)}</text>'


def _plain(text: str) -> str:
    return escape(allowed(text))
