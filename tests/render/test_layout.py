"""Where things stand: widths of letters, columns of tables, parts of charts, turns of sheets."""

from __future__ import annotations

from dataclasses import replace

import pytest

from merilo.assessment.reporting.charts import ChartKind, ChartSpec, Series
from merilo.assessment.reporting.document import (
    Align,
    Column,
    Contents,
    Figure,
    Heading,
    PageBreak,
    Paragraph,
    Row,
    Table,
)
from merilo.render.chart_layout import TALLEST, chart_parts, lay_out_chart
from merilo.render.measure import longest_word, text_width, wrap
from merilo.render.page_layout import PlacedHeading, headings, lay_out_document
from merilo.render.paper import LANDSCAPE_TEXT_WIDTH, POINTS_PER_MM, TEXT_WIDTH
from merilo.render.table_layout import lay_out_table
from tests.render.sample import (
    BARS,
    COLUMNS,
    LONG_NAME,
    MANY,
    document,
    scores_table,
    small_table,
    wide_table,
)


def test_letters_are_as_wide_as_in_the_font() -> None:
    # Units of the font file: 1479 for А, 1024 for о, 2048 to the em.
    assert text_width("Ао", 2048) == 1479 + 1024
    assert text_width("А", 10, bold=True) == pytest.approx(10 * 1479 / 2048)


def test_lines_break_at_spaces_and_hyphens_but_not_at_no_break_spaces() -> None:
    assert wrap("один два\u00a0три", text_width("один два", 10), 10) == ("один", "два\u00a0три")
    assert wrap("Кинель-Черкасский", text_width("Черкасский", 10), 10) == ("Кинель-", "Черкасский")
    assert longest_word("Кинель-Черкасский", 10) == text_width("Черкасский", 10)
    assert wrap("", 10, 10) == ("",)


def test_a_word_wider_than_its_column_is_cut_and_nothing_is_lost() -> None:
    lines = wrap("а" * 40, 50, 10)
    assert len(lines) > 1
    assert "".join(lines) == "а" * 40
    assert all(text_width(line, 10) <= 50 for line in lines)


@pytest.mark.parametrize("table", [scores_table(), small_table(), wide_table(), wide_table(60)])
def test_columns_fill_the_width_of_the_sheet(table: Table) -> None:
    layout = lay_out_table(table)
    assert sum(layout.widths) == pytest.approx(LANDSCAPE_TEXT_WIDTH if layout.landscape else TEXT_WIDTH)


def test_a_table_is_turned_only_when_it_must_be() -> None:
    assert not lay_out_table(scores_table()).landscape
    wide = lay_out_table(wide_table())
    assert wide.landscape
    assert wide.turned == (False, *[True] * 19)
    assert not wide.cramped
    assert lay_out_table(wide_table(60)).cramped


def test_a_compact_table_is_small_and_close_and_holds_together() -> None:
    rows = tuple(Row((f"Показатель {number}", "10,00")) for number in range(27))
    table = Table("Показатели", (Column("Показатель", 8), Column("Значение", 1, Align.CENTER)), rows, compact=True)
    layout, roomy = lay_out_table(table), lay_out_table(replace(table, compact=False))
    assert (layout.size, roomy.size) == (9.0, 11.0)
    assert layout.cell_top < roomy.cell_top
    assert (layout.whole, roomy.whole) == (True, False)


def test_a_compact_chart_of_columns_is_low() -> None:
    assert 55 <= lay_out_chart(replace(COLUMNS, compact=True), "ru").height / POINTS_PER_MM <= 60


def test_a_compact_paragraph_stays_with_the_table_after_it() -> None:
    text = Paragraph("Сказано.", compact=True)
    (sheet,) = lay_out_document(document(Heading(2, "А", "a", compact=True), text, small_table(), text))
    assert [item.keep_next for item in sheet.items] == [False, True, False, False]


def test_no_word_is_broken_in_a_table_that_fits() -> None:
    table = Table(
        "Узкие доли",
        (Column("Наименование организации", 1), Column("Удовлетворённость", 0.01, Align.CENTER), Column("Б", 30)),
        (Row((LONG_NAME, "100,0", "–")),),
    )
    layout = lay_out_table(table)
    points = layout.widths[1] * 72 / 25.4
    assert longest_word("Удовлетворённость", layout.size, bold=True) < points


