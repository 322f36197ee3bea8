"""Word files read back: styles, numbers, captions, contents, tables, sheets."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from merilo.render.docx import write_docx
from tests.render.sample import HOSTILE, LONG_NAME, PLAIN, document, sample, scores_table, small_table
from tests.render.word_file import SPACES, W, body, names, paragraphs, part, texts


def test_headings_are_word_headings_with_native_numbers(word_sample: Path) -> None:
    read = docx.Document(str(word_sample))
    headings = [(p.style.name, p.text) for p in read.paragraphs if p.style and p.style.name.startswith("Heading")]
    assert headings[:4] == [
        ("Heading 1", "Введение"),
        ("Heading 1", "Результаты"),
        ("Heading 2", "Оценки"),
        ("Heading 3", PLAIN),
    ]
    numbering = part(word_sample, "word/numbering.xml")
    levels = [node.get(f"{W}val") for node in numbering.findall(".//w:lvlText", SPACES)]
    assert levels == ["%1", "%1.%2", "%1.%2.%3", "–"]


def test_a_heading_without_a_number_takes_none(word_sample: Path) -> None:
    first, second, *_ = paragraphs(body(word_sample), "Heading1")
    assert first.find("w:pPr/w:numPr/w:numId", SPACES) is not None
    assert second.find("w:pPr/w:numPr", SPACES) is None


def test_captions_count_tables_and_figures_apart(word_sample: Path) -> None:
    root = body(word_sample)
    assert texts(root, "Caption")[:2] == [
        "Таблица\u00a01\u00a0– Оценки организаций",
        f"Таблица\u00a02\u00a0– {PLAIN}",
    ]
    figures = texts(root, "FigureCaption")
    assert [caption.partition("\u00a0– ")[0] for caption in figures] == [
        f"Рисунок\u00a0{number}" for number in (1, 2, 3, 4, 4, 6)
    ]
    assert figures[3].endswith("Сорок организаций (1 / 2)")


def test_caption_numbers_are_fields_word_can_renew(word_sample: Path) -> None:
    fields = [node.text for node in body(word_sample).iter(f"{W}instrText")]
    assert fields.count(" SEQ Таблица \\* ARABIC ") == 5
    assert fields.count(" SEQ Рисунок \\* ARABIC ") == 6
    assert fields.count(" SEQ Рисунок \\c ") == 1


def test_captions_stay_with_their_tables_and_charts(word_sample: Path) -> None:
    root = body(word_sample)
    assert all(found.find("w:pPr/w:keepNext", SPACES) is not None for found in paragraphs(root, "Caption"))
    styles = part(word_sample, "word/styles.xml")
    assert styles.find(".//w:style[@w:styleId='Chart']/w:pPr/w:keepNext", SPACES) is not None


def test_contents_are_filled_in_and_linked(word_sample: Path) -> None:
    root = body(word_sample)
    first, second = texts(root, "TOC1")[:2]
    assert first.startswith("Введение")
    assert second.startswith("1 Результаты")
    assert second.removeprefix("1 Результаты").isdigit()
    assert texts(root, "TOC2")[0].startswith("1.1 Оценки")
    marks = {node.get(f"{W}name") for node in root.iter(f"{W}bookmarkStart")}
    links = [node.get(f"{W}anchor") for node in root.iter(f"{W}hyperlink")]
    assert links
    assert set(links) <= marks
    assert part(word_sample, "word/settings.xml").find("w:updateFields", SPACES) is None


def test_header_rows_repeat_and_rows_do_not_split(word_sample: Path) -> None:
    for table in docx.Document(str(word_sample)).tables:
        rows = [row._tr.trPr for row in table.rows]
        assert all(row.find(f"{W}cantSplit") is not None for row in rows)
        assert [row.find(f"{W}tblHeader") is not None for row in rows] == [True, *[False] * (len(rows) - 1)]


def test_a_table_reads_back_as_written(word_sample: Path) -> None:
    table = docx.Document(str(word_sample)).tables[0]
    assert [cell.text for cell in table.rows[0].cells] == ["Организация", "Оценка", "Место"]
    assert [cell.text for cell in table.rows[1].cells] == [f"{LONG_NAME}, филиал 1", "1,5", "1"]
    assert table.rows[-1].cells[0].paragraphs[0].runs[0].bold


def test_hostile_text_is_text(word_sample: Path) -> None:
    read = docx.Document(str(word_sample))
    assert [p.text for p in read.paragraphs].count(PLAIN) >= 4
    assert read.tables[1].rows[1].cells[0].text == PLAIN


def test_wide_tables_turn_the_sheet_and_text_turns_it_back(word_sample: Path) -> None:
    sections = docx.Document(str(word_sample)).sections
    turned = [(section.page_width or 0) > (section.page_height or 0) for section in sections]
    assert turned == [False, True, False, True]
    upright, landscape = sections[0], sections[1]
    assert [length.mm if length else 0 for length in _margins(upright)] == pytest.approx([20, 15, 20, 30], abs=0.05)
    assert [length.mm if length else 0 for length in _margins(landscape)] == pytest.approx([30, 20, 15, 20], abs=0.05)


def test_only_the_title_page_has_no_number(word_sample: Path) -> None:
    sections = docx.Document(str(word_sample)).sections
    assert [section.different_first_page_header_footer for section in sections] == [True, False, False, False]
    assert " PAGE " in [node.text for node in part(word_sample, "word/footer1.xml").iter(f"{W}instrText")]


def test_language_and_properties(tmp_path: Path) -> None:
    for language, tag in (("ru", "ru-RU"), ("en", "en-US")):
        path = tmp_path / f"{language}.docx"
        write_docx(document(small_table(), title=HOSTILE, language=language), path)
        properties = docx.Document(str(path)).core_properties
        assert (properties.title, properties.language, properties.author) == (PLAIN, tag, "")
        defaults = part(path, "word/styles.xml").find("w:docDefaults/w:rPrDefault/w:rPr/w:lang", SPACES)
        assert defaults is not None
        assert defaults.get(f"{W}val") == tag


def test_the_same_document_gives_the_same_bytes(word_sample: Path, tmp_path: Path) -> None:
    write_docx(sample(), tmp_path / "again.docx")
    assert (tmp_path / "again.docx").read_bytes() == word_sample.read_bytes()


def test_every_part_has_one_name(word_sample: Path) -> None:
    found = names(word_sample)
    assert len(found) == len(set(found))


def test_nothing_is_left_when_writing_fails(tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    path.write_bytes(b"yesterday's")
    with pytest.raises(KeyError):
        write_docx(document(small_table(), language="xx"), path)
    assert path.read_bytes() == b"yesterday's"
    assert [found.name for found in tmp_path.iterdir()] == ["report.docx"]


def test_a_small_table_holds_together_and_a_long_one_may_break(tmp_path: Path) -> None:
    def held(rows: int) -> list[bool]:
        path = tmp_path / "table.docx"
        write_docx(document(scores_table(rows)), path)
        table = docx.Document(str(path)).tables[0]
        return [bool(row.cells[0].paragraphs[0].paragraph_format.keep_with_next) for row in table.rows[1:]]

    assert held(4) == [True] * 4
    assert held(30) == [True, *[False] * 27, True, True]


def _margins(section: docx.section.Section) -> list[docx.shared.Length | None]:
    return [section.top_margin, section.right_margin, section.bottom_margin, section.left_margin]
