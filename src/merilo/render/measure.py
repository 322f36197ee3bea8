"""How wide a text is in the document's font, and where its lines break: read from the font file itself."""

from __future__ import annotations

import re
import struct
from functools import cache, lru_cache
from pathlib import Path

FONT = "Liberation Serif"
# Programs without the font take one of the same metrics.
METRIC_TWIN = "Times New Roman"
FONT_FOLDER = Path(__file__).resolve().parents[1] / "data" / "fonts"
# Ascent, descent and line gap of the font together: the height of a single-spaced line.
LINE_HEIGHT = 1.149
# A letter the font lacks is taken as a wide one.
UNKNOWN_ADVANCE = 0.75
# Word, LibreOffice and Typst may break a line after these; a no-break space is no place to break.
_BREAKABLE = re.compile(r"(?<=[-–—])(?=.)| +|\n")


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a text in the unit of `size`, on one line."""
    return _width_in_ems(text, bold) * size


def lacks(text: str) -> set[str]:
    """The characters of a text that the font cannot show: control characters, emoji, far scripts."""
    glyphs = _advances(False)
    return {letter for letter in set(text) if ord(letter) not in glyphs and letter not in "\n\t"}


def longest_word(text: str, size: float, *, bold: bool = False) -> float:
    """The width of the widest piece of a text that no program may break."""
    return max((text_width(piece, size, bold=bold) for piece in _BREAKABLE.split(text) if piece), default=0.0)


def wrap(text: str, width: float, size: float, *, bold: bool = False) -> tuple[str, ...]:
    """The lines of a text in a column; a word wider than the column is cut."""
    lines = [""]
    for piece in re.findall(r"[^ \n–—-]*[–—-]?[ \n]*", text):
        if text_width((lines[-1] + piece).rstrip(), size, bold=bold) <= width:
            lines[-1] += piece
            continue
        if lines[-1]:
            lines.append("")
        for letter in piece:
            if lines[-1] and text_width((lines[-1] + letter).rstrip(), size, bold=bold) > width:
                lines.append("")
            lines[-1] += letter
    return tuple(line.strip() for line in lines)


@lru_cache(maxsize=1 << 16)
def _width_in_ems(text: str, bold: bool) -> float:
    advances = _advances(bold)
    return sum(advances.get(ord(letter), UNKNOWN_ADVANCE) for letter in text)


@cache
def _advances(bold: bool) -> dict[int, float]:
    """Code point → advance in ems, from the tables `cmap`, `hhea`, `hmtx` and `head` of the font."""
    font = (FONT_FOLDER / f"LiberationSerif-{'Bold' if bold else 'Regular'}.ttf").read_bytes()
    tables = {
        font[at : at + 4]: struct.unpack_from(">I", font, at + 8)[0]
        for at in range(12, 12 + 16 * struct.unpack_from(">H", font, 4)[0], 16)
    }
    (units,) = struct.unpack_from(">H", font, tables[b"head"] + 18)
    (count,) = struct.unpack_from(">H", font, tables[b"hhea"] + 34)
    widths = struct.unpack_from(f">{2 * count}H", font, tables[b"hmtx"])[::2]
    glyphs = _glyphs(font, tables[b"cmap"])
    return {code: widths[min(glyph, count - 1)] / units for code, glyph in glyphs.items()}


def _glyphs(font: bytes, cmap: int) -> dict[int, int]:
    """Code point → glyph number, from the Windows Unicode subtable (format 4) that every font carries."""
    (subtables,) = struct.unpack_from(">H", font, cmap + 2)
    records = (struct.unpack_from(">HHI", font, cmap + 4 + 8 * n) for n in range(subtables))
    start = cmap + next(offset for platform, encoding, offset in records if (platform, encoding) == (3, 1))
    segments = struct.unpack_from(">H", font, start + 6)[0] // 2
    ends, starts, deltas, offsets = (
        struct.unpack_from(f">{segments}H", font, start + 14 + 2 * segments * part + (2 if part else 0))
        for part in range(4)
    )
    glyphs: dict[int, int] = {}
    for segment in range(segments):
        at_offset = start + 16 + 2 * segments * 3 + 2 * segment
        for code in range(starts[segment], min(ends[segment], 0xFFFE) + 1):
            glyph = code
            if offsets[segment]:
                place = at_offset + offsets[segment] + 2 * (code - starts[segment])
                (glyph,) = struct.unpack_from(">H", font, place)
                if not glyph:
                    continue
            glyphs[code] = (glyph + deltas[segment]) & 0xFFFF
    return glyphs
