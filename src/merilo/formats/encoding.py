"""In which encoding a text file is written: found by strict reading, never by hope."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

CHUNK = 1 << 20
ZIP_MAGIC = b"PK\x03\x04"
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a file cannot be read as text: the code of the problem and the byte where it shows."""

    code: str
    offset: int | None = None


def detect_encoding(path: Path) -> str | Fault:
    """The name of the codec that reads the whole file strictly: UTF-8, UTF-16 or cp1251."""
    with path.open("rb") as file:
        head = file.read(CHUNK)
    if head.startswith((ZIP_MAGIC, OLE_MAGIC)):
        return Fault("TABLE-08")
    encoding = _by_first_bytes(head)
    if encoding.startswith("utf-16"):
        return encoding if _undecodable(path, encoding) is None else Fault("TABLE-06")
    forbidden = _first_forbidden(path)
    if forbidden is not None:
        return Fault("TABLE-05", forbidden)
    broken_at = _undecodable(path, encoding)
    if broken_at is None:
        return encoding
    sample = head + _around(path, broken_at) if broken_at >= len(head) else head
    if encoding == "utf-8-sig" or _mostly_utf8(sample):
        return Fault("TABLE-07", broken_at)
    return "cp1251" if _undecodable(path, "cp1251") is None and _reads_as_russian(sample) else Fault("TABLE-06")


def _by_first_bytes(head: bytes) -> str:
    """The codec that the byte order mark names, or that the zeros between Latin letters give away."""
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    sample = head[:4096]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    # Digits, blanks, delimiters and line ends have a zero as their upper byte: they are every tenth letter and more.
    plenty = max(3, len(sample) // 20)
    if odd >= plenty and not even:
        return "utf-16-le"
    return "utf-16-be" if even >= plenty and not odd else "utf-8"


def _undecodable(path: Path, encoding: str) -> int | None:
    """The offset of the first byte that the codec refuses, or None where it reads everything."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    offset = 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            pending = len(decoder.getstate()[0])
            try:
                decoder.decode(chunk)
            except UnicodeError as error:
                return offset - pending + getattr(error, "start", 0)
            offset += len(chunk)
    pending = len(decoder.getstate()[0])
    try:
        decoder.decode(b"", final=True)
    except UnicodeError:
        return offset - pending
    return None


def _around(path: Path, offset: int) -> bytes:
    """The bytes on both sides of an offset."""
    with path.open("rb") as file:
        file.seek(max(0, offset - CHUNK // 2))
        return file.read(CHUNK)


# Control characters other than tab and line ends stand in programs and pictures, not in tables. 0x1A ended
# files in DOS and 0x0B, 0x0C are breaks that office programs leave inside cells: these three are harmless.
_FORBIDDEN = re.compile(rb"[\x00-\x08\x0e-\x19\x1b-\x1f]")


def _first_forbidden(path: Path) -> int | None:
    """The offset of the first byte that no text contains."""
    offset = 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            # translate() drops the forbidden bytes at the speed of memory, a search by pattern takes seconds.
            if len(chunk.translate(None, _FORBIDDEN_BYTES)) != len(chunk):
                found = _FORBIDDEN.search(chunk)
                return offset + (found.start() if found else 0)
            offset += len(chunk)
    return None


_FORBIDDEN_BYTES = bytes(byte for byte in range(32) if _FORBIDDEN.match(bytes([byte])))


def _mostly_utf8(sample: bytes) -> bool:
    """Whether most letters outside ASCII are sound UTF-8, so that single bytes are damage and not another encoding."""
    text = sample.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    sound = sum(1 for letter in text if letter > "\x7f") - broken
    return sound > broken


_RUSSIAN = frozenset("абвгдежзийклмнопрстуфхцчшщъыьэюяАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯёЁ«»—–№…„“”’‘•°§±\u00a0")
_MIXED_CASE = re.compile("[а-яё][А-ЯЁ]")
_PAIR = re.compile("[А-Яа-яЁё](?=[А-Яа-яЁё])")


def _reads_as_russian(sample: bytes) -> bool:
    """Whether the bytes make Russian in cp1251; cp866, KOI8-R and Mac Cyrillic also decode, but into gibberish.

    KOI8-R has small and capital letters the other way round, so that its words look «оПХБЕР».
    """
    text = sample.decode("cp1251", errors="replace")
    foreign = [letter for letter in text if letter > "\x7f"]
    russian = sum(1 for letter in foreign if letter in _RUSSIAN)
    pairs = len(_PAIR.findall(text))
    return russian * 100 >= len(foreign) * 85 and len(_MIXED_CASE.findall(text)) * 20 <= pairs
