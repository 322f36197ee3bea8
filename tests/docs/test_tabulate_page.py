"""The file of margins in the pages about tables gives the weights that the pages print."""

from __future__ import annotations

from pathlib import Path

import pytest

from merilo.cli.main import run
from tests.docs.pages import fenced, page, rows
from tests.house.tree import ROOT

PAGES = ("tabulate.md", "tabulate.ru.md")
EXAMPLE = ROOT / "examples" / "fictional-344n-2024"


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("column", [1, 2])
def test_the_file_in_the_page_gives_the_weights_in_the_page(
    name: str, column: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for file, text in fenced(name).items():
        (tmp_path / file).write_text(text, encoding="utf-8")
    language = "ru" if ".ru." in name else "en"
    asked = ["--lang", language, "tabulate", str(EXAMPLE), "q15", "--bands", "q18=30,45,60"]
    trimmed = ["--trim", "0.2,4"] if column == 2 else []
    assert run([*asked, "--margins", str(tmp_path / "margins.csv"), *trimmed]) == 0
    printed = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    weights = [line[1] for line in printed if len(line) == 2][1:]
    assert weights == [row[column].strip("| ") for row in rows(name, "weights")]


def test_both_languages_have_the_same_figures() -> None:
    for marker in ("weights", "level"):
        english, russian = (rows(name, marker) for name in PAGES)
        for one, other in zip(english, russian, strict=True):
            assert [cell.strip("| ") for cell in one[1:]] == [
                cell.strip("| ").replace(",", ".").replace(" %", "%") for cell in other[1:]
            ]
    assert all("test_calibrated_level.py -m slow -s" in page(name) for name in PAGES)
