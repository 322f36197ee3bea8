"""A methodology broken in one place: one problem with the right code; a worked example that does not come out."""

from __future__ import annotations

from pathlib import Path

import pytest

from merilo.assessment.errors import Problem
from merilo.pack import Pack, open_pack
from merilo.shelf import wording
from merilo.worked_examples import check_examples

SMALL = """\
id: small
version: "1"
title: Маленькая методика
title_en: A small methodology
status: inferred
scale: {min: 0, max: 100, unit: [балл, балла, баллов]}
categories:
  - code: sector
    name: Сфера
    values:
      - {code: social, name: Социальная}
      - {code: health, name: Здравоохранение}
states:
  - {code: absent, name: нет канала, effect: not_applicable}
quantities:
  - {code: happy, name: Довольны, source: survey, question: q2, counted: ["yes"]}
  - {code: ways, name: Способы связи, kind: count, source: desk_review, states: [absent]}
  - {code: waited, name: Ожидание, kind: measure, source: register}
  - {code: norm, name: Норматив, kind: norm, source: register}
criteria:
  - code: comfort
    name: Комфорт
    indicators:
      - code: share
        name: Доля
        clause: "1"
        status: inferred
        weight: 0.4
        formula: {kind: ratio, quantity: happy}
      - code: means
        name: Способы
        clause: "2"
        status: inferred
        weight: 0.6
        formula: {kind: count_capped, quantity: ways, points: 50}
weights:
  - {code: act, name: как в акте, kind: fixed, status: inferred, criteria: {comfort: 1}}
ranking_within: [sector]
norms:
  - {code: n, name: Норма, subject: share, comparison: at_least, value: 90, clause: "3", status: inferred}
questionnaire:
  answer_scales:
    yes_no:
      options:
        - {code: "yes", value: 1, text: Да}
        - {code: "no", value: 0, text: Нет}
  questions:
    - {code: q1, answers: yes_no, text: Пользовались?}
    - {code: q2, answers: yes_no, asked_if: {question: q1, answers: ["yes"]}, text: Довольны?}
"""
EXAMPLE = """\
examples:
  - name: "Половина довольна"
    organisation: {sector: social}
    observations:
      happy: {count: 5, base: 10}
      ways: {count: 1}
    expect: {share: 50, means: 50.0, overall: 50.00}
"""
CAPPED = "{kind: count_capped, quantity: ways, points: 50}"
STEPS = "{kind: steps, quantity: waited, norm: norm, half: 100, shorter_by: {3: 60}}"


def bands(text: str) -> str:
    return f"{{kind: bands, of: {{kind: ratio, quantity: happy}}, bands: [{text}]}}"


# A code written twice, or a value nobody has, makes weights wrong as well.
FOLLOWED = ("EDITION-06", "EDITION-14", "EDITION-23")
BROKEN: list[tuple[str, str, str]] = [
    ("{code: ways, name: Способы связи,", "{code: happy, name: Способы связи,", "EDITION-06"),
    (CAPPED, "{kind: mean_of, items: []}", "EDITION-01"),
    (CAPPED, "{kind: median, quantity: ways}", "EDITION-02"),
    (CAPPED, bands("{below: 50, points: 0}, {below: 90, points: 100}"), "EDITION-03"),
    (CAPPED, bands("{below: 50, points: 0}, {below: 10, points: 50}, {points: 100}"), "EDITION-04"),
    (CAPPED, f"{{kind: normalise, of: {CAPPED}, worst: 5, best: 5, scale: 100}}", "EDITION-05"),
    ("asked_if: {question: q1,", "asked_if: {question: q3,", "EDITION-07"),
    ('{code: "no", value: 0', '{code: "no", value: 1', "EDITION-08"),
    ('{code: "no", value: 0, text: Нет}', '{code: "no", value: 0, text: "да "}', "EDITION-30"),
    ("{code: q1, answers: yes_no", "{code: q1, answers: yes_or_no", "EDITION-09"),
    ("quantity: ways", "quantity: waze", "EDITION-10"),
    ("subject: share", "subject: shares", "EDITION-11"),
    ("criteria: {comfort: 1}", "criteria: {comfort: 1, courtesy: 0}", "EDITION-12"),
    (
        "\nstates:",
        "\n  - {code: a, name: A, scored_apart: true}\n  - {code: b, name: B, scored_apart: true}\nstates:",
        "EDITION-13",
    ),
    ("weight: 0.6", "weight: 0.6\n        applies_to: {sector: [theatre]}", "EDITION-14"),
    (CAPPED, f"{{kind: by_category, category: field, cases: {{social: {CAPPED}}}}}", "EDITION-14"),
    ("weight: 0.6", "weight: 0.5", "EDITION-15"),
    ("criteria: {comfort: 1}", "criteria: {comfort: 0.9}", "EDITION-16"),
    ("points: 50}", "points: 50, cap: 90}", "EDITION-17"),
    ("min: 0, max", "min: 1, max", "EDITION-18"),
    ("states: [absent]", "states: [present]", "EDITION-19"),
    ("kind: count, source: desk", "kind: choice, source: desk", "EDITION-20"),
    ("status: inferred\nscale", "status: inferred\nvalid_from: 2024-02-01\nvalid_to: 2024-01-01\nscale", "EDITION-21"),
    ("question: q2", "question: q5", "EDITION-22"),
    ('counted: ["yes"]', 'counted: ["yess"]', "EDITION-23"),
    ('asked_if: {question: q1, answers: ["yes"]}', 'asked_if: {question: q1, answers: ["maybe"]}', "EDITION-24"),
    ("\ncategories:", "\npolicies: {empty_group: {share: zero, shares: full}}\ncategories:", "EDITION-26"),
    ("ranking_within: [sector]", "ranking_within: [sektor]", "EDITION-27"),
    ("points: 50}", "points: 0}", "EDITION-28"),
    ("text: Нет}", 'text: Нет, also: ["-"]}', "EDITION-29"),
    ("text: Нет}", "text: Н/Д}", "EDITION-29"),
    (
        "kind: count, source: desk_review",
        "kind: choice, options: [{value: 0, name: нет данных}], source: desk_review",
        "EDITION-29",
    ),
    ('{code: "yes", value: 1, text: Да}', '{code: "yes", value: 1, text: Да, missing: true}', "EDITION-23"),
    ("answers: yes_no, text: Пользовались?", "kind: many, answers: yes_no, text: Пользовались?", "YAML-06"),
    ("points: 50}", "points: -5}", "EDITION-28"),
    (CAPPED, STEPS.replace("3: 60", "three: 60"), "YAML-17"),
    ("weight: 0.6", "weight: 0,6", "YAML-17"),
    ("weight: 0.6", "weight: 6e-1", "YAML-17"),
    ("value: 90", "value: 1/0", "YAML-17"),
    ("status: inferred\nscale", "status: inferred\nvalid_from: 01.02.2024\nscale", "YAML-19"),
    ("name: Сфера\n", "name: Сфера\n    required: да\n", "YAML-20"),
    ("status: inferred\nscale", "status: sure\nscale", "YAML-06"),
    ("\ncriteria:", "\ncriteria: nothing\nx:", "YAML-07"),
]


