"""Pages of organisations: one table of short names, no column that says nothing, the best and the worst at a glance."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from merilo.assessment.methodology.edition import Criterion, Edition, Weight
from merilo.assessment.reporting.document import Document, Figure, Heading, PageBreak, Paragraph
from merilo.assessment.reporting.regional_report import regional_report
from merilo.assessment.reporting.report_head import Remark
from merilo.shelf import wording
from tests.assessment.reporting.mini_assessment import HEAD, mini_assessment, mini_edition
from tests.assessment.reporting.reading import plain, said, section, tables
from tests.render.made_case import made


def report(edition: Edition | None = None, *, remarks: int = 1) -> Document:
    notes = tuple(Remark("o4", "open", f"замечание {number}") for number in range(remarks))
    return regional_report(mini_assessment(edition), replace(HEAD, remarks=notes), wording("ru", "report"))


def test_an_organisation_with_a_chart_opens_a_page_and_all_of_it_is_compact() -> None:
    document = report()
    blocks = section(document, "organisation-4")
    assert document.blocks[document.blocks.index(blocks[0]) - 1] == PageBreak()
    for block in blocks:
        assert not isinstance(block, Heading | Paragraph) or block.compact
    (table,) = tables(document, "organisation-4")
    (figure,) = (block for block in blocks if isinstance(block, Figure))
    assert (table.compact, figure.chart.compact) == (True, True)
    assert (table.caption, figure.caption) == (
        "Показатели организации",
        "Значения критериев, баллов; усы\xa0– доверительный интервал, 95\xa0%",
    )
    assert "Дом «Тополь»" in figure.alt


def test_the_greatest_value_is_told_only_where_it_is_not_that_of_the_scale() -> None:
    (table,) = tables(report(), "organisation-1")
    assert "Макс." not in [column.header for column in table.columns]
    longer = replace(mini_edition(), high=Fraction(20))
    (table,) = tables(report(longer), "organisation-1")
    assert [row.cells[5] for row in table.rows] == ["20", "10", "20", "10"]


def test_means_stand_beside_the_values() -> None:
    (table,) = tables(report(), "organisation-1")
    assert [(row.cells[2], row.cells[4]) for row in table.rows] == [
        ("10,00", "7,75"),
        ("10,00", "7,75"),
        ("9,00", "9,00"),
        ("9,00", "9,00"),
    ]


def test_sub_items_have_no_rows_and_are_said_to_be_elsewhere() -> None:
    document = regional_report(made("ru-995n-2014"), HEAD, wording("ru", "report"))
    (table,) = tables(document, "organisation-1")
    assert len(table.rows) == 22 + 5
    assert "таблице «items»" in said(document, "organisations")


def test_remarks_stand_in_the_note_and_of_many_only_the_first() -> None:
    (table,) = tables(report(remarks=5), "organisation-4")
    assert "замечание 2; еще 2 – в разделе" in plain(table.note)
    assert "замечание 3" not in table.note


def test_the_overview_names_the_best_and_the_worst_of_everybody() -> None:
    overview = tables(report(), "organisations")[0]
    assert [row.cells for row in overview.rows] == [
        ("Заря", "9,50", "1 (1–3)", "I (10,00)", "II (9,00)", "0"),
        ("Лад", "8,50", "2–3 (1–4)", "II (9,00)", "I (8,00)", "0"),
        ("Ива", "8,50", "2–3 (1–4)", "II (9,00)", "I (8,00)", "0"),
        ("Тополь", "7,00", "4 (2–4)", "II (9,00)", "I (5,00)", "1"),
        ("Клен", "–", "–", "–", "–", "0"),
    ]


def test_a_group_without_a_value_by_design_is_for_information() -> None:
    edition = mini_edition()
    document = report(replace(edition, criteria=(edition.criteria[0], _weightless(edition.criteria[1]))))
    told = said(document, "criterion-courtesy")
    assert "Группа справочная: своего значения у нее нет." in told
    assert "не применимо" not in told
    (table,) = tables(document, "organisation-1")
    assert table.rows[2].cells == ("II", "Вежливость", "", "", "", "")
    assert "II – справочно, своего значения у группы нет." in plain(table.note)
    assert "II" not in [column.header for column in tables(document, "rating")[0].columns]


def _weightless(criterion: Criterion) -> Criterion:
    return replace(
        criterion, indicators=tuple(replace(one, weight=Weight(Fraction(0))) for one in criterion.indicators)
    )
