"""`merilo sample power`: the forecast from last year's results or from assumptions, its files, its refusals."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Merilo
from tests.cli.listed import contents
from tests.folder.sample_folder import build_sample
from tests.folder.small_folder import build, swap
from tests.house.tree import ROOT

ASSUMED = ("--between", "1", "--deviation", "3")
QUICK = ("--replications", "200")


@pytest.fixture
def planned(tmp_path: Path) -> Path:
    return build_sample(tmp_path / "plan")


def test_what_to_expect_in_sentences_and_numbers(merilo: Merilo, planned: Path) -> None:
    ran = merilo("sample", "power", planned, "--size", 50, *ASSUMED, *QUICK, "--format", "csv")
    assert ran.code == 0, ran.err
    assert "Группа: все организации. Организаций: 3, анкет в каждой: 50–100, всего 200." in ran.out
    assert "Чтобы различать их с вероятностью 80 %, нужно по" in ran.out
    assert "group\tdistance\tprobability" in ran.out
    assert "Разброс ответов задан: 3,00 балла" in ran.err
    english = merilo("sample", "power", planned, "--size", 50, *ASSUMED, *QUICK, "--format", "csv", "--lang", "en")
    assert "To tell them apart with a probability of 80 %" in english.out


def test_the_same_numbers_as_json_and_again(merilo: Merilo, planned: Path) -> None:
    options = ("sample", "power", planned, "--size", 50, *ASSUMED, *QUICK, "--distance", "1,5", "--json")
    found = merilo(*options).json
    (group,) = found["groups"]
    chances = [one["probability"] for one in group["chances"]]
    assert chances == sorted(chances)
    assert chances[-1] >= 0.97
    assert (group["distance"], group["probability"], group["organisations"]) == (1.5, 0.8, 3)
    assert all(1 <= row["place_from"] <= row["place_to"] <= 3 for row in group["rows"])
    written = contents(planned / "out")
    assert merilo(*options).json == found
    assert contents(planned / "out") == written
    assert set(written) == {
        "sample_power.csv", "sample_power_places.csv", "sample_power_chance.svg", "sample_power_places.svg",
        "sample_power_chance.png", "sample_power_places.png",
    }  # fmt: skip
    picture = written["sample_power_chance.svg"].decode()
    assert picture.startswith("<svg ")
    assert "Вероятность различить две организации" in picture
    assert written["sample_power_chance.png"].startswith(b"\x89PNG")


def test_the_document(merilo: Merilo, planned: Path) -> None:
    ran = merilo("sample", "power", planned, "--size", 50, *ASSUMED, *QUICK, "--format", "docx")
    assert ran.code == 0, ran.err
    assert (planned / "out" / "sample_power.docx").read_bytes().startswith(b"PK")


def test_sizes_come_from_the_plan_of_the_folder_or_from_a_file(merilo: Merilo, planned: Path) -> None:
    own = merilo("sample", "power", planned, *ASSUMED, *QUICK, "--json", "--format", "csv").json
    assert [row["size"] for row in own["groups"][0]["rows"]] == [43, 152, 94]
    merilo("sample", "plan", planned, "--budget", 60, "--allocation", "equal")
    file = planned / "out" / "sample_plan.csv"
    given = merilo("sample", "power", planned, *ASSUMED, *QUICK, "--json", "--format", "csv", "--plan", file).json
    assert [row["size"] for row in given["groups"][0]["rows"]] == [15, 30, 15]
    file.write_text("organisation,form,size\n7701,residential,15\n7703,home,15\n", encoding="utf-8")
    fewer = merilo("sample", "power", planned, *ASSUMED, *QUICK, "--json", "--format", "csv", "--plan", file).json
    assert [row["size"] for row in fewer["groups"][0]["rows"]] == [15, 15]
    assert [one["code"] for one in fewer["problems"]] == ["SAMPLE-58"]


def test_last_years_results_give_scores_and_spread_within_sectors(merilo: Merilo, tmp_path: Path) -> None:
    folder = build(tmp_path / "in")
    swap("organisations.csv", "7702,Дом культуры «Волна»,culture", "7702,Дом культуры «Волна»,social")(folder)
    swap("organisations.csv", "inpatient,2 000", "inpatient,")(folder)
    people = "organisation,form,recipients\n7703,outpatient,1500\n7703,inpatient,500\n"
    (folder / "populations.csv").write_text(people, encoding="utf-8")
    (folder / "observations.csv").write_text(
        (folder / "observations.csv").read_text(encoding="utf-8") + "7702,waiting_time,12,10,,,register,\n",
        encoding="utf-8",
    )
    ran = merilo("sample", "power", folder, "--size", 30, *QUICK, "--json", "--format", "csv")
    assert ran.code == 0, ran.out
    (group,) = ran.json["groups"]  # the clinic is alone in its sector
    assert (group["group"], group["organisations"]) == ("social", 2)
    assert [one["code"] for one in ran.json["problems"]] == ["SAMPLE-59"]
    assert all(0 < row["error"] < 10 for row in group["rows"])
    doubled = merilo(
        "sample", "power", folder, "--size", 30, *QUICK, "--json", "--format", "csv", "--design-effect", 4
    ).json
    ratio = [
        more["error"] / one["error"] for one, more in zip(group["rows"], doubled["groups"][0]["rows"], strict=True)
    ]
    assert ratio == pytest.approx([2, 2])


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--size", 50, "--between", "1"), "SAMPLE-56"),
        (("--size", 50, "--subject", "beauty", *ASSUMED), "SAMPLE-54"),
        (("--size", 0, *ASSUMED), "POWER-NUMBER"),
        (("--size", 50, "--level", "95"), "POWER-NUMBER"),
        (("--size", 50, "--replications", "5"), "POWER-NUMBER"),
        (("--size", 50, "--expected", "0.9", *ASSUMED), "POWER-BOTH"),
        (("--size", 50, "--plan", "plan.csv", *ASSUMED), "POWER-BOTH"),
        (("--size", 50, "--plan", "plan.csv"), "POWER-BOTH"),
        (("--size", 50), "FOLDER-31"),
    ],
)
def test_what_no_forecast_can_be_made_of(merilo: Merilo, planned: Path, options: tuple[object, ...], code: str) -> None:
    ran = merilo("sample", "power", planned, *options, "--json")
    assert ran.code == 1
    assert [one["code"] for one in ran.json["problems"]] == [code]
    assert not (planned / "out").exists()


def test_published_results_without_the_number_asked_have_scores_but_no_spread(merilo: Merilo, tmp_path: Path) -> None:
    folder = tmp_path / "samara"
    shutil.copytree(ROOT / "examples" / "samara-2016", folder)
    register = folder / "organisations.csv"
    register.write_text(register.read_text(encoding="utf-8").replace(",sample\n", ",asked\n"), encoding="utf-8")
    ran = merilo("sample", "power", folder, *QUICK, "--json")
    assert [one["code"] for one in ran.json["problems"] if one["severity"] == "error"] == ["SAMPLE-51"]
    ran = merilo("sample", "power", folder, *QUICK, "--expected", "0.9", "--json", "--format", "csv")
    (group,) = ran.json["groups"]
    # 27 organisations of some two dozen respondents each, as if the score were one share: hardly a place is sure.
    assert min(row["width"] for row in group["rows"]) > 20
    assert sorted({row["size"] for row in group["rows"]}) == [19, 20, 22, 23, 24]


def test_alone_there_is_nobody_to_compare_with(merilo: Merilo, planned: Path) -> None:
    register = "organisation,name,form,recipients\n7701,Дом,residential,76\n"
    (planned / "organisations.csv").write_text(register, encoding="utf-8")
    ran = merilo("sample", "power", planned, "--size", 50, *ASSUMED, "--json")
    assert [one["code"] for one in ran.json["problems"]] == ["SAMPLE-53"]


def test_new_organisations_are_taken_for_average_ones(merilo: Merilo, planned: Path, tmp_path: Path) -> None:
    before = tmp_path / "before"
    shutil.copytree(ROOT / "examples" / "fictional-995n", before)
    text = (before / "organisations.csv").read_text(encoding="utf-8")
    text = text.replace("recipients", "recipients,recipients:day,recipients:home", 1)
    lines = [line + ",," if index and "day;home" not in line else line for index, line in enumerate(text.splitlines())]
    lines = [line + ",200,235" if "day;home" in line else line for line in lines]
    (planned / "organisations.csv").write_text("\n".join([*lines, "ЛЧ-99,Новая,home,300,,"]) + "\n", encoding="utf-8")
    ran = merilo("sample", "power", planned, "--size", 40, "--previous", before, *QUICK, "--json", "--format", "csv")
    assert ran.code == 0, ran.out
    assert [one["code"] for one in ran.json["problems"]] == ["SAMPLE-52"]
    assert "ЛЧ-99" in ran.json["problems"][0]["message"]


def test_more_organisations_than_anybody_can_compare(merilo: Merilo, planned: Path) -> None:
    lines = ["organisation,name,form,recipients", *(f"{number},О {number},home,100" for number in range(2001))]
    (planned / "organisations.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    ran = merilo("sample", "power", planned, "--size", 10, *ASSUMED, "--json")
    assert [one["code"] for one in ran.json["problems"]] == ["SAMPLE-57"]
