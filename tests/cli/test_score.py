"""`merilo score`: what it prints, what it writes, and that every output tells the same figures."""

from __future__ import annotations

import csv
from pathlib import Path

import polars as pl
import pytest

from merilo.folder import tables
from merilo.folder.result_table import ResultTable
from merilo.folder.tables import TABLES
from merilo.formats.sheets import read_table
from tests.cli.conftest import Merilo
from tests.cli.listed import contents
from tests.folder.small_folder import swap

OVERALL = {"7701": "84.12", "7702": "80.52", "7703": "87.30"}


def rating(folder: Path) -> list[dict[str, str]]:
    with (folder / "out" / "rating.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_screen_shows_the_rating_and_the_files_are_named(merilo: Merilo, folder: Path) -> None:
    ran = merilo("score", folder)
    assert ran.code == 0
    header, *lines = (line.split("\t") for line in ran.out.splitlines())
    assert {line[0]: line[header.index("overall")] for line in lines} == OVERALL
    assert "\nМетодика ru-344n-2018, веса: act. Правила: empty_group: renormalise;" in ran.err
    assert ran.err.startswith("Под итогом – его доверительный интервал, 95 %.")
    assert "Записано: " in ran.err
    assert str(folder / "out" / "rating.csv") in ran.err
    assert not [name for name in contents(folder / "out") if name.startswith(".")]


def test_with_json_there_is_nothing_but_json(merilo: Merilo, folder: Path) -> None:
    ran = merilo("score", folder, "--json")
    assert (ran.code, ran.err) == (0, "")
    assert ran.json.keys() == {"run", "rating", "written", "problems"}
    assert sorted(Path(path).name for path in ran.json["written"]) == sorted(contents(folder / "out"))


def test_warnings_come_along_in_json(merilo: Merilo, folder: Path) -> None:
    with (folder / "observations.csv").open("a", encoding="utf-8") as file:
        file.write("7701,comfort_conditions,10,,,,published,\n")
    found = merilo("score", folder, "--json").json["problems"]
    assert [(one["code"], one["severity"]) for one in found] == [
        ("FOLDER-23", "warning"),
        ("FOLDER-33", "warning"),
    ]


def test_every_output_has_the_same_figures(merilo: Merilo, folder: Path) -> None:
    found = {row["organisation"]: row for row in merilo("score", folder, "--json").json["rating"]}
    screen = [line.split("\t") for line in merilo("score", folder).out.splitlines()]
    parquet = pl.read_parquet(folder / "out" / "rating.parquet")
    book = read_table(folder / "out" / "tables.xlsx", sheet="rating", problems=[])
    assert book is not None
    written = rating(folder)
    assert screen == [list(written[0]), *(list(row.values()) for row in written)]
    for number, row in enumerate(written):
        plain, columns = found[row["organisation"]], parquet.row(number, named=True)
        sheet = dict(zip(book.header, book.rows[number], strict=True))
        assert row["overall"] == OVERALL[row["organisation"]]
        for name, text in row.items():
            value = plain["criteria"][name[10:]]["value"] if name.startswith("criterion_") else plain[name]
            assert columns[name] == value, name
            if isinstance(value, int | float):
                assert float(text) == pytest.approx(value, rel=1e-14), name
                assert float(sheet[name]) == pytest.approx(value, rel=1e-14), name
            else:
                assert (text, sheet[name]) == (value or "", value or ""), name


@pytest.mark.parametrize(
    ("options", "files"),
    [
        (["--format", "csv", "--tables", "rating"], {"rating.csv", "run.json"}),
        (["--format", " CSV , parquet", "--tables", "norms"], {"norms.csv", "norms.parquet", "run.json"}),
        (["--format", "xlsx", "--tables", "rating"], {"tables.xlsx", "run.json"}),
    ],
)
def test_only_what_was_asked_for_is_left(merilo: Merilo, folder: Path, options: list[str], files: set[str]) -> None:
    assert merilo("score", folder).code == 0
    (folder / "out" / "notes.txt").write_text("mine", encoding="utf-8")
    assert merilo("score", folder, *options).code == 0
    assert contents(folder / "out").keys() == files | {"notes.txt"}


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--format", "docx"], "«docx» здесь не подходит. Есть: csv, parquet, xlsx."),
        (["--tables", "rating,places"], f"«places» здесь не подходит. Есть: {', '.join(sorted(TABLES))}."),
    ],
)
def test_unknown_names_are_answered_with_those_there_are(
    merilo: Merilo, folder: Path, options: list[str], sentence: str
) -> None:
    ran = merilo("score", folder, *options)
    assert (ran.code, ran.out, ran.err) == (1, "", f"{sentence}\n")
    assert merilo("score", folder, *options, "--json").json["problems"][0]["code"] == "UNKNOWN-NAME"
    assert not (folder / "out").exists()