def test_a_chart_of_thirty_bars_is_one_and_of_forty_two() -> None:
    assert len(chart_parts(_first(MANY, 30), "ru")) == 1
    parts = chart_parts(MANY, "ru")
    assert [len(part.chart.categories) for part in parts] == [20, 20]
    assert [part.chart.highlight for part in parts] == [(0,), (19,)]
    assert parts[0].axis == parts[1].axis


def test_parts_of_a_chart_keep_the_intervals_of_their_values() -> None:
    values = MANY.series[0].values
    intervals = tuple(None if value is None else (value - 1, value + 1) for value in values)
    parts = chart_parts(replace(MANY, series=(Series("Оценка", values, intervals),)), "ru")
    assert sum((part.chart.series[0].intervals for part in parts), ()) == intervals
    assert [part.chart.series[0].interval(0) for part in parts] == [(49.0, 51.0), (69.0, 71.0)]


def test_every_part_of_a_chart_fits_a_page() -> None:
    names = tuple(f"{LONG_NAME} {number}" for number in range(27))
    chart = ChartSpec(ChartKind.BAR, "", "баллы", names, (Series("Оценка", (80.0,) * 27),))
    assert all(part.height <= TALLEST for part in chart_parts(chart, "ru"))


def test_columns_lie_down_when_their_names_are_long() -> None:
    assert not lay_out_chart(COLUMNS, "ru").is_lying
    long = replace(COLUMNS, categories=(LONG_NAME.replace(" ", "\u00a0"), *COLUMNS.categories[1:]))
    assert lay_out_chart(long, "ru").is_lying


def test_the_axis_is_as_asked_or_round() -> None:
    assert lay_out_chart(BARS, "ru").axis.marks() == (0, 20, 40, 60, 80, 100)
    free = lay_out_chart(replace(BARS, low=None, high=None), "ru").axis
    assert (free.low, free.high) == (0, 100)
    small = ChartSpec(ChartKind.COLUMN, "", "", ("А", "Б"), (Series("О", (0.13, -0.02)),))
    axis = lay_out_chart(small, "ru").axis
    assert axis.low <= -0.02
    assert axis.high >= 0.13
    assert axis.digits == 2


def test_headings_are_numbered_and_those_apart_are_not_counted() -> None:
    made = document(
        Heading(1, "Введение", "a", numbered=False),
        Heading(1, "Первая", "b"),
        Heading(2, "Раздел", "c"),
        Heading(3, "Пункт", "d"),
        Heading(2, "Раздел", "e"),
        Heading(1, "Вторая", "f"),
        Heading(2, "Раздел", "g"),
    )
    assert [placed.number for placed in headings(lay_out_document(made))] == [
        "",
        "1",
        "1.1",
        "1.1.1",
        "1.2",
        "2",
        "2.1",
    ]


def test_text_follows_the_sheet_it_belongs_to() -> None:
    made = document(
        Contents("Содержание"),
        Heading(1, "Узкая глава", "a"),
        Figure("Оценки", BARS, ""),
        Paragraph("Перед широкой."),
        Heading(2, "Широкая таблица", "b"),
        wide_table(),
        Paragraph("Между широкими."),
        wide_table(),
        Paragraph("После широких."),
        Figure("Оценки", BARS, ""),
        Heading(1, "Широкая глава", "c"),
        Paragraph("Вступление."),
        wide_table(),
    )
    sheets = lay_out_document(made)
    assert [(sheet.landscape, len(sheet.items)) for sheet in sheets] == [(False, 4), (True, 4), (False, 2), (True, 3)]
    assert isinstance(sheets[3].items[0].content, PlacedHeading)


def test_a_page_is_broken_once_where_breaks_meet() -> None:
    made = document(PageBreak(), PageBreak(), Heading(1, "Глава", "a"), PageBreak(), Paragraph("Текст."), PageBreak())
    (sheet,) = lay_out_document(made)
    assert [item.new_page for item in sheet.items] == [True, True]


def _first(chart: ChartSpec, count: int) -> ChartSpec:
    series = tuple(Series(one.name, one.values[:count]) for one in chart.series)
    return replace(chart, categories=chart.categories[:count], series=series, highlight=())
