"""Printed tables on the screen: drawn on a terminal, tab-separated text elsewhere, notes on standard error there."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from merilo.assessment.reporting.printed_table import PrintedTable, cell_text, parts_of
from merilo.assessment.wording import Wording

FIRST_COLUMN, OTHER_COLUMN, FEWEST_COLUMNS = 24, 12, 4


def show_tables(tables: Sequence[PrintedTable], above: Sequence[str], words: Wording) -> None:
    """Print tables one after another, with what stands above all of them."""
    if sys.stdout.isatty():
        _draw(tables, above, words)
        return
    for text in above:
        print(text, file=sys.stderr)
    for place, table in enumerate(tables):
        if place:
            print()
        if len(tables) > 1:
            print(_flat(table.caption))
        print("\t".join(map(_flat, table.headers)))
        for row in table.rows:
            print("\t".join(_flat(cell_text(cell, words)) for cell in row.cells))
        # Beside the table, not in it: a script reads the one, a person the other.
        for note in table.notes:
            print(note, file=sys.stderr)


def _flat(text: str) -> str:
    return " ".join(text.split())


def _draw(tables: Sequence[PrintedTable], above: Sequence[str], words: Wording) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False)
    for text in above:
        console.print(text, markup=False)
    most = max(FEWEST_COLUMNS, (console.width - FIRST_COLUMN) // OTHER_COLUMN)
    for table in [part for whole in tables for part in parts_of(whole, most, words)]:
        drawn = Table(title=Text(table.caption), title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
        for place, header in enumerate(table.headers):
            drawn.add_column(Text(header), justify="right" if place else "left", overflow="fold", vertical="bottom")
        for row in table.rows:
            style = "bold" if row.strong else ""
            drawn.add_row(*(Text(cell_text(cell, words)) for cell in row.cells), style=style)
        console.print(drawn)
        for note in table.notes:
            console.print(note, markup=False, style="dim")
