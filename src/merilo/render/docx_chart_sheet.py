"""The data workbook of a native chart, which a person edits, and where each column of it stands.

The names of the categories, then the values of each series, then four columns for each series with intervals:
both ends as known, and how far they lie from the value, by formulas, since that is what error bars are made of.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from merilo.assessment.reporting.charts import ChartSpec, Series
from merilo.render.docx_package import CREATED
from merilo.render.xml_text import allowed

SHEET = "Data"
_ENDS = {"ru": ("от", "до", "вниз", "вверх"), "en": ("low", "high", "minus", "plus")}


def names_range(count: int) -> str:
    """Where the names of this many categories stand."""
    return _range(0, count)


def series_name_cell(number: int) -> str:
    """Where the name of a series stands, by its number from 0."""
    return f"{SHEET}!${xl_col_to_name(number + 1)}$1"


def values_range(number: int, count: int) -> str:
    """Where the values of a series stand."""
    return _range(number + 1, count)


def distance_ranges(chart: ChartSpec, number: int) -> tuple[str, str]:
    """Where the distances from the values of a series to the low and to the high ends stand."""
    first = _interval_column(chart, number)
    return _range(first + 2, len(chart.categories)), _range(first + 3, len(chart.categories))


def distances(series: Series, place: int) -> tuple[float, float] | None:
    """How far below and above its value an interval reaches."""
    interval, value = series.interval(place), series.values[place]
    if interval is None or value is None:
        return None
    return max(value - interval[0], 0.0), max(interval[1] - value, 0.0)


def data_workbook(chart: ChartSpec, language: str) -> bytes:
    """What opens when a person chooses to edit the chart's data."""
    stream = io.BytesIO()
    # Names of organisations that begin with "=" or "http" are texts.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(stream, options)
    book.set_properties({"created": datetime.fromisoformat(CREATED).astimezone(UTC).replace(tzinfo=None)})
    sheet = book.add_worksheet(SHEET)
    sheet.write_column(1, 0, [allowed(name) for name in chart.categories])
    for number, series in enumerate(chart.series):
        sheet.write_string(0, number + 1, allowed(series.name))
        sheet.write_column(1, number + 1, series.values)
        if series.has_intervals:
            _write_intervals(sheet, chart, number, language)
    book.close()
    return stream.getvalue()


def _write_intervals(sheet: xlsxwriter.worksheet.Worksheet, chart: ChartSpec, number: int, language: str) -> None:
    series, first = chart.series[number], _interval_column(chart, number)
    for column, word in enumerate(_ENDS[language], start=first):
        sheet.write_string(0, column, f"{allowed(series.name)}: {word}")
    for place in range(len(series.values)):
        interval, apart, row = series.interval(place), distances(series, place), place + 1
        if interval is None or apart is None:
            continue
        sheet.write_row(row, first, interval)
        value, low, high = (xl_rowcol_to_cell(row, column) for column in (number + 1, first, first + 1))
        sheet.write_formula(row, first + 2, f"=MAX({value}-{low},0)", value=apart[0])
        sheet.write_formula(row, first + 3, f"=MAX({high}-{value},0)", value=apart[1])


def _interval_column(chart: ChartSpec, number: int) -> int:
    """The first of the four columns for the intervals of a series."""
    return 1 + len(chart.series) + 4 * sum(series.has_intervals for series in chart.series[:number])


def _range(column: int, count: int) -> str:
    letter = xl_col_to_name(column)
    return f"{SHEET}!${letter}$2:${letter}${count + 1}"
