"""PDF files: tagged, titled, in their language, equal byte for byte, and hostile text is text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typst

from merilo.assessment.reporting.document import Column, Contents, Document, Heading, Paragraph, Row, Table, TitlePage
from merilo.render.pdf import write_pdf
from merilo.render.typst_letters import showable
from tests.render.foreign import pdf_facts, pdf_pages, pdf_tags
from tests.render.sample import PLAIN, WORDS, document, sample, scores_table

SHOWN = "".join(PLAIN.replace("😀", "□").split())


@pytest.mark.slow
def test_the_file_is_tagged_and_titled(pdf_sample: Path) -> None:
    facts = pdf_facts(pdf_sample)
    assert facts["Tagged"] == "yes"
    assert facts["Title"] == "Отчёт о независимой оценке"
    assert "CreationDate" not in facts
    assert re.search(rb"/Lang ?\(ru\)", pdf_sample.read_bytes())
    assert b"pdfuaid" in pdf_sample.read_bytes()


@pytest.mark.slow
def test_structure_reaches_screen_readers(pdf_sample: Path) -> None:
    tags = pdf_tags(pdf_sample)
    for tag in ("H1", "H2", "H3", "TOC", "TOCI", "Table", "TH", "Figure", "Caption", "L", "LI", "P"):
        assert re.search(rf"^ *{tag}\b", tags, re.MULTILINE), tag


@pytest.mark.slow
def test_pages_say_what_the_document_says(pdf_sample: Path) -> None:
    pages = pdf_pages(pdf_sample)
    text = "".join(pages)
    assert text.count(SHOWN) >= 6
    assert "Таблица1–Оценкиорганизаций" in text
    assert "Рисунок4–Сорокорганизаций(2/2)" in text
    assert "Среднеепорегиону:84,3" in text
    assert all(pages), "a page is empty"


@pytest.mark.slow
def test_a_long_table_is_named_again_on_every_page(tmp_path: Path) -> None:
    path = tmp_path / "long.pdf"
    write_pdf(document(scores_table(80), Paragraph("После таблицы.")), path)
    pages = pdf_pages(path)
    assert ["Продолжениетаблицы1" in page for page in pages] == [False, False, *[True] * (len(pages) - 2)]
    assert all("ОрганизацияОценкаМесто" in page for page in pages[1:])


@pytest.mark.slow
def test_contents_show_the_pages_headings_stand_on(pdf_sample: Path) -> None:
    pages = pdf_pages(pdf_sample)
    found = re.search(r"1\.2Диаграммы[.\u2060]*(\d+)1\.3", pages[1])
    assert found
    assert "1.2Диаграммы" in pages[int(found[1]) - 1]


def test_the_same_document_gives_the_same_bytes(pdf_sample: Path, tmp_path: Path) -> None:
    write_pdf(sample(), tmp_path / "again.pdf")
    assert (tmp_path / "again.pdf").read_bytes() == pdf_sample.read_bytes()


def test_odd_documents_are_written(tmp_path: Path) -> None:
    for made in (
        Document(TitlePage("", "Title", "", "", ""), (), "en", WORDS),
        document(Contents("Содержание"), Heading(1, "Глава", "one"), Heading(2, "Раздел", "two")),
        document(Table("Пусто", (Column("А", 0),), ()), Table("", (Column("", 1),), (Row(("строка\nвторая",)),))),
    ):
        write_pdf(made, tmp_path / "odd.pdf")
        assert (tmp_path / "odd.pdf").read_bytes().startswith(b"%PDF-")


def test_letters_no_font_has_become_boxes_and_marks_without_shape_go() -> None:
    assert showable("Цена 5 ₽ ✓ 😀\ufeff\x07, договор № 1") == "Цена 5 ₽ ✓ □, договор № 1"


def test_nothing_is_left_when_writing_fails(tmp_path: Path) -> None:
    with pytest.raises(typst.TypstError, match="title"):
        write_pdf(document(Paragraph("Документ без заглавия."), title=""), tmp_path / "report.pdf")
    assert list(tmp_path.iterdir()) == []
