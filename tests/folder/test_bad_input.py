"""One thing broken at a time: one problem, with the right code, file, row and column, sayable in both languages."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from merilo.assessment.errors import Place, Severity
from merilo.assessment.pipeline import assess
from merilo.cli.problems import problem_words
from tests.folder.small_folder import (
    OBSERVATIONS,
    ORGANISATIONS,
    SETTINGS,
    Change,
    add,
    build,
    opened,
    remove,
    responses,
    swap,
    write,
)

HEAD, REGISTER, EVIDENCE, ANSWERS = "assessment.yaml", "organisations.csv", "observations.csv", "responses/2024.csv"
SHOWN, MORE = "published.csv", "observations.wide.csv"
BOMB = "a: &a [1, 1]\nb: &b [*a, *a]\ntitle: *b\n"
WIDE = "organisation,stand_items,stand_items:base,service_items,service_items:base\n"
PUBLISHED = "organisation,subject,value\n7701,overall,88.71\n7702,place,1\n"
Broken = tuple[str, Change, str, Place]

SETTINGS_CASES: list[Broken] = [
    ("no folder head", remove(HEAD), "YAML-01", Place(HEAD)),
    ("empty head", write(HEAD, ""), "YAML-12", Place(HEAD)),
    ("a list for a head", write(HEAD, "- 1\n"), "YAML-04", Place(HEAD, 1)),
    ("syntax error", swap(HEAD, "period: 2024 год", "period: [2024"), "YAML-02", Place(HEAD, 5)),
    ("aliases", write(HEAD, SETTINGS + BOMB), "YAML-11", Place(HEAD, 9)),
    ("very deep", write(HEAD, SETTINGS + "notes: " + "[" * 5000), "YAML-14", Place(HEAD, 9)),
    ("too large", write(HEAD, SETTINGS + "#" * 4_000_001), "YAML-09", Place(HEAD)),
    ("doubled key", add(HEAD, "title: Другое\n"), "YAML-13", Place(HEAD, 9)),
    ("second document", add(HEAD, "---\ntitle: Другое\n"), "YAML-16", Place(HEAD, 9)),
    ("a list as a key", add(HEAD, "? [a, b]\n: 1\n"), "YAML-15", Place(HEAD, 9)),
    ("control character", add(HEAD, "notes: \x00\n"), "YAML-02", Place(HEAD)),
    ("cp1251 head", write(HEAD, SETTINGS.encode("cp1251")), "YAML-10", Place(HEAD)),
    ("no methodology", swap(HEAD, "methodology: ru-344n-2018\n", ""), "YAML-03", Place(HEAD, 1)),
    ("no title", swap(HEAD, "title: Независимая оценка качества\n", ""), "YAML-03", Place(HEAD, 1)),
    ("title with parts", swap(HEAD, "title: Независимая оценка качества", "title: {a: b}"), "YAML-05", Place(HEAD, 3)),
    ("unknown methodology", swap(HEAD, "ru-344n-2018", "ru-344n-2019"), "FOLDER-01", Place(HEAD, 1)),
    ("wrong version", swap(HEAD, '"1"', '"2"'), "FOLDER-02", Place(HEAD, 2)),
    ("unknown weights", add(HEAD, "weights: third\n"), "FOLDER-03", Place(HEAD, 9)),
    ("typing mistake", swap(HEAD, "period:", "perriod: 2024\nperiod:"), "YAML-08", Place(HEAD, 4)),
    ("a base of nobody", add(HEAD, "uncertainty: {minimum_base: 0}\n"), "UNCERTAIN-02", Place(HEAD, 9)),
    ("surer than sure", add(HEAD, "uncertainty: {level: 95}\n"), "UNCERTAIN-01", Place(HEAD, 9)),
    ("among the best none", add(HEAD, "uncertainty: {best: 0}\n"), "UNCERTAIN-02", Place(HEAD, 9)),
    ("too few draws", add(HEAD, "uncertainty: {draws: 99}\n"), "UNCERTAIN-02", Place(HEAD, 9)),
    ("a million draws", add(HEAD, "uncertainty: {draws: 1000000}\n"), "UNCERTAIN-04", Place(HEAD, 9)),
    ("a base in words", add(HEAD, "uncertainty: {minimum_base: пять}\n"), "YAML-18", Place(HEAD, 9)),
    ("unknown in uncertainty", add(HEAD, "uncertainty: {least: 5}\n"), "YAML-08", Place(HEAD, 9)),
    ("unknown policy value", swap(HEAD, "renormalise", "average"), "YAML-06", Place(HEAD, 6)),
    ("unknown policy", swap(HEAD, "empty_group:", "empty_groups:"), "YAML-08", Place(HEAD, 6)),
    ("policy as a list", swap(HEAD, "renormalise", "[zero]"), "YAML-05", Place(HEAD, 6)),
    ("exception for nobody", swap(HEAD, "renormalise", "{waitin: zero}"), "FOLDER-38", Place(HEAD, 6)),
    ("many digits", swap(HEAD, "renormalise", "zero\n  rounding: {digits: 99}"), "YAML-21", Place(HEAD, 7)),
    ("fewer than no digits", swap(HEAD, "renormalise", "zero\n  rounding: {digits: -1}"), "YAML-21", Place(HEAD, 7)),
    ("half a digit", swap(HEAD, "renormalise", "zero\n  rounding: {digits: 1.5}"), "YAML-18", Place(HEAD, 7)),
    ("norm in words", swap(HEAD, "waiting_norm: 14", "waiting_norm: две недели"), "YAML-17", Place(HEAD, 8)),
    ("norm with an exponent", swap(HEAD, "waiting_norm: 14", "waiting_norm: 1e999999"), "YAML-17", Place(HEAD, 8)),
    ("unknown norm", swap(HEAD, "waiting_norm: 14", "waiting_norn: 14"), "FOLDER-04", Place(HEAD, 8)),
    ("share as a norm", swap(HEAD, "waiting_norm: 14", "timely: 14"), "FOLDER-04", Place(HEAD, 8)),
    ("ranking by nothing", add(HEAD, "ranking_within: [sektor]\n"), "FOLDER-39", Place(HEAD, 9)),
    ("column of no question", add(HEAD, "columns: {Возраст: q99}\n"), "FOLDER-37", Place(HEAD, 9)),
    ("column with parts", add(HEAD, "columns: {Возраст: [q18]}\n"), "YAML-05", Place(HEAD, 9)),
    ("source outside", add(HEAD, "sources: {observations: ../other.csv}\n"), "FOLDER-40", Place(HEAD, 9)),
    ("absolute source", add(HEAD, "sources: {organisations: /etc/passwd}\n"), "FOLDER-40", Place(HEAD, 9)),
    ("source of no file", add(HEAD, "sources: {responses: [answers/*.csv]}\n"), "FOLDER-41", Place(HEAD, 9)),
    ("source of odd stars", add(HEAD, "sources: {responses: ['a**b']}\n"), "FOLDER-41", Place(HEAD, 9)),
]

REGISTER_CASES: list[Broken] = [
    ("no register", remove(REGISTER), "TABLE-01", Place(REGISTER)),
    ("empty register", write(REGISTER, ""), "TABLE-03", Place(REGISTER)),
    ("header only", write(REGISTER, "organisation,name,sector\n"), "TABLE-04", Place(REGISTER, 1)),
    ("no key column", swap(REGISTER, "organisation,name", "inn,name"), "FOLDER-05", Place(REGISTER, 1)),
    ("no category column", swap(REGISTER, "sector", "field"), "FOLDER-05", Place(REGISTER, 1)),
    ("no key", swap(REGISTER, "7702", ""), "FOLDER-06", Place(REGISTER, 3, "organisation")),
    ("doubled key", add(REGISTER, "7701,Ещё один,social,,\n"), "FOLDER-07", Place(REGISTER, 5, "organisation")),
    ("no name", swap(REGISTER, "Центр «Забота»", ""), "FOLDER-08", Place(REGISTER, 2, "name")),
    ("no sector", swap(REGISTER, "social", ""), "FOLDER-09", Place(REGISTER, 2, "sector")),
    ("unknown sector", swap(REGISTER, "culture", "theatre"), "FOLDER-10", Place(REGISTER, 3, "sector")),
    ("unknown form", swap(REGISTER, "; inpatient", "; hospital"), "FOLDER-10", Place(REGISTER, 4, "form")),
    ("half a recipient", swap(REGISTER, "120", "120.5"), "FOLDER-11", Place(REGISTER, 2, "recipients")),
    ("ragged row", swap(REGISTER, ",,300", ",300"), "TABLE-10", Place(REGISTER, 3)),
    ("quotes", swap(REGISTER, "Центр «Забота»", '"Центр "Забота""'), "TABLE-09", Place(REGISTER, 2)),
]

EVIDENCE_CASES: list[Broken] = [
    ("no item column", swap(EVIDENCE, "item,value,", "item,amount,"), "FOLDER-05", Place(EVIDENCE, 1)),
    ("no key column", swap(EVIDENCE, "organisation,item", "inn,item"), "FOLDER-05", Place(EVIDENCE, 1)),
    (
        "stranger",
        swap(EVIDENCE, "7702,remote_ways", "7792,remote_ways"),
        "FOLDER-13",
        Place(EVIDENCE, 12, "organisation"),
    ),
    ("nobody", swap(EVIDENCE, "7702,remote_ways", ",remote_ways"), "FOLDER-06", Place(EVIDENCE, 12, "organisation")),
    ("form it has not", swap(EVIDENCE, "7,inpatient", "7,home"), "FOLDER-14", Place(EVIDENCE, 20, "form")),
    ("unknown item", swap(EVIDENCE, "7702,remote_ways", "7702,remote_way"), "FOLDER-15", Place(EVIDENCE, 12, "item")),
    ("no item", swap(EVIDENCE, "7702,remote_ways", "7702,"), "FOLDER-42", Place(EVIDENCE, 12, "item")),
    ("doubled", add(EVIDENCE, "7701,stand_items,16,18,,,,\n"), "FOLDER-12", Place(EVIDENCE, 24, "item")),
    ("doubled over forms", add(EVIDENCE, "7703,site_items,7,10,,,,\n"), "FOLDER-12", Place(EVIDENCE, 24, "item")),
    ("doubled in one form", add(EVIDENCE, "7703,comfort_items,5,7,,,,\n"), "FOLDER-12", Place(EVIDENCE, 24, "item")),
    ("count over base", swap(EVIDENCE, ",16,18", ",18,16"), "FOLDER-26", Place(EVIDENCE, 2, "value")),
    ("no base", swap(EVIDENCE, ",16,18", ",16,"), "FOLDER-25", Place(EVIDENCE, 2, "value")),
    ("count of nobody", swap(EVIDENCE, ",124,10", ",124,0"), "FOLDER-26", Place(EVIDENCE, 23, "value")),
    ("negative", swap(EVIDENCE, ",16,18", ",-16,18"), "FOLDER-24", Place(EVIDENCE, 2, "value")),
    ("half a thing", swap(EVIDENCE, ",16,18", ",16.5,18"), "FOLDER-27", Place(EVIDENCE, 2, "value")),
    ("percent", swap(EVIDENCE, ",16,18", ",89%,18"), "FOLDER-16", Place(EVIDENCE, 2, "value")),
    ("slip of the hand", swap(EVIDENCE, ",16,18", ",0.96\\7,18"), "TABLE-51", Place(EVIDENCE, 2, "value")),
    ("text for a number", swap(EVIDENCE, ",16,18", ",шестнадцать,18"), "TABLE-46", Place(EVIDENCE, 2, "value")),
    ("text for a base", swap(EVIDENCE, ",16,18", ",16,все"), "TABLE-46", Place(EVIDENCE, 2, "base")),
    ("a date", swap(EVIDENCE, ",16,18", ",16.05.2024,18"), "TABLE-49", Place(EVIDENCE, 2, "value")),
    ("unknown cell", swap(EVIDENCE, "remote_ways.faq", "remote_ways.fax"), "FOLDER-18", Place(EVIDENCE, 6, "item")),
    ("cell of no checklist", add(EVIDENCE, "7701,timely.a,1,,,,,\n"), "FOLDER-17", Place(EVIDENCE, 24, "item")),
    ("cell neither yes nor no", swap(EVIDENCE, "email,да", "email,почти"), "FOLDER-19", Place(EVIDENCE, 5, "value")),
    (
        "unknown state",
        swap(EVIDENCE, "10,,,register", "10,,absent,register"),
        "FOLDER-20",
        Place(EVIDENCE, 23, "state"),
    ),
    ("given over the scale", swap(EVIDENCE, "ions,80", "ions,800"), "FOLDER-22", Place(EVIDENCE, 13, "value")),
    ("empty file", write(EVIDENCE, ""), "TABLE-03", Place(EVIDENCE)),
    ("nothing at all", remove(EVIDENCE, ANSWERS), "FOLDER-31", Place(".")),
]

ANSWER_CASES: list[Broken] = [
    ("no key column", swap(ANSWERS, "organisation,", "inn,"), "FOLDER-05", Place(ANSWERS, 1)),
    ("unknown answer", swap(ANSWERS, "\n7702,,1,да", "\n7702,,1,может"), "ANSWERS-05", Place(ANSWERS, 2, "q1")),
    ("doubled id", swap(ANSWERS, "outpatient,2,", "outpatient,1,"), "ANSWERS-03", Place(ANSWERS, 3, "id")),
    ("stranger", swap(ANSWERS, "\n7702,,1,", "\n7792,,1,"), "ANSWERS-06", Place(ANSWERS, 2, "organisation")),
    ("nobody", swap(ANSWERS, "\n7702,,1,", "\n,,1,"), "ANSWERS-07", Place(ANSWERS, 2, "organisation")),
    ("form missing", swap(ANSWERS, "outpatient,2,", ",2,"), "ANSWERS-09", Place(ANSWERS, 3, "form")),
    ("form it has not", swap(ANSWERS, "\n7702,,1,", "\n7702,home,1,"), "ANSWERS-09", Place(ANSWERS, 2, "form")),
    ("unknown form", swap(ANSWERS, "\n7702,,1,", "\n7702,дома,1,"), "FOLDER-10", Place(ANSWERS, 2, "form")),
    ("two columns for a question", swap(ANSWERS, ",q15", ",1"), "ANSWERS-12", Place(ANSWERS, 1, "1")),
    ("counted already", add(EVIDENCE, "7701,timely,9,10,,,,\n"), "FOLDER-43", Place(ANSWERS)),
    ("empty file", write(ANSWERS, ""), "TABLE-03", Place(ANSWERS)),
    ("a picture", write("responses/photo.jpg", b"\xff\xd8"), "TABLE-02", Place("responses/photo.jpg")),
    ("a damaged Parquet", write("responses/old.parquet", b"PAR1"), "TABLE-26", Place("responses/old.parquet")),
    ("no question at all", write(ANSWERS, "organisation,id\n7701,1\n"), "ANSWERS-11", Place(ANSWERS, 1)),
]

PUBLISHED_CASES: list[Broken] = [
    ("unknown subject", write(SHOWN, PUBLISHED + "7701,K1,88\n"), "FOLDER-29", Place(SHOWN, 4, "subject")),
    ("stranger", write(SHOWN, PUBLISHED + "7,overall,88\n"), "FOLDER-13", Place(SHOWN, 4, "organisation")),
    ("in words", write(SHOWN, PUBLISHED + "7701,comfort,почти 80\n"), "TABLE-46", Place(SHOWN, 4, "value")),
    ("percent", write(SHOWN, PUBLISHED + "7701,comfort,80%\n"), "FOLDER-16", Place(SHOWN, 4, "value")),
    ("no column", write(SHOWN, "organisation,value\n7701,1\n"), "FOLDER-05", Place(SHOWN, 1)),
]

WIDE_CASES: list[Broken] = [
    ("stranger", write(MORE, WIDE + "7792,1,2,1,2\n"), "FOLDER-13", Place(MORE, 2, "organisation")),
    ("ragged row", add(EVIDENCE, "7701,timely,1,2,x\n"), "TABLE-10", Place(EVIDENCE, 24)),
    ("unknown column", write(MORE, "organisation,timelly\n7701,1\n7702,1\n"), "FOLDER-15", Place(MORE, 1, "timelly")),
    (
        "base of nothing",
        write(MORE, "organisation,timely:base\n7701,1\n7702,1\n"),
        "FOLDER-15",
        Place(MORE, 1, "timely:base"),
    ),
    (
        "no base",
        write(MORE, "organisation,waiting_time,information_required\n7701,2,5\n"),
        "FOLDER-25",
        Place(MORE, 2, "waiting_time"),
    ),
    (
        "elsewhere already",
        write(MORE, "organisation,stand_items,stand_items:base\n7701,1,2\n"),
        "FOLDER-12",
        Place(MORE, 2, "stand_items"),
    ),
]

CASES = {
    f"{room}: {name}": (change, code, place)
    for room, cases in {
        "settings": SETTINGS_CASES,
        "register": REGISTER_CASES,
        "evidence": EVIDENCE_CASES,
        "answers": ANSWER_CASES,
        "published": PUBLISHED_CASES,
        "wide": WIDE_CASES,
    }.items()
    for name, change, code, place in cases
}


@pytest.mark.parametrize("case", CASES)
def test_one_break_is_one_problem(case: str, tmp_path: Path) -> None:
    change, code, place = CASES[case]
    folder = build(tmp_path / "оценка")
    change(folder)
    result, problems = opened(folder)
    if code == "FOLDER-31":
        place = Place(str(folder))
    assert [(found.code, found.place) for found in problems] == [(code, place)], problems
    assert problems[0].severity is Severity.ERROR
    assert result is None
    for language in ("ru", "en"):
        said = problem_words(language).say(code, **{**dict(problems[0].details), "file": place.file})
        assert "{" not in said


WARNINGS: list[Broken] = [
    ("given value no formula gives", swap(EVIDENCE, "ions,80", "ions,85"), "FOLDER-23", Place(EVIDENCE, 13, "value")),
    ("given for what does not apply", add(EVIDENCE, "7702,waiting,50,,,,,\n"), "FOLDER-32", Place(EVIDENCE, 24)),
    ("given against its parts", add(EVIDENCE, "7702,comfort_items,5,7,,,,\n"), "FOLDER-33", Place(EVIDENCE, 13)),
    (
        "unknown column of evidence",
        swap(EVIDENCE, "source,note", "source,notes"),
        "FOLDER-36",
        Place(EVIDENCE, 1, "notes"),
    ),
    ("unknown column of answers", swap(ANSWERS, ",q15", ",q15a"), "ANSWERS-01", Place(ANSWERS, 1)),
    ("no evidence rows", write(MORE, "organisation,item,value\n"), "TABLE-04", Place(MORE, 1)),
]


@pytest.mark.parametrize(
    ("change", "code", "place"), [case[1:] for case in WARNINGS], ids=[case[0] for case in WARNINGS]
)
def test_what_is_odd_is_a_warning_and_the_work_goes_on(change: Change, code: str, place: Place, tmp_path: Path) -> None:
    folder = build(tmp_path)
    change(folder)
    result, problems = opened(folder)
    assert [(found.code, found.place, found.severity) for found in problems] == [(code, place, Severity.WARNING)]
    assert result is not None


def encoded(encoding: str) -> Change:
    def change(folder: Path) -> None:
        for file, text in ((REGISTER, ORGANISATIONS), (EVIDENCE, OBSERVATIONS), (ANSWERS, responses())):
            (folder / file).write_bytes(text.replace("«", '"').replace("»", '"').replace('"', "").encode(encoding))

    return change


def delimited(delimiter: str) -> Change:
    def change(folder: Path) -> None:
        for file, text in ((REGISTER, ORGANISATIONS), (EVIDENCE, OBSERVATIONS), (ANSWERS, responses())):
            quoted = text.replace("outpatient; inpatient", '"outpatient; inpatient"')
            (folder / file).write_text(quoted.replace(",", delimiter), encoding="utf-8")

    return change


GOOD: dict[str, Change] = {
    "as built": swap(HEAD, "14", "14"),
    "decimal comma": swap(EVIDENCE, "waiting_time,124,10", 'waiting_time,"124,5",10'),
    "no data in words": swap(EVIDENCE, "waiting_time,124,10", "waiting_time,нет данных,"),
    "a dash": swap(EVIDENCE, "waiting_time,124,10", "waiting_time,–,–"),
    "thousands": swap(EVIDENCE, "waiting_time,124,10", "waiting_time,1 240,100"),
    "windows-1251": encoded("cp1251"),
    "utf-16": encoded("utf-16"),
    "byte order mark": encoded("utf-8-sig"),
    "semicolons": delimited(";"),
    "tabs": delimited("\t"),
    "other spellings": swap(REGISTER, "outpatient; inpatient", "ПОЛИКЛИНИКА ; стационар"),
    "a column left out": lambda folder: (
        swap(ANSWERS, ",q15", ",Имя")(folder),
        add(HEAD, "columns: {Имя: ignore}\n")(folder),
    )[-1],
    "a column assigned": lambda folder: (
        swap(ANSWERS, ",q15", ",Итог")(folder),
        add(HEAD, "columns: {Итог: q15}\n")(folder),
    )[-1],
    "questions by number": swap(ANSWERS, ",q15", ",15"),
    "answers with odd blanks": swap(ANSWERS, "\n7702,,1,да", "\n7702,,1,\u00a0ДА "),
    "no questionnaires": remove(ANSWERS),
    "published": write(SHOWN, PUBLISHED),
}


@pytest.mark.parametrize("case", GOOD)
def test_what_is_well_raises_nothing(case: str, tmp_path: Path) -> None:
    folder = build(tmp_path)
    GOOD[case](folder)
    result, problems = opened(folder)
    assert problems == []
    assert result is not None
    assert len(assess(result.case).rated.rows) == 3


def test_a_file_with_a_header_and_no_questionnaires_is_named(tmp_path: Path) -> None:
    folder = build(tmp_path)
    write(ANSWERS, responses().partition("\n")[0] + "\n")(folder)
    result, problems = opened(folder)
    assert [(found.code, found.place) for found in problems] == [("TABLE-04", Place(ANSWERS, 1))]
    assert result is not None
    assert result.survey.forms == 0


def test_close_codes_and_keys_are_suggested(tmp_path: Path) -> None:
    folder = build(tmp_path)
    swap(EVIDENCE, "7702,remote_ways", "7792,remote_way")(folder)
    _, problems = opened(folder)
    details = {found.code: dict(found.details) for found in problems}
    assert details["FOLDER-13"]["close"] == "7702"
    assert details["FOLDER-15"]["close"].startswith("remote_ways")


def test_bad_answers_name_their_rows_and_the_rest_is_counted(tmp_path: Path) -> None:
    folder = build(tmp_path)
    text = responses()
    write(ANSWERS, text.replace(",да\n", ",неясно\n"))(folder)
    _, problems = opened(folder)
    bad = [number for number, line in enumerate(text.splitlines(), start=1) if line.endswith(",да")]
    assert [found.place.row for found in problems if found.code == "ANSWERS-05"] == bad[:20]
    assert {found.place.column for found in problems} == {"q15"}


def test_a_formula_in_a_name_stays_text(tmp_path: Path) -> None:
    folder = build(tmp_path)
    name = '=HYPERLINK("http://example.org";"x")'
    swap(REGISTER, "Центр «Забота»", '"' + name.replace('"', '""') + '"')(folder)
    result, problems = opened(folder)
    assert problems == []
    assert result is not None
    assert result.case.table.units.organisations[0].name == name


def test_parquet_evidence_is_checked_like_any_other(tmp_path: Path) -> None:
    folder = build(tmp_path)
    (folder / EVIDENCE).unlink()
    table = {"organisation": ["7701", "7702"], "stand_items": [5, 9], "stand_items:base": [10, 8]}
    pl.DataFrame(table).write_parquet(folder / "observations.parquet")
    _, problems = opened(folder)
    assert [(found.code, found.place) for found in problems] == [
        ("FOLDER-26", Place("observations.parquet", 2, "stand_items"))
    ]


@pytest.mark.slow
def test_a_bad_answer_among_a_million_is_named_by_its_row(tmp_path: Path) -> None:
    folder = build(tmp_path)
    head, *_ = responses().splitlines()
    with (folder / ANSWERS).open("w", encoding="utf-8") as file:
        file.write(head + "\n")
        for number in range(1, 1_000_001):
            last = "дда" if number + 1 == 777_777 else "да"
            file.write(f"7701,,{number}," + "1," * 14 + last + "\n")
    _, problems = opened(folder)
    assert [(found.code, found.place) for found in problems] == [("ANSWERS-05", Place(ANSWERS, 777_777, "q15"))]
