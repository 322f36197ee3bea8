"""Correlations of indicators and the drivers of satisfaction as printed tables."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from merilo.assessment.reporting.printed_table import PrintedCell, PrintedRow, PrintedTable, count, percent, rounded
from merilo.assessment.stats.correlation import Correlations
from merilo.assessment.stats.relative_weights import RelativeWeights
from merilo.assessment.wording import Wording


def correlation_tables(
    found: Correlations, labels: Sequence[str], names: Sequence[str], words: Wording
) -> tuple[PrintedTable, ...]:
    """The matrix, and over how many organisations each correlation is where that differs."""
    sizes = found.sizes[np.isfinite(found.values)]
    least, most = (int(sizes.min()), int(sizes.max())) if len(sizes) else (0, 0)
    first = words.say("TABULATE-HEAD-INDICATOR")
    named = [f"{label} {name}".strip() for label, name in zip(labels, names, strict=True)]
    headers = (first, *(label or name for label, name in zip(labels, names, strict=True)))
    count_note = "TABULATE-NOTE-SAME-N" if least == most else "TABULATE-NOTE-N"
    matrix = PrintedTable(
        words.say("TABULATE-SHEET-CORRELATIONS"),
        words.say("TABULATE-CAPTION-CORRELATIONS"),
        headers,
        tuple(
            PrintedRow((name, *(rounded(float(one), 2) for one in found.values[row]))) for row, name in enumerate(named)
        ),
        (words.say(count_note, n=least, most=most), words.say("TABULATE-NOTE-CORRELATIONS")),
    )
    if least == most:
        return (matrix,)
    rows = [PrintedRow((name, *(count(one) for one in found.sizes[row]))) for row, name in enumerate(named)]
    sheet, caption = words.say("TABULATE-SHEET-N"), words.say("TABULATE-CAPTION-N")
    return matrix, PrintedTable(sheet, caption, headers, tuple(rows))


def driver_table(
    found: RelativeWeights, outcome: str, names: Sequence[str], left_out: Sequence[str], words: Wording
) -> PrintedTable:
    """What accounts for the outcome, the most first."""
    heads = [words.say(f"TABULATE-HEAD-{code}") for code in ("QUESTION", "WEIGHT", "LOW", "HIGH", "R")]
    rows = []
    for place in np.argsort(-found.weights, kind="stable").tolist():
        cells: list[PrintedCell] = [percent(float(one[place])) for one in (found.shares, found.low, found.high)]
        rows.append(PrintedRow((names[place], *cells, rounded(float(found.correlations[place]), 2))))
    notes = [
        words.say("TABULATE-NOTE-DRIVERS", n=found.size, explained=_two(found.explained)),
        words.say("TABULATE-NOTE-DRIVERS-READING"),
    ]
    if left_out:
        notes.append(words.say("TABULATE-NOTE-LEFT-OUT", names=", ".join(left_out)))
    caption = words.say("TABULATE-CAPTION-DRIVERS", outcome=outcome)
    return PrintedTable(words.say("TABULATE-SHEET-DRIVERS"), caption, tuple(heads), tuple(rows), tuple(notes))


def _two(value: float) -> object:
    cell = rounded(value, 2)
    return cell if isinstance(cell, str) else cell.value
