"""A document as data: sections, sentences, tables and charts. No fonts, no colours, no files.

Renderers (render/) turn one Document into docx, pdf or html; they compute no figures.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from merilo.assessment.reporting.charts import ChartSpec


class Align(Enum):
    """How the cells of a table column stand."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 opens a new page. `anchor` is unique within the document.

    An introduction, a conclusion or an appendix carries no number (ГОСТ 7.32-2017, 6.2): `numbered` is False.
    A `compact` heading, paragraph, table or chart is set small and close, for what must fit one page.
    """

    level: int
    text: str
    anchor: str
    numbered: bool = True
    compact: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of plain sentences; `strong` marks one that must not be overlooked."""

    text: str
    strong: bool = False
    compact: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """An unnumbered list, one sentence or phrase an item."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A table column: its header, its share of the width, its alignment."""

    header: str
    width: float
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Row:
    """A table row: one text per column; `strong` for totals and section rows."""

    cells: tuple[str, ...]
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A captioned table; the header row repeats on every page. `note` stands under it in small type."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: str = ""
    compact: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A captioned chart with a text that gives every value to those who cannot see it."""

    caption: str
    chart: ChartSpec
    alt: str


@dataclass(frozen=True, slots=True)
class Contents:
    """The table of contents, down to `depth` levels of heading."""

    title: str
    depth: int = 2


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows starts on a new page."""


Block = Heading | Paragraph | Bullets | Table | Figure | Contents | PageBreak


@dataclass(frozen=True, slots=True)
class TitlePage:
    """The first page: who assessed (may be empty), what this is, its period, place, year, small notes."""

    organisation: str
    title: str
    subtitle: str
    period: str
    place_and_year: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document. `language` is "ru" or "en"; `words` are the fixed words a renderer prints
    ("table", "figure", "contents", "continued"), already in that language."""

    title_page: TitlePage
    blocks: tuple[Block, ...]
    language: str
    words: tuple[tuple[str, str], ...]
