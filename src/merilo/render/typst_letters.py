"""Letters that Typst can show: PDF/UA allows no text that cannot be seen, and organisations send emoji."""

from __future__ import annotations

import unicodedata
from functools import cache

import typst

from merilo.render.measure import FONT, lacks
from merilo.render.typst_compiler import compiler
from merilo.render.xml_text import allowed

UNKNOWN = "□"


def showable(text: str) -> str:
    """The text with a box for each letter that no font at hand has; marks without a shape are left out."""
    text = allowed(text)
    for letter in lacks(text):
        if unicodedata.category(letter).startswith("C"):
            text = text.replace(letter, "")
        elif not _is_shown(letter):
            text = text.replace(letter, UNKNOWN)
    return text


@cache
def _is_shown(letter: str) -> bool:
    """Whether one of Typst's own fonts helps out, as it does with ₽ and ✓."""
    try:
        compiler("letter.typ", font=FONT, letter=letter).compile(format="pdf", pdf_standards=["ua-1"])
    except typst.TypstError:
        return False
    return True
