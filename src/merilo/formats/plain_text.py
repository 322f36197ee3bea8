"""Text as people mean it: one form for comparing answers, and cells without invisible edges."""

from __future__ import annotations

import re
import unicodedata

# Zero-width and directional marks arrive with text pasted from web pages and messengers.
INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\ufeff"
SPACES = " \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009"
EDGES = SPACES + "\u200a\u2028\u2029\u202f\u205f\u3000" + INVISIBLE

_INVISIBLE = re.compile(f"[{INVISIBLE}\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
_BLANKS = re.compile(r"\s+")
_YO = re.compile("е\u0308+")


def plain(text: str) -> str:
    """The one form in which two answers are compared: «Да», «да » and «ДА\u00a0» become «да».

    Lower case, ё as е, any run of blanks as one space, no invisible characters.
    """
    visible = _INVISIBLE.sub("", text)
    # Folding the case of one letter can give a letter and a mark, so the parts are joined again at the end;
    # macOS writes й and ё as a letter and a mark to begin with.
    apart = unicodedata.normalize("NFD", unicodedata.normalize("NFD", visible).casefold())
    return _BLANKS.sub(" ", unicodedata.normalize("NFC", _YO.sub("е", apart))).strip()


def clean_cell(text: str) -> str:
    """A cell without the blanks, no-break spaces and zero-width characters around it."""
    return text.strip(EDGES)
