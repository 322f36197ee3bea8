"""`merilo explain`: a value by code or label, its arithmetic, its inputs, the rows behind them."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from tests.cli.conftest import Merilo, Ran
from tests.folder.small_folder import add, build, responses, swap


def lines(ran: Ran) -> list[str]:
    assert ran.code == 0, ran.err
    return [line.strip() for line in ran.out.splitlines()]


@pytest.mark.parametrize(
    ("asked", "headline"),
    [
        ("1.2", "1.2 Обеспечение на официальном сайте"),
        ("remote_feedback", "1.2 Обеспечение на официальном сайте"),
        ("4", "4 Доброжелательность, вежливость работников организации [courtesy]"),
        ("courtesy", "4 Доброжелательность, вежливость работников организации [courtesy]"),
        ("timely_share", "Доля получателей, которым услуга предоставлена своевременно [timely_share]"),
        ("overall", "Итоговая оценка: 84,12, точно 84,1167"),
    ],
)
def test_a_value_by_its_code_or_label(merilo: Merilo, folder: Path, asked: str, headline: str) -> None:
    found = lines(merilo("explain", folder, "7701", asked))
    assert found[0] == "7701 Центр «Забота»"
    assert found[1].startswith(headline)
    assert found[-1].startswith("Методика ru-344n-2018 1, отпечаток данных и методики ")


def test_the_whole_score_names_the_weights(merilo: Merilo, folder: Path) -> None:
    found = lines(merilo("explain", folder, "7701"))
    assert "= 0,2 × 78,5833 (943/12) + 0,2 × 88 + 0,2 × 80 + 0,2 × 84 + 0,2 × 90" in found
    assert "веса критериев: равные веса пяти критериев [act]" in found
    assert lines(merilo("explain", folder, "7701", "overall")) == found


def test_an_organisation_in_two_forms_is_their_mean(merilo: Merilo, folder: Path) -> None:
    found = lines(merilo("explain", folder, "7703", "comfort"))
    assert found[1:3] == ["Значение организации – среднее по 2 формам обслуживания: 81,00", "= (78 + 84) / 2"]
    assert [line for line in found if line.startswith("Форма")] == [
        "Форма обслуживания: Амбулаторные условия",
        "Форма обслуживания: Стационарные условия",
    ]
    (rated,) = [row for row in merilo("score", folder, "--json").json["rating"] if row["organisation"] == "7703"]
    assert rated["criteria"]["comfort"]["value"] == 81.0


def test_forms_kept_apart_have_no_mean(merilo: Merilo, folder: Path) -> None:
    swap("assessment.yaml", "empty_group: renormalise", "forms: separate")(folder)
    assert "среднее по" not in merilo("explain", folder, "7703").out


def test_a_form_without_data_leaves_no_mean(merilo: Merilo, folder: Path) -> None:
    swap("observations.csv", "7703,comfort_items,5,7,outpatient,,visit,\n", "")(folder)
    ran = merilo("explain", folder, "7703", "2.1")
    assert "Среднего по 2 формам обслуживания нет: нет данных" in ran.out


def test_evidence_rows_are_named_with_their_values(merilo: Merilo, folder: Path) -> None:
    found = lines(merilo("explain", folder, "7701", "1.1"))
    assert "observations.csv, строка 2: 16 из 18" in found
    found = lines(merilo("explain", folder, "7701", "1.2"))
    assert "observations.csv, строка 4: remote_ways.phone: 1" in found
    swap("observations.csv", "7701,stand_items,16,18,,,visit,", "7701,stand_items,16,18,,,visit,стенд № 2")(folder)
    assert "observations.csv, строка 2: 16 из 18; стенд № 2" in lines(merilo("explain", folder, "7701", "1.1"))


def test_questionnaires_are_named_by_row(merilo: Merilo, folder: Path) -> None:
    (named,) = [line for line in lines(merilo("explain", folder, "7701", "5.3")) if "responses" in line]
    header, *answers = [line.split(",") for line in responses().splitlines()]
    mine = [(row, line[header.index("q15")]) for row, line in enumerate(answers, start=2) if line[0] == "7701"]
    counted, others = (", ".join(str(row) for row, answer in mine if answer == said) for said in ("да", "нет"))
    assert named == f"responses/2024.csv: учтены строки {counted}; остальные в базе: {others or '–'}"


def test_evidence_in_parquet_is_named_too(merilo: Merilo, folder: Path) -> None:
    swap("observations.csv", "7701,stand_items,16,18,,,visit,\n", "")(folder)
    add("assessment.yaml", 'sources: {observations: ["observations.csv", "stands.parquet"]}\n')(folder)
    table = pl.DataFrame({"organisation": ["7701"], "stand_items": [16], "stand_items:base": [18]})
    table.write_parquet(folder / "stands.parquet")
    assert "stands.parquet, строка 1: 16 из 18" in lines(merilo("explain", folder, "7701", "1.1"))


def test_values_of_the_settings_are_named(merilo: Merilo, folder: Path) -> None:
    assert "задано для всех организаций в assessment.yaml (values)" in merilo("explain", folder, "7703", "2.2").out


def test_the_explanation_as_json(merilo: Merilo, folder: Path) -> None:
    found = merilo("explain", folder, "7701", "1.2", "--json").json
    assert found[0] == {"depth": 0, "text": "7701 Центр «Забота»", "evidence": ""}
    assert "remote_ways" in [line["evidence"] for line in found]


@pytest.mark.parametrize(
    ("asked", "code", "sentence"),
    [
        (["770"], "UNKNOWN-ORGANISATION", "В реестре нет организации «770». Похожие ключи: 770"),
        (["кружок"], "UNKNOWN-ORGANISATION", "и похожих ключей"),
        (["7701", "9.9"], "UNKNOWN-INDICATOR", "нет показателя, подпоказателя или критерия «9.9»"),
    ],
)
def test_what_there_is_not(merilo: Merilo, folder: Path, asked: list[str], code: str, sentence: str) -> None:
    ran = merilo("explain", folder, *asked)
    assert (ran.code, ran.out) == (1, "")
    assert sentence in ran.err
    (found,) = merilo("explain", folder, *asked, "--json").json["problems"]
    assert found["code"] == code


def test_nothing_is_written(merilo: Merilo, tmp_path: Path) -> None:
    folder = build(tmp_path / "other")
    merilo("explain", folder, "7701")
    assert not (folder / "out").exists()
