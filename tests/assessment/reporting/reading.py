"""Reads a document: its texts without no-break spaces, a section's blocks, a table by its caption."""

from __future__ import annotations

from collections.abc import Iterator

from merilo.assessment.reporting.document import (
    Block,
    Bullets,
    Contents,
    Document,
    Figure,
    Heading,
    PageBreak,
    Paragraph,
    Table,
)
from merilo.assessment.wording import NO_BREAK


def plain(text: str) -> str:
    """The text with ordinary spaces."""
    return text.replace(NO_BREAK, " ")


def texts(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Every text a reader sees, in order."""
    for block in blocks:
        match block:
            case Heading() | Paragraph():
                yield plain(block.text)
            case Bullets():
                yield from (plain(item) for item in block.items)
            case Table():
                yield plain(block.caption)
                yield from (plain(column.header) for column in block.columns)
                yield from (plain(cell) for row in block.rows for cell in row.cells)
                yield plain(block.note)
            case Figure():
                yield plain(block.caption)
                yield plain(block.alt)
            case Contents() | PageBreak():
                pass


def whole(document: Document) -> str:
    """All texts as lines."""
    return "\n".join(texts(document.blocks))


def section(document: Document, anchor: str) -> tuple[Block, ...]:
    """The blocks from the heading with this anchor to the next heading of its level or above."""
    start = next(place for place, block in enumerate(document.blocks) if _is_heading(block, anchor))
    head = document.blocks[start]
    assert isinstance(head, Heading)
    end = start + 1
    while end < len(document.blocks):
        block = document.blocks[end]
        if isinstance(block, Heading) and block.level <= head.level:
            break
        end += 1
    return document.blocks[start:end]


def said(document: Document, anchor: str) -> str:
    """The texts of a section as lines."""
    return "\n".join(texts(section(document, anchor)))


def tables(document: Document, anchor: str) -> list[Table]:
    """The tables of a section."""
    return [block for block in section(document, anchor) if isinstance(block, Table)]


def _is_heading(block: Block, anchor: str) -> bool:
    return isinstance(block, Heading) and block.anchor == anchor
