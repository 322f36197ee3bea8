"""Moments and lengths of time as response files write them, in seconds."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from merilo.formats.numbers import ExactNumber, Missing, parse_number

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

DAY_FIRST = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?")
CLOCK = re.compile(r"\d:\d\d")
LENGTH = re.compile(r"(?:(\d+):)?(\d{1,2}):(\d{2})")
DAY = 86400


def read_moments(texts: list[str]) -> tuple[Floats, Flags, list[int]]:
    """Seconds since 1970 by the clock on the wall, NaN where there is nothing; whether each has a time of day; the
    indexes of what cannot be read. Known are 2024-03-31, 2024-03-31 10:15, 2024-03-31T10:15:00 and 31.03.2024 10:15."""
    known = {text: _moment(text) for text in dict.fromkeys(texts)}
    seconds = np.array([known[text] if known[text] is not None else np.nan for text in texts], dtype=np.float64)
    unread = [index for index, text in enumerate(texts) if known[text] is None and not _is_nothing(text)]
    clock = np.array([bool(CLOCK.search(text)) for text in texts], dtype=np.bool_) & ~np.isnan(seconds)
    # A spreadsheet writes a bare date as midnight.
    if clock.any() and not (seconds[clock] % DAY).any():
        clock[:] = False
    return seconds, clock, unread


def read_lengths(texts: list[str]) -> tuple[Floats, list[int]]:
    """Seconds, NaN where there is nothing; the indexes of what cannot be read. Known are a number of seconds,
    minutes:seconds and hours:minutes:seconds."""
    known = {text: _length(text) for text in dict.fromkeys(texts)}
    seconds = np.array([known[text] if known[text] is not None else np.nan for text in texts], dtype=np.float64)
    return seconds, [index for index, text in enumerate(texts) if known[text] is None and not _is_nothing(text)]


def _is_nothing(text: str) -> bool:
    return isinstance(parse_number(text), Missing)


def _moment(text: str) -> float | None:
    written = DAY_FIRST.fullmatch(text)
    try:
        if written:
            day, month, year, hour, minute, second = (int(part or 0) for part in written.groups())
            moment = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
        else:
            moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC).timestamp()


def _length(text: str) -> float | None:
    written = LENGTH.fullmatch(text)
    if written:
        hours, minutes, seconds = (int(part or 0) for part in written.groups())
        return float(3600 * hours + 60 * minutes + seconds)
    number = parse_number(text)
    if not isinstance(number, ExactNumber) or number.percent or number.value < 0:
        return None
    return float(number.value)
