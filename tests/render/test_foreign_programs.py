"""Microsoft's validator and LibreOffice on our files, and the size of report a region needs."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from merilo.assessment.reporting.charts import ChartKind, ChartSpec, Series
from merilo.assessment.reporting.document import (
    Bullets,
    Column,
    Contents,
    Document,
    Figure,
    Heading,
    Paragraph,
    Row,
    Table,
    TitlePage,
)
from merilo.render.docx import write_docx
from merilo.render.page_layout import headings, lay_out_document
from merilo.render.pdf import heading_pages
from tests.render.big_report import report
from tests.render.foreign import as_libreoffice_prints, office_errors, pdf_facts, pdf_pages
from tests.render.sample import (
    BARS,
    PLAIN,
    SURE_BARS,
    SURE_COLUMNS,
    WORDS,
    document,
    sample,
    scores_table,
    wide_table,
)

NOBODY = ChartSpec(ChartKind.BAR, "", "", (), (Series("Оценка", ()),))
EMPTY = ChartSpec(ChartKind.COLUMN, "", "", ("А", "Б"), (Series("Оценка", (None, None)),), highlight=(0,))
pytestmark = pytest.mark.slow


@pytest.mark.parametrize("pictures", [False, True], ids=["native charts", "pictures"])
def test_word_files_are_valid(pictures: bool, tmp_path: Path) -> None:
    path = tmp_path / "sample.docx"
    write_docx(sample(), path, charts_as_pictures=pictures)
    assert office_errors(path) == []


@pytest.mark.parametrize(
    "made",
    [
        Document(TitlePage("", "Заголовок", "", "", ""), (), "ru", WORDS),
        document(Contents("Содержание")),
        document(Table("Пусто", (Column("А", 1), Column("Б", 1)), ())),
        document(Table("Одна", (Column("А", 0), Column("Б", 0)), (Row(("", "")),))),
        document(Figure("Никого", NOBODY, ""), Figure("Нет данных", EMPTY, "")),
        document(Figure("Полосы", SURE_BARS, ""), Figure("Столбцы", SURE_COLUMNS, "")),
        document(wide_table(), Heading(1, "Глава", "one"), wide_table(), Contents("Содержание", 3)),
        document(Bullets(()), Paragraph(""), Bullets(("один",)), wide_table(60)),
        document(
            Figure(
                "Первый",
                BARS,
                "",
            ),
            language="en",
        ),
    ],
    ids=["nothing", "contents", "no rows", "no widths", "no data", "intervals", "turned", "cramped", "english"],
)
def test_odd_documents_are_valid_too(made: Document, tmp_path: Path) -> None:
    path = tmp_path / "odd.docx"
    write_docx(made, path)
    assert office_errors(path) == []


def test_libreoffice_prints_what_we_wrote(word_sample: Path, tmp_path: Path) -> None:
    pages = pdf_pages(as_libreoffice_prints(word_sample, tmp_path))
    text = "".join(pages)
    assert "".join(PLAIN.partition("😀")[0].split()) in text
    assert "Рисунок1–Итоговыеоценки" in text
    assert "Среднеепорегиону:84,3" in text
    assert all(pages), "a page is empty"


def test_page_numbers_in_the_contents_are_those_of_libreoffice(tmp_path: Path) -> None:
    made = report(6)
    path = tmp_path / "report.docx"
    write_docx(made, path)
    printed = pdf_pages(as_libreoffice_prints(path, tmp_path))
    sheets = lay_out_document(made)
    told = heading_pages(made, sheets)
    for placed, page in zip(headings(sheets), told, strict=True):
        assert "".join(f"{placed.number}{placed.heading.text}".split()) in printed[page - 1], placed


def test_a_report_of_a_region_takes_less_than_two_seconds_of_processor_time(tmp_path: Path) -> None:
    made = report()
    path = tmp_path / "report.docx"
    start = time.process_time()
    write_docx(made, path)
    assert time.process_time() - start < 2.0
    assert office_errors(path) == []


def test_a_long_table_keeps_its_header_on_every_page(tmp_path: Path) -> None:
    path = tmp_path / "long.docx"
    write_docx(document(scores_table(80)), path)
    made = as_libreoffice_prints(path, tmp_path)
    pages = pdf_pages(made)
    assert int(pdf_facts(made)["Pages"]) == len(pages) > 4
    assert all("ОрганизацияОценкаМесто" in page for page in pages[1:])