def test_twice_the_same_bytes(merilo: Merilo, folder: Path) -> None:
    merilo("score", folder)
    first = contents(folder / "out")
    merilo("--lang", "en", "score", folder)
    assert contents(folder / "out") == first


@pytest.mark.parametrize("file", ["observations.csv", "responses/2024.csv"])
def test_the_order_of_evidence_does_not_matter(merilo: Merilo, folder: Path, file: str) -> None:
    merilo("score", folder)
    first = contents(folder / "out")
    shuffle_rows(folder / file)
    merilo("score", folder)
    second = contents(folder / "out")
    changed = {name for name in first if first[name] != second[name]}
    assert changed == {"run.json"}, "it names the fingerprints of the files"


def test_the_order_of_organisations_is_only_the_order_of_rows(merilo: Merilo, folder: Path) -> None:
    merilo("score", folder, "--format", "csv")
    first = contents(folder / "out")
    shuffle_rows(folder / "organisations.csv")
    merilo("score", folder, "--format", "csv")
    for name, before in first.items():
        if name.endswith(".csv") and name not in ("norms.csv", "shortcomings.csv"):  # these list keys within a cell
            assert sorted((folder / "out" / name).read_bytes().splitlines()) == sorted(before.splitlines()), name


def shuffle_rows(path: Path) -> None:
    header, *rows = path.read_text(encoding="utf-8").splitlines()
    shuffled = [*rows[1::2], *reversed(rows[::2])]
    assert shuffled != rows
    path.write_text("\n".join([header, *shuffled]) + "\n", encoding="utf-8")


@pytest.mark.parametrize("stopped_by", [KeyboardInterrupt(), OSError(28, "No space left on device", "norms.csv")])
def test_an_interrupted_run_leaves_the_old_results(
    merilo: Merilo, folder: Path, monkeypatch: pytest.MonkeyPatch, stopped_by: BaseException
) -> None:
    merilo("score", folder)
    before = contents(folder / "out")
    swap("observations.csv", "7702,remote_ways,3,5", "7702,remote_ways,1,5")(folder)
    write = tables.write_parquet_table

    def stop(table: ResultTable, path: Path) -> None:
        if table.name == "norms":
            raise stopped_by
        write(table, path)

    monkeypatch.setattr(tables, "write_parquet_table", stop)
    ran = merilo("score", folder)
    assert (ran.code, ran.out) == (1, "")
    assert ("Прервано. Готовые результаты не тронуты." in ran.err) or ("на диске кончилось место" in ran.err)
    assert contents(folder / "out") == before


def test_a_full_disk_is_named_whatever_the_library_calls_it(
    merilo: Merilo, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise pl.exceptions.ComputeError("parquet: underlying IO error: No space left on device (os error 28)")

    monkeypatch.setattr(pl.DataFrame, "write_parquet", full)
    ran = merilo("--lang", "en", "score", folder)
    assert ran.code == 1
    assert "Could not read or write “rating.parquet”: the disk is full." in ran.err
    assert not contents(folder / "out")


@pytest.mark.parametrize("command", ["score", "report"])
def test_a_folder_that_cannot_be_written_into(
    merilo: Merilo, folder: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    before = contents(folder)
    make = Path.mkdir

    def refuse(path: Path, *arguments: object, **options: object) -> None:
        if path.name == "out":
            raise PermissionError(13, "Permission denied", str(path))
        make(path, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(Path, "mkdir", refuse)
    ran = merilo(command, folder)
    assert (ran.code, ran.out) == (1, "")
    assert f"Не удалось прочитать или записать «{folder / 'out'}»: нет прав" in ran.err
    (found,) = merilo(command, folder, "--json").json["problems"]
    assert (found["code"], found["file"]) == ("FILE-FAILED", str(folder / "out"))
    assert contents(folder) == before


@pytest.mark.parametrize("command", ["score", "report"])
def test_a_file_where_the_results_belong(merilo: Merilo, folder: Path, command: str) -> None:
    (folder / "out").write_text("mine", encoding="utf-8")
    ran = merilo(command, folder)
    assert ran.code == 1
    assert "на этом месте лежит файл, а нужна папка" in ran.err
    assert (folder / "out").read_text(encoding="utf-8") == "mine"
