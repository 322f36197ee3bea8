"""Tables in WordprocessingML: header rows that repeat, rows that do not split, captions that stay with them."""

from __future__ import annotations

from merilo.assessment.reporting.document import Column, Row
from merilo.render.docx_markup import attribute, caption, paragraph, run, twips
from merilo.render.docx_styles import compact_style, table_style
from merilo.render.page_layout import PlacedTable
from merilo.render.paper import CELL_SIDE, CELL_TOP, HEADER_FILL
from merilo.render.table_layout import TableLayout

_TURNED = '<w:textDirection w:val="btLr"/>'


def table_blocks(placed: PlacedTable, word: str, *, new_page: bool) -> list[str]:
    """The caption, the table, and the note or the empty line under it: always a paragraph at the end."""
    table = placed.table
    twin = compact_style if table.compact else str
    name = caption(word, placed.number, table.caption)
    head = paragraph(twin("Caption"), name, keep_next=True, new_page=new_page)
    tail = paragraph(twin("TableNote"), run(table.note)) if table.note else paragraph("TableEnd", "")
    return [head, _table(placed), tail]


def _table(placed: PlacedTable) -> str:
    table, layout = placed.table, placed.layout
    widths = [twips(width) for width in layout.widths]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = [_header(placed, widths)]
    last = len(table.rows) - 1
    for place, row in enumerate(table.rows):
        # The first rows hold on to the caption, the last ones to each other and to the note under the table.
        keep_next = layout.whole or place in (0, last - 1) if place < last else bool(table.note)
        rows.append(_row(row, table.columns, widths, table_style(layout.size), keep_next=keep_next))
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>{_margins(layout)}'
        '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" '
        f'w:noVBand="1"/><w:tblCaption w:val={attribute(table.caption)}/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _margins(layout: TableLayout) -> str:
    """The space over and under the text of cells, where the table's style has another."""
    if layout.cell_top == CELL_TOP:
        return ""
    sides = "".join(
        f'<w:{side} w:w="{twips(layout.cell_top if side in ("top", "bottom") else CELL_SIDE)}" w:type="dxa"/>'
        for side in ("top", "left", "bottom", "right")
    )
    return f"<w:tblCellMar>{sides}</w:tblCellMar>"


def _header(placed: PlacedTable, widths: list[int]) -> str:
    layout = placed.layout
    height = f'<w:trHeight w:val="{twips(layout.header_height)}" w:hRule="atLeast"/>' if any(layout.turned) else ""
    style = table_style(layout.size)
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:shd w:val="clear" w:color="auto" '
        f'w:fill="{HEADER_FILL}"/>{_TURNED if turned else ""}<w:vAlign w:val="center"/>'
        f"</w:tcPr>{paragraph(style, run(column.header, bold=True), keep_next=True, align='center')}</w:tc>"
        for column, width, turned in zip(placed.table.columns, widths, layout.turned, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{height}<w:tblHeader/></w:trPr>{cells}</w:tr>"


def _row(row: Row, columns: tuple[Column, ...], widths: list[int], style: str, *, keep_next: bool) -> str:
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f"{paragraph(style, run(text, bold=row.strong), keep_next=keep_next, align=column.align.value)}</w:tc>"
        for text, column, width in zip(row.cells, columns, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"
