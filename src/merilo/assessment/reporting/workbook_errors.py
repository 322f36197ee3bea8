"""The sheet of sampling errors: every criterion and indicator of every rated row with its interval."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from merilo.assessment.reporting.facts import category_value_name
from merilo.assessment.reporting.workbook_cells import (
    NumberCell,
    SheetCell,
    WorkbookColumn,
    WorkbookSheet,
    estimate_cell,
    width_of,
)
from merilo.assessment.reporting.workbook_scores import FIGURE_WIDTH, ScoredUnits, titled

HEADERS = ("KEY", "ORGANISATION", "FORM", "WHAT", "SAYS", "ERROR", "LOW", "HIGH")
NAMED = 4


def errors_sheet(of: ScoredUnits) -> WorkbookSheet | None:
    """One row per rated row and subject that hangs on a sample; None where nothing does."""
    rows = list(_rows(of))
    if not rows:
        return None
    columns = []
    for at, code in enumerate(HEADERS):
        texts = [str(row[at] or "") for row in rows]
        columns.append(
            WorkbookColumn(of.words.say(f"WORKBOOK-{code}"), width_of(texts) if at < NAMED else FIGURE_WIDTH)
        )
    return WorkbookSheet(of.words.say("WORKBOOK-SHEET-ERRORS"), tuple(columns), rows, NAMED)


def _rows(of: ScoredUnits) -> Iterator[tuple[SheetCell, ...]]:
    rated, digits = of.assessment.rated, of.assessment.rated.digits
    edition = of.assessment.case.rules.edition
    subjects = [
        *((one.code, titled(one.label, one.short_name)) for one in edition.criteria),
        *((one.code, titled(one.item.label, one.short_name)) for one in edition.indicators),
    ]
    for index, row in enumerate(rated.rows):
        organisation = of.assessment.case.table.units.organisations[row.organisation]
        form = category_value_name(edition, row.form) if row.form else ""
        for code, name in subjects:
            errors, values = of.assessment.errors.rows[code], rated.subject(code)
            if values is None or np.isnan(values.value[index]) or not errors.is_sampled[index]:
                continue
            figures = (errors.error, errors.low, errors.high)
            yield (
                organisation.key,
                organisation.name,
                form,
                name,
                NumberCell(float(values.printed[index]), digits),
                *(estimate_cell(float(one[index]), digits) for one in figures),
            )
