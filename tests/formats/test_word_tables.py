"""Tables of Word documents: merged cells, numbering, and files made to harm."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pytest

from merilo.assessment.errors import Problem
from merilo.formats import word_tables
from merilo.formats.raw_table import RawTable
from merilo.formats.word_tables import read_word_table

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def read(path: Path, number: int = 1, header_rows: int = 1) -> tuple[RawTable | None, list[str]]:
    problems: list[Problem] = []
    return read_word_table(path, number, header_rows, problems), [one.code for one in problems]


def raw(path: Path, xml: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", xml)
    return path


def body(inner: str) -> str:
    return f"<w:document {W}><w:body>{inner}</w:body></w:document>"


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


def rows(*cells: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """Two tables: a plain one, and one with a header of two rows and cells merged both ways."""
    document = docx.Document()
    document.add_paragraph("Таблица 1")
    plain = document.add_table(2, 2)
    for index, text in enumerate(["Организация", "Балл", "Центр «Забота»", "9,80"]):
        plain.cell(index // 2, index % 2).text = text
    merged = document.add_table(4, 3)
    merged.cell(0, 0).merge(merged.cell(1, 0)).text = "№"
    merged.cell(0, 1).merge(merged.cell(0, 2)).text = "Полустационар"
    merged.cell(1, 1).text, merged.cell(1, 2).text = "2015", "2016"
    merged.cell(2, 0).merge(merged.cell(2, 2)).text = "I. Открытость"
    for index, text in enumerate(["1", "9,3", "9,6"]):
        merged.cell(3, index).text = text
    document.save(str(tmp_path / "report.docx"))
    return tmp_path / "report.docx"


def test_a_plain_table(report: Path) -> None:
    table, problems = read(report)
    assert problems == []
    assert table is not None
    assert table.header == ("Организация", "Балл")
    assert list(table.numbered_rows()) == [(2, ("Центр «Забота»", "9,80"))]


def test_merged_cells_stand_in_every_place_they_cover(report: Path) -> None:
    table, problems = read(report, 2, header_rows=2)
    assert problems == []
    assert table is not None
    assert table.header == ("№", "Полустационар / 2015", "Полустационар / 2016")
    assert list(table.numbered_rows()) == [(3, ("I. Открытость",) * 3), (4, ("1", "9,3", "9,6"))]


def test_a_table_that_is_not_there(report: Path) -> None:
    assert read(report, 3) == (None, ["AUDIT-20"])
    assert read(report, 0) == (None, ["AUDIT-20"])


def test_equal_and_empty_headers_are_told_apart_by_their_column(tmp_path: Path) -> None:
    xml = body(rows(cell("Балл") + cell("Балл") + cell(""), cell("1") + cell("2") + cell("3")))
    table, problems = read(raw(tmp_path / "a.docx", xml))
    assert problems == []
    assert table is not None
    assert table.header == ("Балл", "Балл @2", "@3")


def test_what_a_revision_took_away_is_not_read(tmp_path: Path) -> None:
    revised = "<w:tc><w:p><w:del><w:r><w:delText>9,3</w:delText><w:t>9,3</w:t></w:r></w:del>"
    revised += "<w:ins><w:r><w:t>9,4</w:t></w:r></w:ins></w:p></w:tc>"
    table, _ = read(raw(tmp_path / "a.docx", body(rows(cell("a"), revised))))
    assert table is not None
    assert list(table.numbered_rows()) == [(2, ("9,4",))]


def test_a_table_in_a_content_control_is_found_and_one_in_a_cell_is_text(tmp_path: Path) -> None:
    inner = rows(cell("inner"))
    outer = rows(cell("a"), f"<w:tc>{inner}<w:p/></w:tc>")
    xml = body(f"<w:sdt><w:sdtContent>{outer}</w:sdtContent></w:sdt>" + rows(cell("b"), cell("2")))
    path = raw(tmp_path / "a.docx", xml)
    table, _ = read(path)
    assert table is not None
    assert list(table.numbered_rows()) == [(2, ("inner",))]
    second, _ = read(path, 2)
    assert second is not None
    assert second.header == ("b",)


LAUGHS = "<!DOCTYPE d [" + "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 9)) + "]>"


@pytest.mark.parametrize(
    ("xml", "code"),
    [
        (LAUGHS + body(rows(cell("&a8;"))), "AUDIT-23"),
        ('<!doctype d SYSTEM "file:///etc/hostname">' + body(rows(cell("a"))), "AUDIT-23"),
        (body(rows(cell("a")))[:-10], "AUDIT-22"),
        ("", "AUDIT-22"),
    ],
)
def test_entities_and_broken_xml_are_refused(tmp_path: Path, xml: str, code: str) -> None:
    assert read(raw(tmp_path / "a.docx", xml)) == (None, [code])


def test_a_document_type_in_another_encoding_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as packed:
        packed.writestr("word/document.xml", (LAUGHS + body("")).encode("utf-16"))
    assert read(tmp_path / "a.docx") == (None, ["AUDIT-23"])


def test_what_unpacks_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_tables, "MOST_UNPACKED", 1 << 20)
    path = raw(tmp_path / "a.docx", body(rows(cell("a" * (2 << 20)))))
    assert path.stat().st_size < 1 << 14
    assert read(path) == (None, ["AUDIT-21"])


def test_no_zip_and_no_document(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_text("not a document")
    assert read(tmp_path / "a.docx") == (None, ["AUDIT-22"])
    with zipfile.ZipFile(tmp_path / "b.docx", "w") as packed:
        packed.writestr("other.xml", "<a/>")
    assert read(tmp_path / "b.docx") == (None, ["AUDIT-22"])


def test_tables_nested_without_end_are_refused(tmp_path: Path) -> None:
    deep = "<w:sdt>" * 5000 + "</w:sdt>" * 5000
    assert read(raw(tmp_path / "a.docx", body(deep)))[0] is None
