"""The indicators of every organisation side by side, as people look at them in a workbook."""

from __future__ import annotations

from merilo.assessment.pipeline import Assessment
from merilo.folder.result_scores import Labels
from merilo.folder.result_table import Kind, ResultTable, TableMaker, spread


def matrix_table(assessment: Assessment, text: Labels) -> ResultTable:
    """One row per rated row, one column per indicator: the printed values."""
    rated = assessment.rated
    table = TableMaker("matrix", rated.digits)
    table.texts("organisation", spread(text.keys, text.row_organisations))
    table.texts("name", spread(text.names, text.row_organisations))
    table.texts("form", text.row_forms)
    for code, values in rated.indicators.items():
        table.numbers(f"indicator_{code}", values.printed, Kind.PRINTED)
    return table.finish()
