"""`merilo demo`: 27 organisations from their tables to the documents; nobody's work written over."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from merilo.cli import demo
from tests.cli.conftest import Merilo
from tests.cli.listed import contents

DOCUMENTS = ("report.docx", "report.xlsx", "report.pdf", "tables.xlsx", "rating.csv", "rating.parquet", "run.json")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.slow
def test_the_whole_demo(merilo: Merilo, tmp_path: Path) -> None:
    folder = tmp_path / "демо"
    ran = merilo("demo", folder)
    assert ran.code == 0, ran.err
    lines = ran.out.splitlines()
    assert lines[0] == "Пример: 27 организаций Самарской области, 2016 год, по опубликованным значениям показателей."
    assert f"Документы и таблицы лежат в {folder / 'out'}" in lines
    for name in DOCUMENTS:
        assert (folder / "out" / name).stat().st_size > 500, name
        assert f"  {folder / 'out' / name}" in lines
    rating = rows(folder / "out" / "rating.csv")
    assert len(rating) == 27
    assert {row["status"] for row in rating} == {"scored"}
    compared = rows(folder / "out" / "compared.csv")
    assert len(compared) == 27 * 7
    verdicts = Counter(row["verdict"] for row in compared)
    assert verdicts == {"reproduced": 33, "rounding": 13, "different": 136, "not_computed": 7}
    overall = Counter(row["verdict"] for row in compared if row["subject"] == "overall")
    assert overall == {"reproduced": 2, "rounding": 1, "different": 24}
    again = merilo("demo", folder, "--json")
    assert (again.code, again.err) == (0, "")
    assert len(again.json["rating"]) == 27
    assert {Path(path).name for path in again.json["written"]} >= set(DOCUMENTS)


def test_other_files_of_these_names_are_left_alone(merilo: Merilo, folder: Path) -> None:
    before = contents(folder)
    ran = merilo("demo", folder)
    assert (ran.code, ran.out) == (1, "")
    assert "(assessment.yaml, observations.csv, organisations.csv): ничего не изменено" in ran.err
    assert contents(folder) == before


def test_without_the_example_it_says_so(merilo: Merilo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "EXAMPLE", "no-such-example")
    ran = merilo("--lang", "en", "demo", tmp_path / "demo")
    assert ran.code == 1
    assert "The example was not found" in ran.err
    assert not (tmp_path / "demo").exists()