@pytest.mark.parametrize(("old", "new", "code"), BROKEN, ids=[f"{code} {new[:30]!r}" for _, new, code in BROKEN])
def test_one_break_is_named(old: str, new: str, code: str, tmp_path: Path) -> None:
    assert SMALL.count(old) == 1, f"{SMALL.count(old)} × {old!r}"
    pack, problems = opened(tmp_path, SMALL.replace(old, new))
    assert pack is None
    assert code in {found.code for found in problems}
    if code.startswith("EDITION") and code not in FOLLOWED:
        assert [found.code for found in problems] == [code]
    assert all(found.place.file.endswith(".yaml") and found.place.row for found in problems)
    for language in ("ru", "en"):
        catalogue = wording(language, "problems-yaml", "problems-editions")
        for found in problems:
            assert "{" not in catalogue.say(found.code, **dict(found.details)).replace(new, "")


def test_an_unknown_kind_of_question_is_refused_with_the_kinds_there_are(tmp_path: Path) -> None:
    text = SMALL.replace("{code: q1, answers", "{code: q1, kind: many, answers")
    _, problems = opened(tmp_path, text)
    (found,) = problems
    assert ("expected", "one, several, number, text") in found.details


def test_the_small_methodology_is_sound(tmp_path: Path) -> None:
    pack, problems = opened(tmp_path, SMALL, EXAMPLE)
    assert pack is not None, problems
    assert check_examples(pack) == (1, [])


def test_a_folder_without_files_is_no_methodology(tmp_path: Path) -> None:
    problems: list[Problem] = []
    assert open_pack(tmp_path, problems) is None
    assert [found.code for found in problems] == ["EDITION-25"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("overall: 50.00", "overall: 50.01", "EXAMPLE-04"),
        ("overall: 50.00", "overall: 1/0", "EXAMPLE-04"),
        ("overall: 50.00", "overall: no_data", "EXAMPLE-04"),
        ("overall: 50.00", "total: 50", "EXAMPLE-03"),
        ("ways: {count: 1}", "wayz: {count: 1}", "EXAMPLE-02"),
        ("ways: {count: 1}", "wayz: {given: 1}", "EXAMPLE-02"),
        ("    expect", "    weights: draft\n    expect", "EXAMPLE-01"),
    ],
)
def test_an_example_that_does_not_come_out_is_named(old: str, new: str, code: str, tmp_path: Path) -> None:
    assert EXAMPLE.count(old) == 1
    pack, problems = opened(tmp_path, SMALL, EXAMPLE.replace(old, new))
    assert pack is not None, problems
    _, found = check_examples(pack)
    assert code in {one.code for one in found}
    assert all(one.place.file == "examples/one.yaml" and one.place.row for one in found)


def opened(folder: Path, methodology: str, example: str = "") -> tuple[Pack | None, list[Problem]]:
    (folder / "edition.yaml").write_text(methodology, encoding="utf-8")
    if example:
        (folder / "examples").mkdir()
        (folder / "examples" / "one.yaml").write_text(example, encoding="utf-8")
    problems: list[Problem] = []
    return open_pack(folder, problems), problems
