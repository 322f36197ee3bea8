"""WordprocessingML as text: runs, paragraphs, fields. Building strings is thirty times faster than building trees."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from merilo.render.xml_text import allowed

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
NO_BREAK = "\u00a0"
TWIPS_PER_MM = 1440 / 25.4


def twips(millimetres: float) -> int:
    """Word's unit of length: a twentieth of a point."""
    return int(millimetres * TWIPS_PER_MM + 0.5)


def half_points(points: float) -> int:
    """Word's unit of letter size."""
    return int(points * 2 + 0.5)


def attribute(text: str) -> str:
    """A text as a quoted attribute value; line ends become spaces."""
    return quoteattr(" ".join(allowed(text).split()))


def run(text: str, *, bold: bool = False, size: float = 0.0) -> str:
    """A piece of text, of the style's size where none is given; its line ends become line breaks."""
    look = run_look(bold=bold, size=size)
    lines = '<w:br/><w:t xml:space="preserve">'.join(f"{escape(line)}</w:t>" for line in allowed(text).split("\n"))
    return f'<w:r>{look}<w:t xml:space="preserve">{lines}</w:r>'


def run_look(*, bold: bool = False, size: float = 0.0) -> str:
    """What departs from the style in a piece of text, empty where nothing does."""
    properties = "<w:b/>" if bold else ""
    properties += f'<w:sz w:val="{half_points(size)}"/><w:szCs w:val="{half_points(size)}"/>' if size else ""
    return f"<w:rPr>{properties}</w:rPr>" if properties else ""


def paragraph(
    style: str,
    content: str,
    *,
    keep_next: bool = False,
    new_page: bool = False,
    frame: str = "",
    indent: str = "",
    align: str = "",
    mark: str = "",
) -> str:
    """A paragraph of a style; the exceptions from the style stand in the order the schema wants. `mark` is the look
    of the paragraph's mark, and so of its number."""
    properties = "".join(
        (
            f'<w:pStyle w:val="{style}"/>',
            "<w:keepNext/>" if keep_next else "",
            "<w:pageBreakBefore/>" if new_page else "",
            frame,
            indent,
            f'<w:jc w:val="{align}"/>' if align else "",
            mark,
        )
    )
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def field(instruction: str, shown: str) -> str:
    """A field with the text it shows until Word is asked to renew it."""
    return field_start(instruction) + run(shown) + FIELD_END


def field_start(instruction: str) -> str:
    """The part of a field before the text it shows."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


FIELD_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def caption(word: str, number: int, text: str, *, repeats: bool = False) -> str:
    """«Таблица 1 – …» with a number Word can renew; `repeats` keeps the number of the caption before."""
    # Word's own lists of tables and figures look for the word of the caption in the field.
    name = "".join(letter for letter in word if letter.isalnum()) or "Caption"
    switch = "\\c" if repeats else "\\* ARABIC"
    return run(f"{word}{NO_BREAK}") + field(f"SEQ {name} {switch}", str(number)) + run(f"{NO_BREAK}– {text}")
