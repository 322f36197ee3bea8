"""The look of paper: margins and text styles after ГОСТ 7.32-2017, in one place for docx and pdf.

Sizes and spacings are in points, the rest in millimetres.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

PAGE_WIDTH = 210.0
PAGE_HEIGHT = 297.0
BINDING, OUTER, SIDE = 30.0, 15.0, 20.0
TEXT_WIDTH = PAGE_WIDTH - BINDING - OUTER
# A turned sheet is bound along its upper edge.
LANDSCAPE_TEXT_WIDTH = PAGE_HEIGHT - 2 * SIDE
FOOTER = 8.0
POINTS_PER_MM = 72 / 25.4
TABLE_SIZES = (11.0, 10.0, 9.0, 8.0)
# What parts a table from the text after it.
AFTER_TABLE = 12.0
CELL_SIDE = 1.4
CELL_TOP, COMPACT_CELL_TOP = 0.5, 0.0
RULE = 0.5
HEADER_FILL = "F2F2F2"


@dataclass(frozen=True, slots=True)
class Look:
    """How a kind of paragraph looks; `line` is the line spacing, `first` the indent of its first line,
    `left` that of all lines."""

    size: float
    line: float = 1.0
    before: float = 0.0
    after: float = 0.0
    first: float = 0.0
    left: float = 0.0
    align: str = "left"
    bold: bool = False


LOOKS: dict[str, Look] = {
    "body": Look(14, line=1.5, first=12.5, align="both"),
    "bullet": Look(14, line=1.5, first=-6.0, left=18.5),
    "heading1": Look(16, line=1.15, after=14, first=12.5, bold=True),
    "heading2": Look(14, line=1.15, before=14, after=8, first=12.5, bold=True),
    "heading3": Look(14, line=1.15, before=12, after=6, first=12.5, bold=True),
    "contents_title": Look(16, line=1.15, after=14, align="center", bold=True),
    "contents1": Look(14, line=1.15, after=4),
    "contents2": Look(14, line=1.15, after=4, left=7.5),
    "contents3": Look(14, line=1.15, after=4, left=15.0),
    "caption": Look(12, before=12, after=4),
    # Small letters: a chart stands on the line, and their depth would part it from its caption.
    "chart": Look(2, before=10, align="center"),
    "figure_caption": Look(12, before=4, after=14, align="center"),
    "note": Look(10, before=3, after=AFTER_TABLE, align="both"),
    "body_compact": Look(12, before=3, after=3, first=12.5, align="both"),
    "heading_compact": Look(12, before=8, after=3, first=12.5, bold=True),
    "caption_compact": Look(11, before=5, after=2),
    "chart_compact": Look(2, before=4, align="center"),
    "figure_caption_compact": Look(11, before=1, after=5, align="center"),
    "note_compact": Look(9, before=2, after=5, align="both"),
    "organisation": Look(14, line=1.15, align="center"),
    "title": Look(20, line=1.15, before=150, after=16, align="center", bold=True),
    "subtitle": Look(16, line=1.15, after=16, align="center"),
    "period": Look(14, line=1.15, align="center"),
    "place": Look(14, line=1.15, before=18, align="center"),
    "title_note": Look(10, after=3, align="center"),
    "page_number": Look(12, align="center"),
}


def compact(name: str, is_compact: bool) -> str:
    """The name of a look, or of its compact twin."""
    return f"{name}_compact" if is_compact else name


def looks_as_data() -> dict[str, dict[str, object]]:
    """The looks as plain values, for the Typst template."""
    return {name: asdict(look) for name, look in LOOKS.items()}
