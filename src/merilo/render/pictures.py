"""Charts as PNG pictures, drawn by Typst from their SVG."""

from __future__ import annotations

import json
from collections.abc import Sequence

from merilo.render.chart_layout import ChartLayout
from merilo.render.svg import draw
from merilo.render.typst_compiler import compiler
from merilo.render.typst_letters import showable

RESOLUTION = 200.0


def chart_pictures(layouts: Sequence[ChartLayout], language: str) -> tuple[bytes, ...]:
    """One picture a chart, fit for print."""
    if not layouts:
        return ()
    charts = json.dumps([showable(draw(layout, language=language)) for layout in layouts])
    pages = compiler("pictures.typ", charts=charts).compile(format="png", ppi=RESOLUTION)
    return (pages,) if isinstance(pages, bytes) else tuple(pages or ())
