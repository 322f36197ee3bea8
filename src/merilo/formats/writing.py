"""CSV that neither Excel nor a script misreads."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from merilo.formats.numbers import ExactNumber, parse_number
from merilo.whole_files import write_atomically

# No float: a figure to be printed has been rounded by a named rule and is a Decimal by then.
Cell = str | int | Decimal | date | None


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write a table as CSV: commas, UTF-8 with a BOM (without it Excel shows Russian as gibberish), CRLF."""

    def write(unfinished: Path) -> None:
        with unfinished.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([safe_cell(name) for name in header])
            writer.writerows([csv_text(cell) for cell in row] for row in rows)

    write_atomically(path, write)


def csv_text(cell: Cell) -> str:
    """A cell as CSV text: numbers with a decimal point and without an exponent, dates in ISO form."""
    match cell:
        case None:
            return ""
        case str():
            return safe_cell(cell)
        case Decimal():
            return format(cell, "f")
        case date():
            return cell.isoformat()
        case _:
            return str(cell)


def safe_cell(text: str) -> str:
    """Text that no spreadsheet takes for a formula; numbers and dashes for «no data» stay as they are.

    >>> safe_cell("=HYPERLINK(A1)"), safe_cell("-5"), safe_cell("нет")
    ("'=HYPERLINK(A1)", '-5', 'нет')
    """
    # A respondent may write `=HYPERLINK("http://…"&A1)` into a comment: opened in Excel, the CSV would run it
    # and send a neighbour's answer away. An apostrophe in front makes it text. Blanks in front do not help
    # against LibreOffice, which strips them, and the wide forms ＝＋－＠ are taken for the narrow ones in Excel.
    starts_formula = text[:1] in ("\t", "\r", "\n") or text.lstrip()[:1] in tuple("=+-@＝＋－＠")
    if not text or not starts_formula or text.strip() == "-" or isinstance(parse_number(text), ExactNumber):
        return text
    return f"'{text}"
