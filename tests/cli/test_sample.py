"""`merilo sample plan` and `draw`: what they print, write and refuse."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from rich.console import Console

from merilo.assessment.errors import Place, Problem
from merilo.assessment.located import Mapping, Node, Scalar
from merilo.cli.sample_plan import plan_on_screen
from merilo.folder.sample_plan import make_plan
from merilo.formats.sheets import read_table
from merilo.shelf import wording
from tests.cli.conftest import Merilo
from tests.cli.listed import contents
from tests.folder.sample_folder import LIST, build_sample
from tests.folder.small_folder import build, swap


@pytest.fixture
def planned(tmp_path: Path) -> Path:
    return build_sample(tmp_path / "plan")


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "list.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text), delimiter="\t"))


def test_the_plan_as_text_with_its_rule_beside_it(merilo: Merilo, planned: Path) -> None:
    ran = merilo("sample", "plan", planned)
    assert ran.code == 0
    assert [(row["organisation"], row["form"], row["size"]) for row in table(ran.out)] == [
        ("7701", "residential", "43"),
        ("7702", "day", "73"),
        ("7702", "home", "79"),
        ("7703", "home", "94"),
    ]
    assert (
        "Свое правило: n = t²·w(1−w)·N / (N·Δ² + t²·w(1−w)), w = 0,5, Δ = 0,1, t = 1,959964; округление вверх"
        in ran.err
    )
    assert "own rule" in merilo("sample", "plan", planned, "--lang", "en").err.lower()


def test_without_choices_the_methodology_decides_and_its_clause_is_printed(merilo: Merilo, planned: Path) -> None:
    text = (planned / "assessment.yaml").read_text(encoding="utf-8").partition("sample:")[0]
    (planned / "assessment.yaml").write_text(text, encoding="utf-8")
    ran = merilo("sample", "plan", planned)
    assert [row["size"] for row in table(ran.out)] == ["19", "23", "23", "24"]
    assert "Правило samara_2016" in ran.err
    assert "раздел 1.5" in ran.err
    assert "выведено из чисел" in ran.err


def test_an_organisation_in_two_forms_shares_what_order_675n_asks_for(merilo: Merilo, tmp_path: Path) -> None:
    folder = build(tmp_path / "in")
    swap("organisations.csv", "form,recipients", "form,recipients,recipients:outpatient,recipients:inpatient")(folder)
    swap("organisations.csv", "social,,120", "social,,120,,")(folder)
    swap("organisations.csv", "culture,,300", "culture,,300,,")(folder)
    swap("organisations.csv", "inpatient,2 000", "inpatient,2 000,1500,500")(folder)
    found = table(merilo("sample", "plan", folder).out)
    # 40 % of 120 and of 300; of 2,000 it would be 800, and 600 is the most: shared 3 : 1.
    assert [row["size"] for row in found] == ["48", "120", "450", "150"]
    swap("organisations.csv", "2 000,1500,500", "1 000,900,300")(folder)
    # 300 use both forms and are counted once: 40 % of 1,000, again 3 : 1.
    assert [row["size"] for row in table(merilo("sample", "plan", folder).out)][2:] == ["300", "100"]


def test_options_win_over_the_file(merilo: Merilo, planned: Path) -> None:
    ran = merilo("sample", "plan", planned, "--rule", "share", "--share", "10,5%", "--cap", "50")
    assert [row["size"] for row in table(ran.out)] == ["8", "32", "47", "50"]
    ran = merilo("sample", "plan", planned, "--level", "0.9", "--json")
    assert ran.json["rules"][0]["t"] == "822427/500000"


def test_a_budget_is_shared_out_exactly_by_forms_and_channels(merilo: Merilo, planned: Path) -> None:
    options = (
        "--budget",
        "100",
        "--forms",
        "residential=20,day=30,home=50",
        "--channels",
        "лично=3,сайт=1",
        "--minimum",
        5,
    )
    ran = merilo("sample", "plan", planned, *options)
    found = table(ran.out)
    assert [row["size"] for row in found] == ["20", "30", "6", "44"]
    assert sum(int(row["quota:лично"]) for row in found) == 75
    assert all(int(row["quota:лично"]) + int(row["quota:сайт"]) == int(row["size"]) for row in found)
    assert "SAMPLE-11" in ran.err
    assert "Доли форм: residential 20 %, day 30 %, home 50 %" in ran.err


def test_last_years_results_give_the_spread_for_neyman(merilo: Merilo, tmp_path: Path) -> None:
    folder = build(tmp_path / "in")
    swap("organisations.csv", "inpatient,2 000", "inpatient,")(folder)
    people = "organisation,form,recipients\n7703,outpatient,1500\n7703,inpatient,500\n"
    (folder / "populations.csv").write_text(people, encoding="utf-8")
    ran = merilo("sample", "plan", folder, "--budget", 200, "--allocation", "neyman", "--previous", folder)
    assert ran.code == 0, ran.err
    assert sum(int(row["size"]) for row in table(ran.out)) == 200


def test_the_plan_in_files_reads_back(merilo: Merilo, planned: Path) -> None:
    printed = table(merilo("sample", "plan", planned).out)
    for name in ("sample_plan.csv", "sample_plan.xlsx"):
        found = read_table(planned / "out" / name, problems=[])
        assert found is not None
        rows = [dict(zip(found.header, row, strict=True)) for row in found.rows]
        assert [row["size"] for row in rows] == [row["size"] for row in printed]
    before = contents(planned / "out")
    merilo("sample", "plan", planned)
    assert contents(planned / "out") == before


def test_a_plan_that_cannot_be_made_writes_nothing(merilo: Merilo, planned: Path) -> None:
    swap("organisations.csv", "residential,76", "residential,")(planned)
    ran = merilo("sample", "plan", planned, "--json")
    assert ran.code == 1
    assert [one["code"] for one in ran.json["problems"]] == ["SAMPLE-20"]
    assert not (planned / "out").exists()


def test_json_of_the_plan(merilo: Merilo, planned: Path) -> None:
    found = merilo("sample", "plan", planned, "--json").json
    assert found["size"] == 289
    assert found["budget"] is None
    assert found["plan"][0] == {
        "organisation": "7701", "name": "Дом-интернат «Тихий берег»", "form": "residential", "recipients": 76,
        "rule": "own", "required": 43, "size": 43, "percent": 56.6, "error": 9.8, "reserve": 0,
    }  # fmt: skip
    assert (found["rules"][0]["kind"], found["rules"][0]["rounding"], found["problems"]) == (
        "finite_population",
        "up",
        [],
    )


def test_check_finds_a_mistake_in_the_choices(merilo: Merilo, tmp_path: Path) -> None:
    folder = build(tmp_path / "in")
    with (folder / "assessment.yaml").open("a", encoding="utf-8") as file:
        file.write("sample: {rule: order_1}\n")
    ran = merilo("check", folder)
    assert ran.code == 1
    assert "SAMPLE-07" in ran.err


def draw(merilo: Merilo, people: Path, *more: object) -> dict[str, Any]:
    options = ("--organisation", "организация", "--form", "форма", "--id", "карта", "--seed", "протокол 7")
    ran = merilo("sample", "draw", people, *options, *more, "--json")
    assert ran.code == 0, ran.out
    return dict(ran.json)


def test_a_draw_by_the_plan_keeps_rows_and_cards_and_nothing_else(merilo: Merilo, people: Path, tmp_path: Path) -> None:
    plan = tmp_path / "plan.csv"
    plan.write_text(
        "organisation,form,size,reserve\n7701,residential,3,2\n7702,day,2,1\n7702,home,9,0\n", encoding="utf-8"
    )
    found = draw(merilo, people, "--plan", plan)
    assert [
        (one["organisation"], one["form"], one["listed"], one["size"], one["reserve"]) for one in found["strata"]
    ] == [
        ("7701", "residential", 8, 3, 2),
        ("7702", "day", 6, 2, 1),
        ("7702", "home", 6, 6, 0),
    ]
    assert [one["code"] for one in found["problems"]] == ["SAMPLE-36"]
    written = contents(people.parent / "draw")
    assert set(written) == {"draw.csv", "draw.json", "draw.xlsx"}
    lines = people.read_text(encoding="utf-8").splitlines()
    for one in found["drawn"]:
        assert lines[one["row"] - 1].startswith(f"{one['id']},{one['organisation']},{one['form']}")
    assert not [name for name, content in written.items() if "Человек".encode() in content]


def test_a_draw_can_be_repeated_and_verified(merilo: Merilo, people: Path) -> None:
    first = draw(merilo, people, "--size", 2, "--reserve", "50%")
    record = people.parent / "draw" / "draw.json"
    ran = merilo("sample", "draw", people, "--verify", record)
    assert ran.code == 0
    assert "Отбор подтвержден" in ran.out
    assert merilo("sample", "draw", people, "--verify", record, "--json").json["verified"] is True
    again = draw(merilo, people, "--size", 2, "--reserve", "50%", "--out", people.parent / "again")
    assert again["drawn"] == first["drawn"]
    assert contents(people.parent / "again") == contents(people.parent / "draw")


def test_a_changed_list_and_a_changed_record_are_found(merilo: Merilo, people: Path) -> None:
    draw(merilo, people, "--size", 2)
    path = people.parent / "draw" / "draw.json"
    record = json.loads(path.read_text(encoding="utf-8"))

    def verified(changed: object) -> list[str]:
        other = people.parent / "other.json"
        other.write_text(json.dumps(changed), encoding="utf-8")
        return [one["code"] for one in merilo("sample", "draw", people, "--verify", other, "--json").json["problems"]]

    other_person = record["drawn"][0]["row"] % 8 + 2
    assert verified({**record, "drawn": [{**record["drawn"][0], "row": other_person}, *record["drawn"][1:]]}) == [
        "SAMPLE-42"
    ]
    assert verified({**record, "seed": "протокол 8"}) == ["SAMPLE-42"]
    assert verified({**record, "strata": [{**record["strata"][0], "size": 900}]}) == ["SAMPLE-41"]
    assert verified({**record, "kind": "other"}) == ["SAMPLE-43"]
    assert verified({**record, "columns": {"x": 1}}) == ["SAMPLE-43"]
    assert verified([1]) == ["SAMPLE-43"]
    people.write_text(LIST.replace("Человек 3", "Человек 30"), encoding="utf-8")
    assert verified(record) == ["SAMPLE-40"]
    gone = merilo("sample", "draw", people, "--verify", people.parent / "none.json", "--json")
    assert [one["code"] for one in gone.json["problems"]] == ["TABLE-01"]


def test_a_second_draw_is_not_written_over_the_first(merilo: Merilo, people: Path) -> None:
    draw(merilo, people, "--size", 2)
    before = contents(people.parent / "draw")
    ran = merilo("sample", "draw", people, "--size", 3)
    assert ran.code == 1
    assert "Отбор уже сделан" in ran.err
    assert contents(people.parent / "draw") == before


def test_without_a_seed_a_new_one_is_taken_and_told(merilo: Merilo, people: Path, tmp_path: Path) -> None:
    seeds = set()
    for number in range(2):
        ran = merilo(
            "sample", "draw", people, "--share", "25%", "--method", "systematic", "--out", tmp_path / str(number)
        )
        record = json.loads((tmp_path / str(number) / "draw.json").read_text(encoding="utf-8"))
        assert f"Зерно: {record['seed']}" in ran.err
        assert len(record["drawn"]) == 5
        assert "id" not in record["drawn"][0]
        seeds.add(record["seed"])
    assert len(seeds) == 2


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ((), "DRAW-HOW-MANY"),
        (("--size", 3, "--share", "0.2"), "DRAW-HOW-MANY"),
        (("--size", "мало"), "DRAW-NUMBER"),
        (("--size", "1e9999999"), "DRAW-NUMBER"),
        (("--size", "2.5"), "DRAW-NUMBER"),
        (("--size", 3, "--reserve", "1.5"), "DRAW-NUMBER"),
        (("--share", "140%"), "DRAW-NUMBER"),
        (("--size", 3, "--id", "карточка"), "SAMPLE-30"),
    ],
)
def test_what_cannot_be_drawn(merilo: Merilo, people: Path, options: tuple[object, ...], code: str) -> None:
    ran = merilo("sample", "draw", people, *options, "--json")
    assert ran.code == 1
    assert [one["code"] for one in ran.json["problems"]] == [code]
    assert not (people.parent / "draw").exists()


def test_a_verb_is_needed(merilo: Merilo) -> None:
    assert merilo("sample").code == 2


@pytest.mark.parametrize(("width", "columns"), [(80, 8), (120, 11)])
def test_the_plan_on_a_screen_keeps_its_shape(planned: Path, width: int, columns: int) -> None:
    problems: list[Problem] = []
    texts = {"budget": "200", "reserve": "0.2"}
    options: dict[str, Node] = {key: Scalar(text, Place("--")) for key, text in texts.items()}
    options["channels"] = Mapping({"лично": Scalar("3", Place("--")), "сайт": Scalar("1", Place("--"))}, Place("--"))
    found = make_plan(planned, Mapping(options, Place("--")), problems)
    assert found is not None
    table = plan_on_screen(found.plan, width, wording("ru", "sample"))
    console = Console(width=width, file=io.StringIO(), highlight=False)
    console.print(table)
    printed = console.file.getvalue()  # type: ignore[attr-defined]
    assert len(table.columns) == columns
    assert "…" not in printed
    assert "Тихий берег" in printed
    assert max(map(len, printed.splitlines())) <= width


def test_an_empty_register_gives_an_empty_plan_and_says_so(merilo: Merilo, planned: Path) -> None:
    empty = pl.DataFrame(
        {"organisation": [], "name": [], "form": []}, schema=dict.fromkeys(("organisation", "name", "form"), pl.String)
    )
    empty.write_parquet(planned / "organisations.parquet")
    with (planned / "assessment.yaml").open("a", encoding="utf-8") as file:
        file.write("sources: {organisations: organisations.parquet}\n")
    ran = merilo("sample", "plan", planned)
    assert ran.code == 0, ran.err
    assert table(ran.out) == []
    assert "В реестре нет ни одной организации" in ran.err
