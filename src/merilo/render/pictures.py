"""Charts as PNG pictures, drawn by Typst from their SVG."""

from __future__ import annotations

import json
from collections.abc import Sequence

import typst

from merilo.render.chart_layout import ChartLayout
from merilo.render.measure import FONT_FOLDER
from merilo.render.svg import draw
from merilo.render.typst_input import TEMPLATES

RESOLUTION = 200.0


def chart_pictures(layouts: Sequence[ChartLayout], language: str) -> tuple[bytes, ...]:
    """One picture a chart, fit for print."""
    if not layouts:
        return ()
    charts = json.dumps([draw(layout, language=language) for layout in layouts])
    compiler = typst.Compiler(
        TEMPLATES / "pictures.typ",
        root=TEMPLATES,
        font_paths=[FONT_FOLDER],
        ignore_system_fonts=True,
        sys_inputs={"charts": charts},
    )
    pages = compiler.compile(format="png", ppi=RESOLUTION)
    return (pages,) if isinstance(pages, bytes) else tuple(pages or ())
