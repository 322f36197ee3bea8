"""`merilo change` and `merilo report --previous`: the waves of the made-up district through the real command."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import polars as pl
import pytest

from merilo.cli import change
from merilo.formats.sheets import read_table
from tests.cli.conftest import Merilo
from tests.cli.listed import contents
from tests.folder.small_folder import add, build, swap
from tests.house.tree import ROOT
from tests.render.word_file import body

BEFORE = ROOT / "examples" / "fictional-344n-2023"
FILES = {"change", "change_means", "comparability"}
VERDICTS = {
    "ZR-01": ("within_error", None),
    "ZR-02": ("within_error", None),
    "ZR-03": ("within_error", None),
    "ZR-04": ("rose", None),
    "ZR-05": ("fell", None),
    "ZR-06": ("not_comparable", "only_later"),
    "ZR-07": ("not_comparable", "only_earlier"),
}


@pytest.fixture
def later(tmp_path: Path) -> Path:
    """The later wave where its results may be written."""
    return Path(shutil.copytree(ROOT / "examples" / "fictional-344n-2024", tmp_path / "later"))


def test_the_words_and_where_they_come_from(merilo: Merilo, later: Path) -> None:
    ran = merilo("change", BEFORE, later, "--json")
    assert (ran.code, ran.err) == (0, "")
    found = ran.json
    assert found.keys() == {"run", *FILES, "written", "problems"}
    overall = {row["organisation"]: row for row in found["change"] if row["subject"] == "overall"}
    assert {key: (row["verdict"], row["reason"]) for key, row in overall.items()} == VERDICTS
    for row in found["change"]:
        if row["verdict"] in ("rose", "fell"):
            assert row["p_value"] <= row["p_adjusted"] < 0.05
            assert row["low"] > 0 or row["high"] < 0
    assert (found["run"]["only_earlier"], found["run"]["only_later"]) == (["ZR-07"], ["ZR-06"])
    assert found["run"]["earlier"]["period"] == "2023 год"
    assert overall["ZR-04"]["n_earlier"] == 65
    assert overall["ZR-04"]["place_earlier"] == 1
    assert {row["comparable"] for row in found["comparability"]} == {"yes"}


def test_every_output_has_the_same_figures(merilo: Merilo, later: Path) -> None:
    ran = merilo("change", BEFORE, later)
    lines = [line.split("\t") for line in ran.out.splitlines()]
    with (later / "out" / "change.csv").open(encoding="utf-8-sig", newline="") as file:
        written = list(csv.reader(file))
    assert lines == written
    assert ran.err.startswith("Записано: ")
    frame = pl.read_parquet(later / "out" / "change.parquet")
    book = read_table(later / "out" / "change.xlsx", sheet="change", problems=[])
    assert book is not None
    assert (frame.columns, list(book.header)) == (written[0], written[0])
    assert frame.height == len(written) - 1 == len(book.rows) == 7 * 21
    assert frame["difference"].to_list()[3] == pytest.approx(float(written[4][written[0].index("difference")]))
    assert contents(later / "out").keys() == {"change.json", "change.xlsx"} | {
        f"{name}.{suffix}" for name in FILES for suffix in ("csv", "parquet")
    }


def test_twice_the_same_bytes_and_no_file_of_another_run(merilo: Merilo, later: Path) -> None:
    merilo("change", BEFORE, later)
    first = contents(later / "out")
    merilo("change", BEFORE, later)
    assert contents(later / "out") == first
    merilo("change", BEFORE, later, "--format", "csv")
    assert contents(later / "out").keys() == {"change.json", *(f"{name}.csv" for name in FILES)}


def test_a_long_change_leaves_the_workbook_out(merilo: Merilo, later: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(change, "MOST_ROWS_IN_XLSX", 6)
    monkeypatch.setattr(change, "MOST_LINES", 100)
    ran = merilo("change", BEFORE, later)
    assert ran.out == "Сравнено: 147 строк. Все – в файлах out.\n"
    assert ran.err.startswith("Книга Excel не записана")
    assert "change.xlsx" not in contents(later / "out")


@pytest.mark.parametrize(("language", "words"), [("ru", ("вырос", "снизился")), ("en", ("rose", "fell"))])
def test_a_terminal_gets_tables(
    merilo: Merilo, later: Path, monkeypatch: pytest.MonkeyPatch, language: str, words: tuple[str, str]
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    ran = merilo("--lang", language, "change", BEFORE, later)
    lines = [" ".join(line.split()) for line in ran.out.splitlines()]
    (hospital,) = (line for line in lines if line.startswith("ZR-04"))
    (school,) = (line for line in lines if line.startswith("ZR-05"))
    assert words[0] in hospital
    assert words[1] in school
    assert "1 / 1 / 3 / 2" in ran.out
    assert "ZR-07 Библиотека «Тихий омут»" in ran.out


def test_another_methodology_is_compared_only_where_it_is_linked(merilo: Merilo, tmp_path: Path, later: Path) -> None:
    swap("assessment.yaml", "waiting_norm: 14", "waiting_norm: 10")(later)
    found = merilo("change", BEFORE, later, "--json").json["comparability"]
    hindered = {row["subject"]: (row["reason"], row["details"]) for row in found if row["comparable"] == "no"}
    assert hindered.keys() == {"overall", "comfort", "waiting"}
    assert set(hindered.values()) == {("constants", "waiting_norm")}
    link = tmp_path / "link.yaml"
    link.write_text("link:\n  overall: {earlier: overall, note: норматив почти не влияет}\n", encoding="utf-8")
    ran = merilo("change", BEFORE, later, "--json", "--link", link)
    (row,) = (row for row in ran.json["comparability"] if row["subject"] == "overall")
    assert (row["comparable"], row["linked"], row["note"]) == ("yes", "yes", "норматив почти не влияет")
    text = merilo("change", BEFORE, later).out
    assert "\tnot_comparable\tconstants\t" in text


def test_problems_of_both_folders_and_the_link_are_told_at_once(merilo: Merilo, tmp_path: Path) -> None:
    one, other = build(tmp_path / "one"), build(tmp_path / "other")
    for folder in (one, other):
        add("observations.csv", "7709,stand_items,1,1,,,visit,\n")(folder)
    ran = merilo("change", one, other, "--json")
    assert ran.code == 1
    assert {found["file"] for found in ran.json["problems"]} == {
        str(one / "observations.csv"),
        str(other / "observations.csv"),
    }
    assert not (other / "out").exists()
    assert merilo("change", tmp_path / "no", other).code == 1


def test_forms_apart_in_one_wave_only_are_refused(merilo: Merilo, tmp_path: Path) -> None:
    one, other = build(tmp_path / "one"), build(tmp_path / "other")
    swap("assessment.yaml", "empty_group: renormalise", "empty_group: renormalise\n  forms: separate")(other)
    ran = merilo("change", one, other, "--json")
    assert [found["code"] for found in ran.json["problems"]] == ["WAVES-01"]


def test_forms_apart_in_both_waves_are_joined_by_form(merilo: Merilo, tmp_path: Path) -> None:
    one, other = build(tmp_path / "one"), build(tmp_path / "other")
    for folder in (one, other):
        swap("assessment.yaml", "empty_group: renormalise", "empty_group: renormalise\n  forms: separate")(folder)
    found = merilo("change", one, other, "--json").json["change"]
    rows = [(row["organisation"], row["form"]) for row in found if row["subject"] == "overall"]
    assert rows == [("7701", None), ("7702", None), ("7703", "outpatient"), ("7703", "inpatient")]
    assert {row["difference"] for row in found} <= {0, None}


def test_the_report_tells_the_change_only_with_a_previous_wave(merilo: Merilo, later: Path) -> None:
    assert merilo("report", later, "--format", "docx", "--previous", BEFORE).code == 0
    told = "".join(body(later / "out" / "report.docx").itertext())
    assert "Изменения по сравнению с прошлой оценкой (2023" in told
    merilo("report", later, "--format", "docx")
    assert "прошл" not in "".join(body(later / "out" / "report.docx").itertext())


def test_a_link_without_a_previous_wave_is_a_mistake(merilo: Merilo, later: Path) -> None:
    ran = merilo("report", later, "--link", "link.yaml")
    assert (ran.code, ran.sentence) == (1, "Файл связей (--link) нужен только вместе с прежней волной (--previous).")
