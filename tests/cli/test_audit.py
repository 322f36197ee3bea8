"""`merilo audit`: what it prints, what it writes, its exit codes."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from merilo.assessment.recheck.defect import Certainty, DefectKind
from tests.cli.conftest import Merilo
from tests.folder.small_audit import build


@pytest.fixture
def published(tmp_path: Path) -> Path:
    return build(tmp_path / "in")


def test_a_sound_report_gives_nothing_and_exit_code_0(merilo: Merilo, tmp_path: Path) -> None:
    ran = merilo("audit", build(tmp_path / "in", wrong=False))
    assert ran.code == 0
    assert len(ran.out.splitlines()) == 1  # the header
    assert "Несоответствий не найдено" in ran.err
    assert "чисел в таблицах – 12, целых с их частями – 3, утверждений текста – 4" in ran.err


def test_a_finding_names_its_place_and_gives_exit_code_1(merilo: Merilo, published: Path) -> None:
    ran = merilo("audit", published)
    assert ran.code == 1
    header, *lines = (line.split("\t") for line in ran.out.splitlines())
    found = [dict(zip(header, line, strict=True)) for line in lines]
    assert [one["kind"] for one in found] == ["not_from_parts", "place_wrong", "place_wrong", "not_the_best"]
    assert found[0] == {
        "certainty": "exact",
        "kind": "not_from_parts",
        "document_place": "таблица 8, строка 1, столбец «Итог»",
        "file": "scores.csv",
        "row": "2",
        "column": "Итог",
        "subject": "overall",
        "unit": "1",
        "printed": "9,55",
        "expected": "9,10–9,20",
        "message": "Напечатано 9,55, а взвешенное среднее составляющих дает 9,10–9,20. "
        "Ни при каких весах: значение лежит вне составляющих.",
    }


def test_json_is_one_document_with_everything(merilo: Merilo, published: Path) -> None:
    ran = merilo("audit", published, "--json", "--lang", "en")
    assert ran.code == 1
    assert ran.err == ""
    told = ran.json
    assert told["counts"] == {"exact": 4, "likely": 0, "hint": 0}
    assert told["checked"] == {"cells": 12, "wholes": 3, "claims": 4}
    assert (told["problems"], told["written"], told["unchecked"]) == ([], [], [])
    first = told["findings"][0]
    assert (first["expected_low"], first["expected_high"]) == ("91/10", "46/5")
    assert [place["column"] for place in first["places"]] == ["Открытость", "Комфортность"]
    assert first["message"].startswith("9,55 is printed")
    kinds, sure = {one.value for one in DefectKind}, {one.value for one in Certainty}
    assert all(one["kind"] in kinds and one["certainty"] in sure for one in told["findings"])


@pytest.mark.slow
def test_the_conclusion_is_a_word_document_and_always_the_same(merilo: Merilo, published: Path) -> None:
    ran = merilo("audit", published, "--format", "docx")
    assert ran.code == 1
    path = published / "out" / "audit.docx"
    assert str(path) in ran.err
    before = path.read_bytes()
    document = docx.Document(str(path))
    texts = [paragraph.text.replace("\u00a0", " ") for paragraph in document.paragraphs]
    assert any("Заключение по результатам пересчета" in text for text in texts)
    assert any("Найдено 4: точно – 4" in text for text in texts)
    cells = [[cell.text.replace("\u00a0", " ") for cell in row.cells] for row in document.tables[1].rows]
    assert cells[1][2:4] == ["9,55", "9,10–9,20"]
    assert cells[1][0].startswith("таблица 8, строка 1, столбец «Итог»")
    merilo("audit", published, "--format", "docx")
    assert path.read_bytes() == before


@pytest.mark.slow
def test_the_conclusion_may_stand_elsewhere_and_in_english(merilo: Merilo, published: Path, tmp_path: Path) -> None:
    path = tmp_path / "other" / "conclusion.docx"
    assert merilo("audit", published, "--output", path, "--lang", "en").code == 1
    assert "Conclusion on the recomputation" in "\n".join(one.text for one in docx.Document(str(path)).paragraphs)
    assert not (published / "out").exists()


def test_what_cannot_be_read_gives_exit_code_2_and_every_reason(merilo: Merilo, published: Path) -> None:
    with (published / "claims.csv").open("a", encoding="utf-8") as file:
        file.write("раздел 3,median,openness,,9,,,,,,,\nраздел 3,mean,opennes,,9,,,,,,,\n")
    ran = merilo("audit", published)
    assert ran.code == 2
    assert ran.out == ""
    assert "[AUDIT-06] claims.csv, строка 6" in ran.err
    assert "[AUDIT-05] claims.csv, строка 7" in ran.err
    assert merilo("audit", published, "--json").json["problems"][0]["code"] == "AUDIT-06"


@pytest.mark.parametrize("arguments", [["--format", "pdf"], ["--lang", "de"], ["--unknown"]])
def test_a_wrong_command_line_gives_exit_code_2(merilo: Merilo, published: Path, arguments: list[str]) -> None:
    assert merilo("audit", published, *arguments).code == 2


def test_no_such_folder_gives_exit_code_2(merilo: Merilo, tmp_path: Path) -> None:
    ran = merilo("audit", tmp_path / "none")
    assert ran.code == 2
    assert "AUDIT-24" in ran.err


def test_a_file_that_cannot_be_written_gives_exit_code_2(merilo: Merilo, published: Path) -> None:
    (published / "out").write_text("a file where a folder is needed")
    assert merilo("audit", published, "--format", "docx").code == 2


def test_the_path_may_be_the_settings_file(merilo: Merilo, published: Path) -> None:
    assert merilo("audit", published / "audit.yaml", "--json").json["counts"]["exact"] == 4


def test_on_a_terminal_findings_stand_in_groups(
    merilo: Merilo, published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    ran = merilo("audit", published)
    assert "точно – 4" in ran.out
    assert "Целое не следует из частей: Общая оценка – 1" in ran.out
    assert "таблица 8, строка 1, столбец «Итог» – Забота [1]" in ran.out
