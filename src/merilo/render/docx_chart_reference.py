"""The reference line of a native chart: a line and its name, drawn over the plot as shapes of the chart.

A series cannot do it for lying bars: a line series cannot stand upright, a scatter series is turned by
LibreOffice together with the bars, thin stacked bars on second axes make LibreOffice stack the first ones too.
Shapes stand where the fixed plot box and the fixed ends of the value axis put them, in Word and LibreOffice alike.
"""

from __future__ import annotations

from xml.sax.saxutils import escape

from merilo.render.chart_colours import REFERENCE
from merilo.render.chart_layout import LINE, REFERENCE_SIZE, ChartLayout, reference_label
from merilo.render.measure import FONT
from merilo.render.xml_text import allowed

_EMU_PER_POINT = 12700


def reference_xml(layout: ChartLayout, language: str) -> str:
    """The drawing part of a chart that has a reference line."""
    return (
        '<c:userShapes xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'xmlns:cdr="http://schemas.openxmlformats.org/drawingml/2006/chartDrawing">'
        f"{_line(layout)}{_name(layout, language)}</c:userShapes>"
    )


def _line(layout: ChartLayout) -> str:
    at = layout.along(layout.chart.reference[1]) if layout.chart.reference else 0.0
    if layout.is_lying:
        box = (at, layout.top_room - 2, at, layout.top_room + layout.plot_height)
    else:
        box = (layout.plot_left, at, layout.plot_left + layout.plot_width, at)
    shape = (
        '<cdr:cxnSp macro=""><cdr:nvCxnSpPr><cdr:cNvPr id="2" name="Reference line"/><cdr:cNvCxnSpPr/></cdr:nvCxnSpPr>'
        f'<cdr:spPr>{_place(box)}<a:prstGeom prst="line"><a:avLst/></a:prstGeom><a:ln w="15240">{_colour()}</a:ln>'
        "</cdr:spPr></cdr:cxnSp>"
    )
    return _anchored(layout, box, shape)


def _name(layout: ChartLayout, language: str) -> str:
    label = reference_label(layout, language)
    # Some room for programs that set letters a little wider; the text stays in the middle.
    half = label.half * 1.1 + 4
    box = (max(label.middle - half, 0.0), 2.0, min(label.middle + half, layout.width), 2.0 + LINE)
    shape = (
        '<cdr:sp macro="" textlink=""><cdr:nvSpPr><cdr:cNvPr id="3" name="Reference name"/>'
        f'<cdr:cNvSpPr txBox="1"/></cdr:nvSpPr><cdr:spPr>{_place(box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        '<a:noFill/></cdr:spPr><cdr:txBody><a:bodyPr vertOverflow="overflow" wrap="none" lIns="0" tIns="0" rIns="0" '
        'bIns="0" anchor="ctr"/><a:p><a:pPr algn="ctr"/><a:r>'
        f'<a:rPr sz="{int(REFERENCE_SIZE * 100)}" b="1">{_colour()}<a:latin typeface="{FONT}"/>'
        f'<a:cs typeface="{FONT}"/></a:rPr><a:t>{escape(allowed(label.text))}</a:t></a:r></a:p></cdr:txBody></cdr:sp>'
    )
    return _anchored(layout, box, shape)


def _anchored(layout: ChartLayout, box: tuple[float, float, float, float], shape: str) -> str:
    left, top, right, bottom = box
    return (
        f"<cdr:relSizeAnchor><cdr:from>{_corner(layout, left, top)}</cdr:from>"
        f"<cdr:to>{_corner(layout, right, bottom)}</cdr:to>{shape}</cdr:relSizeAnchor>"
    )


def _corner(layout: ChartLayout, x: float, y: float) -> str:
    return f"<cdr:x>{x / layout.width:.5f}</cdr:x><cdr:y>{y / layout.height:.5f}</cdr:y>"


def _place(box: tuple[float, float, float, float]) -> str:
    left, top, right, bottom = (int(length * _EMU_PER_POINT) for length in box)
    return f'<a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{right - left}" cy="{bottom - top}"/></a:xfrm>'


def _colour() -> str:
    return f'<a:solidFill><a:srgbClr val="{REFERENCE}"/></a:solidFill>'
