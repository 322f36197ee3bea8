"""A chart in DrawingML that Word and LibreOffice draw alike and a person can edit."""

from __future__ import annotations

from xml.sax.saxutils import escape

from merilo.assessment.reporting.charts import ChartSpec, Series
from merilo.render.chart_colours import AXIS, GRID, INK, PAPER, bar_colours, series_colour
from merilo.render.chart_layout import VALUE_SIZE, ChartLayout, is_value_inside
from merilo.render.docx_chart_sheet import names_range, series_name_cell, values_range
from merilo.render.docx_chart_whiskers import NO_LEADER_LINES, error_bars, label_shift
from merilo.render.measure import FONT
from merilo.render.xml_text import allowed

_SHOW = "".join(
    f'<c:show{what} val="{int(what == "Val")}"/>'
    for what in ("LegendKey", "Val", "CatName", "SerName", "Percent", "BubbleSize")
)
_NO_LINE = "<a:ln><a:noFill/></a:ln>"


def chart_xml(layout: ChartLayout, language: str, tag: str) -> str:
    """The chart part; its data workbook is its relation rId1, its reference line rId2; `tag` is as ru-RU."""
    chart = layout.chart
    direction = "bar" if layout.is_lying else "col"
    series = "".join(_series(layout, series, number, language) for number, series in enumerate(chart.series))
    shapes = '<c:userShapes r:id="rId2"/>' if chart.reference is not None else ""
    return (
        '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        f'<c:date1904 val="0"/><c:lang val="{tag}"/><c:roundedCorners val="0"/>'
        f'<c:chart><c:autoTitleDeleted val="1"/><c:plotArea>{_plot_box(layout)}'
        f'<c:barChart><c:barDir val="{direction}"/><c:grouping val="clustered"/><c:varyColors val="0"/>{series}'
        f'<c:gapWidth val="{_gap(layout)}"/><c:axId val="1"/><c:axId val="2"/></c:barChart>'
        f"{_category_axis(layout)}{_value_axis(layout)}</c:plotArea>{_legend(chart)}"
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f"<c:spPr><a:noFill/>{_NO_LINE}</c:spPr>{_letters(VALUE_SIZE)}"
        f'<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData>{shapes}</c:chartSpace>'
    )


def _gap(layout: ChartLayout) -> int:
    """The gap between categories in hundredths of a bar's thickness, for bars as thick as in the picture."""
    bars = layout.thickness * len(layout.chart.series)
    return min(int((layout.slot - bars) / layout.thickness * 100), 500)


def _plot_box(layout: ChartLayout) -> str:
    box = (
        ("x", layout.plot_left / layout.width),
        ("y", layout.top_room / layout.height),
        ("w", layout.plot_width / layout.width),
        ("h", layout.plot_height / layout.height),
    )
    places = "".join(f'<c:{name} val="{value:.5f}"/>' for name, value in box)
    return (
        '<c:layout><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
        f"{places}</c:manualLayout></c:layout>"
    )


def _series(layout: ChartLayout, series: Series, number: int, language: str) -> str:
    chart = layout.chart
    points = "".join(
        f'<c:dPt><c:idx val="{place}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/>'
        f"{_fill(*bar_colours(number, highlighted=True, under_whisker=chart.has_intervals))}</c:dPt>"
        for place in sorted(set(chart.highlight))
    )
    return (
        f"<c:ser>{_series_head(series.name, number)}{_fill(series_colour(number))}"
        f'<c:invertIfNegative val="0"/>{points}{_labels(layout, series, language)}'
        f"{error_bars(chart, number)}{_data(chart.categories, series, number)}</c:ser>"
    )


def _labels(layout: ChartLayout, series: Series, language: str) -> str:
    """The values: all inside their bars or all at the ends of bars, and one by one those that differ."""
    chart = layout.chart
    places = range(len(series.values))
    inside = {place for place in places if is_value_inside(layout, series, place, language)}
    outside = set(places) - inside
    shifts = {place: label_shift(layout, series, place, language) for place in outside}
    own = {*chart.highlight, *(place for place in outside if inside or shifts[place])}
    single = "".join(
        f'<c:dLbl><c:idx val="{place}"/>{shifts.get(place, "")}'
        f"{_label(chart, is_inside=place in inside, is_bold=place in chart.highlight)}</c:dLbl>"
        for place in sorted(own)
    )
    lines = NO_LEADER_LINES if any(shifts.values()) else ""
    return f"<c:dLbls>{single}{_label(chart, is_inside=bool(inside), is_bold=False)}{lines}</c:dLbls>"


def _label(chart: ChartSpec, *, is_inside: bool, is_bold: bool) -> str:
    code = "0." + "0" * chart.digits if chart.digits else "0"
    place, colour = ("inBase", PAPER) if is_inside else ("outEnd", INK)
    return (
        f'<c:numFmt formatCode="{code}" sourceLinked="0"/><c:spPr><a:noFill/>{_NO_LINE}</c:spPr>'
        f'{_letters(VALUE_SIZE, bold=is_bold, colour=colour)}<c:dLblPos val="{place}"/>{_SHOW}'
    )


