"""Whether the quotes of a large CSV file alternate as they should: a check of bytes, many times faster than parsing."""

from __future__ import annotations

import codecs
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from merilo.formats.encoding import CHUNK

QUOTE = ord('"')


def quotes_alternate(path: Path, delimiter: str) -> bool:
    """Whether quotes stand only where the rules of CSV put them; False means «look closer», not «broken».

    Counting from the first, every odd quote opens a cell, so a delimiter or a line end stands before it; every
    even quote closes one, so they stand after it. A doubled quote closes and opens at once: a quote beside it.
    """
    neighbours = np.zeros(256, dtype=bool)
    neighbours[[QUOTE, ord(delimiter), ord("\n"), ord("\r")]] = True
    seen = 0
    with path.open("rb") as file:
        if file.read(3) != codecs.BOM_UTF8:
            file.seek(0)
        # The file is looked at as if a line end stood before and after it.
        carried = b"\n"
        while chunk := file.read(CHUNK):
            piece = np.frombuffer(carried + chunk, dtype=np.uint8)
            sound, quotes = _sound_quotes(piece, neighbours, seen)
            if not sound:
                return False
            seen += quotes
            carried = (carried + chunk)[-2:]
    sound, quotes = _sound_quotes(np.frombuffer(carried + b"\n", dtype=np.uint8), neighbours, seen)
    return sound and (seen + quotes) % 2 == 0


def _sound_quotes(piece: NDArray[np.uint8], neighbours: NDArray[np.bool_], seen: int) -> tuple[bool, int]:
    """Whether the quotes of a piece stand right, and how many there are; its outer bytes are context only."""
    places = np.flatnonzero(piece[1:-1] == QUOTE) + 1
    opens = (np.arange(len(places)) + seen) % 2 == 0
    beside = np.where(opens, piece[places - 1], piece[places + 1])
    return bool(neighbours[beside].all()), len(places)
