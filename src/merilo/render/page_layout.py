"""A Document made ready for paper: numbers given, charts cut to pages, tables fitted, sheets turned.

Both writers of paged documents, docx and pdf, print exactly what stands here, so their pages agree.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, replace

from merilo.assessment.reporting.document import (
    Bullets,
    Contents,
    Document,
    Figure,
    Heading,
    PageBreak,
    Paragraph,
    Table,
)
from merilo.render.chart_layout import ChartLayout, chart_parts
from merilo.render.chart_text import values_text
from merilo.render.table_layout import TableLayout, lay_out_table


@dataclass(frozen=True, slots=True)
class PlacedHeading:
    """A heading and its number as printed ("2.1"; empty where it carries none)."""

    heading: Heading
    number: str


@dataclass(frozen=True, slots=True)
class PlacedTable:
    """A table, its number and its arrangement."""

    table: Table
    number: int
    layout: TableLayout


@dataclass(frozen=True, slots=True)
class PlacedFigure:
    """A chart or one part of a chart that goes over several pages; the parts share the figure's number."""

    caption: str
    alt: str
    number: int
    layout: ChartLayout
    is_first_part: bool


Content = PlacedHeading | Paragraph | Bullets | PlacedTable | PlacedFigure | Contents


@dataclass(frozen=True, slots=True)
class Item:
    """What stands on the page, whether it starts a new one, and whether it stays with what follows."""

    content: Content
    new_page: bool
    keep_next: bool = False


@dataclass(frozen=True, slots=True)
class Sheets:
    """Consecutive pages of one orientation."""

    landscape: bool
    items: tuple[Item, ...]


def lay_out_document(document: Document) -> tuple[Sheets, ...]:
    """The document's blocks as sheets; the title page is left to the writer."""
    items = _placed(document)
    turns = _orientations(items)
    sheets: list[tuple[bool, list[Item]]] = []
    for item, landscape in zip(items, turns, strict=True):
        if not sheets or sheets[-1][0] is not landscape:
            sheets.append((landscape, []))
            # The turn of the sheet is a new page already; the first sheet follows the title page.
            item = replace(item, new_page=len(sheets) == 1)
        sheets[-1][1].append(item)
    return tuple(Sheets(landscape, tuple(content)) for landscape, content in sheets)


def headings(sheets: Iterable[Sheets]) -> tuple[PlacedHeading, ...]:
    """Every heading, in order."""
    return tuple(item.content for sheet in sheets for item in sheet.items if isinstance(item.content, PlacedHeading))


def _placed(document: Document) -> list[Item]:
    counter = _Counter()
    items: list[Item] = []
    is_break_due = False
    for block in document.blocks:
        match block:
            case PageBreak():
                is_break_due = True
                continue
            case Heading():
                contents: tuple[Content, ...] = (PlacedHeading(block, counter.heading(block)),)
                is_break_due = is_break_due or block.level == 1
            case Table():
                counter.tables += 1
                contents = (PlacedTable(block, counter.tables, lay_out_table(block)),)
            case Figure():
                counter.figures += 1
                contents = _figure_parts(block, counter.figures, document.language)
            case Paragraph() | Bullets() | Contents():
                contents = (block,)
        items.append(Item(contents[0], is_break_due))
        items += [Item(content, True) for content in contents[1:]]
        is_break_due = False
    return _kept(items)


def _kept(items: list[Item]) -> list[Item]:
    """A compact paragraph before a table or a chart belongs to it: the heading over it must not stay behind."""
    kept = list(items)
    for place, (item, following) in enumerate(itertools.pairwise(items)):
        is_compact = isinstance(item.content, Paragraph) and item.content.compact
        if is_compact and isinstance(following.content, PlacedTable | PlacedFigure):
            kept[place] = replace(item, keep_next=True)
    return kept


class _Counter:
    """The running numbers of headings, tables and figures."""

    def __init__(self) -> None:
        self.levels = [0, 0, 0]
        self.tables = 0
        self.figures = 0

    def heading(self, heading: Heading) -> str:
        """The next number at this level; a heading without a number leaves the count alone."""
        if not heading.numbered:
            return ""
        self.levels[heading.level - 1] += 1
        self.levels[heading.level :] = [0] * (len(self.levels) - heading.level)
        return ".".join(map(str, self.levels[: heading.level]))


def _figure_parts(figure: Figure, number: int, language: str) -> tuple[PlacedFigure, ...]:
    layouts = chart_parts(figure.chart, language)
    if len(layouts) == 1:
        alt = figure.alt or values_text(figure.chart, language)
        return (PlacedFigure(figure.caption, alt, number, layouts[0], True),)
    return tuple(
        PlacedFigure(
            # Each part tells its own values: a reader of the second page needs no first one.
            caption=f"{figure.caption} ({place} / {len(layouts)})",
            alt=values_text(layout.chart, language),
            number=number,
            layout=layout,
            is_first_part=place == 1,
        )
        for place, layout in enumerate(layouts, start=1)
    )


def _orientations(items: list[Item]) -> list[bool]:
    """Landscape or not, item by item: tables and charts decide, the text between them follows."""
    decided = [_own_orientation(item) for item in items]
    turns: list[bool] = []
    start = 0
    while start < len(items):
        end = start
        while end < len(items) and decided[end] is None:
            end += 1
        before = turns[-1] if turns else False
        after = decided[end] if end < len(items) else False
        turns += _text_orientations(items[start:end], before=before, after=bool(after))
        if end < len(items):
            turns.append(bool(decided[end]))
        start = end + 1
    return turns


def _own_orientation(item: Item) -> bool | None:
    match item.content:
        case PlacedTable():
            return item.content.layout.landscape
        case PlacedFigure() | Contents():
            return False
        case _:
            return None


def _text_orientations(text: list[Item], *, before: bool, after: bool) -> list[bool]:
    """Text that opens a page goes with what follows; other text stays on the page where it stands."""
    opening = next((place for place in range(len(text) - 1, -1, -1) if text[place].new_page), None)
    if opening is not None:
        return [before] * opening + [after] * (len(text) - opening)
    if before and not after:
        return [False] * len(text)
    turns = [before] * len(text)
    for place in range(len(text) - 1, -1, -1):
        if not isinstance(text[place].content, PlacedHeading):
            break
        turns[place] = after
    return turns