def _series_head(name: str, number: int) -> str:
    return (
        f'<c:idx val="{number}"/><c:order val="{number}"/>'
        f'<c:tx><c:strRef><c:f>{series_name_cell(number)}</c:f><c:strCache><c:ptCount val="1"/>'
        f'<c:pt idx="0"><c:v>{_plain(name)}</c:v></c:pt></c:strCache></c:strRef></c:tx>'
    )


def _data(categories: tuple[str, ...], series: Series, number: int) -> str:
    count = len(categories)
    names = "".join(f'<c:pt idx="{n}"><c:v>{_plain(name)}</c:v></c:pt>' for n, name in enumerate(categories))
    values = "".join(
        f'<c:pt idx="{n}"><c:v>{value!r}</c:v></c:pt>' for n, value in enumerate(series.values) if value is not None
    )
    return (
        f"<c:cat><c:strRef><c:f>{names_range(count)}</c:f><c:strCache>"
        f'<c:ptCount val="{count}"/>{names}</c:strCache></c:strRef></c:cat>'
        f"<c:val><c:numRef><c:f>{values_range(number, count)}</c:f><c:numCache>"
        f'<c:formatCode>General</c:formatCode><c:ptCount val="{count}"/>{values}</c:numCache></c:numRef></c:val>'
    )


def _category_axis(layout: ChartLayout) -> str:
    # Lying bars are read from the top, where DrawingML begins at the bottom.
    orientation = "maxMin" if layout.is_lying else "minMax"
    return (
        f'<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="{orientation}"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="{"l" if layout.is_lying else "b"}"/>'
        '<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="low"/>{_stroke(AXIS)}{_letters(layout.label_size)}'
        f'<c:crossAx val="2"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/>'
        '<c:lblOffset val="50"/><c:tickLblSkip val="1"/><c:noMultiLvlLbl val="1"/></c:catAx>'
    )


def _value_axis(layout: ChartLayout) -> str:
    axis = layout.axis
    code = "0." + "0" * axis.digits if axis.digits else "0"
    title = _axis_title(layout) if layout.chart.unit else ""
    # The category axis runs downward: its far end is the bottom, where the value axis belongs.
    crosses = "max" if layout.is_lying else "autoZero"
    return (
        f'<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/>'
        f'<c:max val="{axis.high!r}"/><c:min val="{axis.low!r}"/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val="{"b" if layout.is_lying else "l"}"/>'
        f"<c:majorGridlines>{_stroke(GRID)}</c:majorGridlines>{title}"
        f'<c:numFmt formatCode="{code}" sourceLinked="0"/><c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:spPr>{_NO_LINE}</c:spPr>{_letters(VALUE_SIZE)}'
        f'<c:crossAx val="1"/><c:crosses val="{crosses}"/><c:crossBetween val="between"/>'
        f'<c:majorUnit val="{axis.step!r}"/></c:valAx>'
    )


def _axis_title(layout: ChartLayout) -> str:
    turn = "" if layout.is_lying else ' rot="-5400000" vert="horz"'
    look = f'<a:defRPr sz="{int(VALUE_SIZE * 100)}" b="0"/>'
    return (
        f"<c:title><c:tx><c:rich><a:bodyPr{turn}/><a:p><a:pPr>{look}</a:pPr><a:r>"
        f'<a:rPr sz="{int(VALUE_SIZE * 100)}" b="0"/><a:t>{_plain(layout.chart.unit)}</a:t></a:r></a:p></c:rich></c:tx>'
        '<c:overlay val="0"/></c:title>'
    )


def _legend(chart: ChartSpec) -> str:
    if len(chart.series) < 2:
        return ""
    return f'<c:legend><c:legendPos val="b"/><c:overlay val="0"/>{_letters(9.0)}</c:legend>'


def _letters(size: float, *, bold: bool = False, colour: str = INK) -> str:
    look = f'sz="{int(size * 100)}" b="{int(bold)}"'
    return (
        f'<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr {look}><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
        f'<a:latin typeface="{FONT}"/><a:cs typeface="{FONT}"/></a:defRPr></a:pPr><a:endParaRPr/></a:p></c:txPr>'
    )


def _fill(colour: str, outline: str = "") -> str:
    line = f'<a:ln w="19050"><a:solidFill><a:srgbClr val="{outline}"/></a:solidFill></a:ln>' if outline else _NO_LINE
    return f'<c:spPr><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>{line}</c:spPr>'


def _stroke(colour: str) -> str:
    return f'<c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></a:ln></c:spPr>'


def _plain(text: str) -> str:
    return escape(allowed(text))
