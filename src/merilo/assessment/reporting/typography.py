"""No-break spaces where Russian and English typography want them, over a whole document at once."""

from __future__ import annotations

import re
from dataclasses import replace

from merilo.assessment.reporting.document import (
    Block,
    Bullets,
    Column,
    Contents,
    Document,
    Figure,
    Heading,
    PageBreak,
    Paragraph,
    Row,
    Table,
    TitlePage,
)
from merilo.assessment.wording import NO_BREAK

AFTER_NUMBER_SIGN = re.compile(r"№ ?(?=\w)")
BEFORE_PERCENT = re.compile(r"(?<=\d) (?=%)")
BEFORE_DASH = re.compile(r"(?<=[^\s\d]) (?=[–—] )")


def typeset(document: Document) -> Document:
    """The same document with its spaces put right; names of charts' categories stay as they are."""
    return replace(
        document,
        title_page=_title_page(document.title_page),
        blocks=tuple(_block(block) for block in document.blocks),
    )


def tidy(text: str) -> str:
    """`№ 5` and `90 %` never break, and a dash never opens a line."""
    text = AFTER_NUMBER_SIGN.sub(f"№{NO_BREAK}", text)
    text = BEFORE_PERCENT.sub(NO_BREAK, text)
    return BEFORE_DASH.sub(NO_BREAK, text)


def _tidied(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(tidy(text) for text in texts)


def _title_page(page: TitlePage) -> TitlePage:
    return TitlePage(
        tidy(page.organisation),
        tidy(page.title),
        tidy(page.subtitle),
        tidy(page.period),
        tidy(page.place_and_year),
        _tidied(page.notes),
    )


def _block(block: Block) -> Block:
    match block:
        case Heading():
            return replace(block, text=tidy(block.text))
        case Paragraph():
            return replace(block, text=tidy(block.text))
        case Bullets():
            return Bullets(_tidied(block.items))
        case Table():
            return replace(
                block,
                caption=tidy(block.caption),
                columns=tuple(Column(tidy(column.header), column.width, column.align) for column in block.columns),
                rows=tuple(Row(_tidied(row.cells), row.strong) for row in block.rows),
                note=tidy(block.note),
            )
        case Figure():
            return replace(block, caption=tidy(block.caption), alt=tidy(block.alt))
        case Contents() | PageBreak():
            return block
