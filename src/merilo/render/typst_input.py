"""A laid-out document as JSON for the Typst template; text travels as data and never as markup."""

from __future__ import annotations

import json
from collections.abc import Iterable

from merilo.assessment.reporting.document import Bullets, Contents, Document, Paragraph
from merilo.render import paper
from merilo.render.measure import FONT
from merilo.render.page_layout import Item, PlacedFigure, PlacedHeading, PlacedTable, Sheets, headings
from merilo.render.svg import draw
from merilo.render.typst_letters import showable

Json = dict[str, object]


def typst_input(document: Document, sheets: tuple[Sheets, ...], *, draft: bool) -> str:
    """What the template reads; a draft carries the size of charts instead of their pictures."""
    cover = document.title_page
    placed = headings(sheets)
    data: Json = {
        "draft": draft,
        "language": document.language,
        "font": FONT,
        "words": dict(document.words),
        "looks": paper.looks_as_data(),
        "paper": {
            "binding": paper.BINDING,
            "outer": paper.OUTER,
            "side": paper.SIDE,
            "after_table": paper.AFTER_TABLE,
            "cell_side": paper.CELL_SIDE,
            "rule": paper.RULE,
            "header_fill": f"#{paper.HEADER_FILL}",
        },
        "title": {
            "organisation": cover.organisation,
            "title": cover.title,
            "subtitle": cover.subtitle,
            "period": cover.period,
            "place_and_year": cover.place_and_year,
            "notes": cover.notes,
        },
        "sheets": [
            {
                "landscape": sheet.landscape,
                "items": [_item(item, placed, document.language, draft=draft) for item in sheet.items],
            }
            for sheet in sheets
        ],
    }
    return json.dumps(_showable(data), ensure_ascii=False)


def _showable(data: object) -> object:
    """The data with all its texts made fit to be shown."""
    match data:
        case str():
            return showable(data)
        case dict():
            return {key: _showable(value) for key, value in data.items()}
        case list() | tuple():
            return [_showable(value) for value in data]
        case _:
            return data


def _item(item: Item, placed: tuple[PlacedHeading, ...], language: str, *, draft: bool) -> Json:
    content = item.content
    match content:
        case PlacedHeading(heading, number):
            data: Json = {"kind": "heading", "level": heading.level, "text": heading.text, "number": number}
            data["compact"] = heading.compact
        case Paragraph():
            data = {"kind": "paragraph", "text": content.text, "strong": content.strong}
            data["compact"] = content.compact
        case Bullets():
            data = {"kind": "bullets", "items": content.items}
        case PlacedTable():
            data = _table(content)
        case PlacedFigure():
            data = _figure(content, language, draft=draft)
        case Contents():
            data = {
                "kind": "contents",
                "title": content.title,
                "depth": content.depth,
                "entries": list(_entries(placed, content.depth)),
            }
    return data | {"new_page": item.new_page, "keep_next": item.keep_next}


def _table(placed: PlacedTable) -> Json:
    layout = placed.layout
    return {
        "kind": "table",
        "number": placed.number,
        "caption": placed.table.caption,
        "note": placed.table.note,
        "compact": placed.table.compact,
        "columns": [{"header": column.header, "align": column.align.value} for column in placed.table.columns],
        "rows": [{"cells": row.cells, "strong": row.strong} for row in placed.table.rows],
        "layout": {
            "size": layout.size,
            "widths": layout.widths,
            "turned": layout.turned,
            "header_height": layout.header_height,
            "cramped": layout.cramped,
            "whole": layout.whole,
            "cell_top": layout.cell_top,
        },
    }


def _figure(placed: PlacedFigure, language: str, *, draft: bool) -> Json:
    return {
        "kind": "figure",
        "number": placed.number,
        "caption": placed.caption,
        "compact": placed.layout.chart.compact,
        "alt": placed.alt,
        "width": placed.layout.width,
        "height": placed.layout.height,
        "svg": "" if draft else draw(placed.layout, language=language),
    }


def _entries(placed: Iterable[PlacedHeading], depth: int) -> Iterable[Json]:
    for entry in placed:
        if entry.heading.level <= depth:
            yield {"level": entry.heading.level, "text": f"{entry.number} {entry.heading.text}".strip()}
