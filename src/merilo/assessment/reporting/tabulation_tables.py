"""Frequencies and cross-tables of respondents as printed tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

import numpy as np

from merilo.assessment.reporting.printed_table import (
    DASH,
    PrintedCell,
    PrintedRow,
    PrintedTable,
    count,
    p_text,
    percent,
    rounded,
)
from merilo.assessment.responses.cross_table import CrossTable, ShareOf
from merilo.assessment.responses.frequencies import Frequencies
from merilo.assessment.responses.respondents import Respondents, Weighting
from merilo.assessment.rounding import RoundingMode, round_exact
from merilo.assessment.wording import Wording

NOTABLE = 2.0
UP, DOWN = "↑", "↓"
FEWEST_EXPECTED = 5


def frequency_table(found: Sequence[Frequencies], of: Respondents, words: Wording, minimum: int) -> PrintedTable:
    """All questions one below the other: how many gave each answer, the share, its interval; a question with several
    answers also as shares of answers."""
    has_several = any(one.variable.is_several for one in found)
    codes = ["ANSWER", "COUNT", "SHARE", "LOW", "HIGH"] + (["ANSWERS"] if has_several else [])
    headers = [words.say(f"TABULATE-HEAD-{code}") for code in codes]
    rows = [row for one in found for row in _frequency_rows(one, words, len(headers))]
    is_calibrated = of.weighting is Weighting.CALIBRATED
    notes = [words.say("TABULATE-NOTE-INTERVAL-CALIBRATED" if is_calibrated else "TABULATE-NOTE-INTERVAL")]
    if has_several:
        notes.append(words.say("TABULATE-NOTE-SEVERAL"))
    if any(one.hidden.any() for one in found):
        notes.append(words.say("TABULATE-NOTE-HIDDEN", few=minimum))
    name = found[0].variable.code if len(found) == 1 else words.say("TABULATE-SHEET-FREQUENCIES")
    return PrintedTable(
        name, words.say("TABULATE-CAPTION-FREQUENCIES"), tuple(headers), tuple(rows), (*notes, *sample_notes(of, words))
    )


def _frequency_rows(one: Frequencies, words: Wording, width: int) -> Iterator[PrintedRow]:
    hidden = words.say("TABULATE-HIDDEN")
    base = hidden if one.is_base_hidden else count(one.base)
    yield PrintedRow((one.variable.name, base, *[""] * (width - 2)), strong=True)
    for place, group in enumerate(one.variable.groups):
        if one.hidden[place]:
            cells: list[PrintedCell] = [hidden, *[DASH] * (width - 2)]
        else:
            cells = [count(one.counts[place]), *(percent(float(s[place])) for s in (one.shares, one.low, one.high))]
            cells += [percent(float(one.answer_shares[place])) if one.variable.is_several else ""][: width - 5]
        yield PrintedRow((group, *cells))


def cross_table_printed(
    table: CrossTable, shares: ShareOf, of: Respondents, words: Wording, minimum: int
) -> PrintedTable:
    """Shares in the cells with arrows where a cell departs from independence, bases as counts, the test below."""
    hidden = words.say("TABULATE-HIDDEN")
    values, bases = table.shares(shares), table.bases(shares)
    total = words.say("TABULATE-TOTAL")
    base_name = words.say("TABULATE-BASE")
    headers = [words.say("TABULATE-HEAD-ANSWER"), *table.columns.groups, total]
    shown_rows = list(range(len(table.rows.groups))) + ([] if shares is ShareOf.COLUMN else [len(table.rows.groups)])
    rows = []
    for row in shown_rows:
        name = table.rows.groups[row] if row < len(table.rows.groups) else total
        cells: list[PrintedCell] = []
        for column in range(len(table.columns.groups) + 1):
            is_hidden = table.hidden[row, column] or (bases[row, column] and np.isnan(values[row, column]))
            cells.append(hidden if is_hidden else percent(float(values[row, column]), _arrow(table, row, column)))
        if shares is ShareOf.ROW:
            cells.append(hidden if table.hidden[row, -1] else count(bases[row, -1]))
        rows.append(PrintedRow((name, *cells)))
    if shares is ShareOf.ROW:
        headers.append(base_name)
    else:
        last = zip(table.counts[-1].tolist(), table.hidden[-1].tolist(), strict=True)
        rows.append(PrintedRow((base_name, *(hidden if one else count(number) for number, one in last)), strong=True))
    caption = words.say("TABULATE-CAPTION-CROSS", rows=table.rows.name, columns=table.columns.name)
    is_fixed = of.weighting is Weighting.CALIBRATED and table.association is not None
    fixed = (words.say("TABULATE-NOTE-FIXED-WEIGHTS"),) if is_fixed else ()
    about = (*_cross_notes(table, words, minimum), *fixed, *sample_notes(of, words))
    notes = (words.say(f"TABULATE-NOTE-{shares.name}"), *about)
    return PrintedTable(table.rows.code, caption, tuple(headers), tuple(rows), notes)


def residual_table(table: CrossTable, words: Wording) -> PrintedTable | None:
    """The adjusted residuals of a cross-table; None where nothing was tested."""
    if table.association is None:
        return None
    residuals = np.where(table.hidden[:-1, :-1], np.nan, table.association.residuals)
    rows = [
        PrintedRow((name, *(rounded(float(one), 2) for one in residuals[row])))
        for row, name in enumerate(table.rows.groups)
    ]
    return PrintedTable(
        words.say("TABULATE-SHEET-RESIDUALS", code=table.rows.code),
        words.say("TABULATE-CAPTION-RESIDUALS", rows=table.rows.name, columns=table.columns.name),
        (words.say("TABULATE-HEAD-ANSWER"), *table.columns.groups),
        tuple(rows),
        (words.say("TABULATE-NOTE-RESIDUALS"),),
        is_detail=True,
    )


def _arrow(table: CrossTable, row: int, column: int) -> str:
    inside = row < len(table.rows.groups) and column < len(table.columns.groups)
    if table.association is None or not inside:
        return ""
    residual = float(table.association.residuals[row, column])
    return UP if residual >= NOTABLE else DOWN if residual <= -NOTABLE else ""


def _cross_notes(table: CrossTable, words: Wording, minimum: int) -> Iterator[str]:
    found = table.association
    if found is None:
        is_several = table.rows.is_several or table.columns.is_several
        yield words.say("TABULATE-NOTE-SEVERAL-TEST" if is_several else "TABULATE-NOTE-NO-TEST")
    else:
        code = "TABULATE-NOTE-RAO-SCOTT" if table.is_design_based else "TABULATE-NOTE-PEARSON"
        first, second = ((_short(one) if np.isfinite(one) else "∞") for one in (found.first, found.second))
        test = {"statistic": _short(found.statistic), "first": first, "second": second}
        yield words.say(code, **test, p=p_text(found.p_value, words), v=_short(found.cramers_v))
        if _expected_are_few(table):
            yield words.say("TABULATE-NOTE-EXPECTED", few=FEWEST_EXPECTED)
        yield words.say("TABULATE-NOTE-ARROWS", up=UP, down=DOWN)
    if table.hidden.any():
        yield words.say("TABULATE-NOTE-HIDDEN", few=minimum)


def _expected_are_few(table: CrossTable) -> bool:
    """Whether more than a fifth of the cells expect fewer than five (Cochran 1954)."""
    rows, columns = table.counts[:-1, -1], table.counts[-1, :-1]
    expected = np.outer(rows[rows > 0], columns[columns > 0]) / max(int(table.counts[-1, -1]), 1)
    return bool((expected < FEWEST_EXPECTED).mean() > 0.2)


def _short(value: float) -> object:
    return round_exact(Fraction(value), 2, RoundingMode.HALF_UP)


def sample_notes(of: Respondents, words: Wording) -> Iterator[str]:
    """How respondents were weighted, and what was not known about populations."""
    yield words.say(f"TABULATE-NOTE-WEIGHTS-{of.weighting.name}")
    if of.weighting is Weighting.NONE:
        return
    if of.unknown:
        yield words.say("TABULATE-NOTE-UNKNOWN", n=of.unknown)
    if of.too_many:
        yield words.say("TABULATE-NOTE-TOO-MANY", n=of.too_many)
