"""`merilo check`: every problem with file, row and column; nothing computed, nothing written."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Merilo
from tests.cli.listed import contents
from tests.folder.small_folder import Change, add, remove, responses, swap, write


def test_a_good_folder(merilo: Merilo, folder: Path) -> None:
    before = contents(folder)
    ran = merilo("check", folder)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == "Ошибок нет: 3 организации, 21 анкета, методика ru-344n-2018.\n"
    assert contents(folder) == before


def test_a_good_folder_as_json(merilo: Merilo, folder: Path) -> None:
    found = merilo("check", folder, "--json").json
    assert found == {
        "organisations": 3,
        "forms": 21,
        "excluded": 0,
        "edition": "ru-344n-2018",
        "exclusions": [],
        "problems": [],
    }


def test_all_problems_at_once_errors_first(merilo: Merilo, folder: Path) -> None:
    swap("observations.csv", "7701,stand_items,16,18", "7701,stand_items,20,18")(folder)
    swap("observations.csv", "7702,site_items,9,12", "7709,site_items,9,12")(folder)
    ran = merilo("check", folder)
    assert (ran.code, ran.out) == (1, "")
    lines = ran.err.splitlines()
    assert lines[0].startswith("Ошибка [FOLDER-26] observations.csv, строка 2, столбец «value»: ")
    assert any("[FOLDER-13]" in line and "7709" in line for line in lines)
    assert lines[-2].startswith("Найдено: 2 ошибки, ")
    assert lines[-1] == "Ничего не вычислено и не записано."


@pytest.mark.parametrize("command", ["check", "score", "report"])
def test_problems_as_json(merilo: Merilo, folder: Path, command: str) -> None:
    swap("observations.csv", "7701,stand_items,16,18", "7701,stand_items,20,18")(folder)
    ran = merilo("--lang", "en", command, folder, "--json")
    assert (ran.code, ran.err) == (1, "")
    (found,) = ran.json["problems"]
    message = found.pop("message")
    assert found == {
        "code": "FOLDER-26",
        "severity": "error",
        "file": "observations.csv",
        "row": 2,
        "column": "value",
    }
    assert "20" in message
    assert not (folder / "out").exists()


def test_warnings_do_not_stop(merilo: Merilo, folder: Path) -> None:
    lines = responses().splitlines()
    marked = [f"{line},{'Отметка' if line == lines[0] else 'x'}" for line in lines]
    write("responses/2024.csv", "\n".join(marked))(folder)
    ran = merilo("check", folder)
    assert ran.code == 0
    assert "Предупреждение [ANSWERS-01] responses/2024.csv, строка 1: " in ran.err
    assert "Найдено: 0 ошибок, 1 предупреждение." in ran.err
    assert ran.out.startswith("Ошибок нет")
    (found,) = merilo("check", folder, "--json").json["problems"]
    assert (found["code"], found["severity"]) == ("ANSWERS-01", "warning")


@pytest.mark.parametrize("command", [["check"], ["score"], ["report"], ["explain"]])
def test_a_folder_that_is_not_there(merilo: Merilo, tmp_path: Path, command: list[str]) -> None:
    arguments = [*command, tmp_path / "nowhere", *(["7701"] if command == ["explain"] else [])]
    ran = merilo(*arguments)
    assert (ran.code, ran.out) == (1, "")
    assert "Такой папки нет" in ran.err
    (found,) = merilo(*arguments, "--json").json["problems"]
    assert found["code"] == "FOLDER-30"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (remove("assessment.yaml"), "YAML-01"),
        (swap("assessment.yaml", "ru-344n-2018", "ru-1"), "FOLDER-01"),
        (write("assessment.yaml", "methodology: [\n"), "YAML-02"),
        (add("assessment.yaml", "wieghts: act\n"), "YAML-08"),
        (remove("organisations.csv"), "TABLE-01"),
        (write("observations.csv", b"\x00\xff\xfe\x00garbage"), "TABLE-"),
    ],
)
def test_files_that_cannot_be_used(merilo: Merilo, folder: Path, change: Change, code: str) -> None:
    change(folder)
    ran = merilo("check", folder, "--json")
    codes = [one["code"] for one in ran.json["problems"]]
    assert any(found.startswith(code) for found in codes), codes
