"""The title page of a Word document: the work above the middle, place and year at the foot."""

from __future__ import annotations

from merilo.assessment.reporting.document import TitlePage
from merilo.render.docx_markup import paragraph, run, twips
from merilo.render.paper import TEXT_WIDTH

# A frame at the foot of the page keeps its lines in the text, where screen readers find them; a footer would not.
_AT_THE_FOOT = (
    f'<w:framePr w:w="{twips(TEXT_WIDTH)}" w:wrap="around" w:vAnchor="margin" w:hAnchor="margin" '
    'w:xAlign="center" w:yAlign="bottom"/>'
)


def title_blocks(cover: TitlePage) -> list[str]:
    """The paragraphs of the title page; what is empty is left out, but never the title."""
    foot = [*(("TitleNote", note) for note in cover.notes), ("TitlePlace", cover.place_and_year)]
    lines = (("TitleLine", cover.organisation), ("Title", cover.title))
    after = (("Subtitle", cover.subtitle), ("TitleLine", cover.period))
    return [
        *(paragraph(style, run(text), frame=_AT_THE_FOOT) for style, text in foot if text),
        *(paragraph(style, run(text)) for style, text in (*lines, *after) if text),
    ]
