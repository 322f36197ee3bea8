"""`merilo methodology`: the list, the contents in words and figures, the worked examples."""

from __future__ import annotations

import shutil
from fractions import Fraction
from pathlib import Path

import pytest

from merilo.pack import shipped
from merilo.shelf import EDITIONS, wording
from tests.cli.conftest import Merilo


def test_the_list_names_every_edition(merilo: Merilo) -> None:
    ran = merilo("methodology", "list")
    assert [line.split()[0] for line in ran.out.splitlines() if not line.startswith(" ")] == list(shipped())
    assert "    Действует с 22.10.2018\n" in ran.out
    assert "    Действует с 01.01.2015 по 21.10.2018\n" in ran.out
    english = merilo("--lang", "en", "methodology", "list").out
    assert "    Valid from 2018-10-22\n" in english


def test_the_list_as_json(merilo: Merilo) -> None:
    found = {one["id"]: one for one in merilo("methodology", "list", "--json").json}
    assert list(found) == list(shipped())
    assert (found["ru-344n-2018"]["valid_from"], found["ru-344n-2018"]["valid_to"]) == ("2018-10-22", None)


@pytest.mark.parametrize("methodology", shipped())
def test_every_edition_can_be_shown(merilo: Merilo, methodology: str) -> None:
    for language, word in (("ru", "Критерии и показатели"), ("en", "Criteria and indicators")):
        ran = merilo("--lang", language, "methodology", "show", methodology)
        assert (ran.code, ran.err) == (0, "")
        assert word in ran.out
    assert merilo("methodology", "show", methodology, "--json").json["id"] == methodology


@pytest.mark.parametrize(
    "line",
    [
        "Сверка с источником: не проверено",
        "Действует с 22.10.2018",
        "      вес 0,4",
        "      вес social – 0,3; health – 0,3; education – 0,5; culture – 0,5",
        "      формула count_capped: min(30 × remote_ways; 100)",
        "      формула ratio: 100 × satisfied_comfort / база",
        "  rounding: stage none, digits 2, mode half_up, printed 2",
    ],
)
def test_what_is_shown_of_344n(merilo: Merilo, line: str) -> None:
    assert line in merilo("methodology", "show", "ru-344n-2018").out.splitlines()


@pytest.mark.parametrize(
    ("number", "russian", "english"),
    [
        (Fraction(2, 5), "0,4", "0.4"),
        (Fraction(1, 3), "1/3", "1/3"),
        (Fraction(1, 8), "0,125", "0.125"),
        (Fraction(100), "100", "100"),
        (Fraction(0), "0", "0"),
        (Fraction(-3, 2), "−1,5", "−1.5"),
        (Fraction(-1, 3), "−1/3", "−1/3"),
        (Fraction(273, 1000), "0,273", "0.273"),
        (Fraction(1, 2**40), "0," + f"{5**40:040d}", "0." + f"{5**40:040d}"),
    ],
)
def test_constants_are_printed_exactly(number: Fraction, russian: str, english: str) -> None:
    assert (wording("ru", "cli").exact(number), wording("en", "cli").exact(number)) == (russian, english)


@pytest.mark.slow
@pytest.mark.parametrize("methodology", shipped())
def test_every_edition_is_sound(merilo: Merilo, methodology: str) -> None:
    assert f"Методика {methodology} в порядке: " in merilo("methodology", "check", methodology).out
    assert merilo("methodology", "check", methodology, "--json").json["problems"] == []


def test_a_methodology_by_its_folder(merilo: Merilo, tmp_path: Path) -> None:
    shutil.copytree(EDITIONS / "ru-kemerovo-2017", tmp_path / "mine")
    assert merilo("methodology", "show", tmp_path / "mine").code == 0


def test_a_broken_methodology_names_the_line(merilo: Merilo, tmp_path: Path) -> None:
    shutil.copytree(EDITIONS / "ru-kemerovo-2017", tmp_path / "mine")
    where = tmp_path / "mine" / "edition.yaml"
    where.write_text(where.read_text(encoding="utf-8") + "colour: blue\n", encoding="utf-8")
    ran = merilo("methodology", "check", tmp_path / "mine", "--json")
    assert ran.code == 1
    (found,) = ran.json["problems"]
    assert found["file"] == "edition.yaml"
    assert found["row"]


@pytest.mark.parametrize("verb", ["show", "check"])
def test_an_unknown_methodology(merilo: Merilo, verb: str) -> None:
    ran = merilo("methodology", verb, "ru-1")
    assert (ran.code, ran.out) == (1, "")
    assert "Нет методики «ru-1»" in ran.err
    assert merilo("methodology", verb, "ru-1", "--json").json["problems"][0]["code"] == "UNKNOWN-METHODOLOGY"
