"""The intervals of a native chart: error bars from the columns of its workbook, and values moved out of their way."""

from __future__ import annotations

from merilo.assessment.reporting.charts import ChartSpec, Series
from merilo.render.chart_colours import INK
from merilo.render.chart_layout import VALUE_GAP, VALUE_SIZE, ChartLayout, value_end, whisker
from merilo.render.chart_text import shown
from merilo.render.docx_chart_sheet import distance_ranges, distances
from merilo.render.measure import LINE_HEIGHT, text_width

# Programs tie a value that was moved to its bar with a line, unless told not to.
NO_LEADER_LINES = (
    '<c:extLst><c:ext xmlns:c15="http://schemas.microsoft.com/office/drawing/2012/chart" '
    'uri="{CE6537A1-D6FC-4f65-9D91-7224C49458BB}"><c15:showLeaderLines val="0"/></c:ext></c:extLst>'
)


def error_bars(chart: ChartSpec, number: int) -> str:
    """The error bars of a series, nothing where it has no intervals; programs cut them where the axis ends."""
    series = chart.series[number]
    if not series.has_intervals:
        return ""
    apart = [distances(series, place) for place in range(len(series.values))]
    minus, plus = distance_ranges(chart, number)
    return (
        '<c:errBars><c:errBarType val="both"/><c:errValType val="cust"/><c:noEndCap val="0"/>'
        f"<c:plus>{_numbers(plus, [one and one[1] for one in apart])}</c:plus>"
        f"<c:minus>{_numbers(minus, [one and one[0] for one in apart])}</c:minus>"
        f'<c:spPr><a:ln w="12700"><a:solidFill><a:srgbClr val="{INK}"/></a:solidFill></a:ln></c:spPr></c:errBars>'
    )


def label_shift(layout: ChartLayout, series: Series, place: int, language: str) -> str:
    """How far a value moves from the end of its bar to beyond its whisker; nothing where there is no whisker."""
    value = series.values[place]
    if value is None or whisker(layout, series, place) is None:
        return ""
    way = value_end(layout, series, place) - layout.along(value)
    # The value of a falling bar would stand on its other side.
    if layout.is_lying:
        width = text_width(shown(value, layout.chart.digits, language), VALUE_SIZE, bold=True)
        x, y = way + (width + 2 * VALUE_GAP) * (value < 0), 0.0
    else:
        x, y = 0.0, way - (VALUE_SIZE * LINE_HEIGHT + 2 * VALUE_GAP) * (value < 0)
    return (
        f'<c:layout><c:manualLayout><c:x val="{x / layout.width:.5f}"/><c:y val="{y / layout.height:.5f}"/>'
        "</c:manualLayout></c:layout>"
    )


def _numbers(where: str, values: list[float | None]) -> str:
    points = "".join(
        f'<c:pt idx="{place}"><c:v>{value!r}</c:v></c:pt>' for place, value in enumerate(values) if value is not None
    )
    return (
        f"<c:numRef><c:f>{where}</c:f><c:numCache><c:formatCode>General</c:formatCode>"
        f'<c:ptCount val="{len(values)}"/>{points}</c:numCache></c:numRef>'
    )
