"""Charts in a Word document: native ones with their data workbook, or pictures for programs that draw none."""

from __future__ import annotations

from merilo.render.chart_layout import ChartLayout
from merilo.render.docx_chart_reference import reference_xml
from merilo.render.docx_chart_sheet import data_workbook
from merilo.render.docx_chart_xml import chart_xml
from merilo.render.docx_markup import attribute, caption, paragraph
from merilo.render.docx_package import Part, Relation, xml_part
from merilo.render.docx_styles import LANGUAGES, compact_style
from merilo.render.page_layout import PlacedFigure

_EMU_PER_POINT = 12700
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def figure_blocks(placed: PlacedFigure, word: str, place: int, *, as_picture: bool, new_page: bool) -> list[str]:
    """The chart and the caption under it; `place` counts the charts of the document from 1."""
    link = chart_relation(place)
    graphic = _picture_graphic(placed.layout, link, place) if as_picture else _chart_graphic(link)
    twin = compact_style if placed.layout.chart.compact else str
    chart = paragraph(twin("Chart"), _drawing(placed, graphic, place), new_page=new_page)
    text = caption(word, placed.number, placed.caption, repeats=not placed.is_first_part)
    return [chart, paragraph(twin("FigureCaption"), text)]


def chart_relation(place: int) -> str:
    """The identifier under which the document knows its chart."""
    return f"rIdChart{place}"


def native_parts(layout: ChartLayout, place: int, language: str) -> tuple[Relation, tuple[Part, ...]]:
    """The chart part, its workbook and reference line, and the document's link to the chart."""
    name = f"word/charts/chart{place}.xml"
    workbook = f"word/embeddings/Microsoft_Excel_Sheet{place}.xlsx"
    links = [Relation("rId1", "package", workbook)]
    parts = [Part(workbook, _WORKBOOK_TYPE, data_workbook(layout.chart, language))]
    if layout.chart.reference is not None:
        shapes = f"word/drawings/drawing{place}.xml"
        links.append(Relation("rId2", "chartUserShapes", shapes))
        parts.append(xml_part(shapes, "drawingml.chartshapes", reference_xml(layout, language)))
    chart = xml_part(name, "drawingml.chart", chart_xml(layout, language, LANGUAGES[language]), links)
    return Relation(chart_relation(place), "chart", name), (chart, *parts)


def picture_parts(picture: bytes, place: int) -> tuple[Relation, tuple[Part, ...]]:
    """The picture of a chart and the document's link to it."""
    name = f"word/media/chart{place}.png"
    return Relation(chart_relation(place), "image", name), (Part(name, "image/png", picture),)


def _drawing(placed: PlacedFigure, graphic: str, place: int) -> str:
    size = f'cx="{_emu(placed.layout.width)}" cy="{_emu(placed.layout.height)}"'
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:effectExtent l="0" t="0" r="0" b="0"/><wp:docPr id="{place}" name="Chart {place}" '
        f"descr={attribute(placed.alt)}/><wp:cNvGraphicFramePr/><a:graphic>{graphic}</a:graphic>"
        "</wp:inline></w:drawing></w:r>"
    )


def _chart_graphic(link: str) -> str:
    return f'<a:graphicData uri="{_CHART}"><c:chart xmlns:c="{_CHART}" r:id="{link}"/></a:graphicData>'


def _picture_graphic(layout: ChartLayout, link: str, place: int) -> str:
    size = f'cx="{_emu(layout.width)}" cy="{_emu(layout.height)}"'
    return (
        f'<a:graphicData uri="{_PICTURE}"><pic:pic xmlns:pic="{_PICTURE}"><pic:nvPicPr>'
        f'<pic:cNvPr id="{place}" name="Chart {place}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        f'<a:blip r:embed="{link}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>'
        f'<a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData>"
    )


def _emu(points: float) -> int:
    return int(points * _EMU_PER_POINT)
