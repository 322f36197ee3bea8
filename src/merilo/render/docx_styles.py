"""The styles, numbering and settings of a Word document after ГОСТ 7.32-2017, as XML text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from merilo.render.docx_markup import NAMESPACES, half_points, twips
from merilo.render.measure import FONT, METRIC_TWIN
from merilo.render.paper import AFTER_TABLE, CELL_SIDE, CELL_TOP, LOOKS, RULE, TABLE_SIZES, TEXT_WIDTH, Look, compact

LANGUAGES = {"ru": "ru-RU", "en": "en-US"}
HEADINGS, BULLETS = 1, 2


@dataclass(frozen=True, slots=True)
class _Style:
    """A paragraph style: its name in Word (which translates the built-in ones), its look, its behaviour.
    `extras` are paragraph properties, each with its place in the order of the schema."""

    identifier: str
    name: str
    look: Look
    following: str = ""
    based_on: str = "Normal"
    extras: tuple[tuple[str, str], ...] = ()


# CT_PPr is a sequence; only these members are used.
_ORDER = ("keepNext", "keepLines", "pageBreakBefore", "widowControl", "numPr", "tabs", "spacing", "ind", "jc")
_STAY_TOGETHER = (("keepNext", "<w:keepNext/>"), ("keepLines", "<w:keepLines/>"))
# A line a point high: a taller one could fall on a page of its own.
_AFTER_TABLE = f'<w:spacing w:before="0" w:after="{int(AFTER_TABLE * 20)}" w:line="20" w:lineRule="exact"/>'
_CONTENTS_TAB = (
    "tabs",
    f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{twips(TEXT_WIDTH)}"/></w:tabs>',
)


def table_style(size: float) -> str:
    """The identifier of the paragraph style for table text of a size."""
    return f"TableText{size:g}"


def compact_style(style: str) -> str:
    """The identifier of the compact twin of a style."""
    return f"{style}Compact"


def spacing(look: Look) -> str:
    """The space over, between and under the lines of a paragraph."""
    return (
        f'<w:spacing w:before="{int(look.before * 20)}" w:after="{int(look.after * 20)}" '
        f'w:line="{int(look.line * 240)}" w:lineRule="auto"/>'
    )


def styles_xml(language: str) -> str:
    """The whole of word/styles.xml."""
    return (
        f"<w:styles {NAMESPACES}>{_defaults(LANGUAGES[language])}"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
        f"{_tables()}{''.join(map(_style_xml, _styles()))}</w:styles>"
    )


def numbering_xml() -> str:
    """The whole of word/numbering.xml: headings 1, 1.1, 1.1.1 and bullets with a dash."""
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        f'<w:pStyle w:val="Heading{level + 1}"/><w:suff w:val="space"/>'
        f'<w:lvlText w:val="{".".join(f"%{n + 1}" for n in range(level + 1))}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="0" w:firstLine="{twips(LOOKS["heading1"].first)}"/></w:pPr></w:lvl>'
        for level in range(3)
    )
    bullet = LOOKS["bullet"]
    return (
        f"<w:numbering {NAMESPACES}>"
        f'<w:abstractNum w:abstractNumId="{HEADINGS}"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="{BULLETS}"><w:multiLevelType w:val="hybridMultilevel"/>'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:pStyle w:val="ListBullet"/>'
        '<w:lvlText w:val="–"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{twips(bullet.left)}" w:hanging="{twips(-bullet.first)}"/></w:pPr></w:lvl>'
        "</w:abstractNum>"
        f'<w:num w:numId="{HEADINGS}"><w:abstractNumId w:val="{HEADINGS}"/></w:num>'
        f'<w:num w:numId="{BULLETS}"><w:abstractNumId w:val="{BULLETS}"/></w:num></w:numbering>'
    )


def settings_xml(language: str) -> str:
    """The whole of word/settings.xml. Fields are filled in already: Word must not ask to renew them."""
    comma = "," if language == "ru" else "."
    return (
        f'<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="708"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/>'
        '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
        'w:val="15"/></w:compat>'
        f'<w:themeFontLang w:val="{LANGUAGES[language]}"/>'
        f'<w:decimalSymbol w:val="{comma}"/><w:listSeparator w:val=";"/></w:settings>'
    )


def font_table_xml() -> str:
    """The whole of word/fontTable.xml: what to take where the font is missing."""
    return (
        f'<w:fonts {NAMESPACES}><w:font w:name="{FONT}"><w:altName w:val="{METRIC_TWIN}"/>'
        '<w:panose1 w:val="02020603050405020304"/><w:charset w:val="CC"/><w:family w:val="roman"/>'
        '<w:pitch w:val="variable"/></w:font></w:fonts>'
    )


def _defaults(language: str) -> str:
    return (
        f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" '
        f'w:cs="{FONT}"/><w:sz w:val="28"/><w:szCs w:val="28"/>'
        f'<w:lang w:val="{language}" w:eastAsia="{language}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
    )


def _tables() -> str:
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="{int(RULE * 8)}" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    margins = "".join(
        f'<w:{side} w:w="{twips(CELL_TOP if side in ("top", "bottom") else CELL_SIDE)}" w:type="dxa"/>'
        for side in ("top", "left", "bottom", "right")
    )
    return (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
        '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/>'
        f"<w:tblPr><w:tblBorders>{sides}</w:tblBorders><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr></w:style>"
    )


def _styles() -> tuple[_Style, ...]:
    body = _Style("BodyText", "Body Text", LOOKS["body"])
    bullet_number = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{BULLETS}"/></w:numPr>'
    return (
        body,
        _Style("ListBullet", "List Bullet", LOOKS["bullet"], extras=(("numPr", bullet_number),)),
        *(_heading(level) for level in (1, 2, 3)),
        _Style("TOCHeading", "TOC Heading", LOOKS["contents_title"], body.identifier, extras=_STAY_TOGETHER),
        *(
            _Style(f"TOC{level}", f"toc {level}", LOOKS[f"contents{level}"], extras=(_CONTENTS_TAB,))
            for level in (1, 2, 3)
        ),
        _Style("Caption", "caption", LOOKS["caption"], body.identifier, extras=_STAY_TOGETHER[1:]),
        _Style("FigureCaption", "Figure Caption", LOOKS["figure_caption"], body.identifier, "Caption"),
        _Style("Chart", "Chart", LOOKS["chart"], "FigureCaption", extras=_STAY_TOGETHER[:1]),
        *(_Style(table_style(size), f"Table Text {size:g}", Look(size)) for size in TABLE_SIZES),
        _Style("TableNote", "Table Note", LOOKS["note"], body.identifier, extras=_STAY_TOGETHER[1:]),
        *_compact_styles(),
        _Style("TableEnd", "Table End", Look(1), body.identifier, extras=(("spacing", _AFTER_TABLE),)),
        _Style("Title", "Title", LOOKS["title"], "Subtitle"),
        _Style("Subtitle", "Subtitle", LOOKS["subtitle"], "TitleLine"),
        _Style("TitleLine", "Title Line", LOOKS["organisation"]),
        _Style("TitlePlace", "Title Place", LOOKS["place"]),
        _Style("TitleNote", "Title Note", LOOKS["title_note"]),
        _Style("Footer", "footer", LOOKS["page_number"]),
    )


def _compact_styles() -> Iterator[_Style]:
    """The small twins of styles, for what must fit one page."""
    for style, name, look, extras in (
        ("BodyText", "Body Text", "body", ()),
        ("Caption", "Caption", "caption", _STAY_TOGETHER[1:]),
        ("FigureCaption", "Figure Caption", "figure_caption", ()),
        ("Chart", "Chart", "chart", _STAY_TOGETHER[:1]),
        ("TableNote", "Table Note", "note", _STAY_TOGETHER[1:]),
    ):
        twin = LOOKS[compact(look, True)]
        yield _Style(compact_style(style), f"{name} Compact", twin, compact_style("BodyText"), extras=extras)


def _heading(level: int) -> _Style:
    number = f'<w:numPr><w:ilvl w:val="{level - 1}"/><w:numId w:val="{HEADINGS}"/></w:numPr>'
    page = (("pageBreakBefore", "<w:pageBreakBefore/>"),) if level == 1 else ()
    extras = (*_STAY_TOGETHER, *page, ("numPr", number))
    return _Style(f"Heading{level}", f"heading {level}", LOOKS[f"heading{level}"], "BodyText", extras=extras)


def _style_xml(style: _Style) -> str:
    look = style.look
    first = f'w:firstLine="{twips(look.first)}"' if look.first >= 0 else f'w:hanging="{twips(-look.first)}"'
    properties = {
        "widowControl": "<w:widowControl/>",
        "spacing": spacing(look),
        "ind": f'<w:ind w:left="{twips(look.left)}" {first}/>',
        "jc": f'<w:jc w:val="{look.align}"/>',
    } | dict(style.extras)
    ordered = "".join(properties[name] for name in _ORDER if name in properties)
    if style.identifier.startswith("Heading"):
        ordered += f'<w:outlineLvl w:val="{int(style.identifier[-1]) - 1}"/>'
    size = half_points(look.size)
    bold = "<w:b/>" if look.bold else ""
    following = f'<w:next w:val="{style.following}"/>' if style.following else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{style.identifier}"><w:name w:val="{style.name}"/>'
        f'<w:basedOn w:val="{style.based_on}"/>{following}<w:qFormat/><w:pPr>{ordered}</w:pPr>'
        f'<w:rPr>{bold}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
    )
