"""`merilo quality`: flags with their questionnaires, a proposal that excludes nothing, the rating with and without."""

from __future__ import annotations

import shutil
from pathlib import Path

import polars as pl
import pytest

from tests.cli.conftest import Merilo
from tests.cli.listed import contents
from tests.folder.small_folder import remove, write
from tools.build_fictional import EXAMPLES

DECISIONS = (
    "file,row,id,reason,decided_by,date\n"
    "responses/social.csv,28,,интервью ночью,руководитель группы,2024-11-01\n"
    "responses/social.csv,,ZR-02-004,интервью ночью,руководитель группы,01.11.2024\n"
)
NIGHT = [28, 31, 33, 34, 38, 40, 44, 47, 48, 49, 51, 52]


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """The made-up assessment in which one organisation was interviewed in one night."""
    return Path(shutil.copytree(EXAMPLES / "fictional-344n-2024", tmp_path / "example"))


def test_flags_as_json(merilo: Merilo, example: Path) -> None:
    ran = merilo("--lang", "en", "quality", example, "--json")
    assert (ran.code, ran.err) == (0, "")
    flags = {one["kind"]: one for one in ran.json["flags"]}
    assert [one["row"] for one in flags["night"]["rows"]] == NIGHT
    assert flags["night"]["rows"][0]["file"] == "responses/social.csv"
    assert flags["night"]["figures"]["involved"] == 12
    assert flags["night"]["p"] < flags["night"]["p_adjusted"] < 0.001
    assert "12 of 18 questionnaires were filled in between ten" in flags["night"]["message"]
    assert "would come with probability" in flags["night"]["meaning"]
    assert flags["too_fast"]["p"] is None
    assert "plain from the data" in flags["too_fast"]["meaning"]
    assert ran.json["adjustment"] == "holm"
    assert ran.json["exclusions"] == ran.json["rating_with_and_without"] == []
    assert all(Path(name).is_file() for name in ran.json["written"])


def test_flags_as_text(merilo: Merilo, example: Path) -> None:
    ran = merilo("quality", example)
    assert ran.code == 0
    head, *lines = ran.out.splitlines()
    assert head.split("\t")[:3] == ["flag", "kind", "title"]
    assert [line.split("\t")[1] for line in lines] == ["too_fast", "overlapping", "night", "burst_in_an_hour"]
    assert "повод посмотреть анкеты" in ran.sentence
    assert "не вывод о недобросовестности" in ran.sentence
    assert "Поправка Холма" in ran.sentence


def test_tables_hold_every_row_of_evidence(merilo: Merilo, example: Path) -> None:
    merilo("quality", example)
    rows = pl.read_csv(example / "out" / "quality_rows.csv")
    assert rows.filter(pl.col("flag") == 3)["row"].to_list() == NIGHT
    assert set(rows.filter(pl.col("flag") == 3)["organisation"]) == {"ZR-02"}
    flags = pl.read_csv(example / "out" / "quality.csv")
    assert flags["questionnaires"].to_list() == [12, 2, 12, 12]
    checks = pl.read_csv(example / "out" / "quality_checks.csv")
    assert checks.height > flags.height
    assert (example / "out" / "quality.xlsx").is_file()


def test_a_second_run_gives_the_same_bytes(merilo: Merilo, example: Path) -> None:
    merilo("quality", example, "--propose")
    first = contents(example / "out")
    merilo("quality", example, "--propose")
    assert contents(example / "out") == first


def test_a_proposal_excludes_nothing_and_is_refused_until_somebody_decides(merilo: Merilo, example: Path) -> None:
    before = merilo("score", example, "--json").json["rating"]
    ran = merilo("quality", example, "--propose")
    assert "Само по себе оно ничего не исключает" in ran.sentence
    proposal = (example / "out" / "exclusions.proposed.csv").read_text(encoding="utf-8-sig")
    assert len(proposal.splitlines()) == 1 + 14
    assert not (example / "exclusions.csv").exists()
    assert merilo("score", example, "--json").json["rating"] == before
    write("exclusions.csv", proposal)(example)
    refused = merilo("check", example, "--json")
    assert {one["code"] for one in refused.json["problems"]} == {"EXCLUDE-06", "EXCLUDE-07"}
    decided = proposal.replace(",,\n", ",методист,2024-11-01\n")
    write("exclusions.csv", decided)(example)
    assert merilo("check", example, "--json").json["excluded"] == 14


def test_the_rating_with_and_without(merilo: Merilo, example: Path) -> None:
    before = {one["organisation"]: one for one in merilo("score", example, "--json").json["rating"]}
    write("exclusions.csv", DECISIONS)(example)
    after = merilo("score", example, "--json").json
    (effect,) = after["rating_with_and_without"]
    assert (effect["organisation"], effect["excluded"]) == ("ZR-02", 2)
    assert effect["overall_unexcluded"] == before["ZR-02"]["overall"]
    assert effect["overall"] == next(one["overall"] for one in after["rating"] if one["organisation"] == "ZR-02")
    assert effect["overall"] != effect["overall_unexcluded"]
    assert len(after["run"]["questionnaires"]["excluded"]) == 2
    told = merilo("score", example)
    assert "По записанным решениям не засчитано: 2 анкеты." in told.sentence
    assert "исключено 2; место 1 (без исключений 1)" in told.sentence
    quality = merilo("quality", example)
    assert "исключено 2; место 1 (без исключений 1)" in quality.sentence
    assert [one["row"] for one in merilo("quality", example, "--json").json["exclusions"]] == [28, 31]
    assert (example / "out" / "exclusion_effects.csv").is_file()


def test_check_tells_how_many_are_left_out(merilo: Merilo, example: Path) -> None:
    write("exclusions.csv", DECISIONS)(example)
    ran = merilo("check", example)
    assert "151 анкета" in ran.out
    assert "не засчитано: 2 анкеты" in ran.out
    assert "  responses/social.csv, строка 28 (ZR-02): интервью ночью; руководитель группы, 2024-11-01\n" in ran.out
    assert [one["row"] for one in merilo("check", example, "--json").json["exclusions"]] == [28, 31]


def test_explain_does_not_name_what_is_left_out(merilo: Merilo, example: Path) -> None:
    before = merilo("explain", example, "ZR-02", "1.3").out
    write("exclusions.csv", DECISIONS)(example)
    after = merilo("explain", example, "ZR-02", "1.3").out
    assert before != after


def test_a_folder_without_questionnaires(merilo: Merilo, folder: Path) -> None:
    remove("responses/2024.csv")(folder)
    ran = merilo("quality", folder, "--json")
    assert ran.code == 1
    assert [one["code"] for one in ran.json["problems"]] == ["QUALITY-NO-RESPONSES"]


def test_more_questionnaires_than_are_checked(merilo: Merilo, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("merilo.cli.quality.MOST_FORMS", 20)
    ran = merilo("quality", folder)
    assert ran.code == 1
    assert "Анкет 21, а проверяется не больше 20" in ran.err
    assert not (folder / "out").exists()


@pytest.mark.parametrize("level", ["0", "1", "2", "x"])
def test_a_level_that_is_none(merilo: Merilo, folder: Path, level: str) -> None:
    ran = merilo("quality", folder, "--level", level)
    assert (ran.code, ran.out) == (1, "")
    assert "Уровень" in ran.err


def test_a_stricter_level_flags_less(merilo: Merilo, example: Path) -> None:
    kinds = [one["kind"] for one in merilo("quality", example, "--level", "0.001", "--json").json["flags"]]
    assert kinds == ["too_fast", "overlapping", "night"]
