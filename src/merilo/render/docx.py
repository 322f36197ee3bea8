"""A Document as a Word file after ГОСТ 7.32-2017: real styles, numbering, captions, contents, editable charts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from merilo.assessment.reporting.document import Bullets, Contents, Document, Paragraph
from merilo.render.docx_charts import figure_blocks, native_parts, picture_parts
from merilo.render.docx_contents import contents_block, heading_block
from merilo.render.docx_markup import NAMESPACES, field, paragraph, run, twips
from merilo.render.docx_package import Part, Relation, core_properties, package_bytes, xml_part
from merilo.render.docx_styles import LANGUAGES, compact_style, font_table_xml, numbering_xml, settings_xml, styles_xml
from merilo.render.docx_tables import table_blocks
from merilo.render.docx_title import title_blocks
from merilo.render.page_layout import Item, PlacedFigure, PlacedHeading, PlacedTable, Sheets, headings, lay_out_document
from merilo.render.paper import BINDING, FOOTER, OUTER, PAGE_HEIGHT, PAGE_WIDTH, SIDE
from merilo.render.pdf import heading_pages
from merilo.render.pictures import chart_pictures
from merilo.render.xml_text import allowed
from merilo.whole_files import write_whole

_STORIES = (
    ("styles", "styles"),
    ("numbering", "numbering"),
    ("settings", "settings"),
    ("fontTable", "fontTable"),
    ("footer", "footer1"),
)


def write_docx(document: Document, path: Path, *, charts_as_pictures: bool = False) -> None:
    """Write the document at `path`; the same document gives the same bytes.

    `charts_as_pictures` is for programs that do not draw native charts; pictures cannot be edited.
    """
    sheets = lay_out_document(document)
    body = _Body(document, sheets, charts_as_pictures=charts_as_pictures)
    xml = f"<w:document {NAMESPACES}><w:body>{body.xml()}</w:body></w:document>"
    links, charts = _chart_parts(document, sheets, as_pictures=charts_as_pictures)
    stories = tuple(Relation(f"rId{kind}", kind, f"word/{name}.xml") for kind, name in _STORIES)
    main = xml_part("word/document.xml", "wordprocessingml.document.main", xml, (*stories, *links))
    properties = core_properties(allowed(document.title_page.title), LANGUAGES[document.language])
    write_whole(path, package_bytes((main, properties, *_story_parts(document.language), *charts)))


class _Body:
    """The body of the document, block after block."""

    def __init__(self, document: Document, sheets: tuple[Sheets, ...], *, charts_as_pictures: bool) -> None:
        self.document = document
        self.sheets = sheets
        self.words = dict(document.words)
        self.headings = headings(sheets)
        self.has_contents = any(isinstance(item.content, Contents) for sheet in sheets for item in sheet.items)
        self.pages = heading_pages(document, sheets) if self.has_contents else ()
        self.charts_as_pictures = charts_as_pictures
        self.charts = 0
        self.passed_headings = 0

    def xml(self) -> str:
        """Every block; the last paragraph of each section carries its sheet, the last section the body's end."""
        blocks = title_blocks(self.document.title_page)
        for place, sheet in enumerate(self.sheets):
            if place > 0:
                _end_section(blocks, _section(self.sheets[place - 1].landscape, is_first=place == 1))
            for item in sheet.items:
                blocks += self.blocks(item)
        landscape = self.sheets[-1].landscape if self.sheets else False
        return "".join(blocks) + _section(landscape, is_first=len(self.sheets) < 2)

    def blocks(self, item: Item) -> list[str]:
        """What one item of the document becomes; its last block is a paragraph, or the contents."""
        new_page = item.new_page
        match item.content:
            case PlacedHeading() as placed:
                self.passed_headings += 1
                return [heading_block(placed, self.passed_headings - 1, new_page=new_page)]
            case Paragraph() as text:
                style = compact_style("BodyText") if text.compact else "BodyText"
                content = run(text.text, bold=text.strong)
                return [paragraph(style, content, keep_next=item.keep_next, new_page=new_page)]
            case Bullets(items):
                return [
                    paragraph("ListBullet", run(one), new_page=new_page and place == 0)
                    for place, one in enumerate(items)
                ]
            case PlacedTable() as placed_table:
                return table_blocks(placed_table, self.words["table"], new_page=new_page)
            case PlacedFigure() as placed_figure:
                self.charts += 1
                return figure_blocks(
                    placed_figure,
                    self.words["figure"],
                    self.charts,
                    as_picture=self.charts_as_pictures,
                    new_page=new_page,
                )
            case Contents() as contents:
                return [contents_block(contents, self.headings, self.pages, new_page=new_page)]


def _end_section(blocks: list[str], section: str) -> None:
    """Let the last paragraph end a section; contents are no paragraph and get one after them."""
    if not blocks[-1].startswith("<w:p>"):
        blocks.append(paragraph("TableEnd", ""))
    blocks[-1] = blocks[-1].replace("</w:pPr>", f"{section}</w:pPr>", 1)


def _section(landscape: bool, *, is_first: bool) -> str:
    """The sheet: its size, margins and footer. Only the title page goes without a number."""
    short, long = twips(PAGE_WIDTH), twips(PAGE_HEIGHT)
    if landscape:
        size = f'w:w="{long}" w:h="{short}" w:orient="landscape"'
        sides = (("top", BINDING), ("right", SIDE), ("bottom", OUTER), ("left", SIDE))
    else:
        size = f'w:w="{short}" w:h="{long}"'
        sides = (("top", SIDE), ("right", OUTER), ("bottom", SIDE), ("left", BINDING))
    margins = " ".join(f'w:{side}="{twips(width)}"' for side, width in sides)
    footer = '<w:footerReference w:type="default" r:id="rIdfooter"/>' if is_first else ""
    title_page = "<w:titlePg/>" if is_first else ""
    return (
        f'<w:sectPr>{footer}<w:type w:val="nextPage"/><w:pgSz {size}/>'
        f'<w:pgMar {margins} w:header="{twips(FOOTER)}" w:footer="{twips(FOOTER)}" w:gutter="0"/>{title_page}'
        "</w:sectPr>"
    )


def _story_parts(language: str) -> tuple[Part, ...]:
    footer = f"<w:ftr {NAMESPACES}>{paragraph('Footer', field('PAGE', '2'))}</w:ftr>"
    return (
        xml_part("word/styles.xml", "wordprocessingml.styles", styles_xml(language)),
        xml_part("word/numbering.xml", "wordprocessingml.numbering", numbering_xml()),
        xml_part("word/settings.xml", "wordprocessingml.settings", settings_xml(language)),
        xml_part("word/fontTable.xml", "wordprocessingml.fontTable", font_table_xml()),
        xml_part("word/footer1.xml", "wordprocessingml.footer", footer),
    )


def _chart_parts(
    document: Document, sheets: Sequence[Sheets], *, as_pictures: bool
) -> tuple[tuple[Relation, ...], tuple[Part, ...]]:
    layouts = [
        item.content.layout for sheet in sheets for item in sheet.items if isinstance(item.content, PlacedFigure)
    ]
    if as_pictures:
        pictures = chart_pictures(layouts, document.language)
        made = [picture_parts(picture, place) for place, picture in enumerate(pictures, start=1)]
    else:
        made = [native_parts(layout, place, document.language) for place, layout in enumerate(layouts, start=1)]
    return tuple(link for link, _ in made), tuple(part for _, parts in made for part in parts)
