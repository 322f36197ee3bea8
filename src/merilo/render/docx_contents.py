"""The table of contents of a Word document: a field that is filled in already, so that nobody has to renew it."""

from __future__ import annotations

from dataclasses import replace

from merilo.assessment.reporting.document import Contents
from merilo.render.docx_markup import FIELD_END, field, field_start, paragraph, run, run_look, twips
from merilo.render.docx_styles import spacing
from merilo.render.page_layout import PlacedHeading
from merilo.render.paper import LOOKS


def bookmark(place: int) -> str:
    """The name of the place a heading of the document is linked by, as Word itself would name it."""
    return f"_Toc{place + 1:08d}"


def heading_block(placed: PlacedHeading, place: int, *, new_page: bool) -> str:
    """A heading with its bookmark; the number is Word's own."""
    heading = placed.heading
    look = LOOKS["heading_compact"]
    size = look.size if heading.compact else 0.0
    content = (
        f'<w:bookmarkStart w:id="{place + 1}" w:name="{bookmark(place)}"/>{run(heading.text, size=size)}'
        f'<w:bookmarkEnd w:id="{place + 1}"/>'
    )
    is_centred = heading.level == 1 and not heading.numbered
    # Word numbers headings by their style: a compact one keeps it and departs from its spacing and size.
    indent = spacing(replace(look, before=0.0) if new_page else look) if heading.compact else ""
    if not heading.numbered:
        indent = _without_number(0.0 if is_centred else LOOKS["heading2"].first, indent)
    return paragraph(
        f"Heading{heading.level}",
        content,
        # The style of level 1 opens a page by itself.
        new_page=new_page and heading.level > 1,
        indent=indent,
        align="center" if is_centred else "",
        mark=run_look(size=size),
    )


def _without_number(first: float, spaced: str) -> str:
    """A heading without its style's number loses the number's indent too."""
    number = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'
    return f'{number}{spaced}<w:ind w:left="0" w:firstLine="{twips(first)}"/>'


def contents_block(
    contents: Contents, headings: tuple[PlacedHeading, ...], pages: tuple[int, ...], *, new_page: bool
) -> str:
    """The title and one line a heading, with numbers of pages."""
    lines = [
        _line(placed, place, page)
        for place, (placed, page) in enumerate(zip(headings, pages, strict=True))
        if placed.heading.level <= contents.depth
    ]
    start = field_start(f'TOC \\o "1-{contents.depth}" \\h \\z \\u')
    title = paragraph("TOCHeading", run(contents.title), new_page=new_page)
    texts = [content for _, content in lines] or [""]
    texts[0] = start + texts[0]
    texts[-1] += FIELD_END
    styles = [style for style, _ in lines] or ["TOC1"]
    entries = (paragraph(style, text) for style, text in zip(styles, texts, strict=True))
    return (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/>'
        f"</w:docPartObj></w:sdtPr><w:sdtContent>{title}{''.join(entries)}</w:sdtContent></w:sdt>"
    )


def _line(placed: PlacedHeading, place: int, page: int) -> tuple[str, str]:
    name = bookmark(place)
    text = f"{placed.number} {placed.heading.text}".strip()
    shown = run(text) + "<w:r><w:tab/></w:r>" + field(f"PAGEREF {name} \\h", str(page))
    return f"TOC{placed.heading.level}", f'<w:hyperlink w:anchor="{name}" w:history="1">{shown}</w:hyperlink>'
