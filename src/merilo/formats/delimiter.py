"""Which character parts the columns of a CSV file."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from itertools import islice

SAMPLE_RECORDS = 300
# On a tie the earlier wins: a comma inside numbers (`1;0,96`) can be as regular as the semicolon beside it,
# a semicolon or a tab as regular as the commas around it is hardly ever met.
CANDIDATES = ("\t", ";", ",")

_DECLARED = re.compile(r'"?sep=(?P<delimiter>[;,\t])"?[ ;,]*\r?\n?', re.IGNORECASE)


def declared_delimiter(sample: str) -> tuple[str, int] | None:
    """The delimiter that a first line such as `sep=;` names for Excel, and the length of that line."""
    line = _DECLARED.match(sample)
    return (line["delimiter"], line.end()) if line else None


def detect_delimiter(sample: str) -> str:
    """The delimiter under which the most records are as wide as the header."""
    widths = {candidate: list(islice(_widths(sample, candidate), SAMPLE_RECORDS)) for candidate in CANDIDATES}
    if blank := [candidate for candidate in CANDIDATES if not widths[candidate]]:
        return blank[0]
    parted = [candidate for candidate in CANDIDATES if widths[candidate][0] > 1]
    best = max(parted, key=lambda candidate: _regularity(widths[candidate]), default=None)
    alone = max(CANDIDATES, key=lambda candidate: _regularity(widths[candidate]))
    if best is None:
        return alone
    # A single column of prose with a comma in its heading: its lines disagree about commas, none about tabs.
    lonely = widths[alone][0] == 1 and _regularity(widths[alone]) == 1
    return alone if lonely and _regularity(widths[best]) < 0.3 else best


def _widths(sample: str, delimiter: str) -> Iterator[int]:
    """How many cells each record has; blank records are left out, trailing empty cells too where they are extra."""
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter, strict=True)
    header = 0
    try:
        for record in reader:
            if not any(cell.strip() for cell in record):
                continue
            header = header or len(record)
            while len(record) > header and not record[-1].strip():
                record.pop()
            yield len(record)
    except csv.Error:
        # Broken quotes: what was read so far decides, and reading the whole file names the row.
        return


def _regularity(widths: list[int]) -> float:
    """The share of records as wide as the header; a file with a header alone is regular."""
    return sum(width == widths[0] for width in widths) / len(widths)
