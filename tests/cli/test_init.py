"""`merilo init`: a new folder that the other commands understand, and nothing of anybody's written over."""

from __future__ import annotations

from pathlib import Path

import pytest

from merilo.pack import shipped
from tests.cli.conftest import Merilo
from tests.cli.listed import contents


@pytest.mark.parametrize("methodology", shipped())
@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_new_folder_is_understood(merilo: Merilo, tmp_path: Path, methodology: str, language: str) -> None:
    made = tmp_path / "новая оценка"
    ran = merilo("--lang", language, "init", made, "--methodology", methodology)
    assert (ran.code, ran.err) == (0, "")
    assert f"merilo check {made}" in ran.out
    assert {"assessment.yaml", "organisations.csv", "observations.csv", "items.csv"} <= contents(made).keys()
    checked = merilo("check", made, "--json")
    assert checked.code == 0
    assert {one["code"] for one in checked.json["problems"]} == {"TABLE-04"}, "only empty tables are left to fill in"


def test_the_files_are_named_as_json(merilo: Merilo, tmp_path: Path) -> None:
    written = merilo("init", tmp_path / "new", "--json").json["written"]
    assert str(tmp_path / "new" / "assessment.yaml") in written
    assert all(Path(path).is_file() for path in written)


def test_a_folder_with_something_in_it_is_left_alone(merilo: Merilo, folder: Path) -> None:
    before = contents(folder)
    ran = merilo("init", folder)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == f"Папка {folder} не пуста: ничего не изменено. Укажите новую папку.\n"
    assert contents(folder) == before


def test_an_empty_folder_will_do(merilo: Merilo, tmp_path: Path) -> None:
    assert merilo("init", tmp_path).code == 0


def test_a_file_in_its_place_is_named(merilo: Merilo, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("mine", encoding="utf-8")
    ran = merilo("init", tmp_path / "taken")
    assert ran.code == 1
    assert "на этом месте лежит файл, а нужна папка" in ran.err
    assert (tmp_path / "taken").read_text(encoding="utf-8") == "mine"


def test_an_unknown_methodology_is_answered_with_those_there_are(merilo: Merilo, tmp_path: Path) -> None:
    ran = merilo("init", tmp_path / "new", "--methodology", "ru-1")
    assert ran.code == 1
    assert "Нет методики «ru-1»" in ran.err
    assert "ru-344n-2018" in ran.err
    assert not (tmp_path / "new").exists()
