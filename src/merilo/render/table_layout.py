"""How a table fits the page: upright or landscape, letter size, column widths, headers turned upright.

The first arrangement in which no word is broken and no cell grows into a tower is taken.
"""

from __future__ import annotations

from dataclasses import dataclass

from merilo.assessment.reporting.document import Align, Column, Table
from merilo.render.measure import LINE_HEIGHT, longest_word, text_width, wrap
from merilo.render.paper import (
    CELL_SIDE,
    CELL_TOP,
    COMPACT_CELL_TOP,
    LANDSCAPE_TEXT_WIDTH,
    POINTS_PER_MM,
    TEXT_WIDTH,
)

# In letter heights: a text no longer than «до 1 декабря 2026 г.» stays on one line where there is room.
_PHRASE = 11.0
# A table of no more rows and lines than this stays on one page.
_FEW_ROWS, _FEW_LINES = 8, 16
_FEW_COMPACT = 32
# A cell of more lines than this makes a row too tall to read.
_MOST_LINES = 6


@dataclass(frozen=True, slots=True)
class TableLayout:
    """Widths in millimetres, letter size in points. `turned` says whose header runs from bottom to top,
    in a header row of `header_height` millimetres (0 where none is turned). `cramped` tables have more
    columns than any arrangement can hold: their words must be broken; `whole` ones are so small that they
    stay on one page; `cell_top` is the space over and under the text of a cell."""

    landscape: bool
    size: float
    widths: tuple[float, ...]
    turned: tuple[bool, ...]
    header_height: float = 0.0
    cramped: bool = False
    whole: bool = False
    cell_top: float = CELL_TOP


@dataclass(frozen=True, slots=True)
class _Column:
    """What a column needs at a letter size of one point: its widest word and its longest text, in the header
    and in the cells; `cell_phrase` is the longest text that would look torn on two lines, as a date does."""

    header_word: float
    header_text: float
    cell_word: float
    cell_text: float
    cell_phrase: float

    def width(self, size: float, *, turned: bool, whole_phrases: bool = False) -> float:
        """The least comfortable width in millimetres."""
        header = LINE_HEIGHT * 2 if turned else max(self.header_word, self.header_text / _MOST_LINES)
        need = max(header, self.cell_word, self.cell_text / _MOST_LINES, self.cell_phrase if whole_phrases else 0.0)
        # A hundredth more, for programs that measure letters a little wider.
        return need * size * 1.01 / POINTS_PER_MM + 2 * CELL_SIDE + 0.2


# Landscape?, letter size, headers turned?
_ARRANGEMENTS = (
    (False, 11.0, False),
    (False, 10.0, False),
    (False, 9.0, False),
    (True, 10.0, False),
    (True, 9.0, False),
    (True, 9.0, True),
    (True, 8.0, True),
)
_COMPACT = ((False, 9.0, False), (False, 8.0, False), *_ARRANGEMENTS[3:])


def lay_out_table(table: Table) -> TableLayout:
    """The arrangement of a table; where even the smallest is too wide, all columns shrink alike."""
    columns = tuple(_measured(table, place) for place in range(len(table.columns)))
    for landscape, size, may_turn in _COMPACT if table.compact else _ARRANGEMENTS:
        turned = tuple(may_turn and _gains_by_turning(*pair) for pair in zip(table.columns, columns, strict=True))
        room = LANDSCAPE_TEXT_WIDTH if landscape else TEXT_WIDTH
        needs = [column.width(size, turned=turn) for column, turn in zip(columns, turned, strict=True)]
        if sum(needs) <= room:
            break
    roomy = [column.width(size, turned=turn, whole_phrases=True) for column, turn in zip(columns, turned, strict=True)]
    if sum(roomy) <= room:
        needs = roomy
    widths = _shared(room, [column.width for column in table.columns], needs)
    height = _header_height(table, size, widths, turned)
    return TableLayout(
        landscape,
        size,
        widths,
        turned,
        height,
        cramped=sum(needs) > room,
        whole=_is_small(table, size, widths),
        cell_top=COMPACT_CELL_TOP if table.compact else CELL_TOP,
    )


def _measured(table: Table, place: int) -> _Column:
    header = table.columns[place].header
    cells = [(row.cells[place], row.strong) for row in table.rows]
    texts = [text_width(text, 1.0, bold=strong) for text, strong in cells]
    return _Column(
        header_word=longest_word(header, 1.0, bold=True),
        header_text=text_width(header, 1.0, bold=True),
        cell_word=max((longest_word(text, 1.0, bold=strong) for text, strong in cells), default=0.0),
        cell_text=max(texts, default=0.0),
        cell_phrase=max((width for width in texts if width <= _PHRASE), default=0.0),
    )


def _gains_by_turning(column: Column, measured: _Column) -> bool:
    return column.align is not Align.LEFT and measured.header_word > 1.3 * measured.cell_word


def _shared(room: float, shares: list[float], needs: list[float]) -> tuple[float, ...]:
    """The room by the wished shares, but no column narrower than it needs while others have to spare."""
    if sum(needs) > room:
        return tuple(need * room / sum(needs) for need in needs)
    fixed: dict[int, float] = {}
    while True:
        left = room - sum(fixed.values())
        wished = sum(share for place, share in enumerate(shares) if place not in fixed) or 1.0
        widths = {place: left * share / wished for place, share in enumerate(shares) if place not in fixed}
        tight = [place for place, width in widths.items() if width < needs[place]]
        if not tight:
            widths |= fixed
            return tuple(widths[place] for place in range(len(shares)))
        fixed |= {place: needs[place] for place in tight}


def _is_small(table: Table, size: float, widths: tuple[float, ...]) -> bool:
    rows, most = (_FEW_COMPACT, _FEW_COMPACT) if table.compact else (_FEW_ROWS, _FEW_LINES)
    if len(table.rows) > rows:
        return False
    lines = sum(
        max(_lines(text, size, width, bold=row.strong) for text, width in zip(row.cells, widths, strict=True))
        for row in table.rows
    )
    return lines <= most


def _lines(text: str, size: float, width: float, *, bold: bool) -> int:
    return len(wrap(text, (width - 2 * CELL_SIDE) * POINTS_PER_MM, size, bold=bold))


def _header_height(table: Table, size: float, widths: tuple[float, ...], turned: tuple[bool, ...]) -> float:
    """A row with turned text does not grow by itself: its height is that of the longest header."""
    if not any(turned):
        return 0.0
    tallest = 0.0
    for column, width, turn in zip(table.columns, widths, turned, strict=True):
        if turn:
            lines_that_fit = max(int((width - 2 * CELL_SIDE) * POINTS_PER_MM / (size * LINE_HEIGHT)), 1)
            text = text_width(column.header, size, bold=True) / POINTS_PER_MM
            word = longest_word(column.header, size, bold=True) / POINTS_PER_MM
            height = max(word * 1.05, text * 1.2 / lines_that_fit)
        else:
            height = _lines(column.header, size, width, bold=True) * size * LINE_HEIGHT / POINTS_PER_MM
        tallest = max(tallest, height)
    return max(tallest + 2 * CELL_SIDE + 1.0, 12.0)
