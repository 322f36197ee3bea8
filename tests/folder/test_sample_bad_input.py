"""A plan or a draw with one thing broken: one problem with the right code and place, sayable in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from merilo.assessment.errors import Place, Problem, Severity
from merilo.assessment.located import Mapping, Node, Scalar
from merilo.assessment.sampling.draw import DrawMethod
from merilo.cli.problems import problem_words, sentence
from merilo.folder.sample_draw import DrawSizes, draw_from
from merilo.folder.sample_list import ListColumns
from merilo.folder.sample_plan import OpenedPlan, make_plan
from tests.folder.sample_folder import LIST, POPULATIONS, build_sample
from tests.folder.small_folder import Change, add, build, swap, write

HEAD, REGISTER, PEOPLE = "assessment.yaml", "organisations.csv", "populations.csv"


def keep(folder: Path) -> None:
    """Nothing is broken."""


def cell(column: str) -> Place:
    return Place(REGISTER, None, column)


def people(old: str, new: str) -> Change:
    assert POPULATIONS.count(old) == 1
    return write(PEOPLE, POPULATIONS.replace(old, new))


def more(line: str) -> Change:
    return write(PEOPLE, f"{POPULATIONS}{line}\n")


def night(folder: Path) -> None:
    write(PEOPLE, POPULATIONS)(folder)
    swap(REGISTER, "recipients:day", "recipients:night")(folder)


Broken = tuple[str, Change, dict[str, str], str, Place]

ERRORS: list[Broken] = [
    ("a share of 40", swap(HEAD, "share: 0.5", "share: 40"), {}, "SAMPLE-01", Place(HEAD, 6)),
    ("an exponent above 1", keep, {"budget": "200", "allocation": "power", "power": "3"}, "SAMPLE-01", Place("--")),
    ("a cap of 0", add(HEAD, "  cap: 0\n"), {}, "SAMPLE-02", Place(HEAD, 8)),
    ("a negative t", add(HEAD, "  t: -2\n"), {}, "SAMPLE-02", Place(HEAD, 8)),
    ("a budget of 0", keep, {"budget": "0"}, "SAMPLE-02", Place("--")),
    ("a margin of a plain share", swap(HEAD, "finite_population", "share"), {}, "SAMPLE-03", Place(HEAD, 7)),
    ("t and a level", add(HEAD, "  t: 2\n  level: 0.95\n"), {}, "SAMPLE-04", Place(HEAD, 8)),
    ("an allocation of nothing", keep, {"allocation": "equal"}, "SAMPLE-06", Place("--")),
    ("an unknown rule", swap(HEAD, "finite_population", "order_1"), {}, "SAMPLE-07", Place(HEAD, 5)),
    ("a quota of 0", add(HEAD, "  channels: {phone: 0, site: 1}\n"), {}, "SAMPLE-09", Place(HEAD, 8)),
    ("no deviations", keep, {"budget": "200", "allocation": "neyman"}, "SAMPLE-12", Place(HEAD, 5)),
    ("more than there are", keep, {"budget": "4000"}, "SAMPLE-13", Place(HEAD, 5)),
    ("fewer than the minimum", keep, {"budget": "30", "minimum": "10"}, "SAMPLE-13", Place(HEAD, 5)),
    ("a missing form", add(HEAD, "  budget: 90\n  forms: {day: 1, home: 1}\n"), {}, "SAMPLE-14", Place(HEAD, 5)),
    ("no recipients", swap(REGISTER, "residential,76", "residential,"), {}, "SAMPLE-20", cell("recipients")),
    ("no recipients of a form", swap(REGISTER, "300,440", ",440"), {}, "SAMPLE-21", cell("recipients:day")),
    ("words for a form", swap(REGISTER, "300,440", "много,440"), {}, "SAMPLE-24", cell("recipients:day")),
    ("a form it lacks", swap(REGISTER, "76,,", "76,5,"), {}, "SAMPLE-25", cell("recipients:day")),
    ("an unknown form", night, {}, "SAMPLE-15", cell("recipients:night")),
    ("a doubled line", more("7703,home,5,1"), {}, "SAMPLE-26", Place(PEOPLE, 6, "organisation")),
    ("a form of others", people("7703,,", "7703,day,"), {}, "SAMPLE-27", Place(PEOPLE, 5, "form")),
    ("no form of several", people("7702,home", "7702,"), {}, "SAMPLE-27", Place(PEOPLE, 4, "form")),
    ("a spread in words", people('"0,50"', "велик"), {}, "SAMPLE-28", Place(PEOPLE, 5, "deviation")),
    ("a stranger", more("7799,,5,1"), {}, "FOLDER-13", Place(PEOPLE, 6, "organisation")),
    ("no keys", write(PEOPLE, "org,recipients\n7701,5\n"), {}, "FOLDER-05", Place(PEOPLE, 1)),
    ("no such file", keep, {"populations": "people.csv"}, "TABLE-01", Place("people.csv")),
    ("a typing mistake", swap(HEAD, "margin:", "margins: 1\n  margin:"), {}, "YAML-08", Place(HEAD, 7)),
    ("an unknown allocation", keep, {"budget": "9", "allocation": "fair"}, "YAML-06", Place("--")),
]
WARNINGS: list[Broken] = [
    ("fewer than the rule", keep, {"budget": "200"}, "SAMPLE-11", Place(HEAD, 5)),
    ("nobody at all", swap(REGISTER, "residential,76", "residential,0"), {}, "SAMPLE-22", Place(REGISTER)),
    ("more in a form than in all", swap(REGISTER, "300,440", "300,900"), {}, "SAMPLE-23", Place(REGISTER)),
    ("fewer in forms than in all", swap(REGISTER, "740", "800"), {}, "SAMPLE-29", Place(REGISTER)),
]


def plan(folder: Path, options: dict[str, str]) -> tuple[OpenedPlan | None, list[Problem]]:
    problems: list[Problem] = []
    entries: dict[str, Node] = {key: Scalar(text, Place("--")) for key, text in options.items()}
    return make_plan(folder, Mapping(entries, Place("--")), problems), problems


@pytest.mark.parametrize(("_", "change", "options", "code", "place"), ERRORS, ids=[one[0] for one in ERRORS])
def test_one_thing_wrong_is_one_problem(
    tmp_path: Path, _: str, change: Change, options: dict[str, str], code: str, place: Place
) -> None:
    change(build_sample(tmp_path))
    found, problems = plan(tmp_path, options)
    assert found is None
    assert {one.code for one in problems} == {code}
    assert problems[0].place == place
    assert problems[0].severity is Severity.ERROR
    assert_sayable(problems)


@pytest.mark.parametrize(("_", "change", "options", "code", "place"), WARNINGS, ids=[one[0] for one in WARNINGS])
def test_what_is_only_doubtful_is_a_warning(
    tmp_path: Path, _: str, change: Change, options: dict[str, str], code: str, place: Place
) -> None:
    change(build_sample(tmp_path))
    found, problems = plan(tmp_path, options)
    assert found is not None
    assert [(one.code, one.place, one.severity) for one in problems] == [(code, place, Severity.WARNING)]
    assert_sayable(problems)


def test_every_unknown_number_is_told_in_one_run(tmp_path: Path) -> None:
    folder = build_sample(tmp_path)
    swap(REGISTER, "residential,76", "residential,")(folder)
    swap(REGISTER, "300,440", ",")(folder)
    _, problems = plan(folder, {})
    assert [one.code for one in problems] == ["SAMPLE-20", "SAMPLE-21", "SAMPLE-21"]


def test_a_methodology_without_a_rule_asks_for_one(tmp_path: Path) -> None:
    folder = build_sample(tmp_path)
    (folder / HEAD).write_text("methodology: ru-kaluga-2023\ntitle: О\nperiod: 2027\n", encoding="utf-8")
    (folder / REGISTER).write_text("organisation,name,recipients\n1,Отдел,100\n", encoding="utf-8")
    for options, code in (({}, "SAMPLE-05"), ({"share": "0.3"}, "SAMPLE-08")):
        found, problems = plan(folder, options)
        assert found is None
        assert code in [one.code for one in problems]
        assert_sayable(problems)
    found, _ = plan(folder, {"rule": "share", "share": "0.3"})
    assert found is not None
    assert found.plan.size == 30


def test_an_organisation_no_rule_applies_to(tmp_path: Path) -> None:
    folder = build_sample(tmp_path)
    edition = "ru-krasnoyarsk-2024"
    (folder / HEAD).write_text(f"methodology: {edition}\ntitle: О\nperiod: 2027\nsample: {{rule: office_registered}}\n")
    register = "organisation,name,kind,recipients\n1,Отделение,office,200\n2,Центр,institution,100\n"
    (folder / REGISTER).write_text(register, encoding="utf-8")
    found, problems = plan(folder, {})
    assert found is None
    assert [one.code for one in problems] == ["SAMPLE-10"]
    assert_sayable(problems)


def test_previous_results_without_a_survey_have_no_spread(tmp_path: Path) -> None:
    folder = build_sample(tmp_path / "plan")
    before = build(tmp_path / "before")
    (before / "responses" / "2024.csv").unlink()
    problems: list[Problem] = []
    options: dict[str, Node] = {"budget": Scalar("200", Place("--")), "allocation": Scalar("neyman", Place("--"))}
    assert make_plan(folder, Mapping(options, Place("--")), problems, before) is None
    assert {one.code for one in problems} <= {"SAMPLE-50", "SAMPLE-51"}
    assert_sayable(problems)


LISTS: list[tuple[str, str, ListColumns, str, Place]] = [
    ("no such column", LIST, ListColumns("карточка"), "SAMPLE-30", Place("list.csv", 1)),
    ("nobody", "карта\n", ListColumns("карта"), "SAMPLE-31", Place("list.csv", 1)),
    (
        "an empty key",
        LIST.replace("К-03,7701", "К-03,"),
        ListColumns("карта", "организация"),
        "SAMPLE-32",
        Place("list.csv", 4, "организация"),
    ),
    ("a doubled card", LIST.replace("К-03", "К-01"), ListColumns("карта"), "SAMPLE-33", Place("list.csv", 4, "карта")),
]


@pytest.mark.parametrize(("_", "text", "columns", "code", "place"), LISTS, ids=[one[0] for one in LISTS])
def test_a_list_nobody_can_be_drawn_from(
    tmp_path: Path, _: str, text: str, columns: ListColumns, code: str, place: Place
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")
    problems: list[Problem] = []
    assert draw_from(path, columns, DrawSizes(size=1), DrawMethod.SIMPLE, "7", problems) is None
    errors = [one for one in problems if one.severity is Severity.ERROR]
    assert [one.code for one in errors] == [code]
    assert Path(errors[0].place.file).name == place.file
    assert (errors[0].place.row, errors[0].place.column) == (place.row, place.column)
    assert_sayable(problems)


def test_many_wrong_cells_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("карта\n" + "К\n" * 60, encoding="utf-8")
    problems: list[Problem] = []
    assert draw_from(path, ListColumns("карта"), DrawSizes(size=1), DrawMethod.SIMPLE, "7", problems) is None
    assert [one.code for one in problems] == ["SAMPLE-33"] * 20 + ["SAMPLE-34"]
    assert dict(problems[-1].details) == {"more": "39"}


@pytest.mark.parametrize(
    "cells",
    [
        ["+7 912 345-67-89", "8(912)3456788"],
        ["a@b.ru", "c@d.ru"],
        ["112-233-445 95", "112-233-446 95"],
        ["Иван Первый", "Петр Второй"],
    ],
)
def test_personal_data_in_place_of_numbers_are_warned_of(tmp_path: Path, cells: list[str]) -> None:
    path = tmp_path / "list.csv"
    path.write_text("\n".join(["карта", *cells]) + "\n", encoding="utf-8")
    problems: list[Problem] = []
    assert draw_from(path, ListColumns("карта"), DrawSizes(size=1), DrawMethod.SIMPLE, "7", problems) is not None
    assert [(one.code, one.severity) for one in problems] == [("SAMPLE-39", Severity.WARNING)]
    path.write_text("карта\nК-00012\n2027/144\n", encoding="utf-8")
    problems.clear()
    assert draw_from(path, ListColumns("карта"), DrawSizes(size=1), DrawMethod.SIMPLE, "7", problems) is not None
    assert problems == []
    assert_sayable(problems)


PLANS: list[tuple[str, str, str, str]] = [
    (
        "forms without a column",
        "organisation,form,size\n7701,residential,2\n7702,day,2\n7702,home,2\n",
        "",
        "SAMPLE-35",
    ),
    (
        "a size in words",
        "organisation,form,size\n7701,residential,два\n7702,day,2\n7702,home,2\n",
        "форма",
        "SAMPLE-37",
    ),
    ("a row less", "organisation,form,size\n7701,residential,2\n7702,day,2\n", "форма", "SAMPLE-38"),
    ("no sizes", "organisation,form\n7701,residential\n", "форма", "FOLDER-05"),
]


@pytest.mark.parametrize(("_", "text", "form", "code"), PLANS, ids=[one[0] for one in PLANS])
def test_a_plan_that_does_not_fit_the_list(tmp_path: Path, _: str, text: str, form: str, code: str) -> None:
    path, planned = tmp_path / "list.csv", tmp_path / "plan.csv"
    path.write_text(LIST, encoding="utf-8")
    planned.write_text(text, encoding="utf-8")
    problems: list[Problem] = []
    columns = ListColumns("карта", "организация", form)
    assert draw_from(path, columns, DrawSizes(planned), DrawMethod.SIMPLE, "7", problems) is None
    assert code in [one.code for one in problems]
    assert_sayable(problems)


def assert_sayable(problems: list[Problem]) -> None:
    for language in ("ru", "en"):
        for one in problems:
            assert sentence(one, problem_words(language))
