"""`merilo tabulate --margins`: weights that meet known numbers of recipients, through the command's own path."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from merilo.assessment.stats.proportions import wilson
from tests.assessment.stats.weighted_samples import REFERENCE
from tests.cli.conftest import Merilo, Ran
from tests.cli.listed import contents
from tests.folder.margins_folder import BANDS, build, margins
from tests.render.recalculated import cells
from tests.render.word_file import body, texts

ALL = ("--minimum-base", "1")
SEX = "q17,женский,50\nq17,мужской,50\n"
AGE = "q18,18–59,60\nq18,60+,40\n"


@pytest.fixture
def houses(tmp_path: Path) -> Path:
    return build(tmp_path / "in")


def tabulated(merilo: Merilo, folder: Path, rows: str, *asked: str) -> Ran:
    return merilo("tabulate", folder, *asked, *BANDS, *ALL, "--margins", margins(folder, rows))


def shares(found: Any, code: str) -> list[float]:
    (question,) = [one for one in found["frequencies"] if one["code"] == code]
    return [answer["share"] for answer in question["answers"]]


def test_post_stratified_by_hand(merilo: Merilo, houses: Path) -> None:
    """By design women weigh 10 + 10 + 15 + 15 + 15 = 65 and men 10 + 10 + 15 = 35. To be 50 and 50 women are taken
    10/13 times and men 10/7 times. «Да» to q6 say a woman of 10 and two of 15 and a man of 10."""
    found = tabulated(merilo, houses, SEX, "q6", "q17", "--json").json
    women, men = 50 / 65, 50 / 35
    assert shares(found, "q6")[0] == pytest.approx(((10 + 15 + 15) * women + 10 * men) / 100, rel=1e-12)
    assert shares(found, "q17") == pytest.approx([0.5, 0.5])
    cost = found["calibration"]
    weights = [10 * women] * 2 + [10 * men] * 2 + [15 * women] * 3 + [15 * men]
    squares = sum(one**2 for one in weights)
    assert cost["method"] == "post_stratification"
    assert cost["design_effect"] == pytest.approx(8 * squares / 100**2)
    assert cost["effective_size"] == pytest.approx(100**2 / squares)
    assert cost["smallest_weight"] == pytest.approx(min(weights) * 8 / 100)
    assert cost["weight_ratio"] == pytest.approx(max(weights) / min(weights))
    assert (cost["sweeps"], cost["trimmed_share"], cost["recipients"]) == (1, 0, 100)


def test_raked_to_two_margins_by_hand(merilo: Merilo, tmp_path: Path) -> None:
    """A 2 × 2 of which the solution is seen: of equal weights, sex and age independent, every cell becomes
    share × share of the recipients."""
    cells_of = [("женский", 25), ("женский", 70), ("мужской", 25), ("мужской", 70)]
    rows = "".join(f"1,{'да' if place == 0 else 'нет'},да,{sex},{age}\n" for place, (sex, age) in enumerate(cells_of))
    folder = build(tmp_path / "in", rows * 2, recipients=(1000,))
    wanted = "q17,женский,700\nq17,мужской,300\nq18,18–59,400\nq18,60 и более,600\n"
    found = tabulated(merilo, folder, wanted, "q5", "q17", "q18", "--json").json
    assert found["calibration"]["method"] == "raking"
    assert shares(found, "q5")[0] == pytest.approx(0.7 * 0.4)  # only young women say «да»
    assert shares(found, "q17") == pytest.approx([0.3, 0.7])
    assert shares(found, "q18") == pytest.approx([0, 0.4, 0.6])


def test_crossed_in_any_order_of_the_variables(merilo: Merilo, houses: Path) -> None:
    rows = "q17*organisation,женский*1,25\norganisation × q17,1 × мужской,15\n"
    rows += "q17*organisation,женский*ДК-2,30\nq17*organisation,мужской*2,30\n"
    found = tabulated(merilo, houses, rows, "q17", "organisation", "--json").json
    assert found["calibration"]["margins"] == ["q17*organisation"]
    assert shares(found, "q17") == pytest.approx([0.45, 0.55])
    assert shares(found, "organisation") == pytest.approx([0.4, 0.6])


def test_those_without_an_answer_are_a_category_of_their_own(merilo: Merilo, houses: Path) -> None:
    answers = houses / "responses" / "2024.csv"
    answers.write_text(answers.read_text(encoding="utf-8").replace("1,да,да,женский,25", "1,да,да,,25"), "utf-8")
    found = tabulated(merilo, houses, SEX, "q6", "--json").json
    (problem,) = found["problems"]
    assert problem["code"] == "MARGINS-14"
    assert "1 опрошенный без ответа" in problem["message"]
    assert "10 получателей" in problem["message"]
    named = tabulated(merilo, houses, "q17,женский,45\nq17,мужской,45\nq17,нет ответа,10\n", "q6", "q17", "--json").json
    assert shares(named, "q17") == pytest.approx([0.5, 0.5])  # of those who answered
    women, men = 45 / 55, 45 / 35
    assert shares(named, "q6")[0] == pytest.approx((10 + 30 * women + 10 * men) / 100)


@pytest.mark.parametrize("case", REFERENCE["made_up"], ids=[case["name"] for case in REFERENCE["made_up"]])
def test_shares_and_intervals_agree_with_r(merilo: Merilo, tmp_path: Path, case: Any) -> None:
    """The made-up assessments of the reference: every stratum an organisation, y and n three questions."""
    codes, ages = ("q5", "q6", "q9"), (20, 40, 70)
    lines = []
    for place, stratum in enumerate(case["stratum"]):
        answers = [("да" if y else "нет") if n else "" for y, n in zip(case["y"][place], case["n"][place], strict=True)]
        sex = "женский" if case["sex"][place] else "мужской"
        lines.append(",".join([str(stratum + 1), *answers, sex, str(ages[case["age"][place]])]))
    head = ",".join(["organisation", *codes, "q17", "q18"]) + "\n"
    folder = build(tmp_path / "in", "\n".join(lines) + "\n", head, tuple(case["population"]))
    men_women, by_age = case["targets"]
    rows = f"q17,мужской,{men_women[0]:.0f}\nq17,женский,{men_women[1]:.0f}\n"
    bands = ("<30", "30-59", "60+")
    rows += "".join(f"q18,{band},{people:.0f}\n" for band, people in zip(bands, by_age, strict=True))
    path = margins(folder, rows)
    ran = merilo("tabulate", folder, *codes, "--bands", "q18=30,60", "--margins", path, "--json", *ALL)
    found = [one["answers"][0] for one in ran.json["frequencies"]]
    share, error = np.array(case["calibrated"]["shares"]), np.array(case["calibrated"]["share_errors"])
    np.testing.assert_allclose([one["share"] for one in found], share, rtol=1e-8)
    expected = wilson(share, share * (1 - share) / error**2)
    np.testing.assert_allclose([one["low"] for one in found], expected.low, rtol=1e-7)
    np.testing.assert_allclose([one["high"] for one in found], expected.high, rtol=1e-7)


def test_what_the_margins_fix_has_no_error(merilo: Merilo, houses: Path) -> None:
    found = tabulated(merilo, houses, SEX, "q17", "--json").json["frequencies"][0]["answers"]
    for answer in found:
        assert (answer["low"], answer["high"]) == pytest.approx((0.5, 0.5), abs=1e-6)


def test_trimming_keeps_the_margins(merilo: Merilo, houses: Path) -> None:
    """Post-stratified, men weigh 14.3, 14.3 and 21.4, of a mean of 12.5. Bounded by 1.5 means the third is 18.75, and
    the two others share what is left of the 50. Nobody else is near a bound."""
    path = margins(houses, SEX)
    asked = ("tabulate", houses, "q6", "q17", *BANDS, *ALL, "--margins", path, "--trim", "0,5;1,5", "--json")
    found = merilo(*asked).json
    cost = found["calibration"]
    assert cost["trim"] == [0.5, 1.5]
    assert cost["trimmed_share"] == 1 / 8
    assert cost["largest_weight"] == pytest.approx(1.5)
    assert cost["sweeps"] > 1
    assert shares(found, "q17") == pytest.approx([0.5, 0.5])
    assert shares(found, "q6")[0] == pytest.approx((40 * 50 / 65 + (50 - 18.75) / 2) / 100)
    assert found["weights"] == "calibrated"
    assert "Веса удержаны между 0,5 и 1,5 среднего" in merilo(*asked[:-1]).err


def test_bounds_that_do_not_go_with_the_margins_are_said_with_the_gap(merilo: Merilo, houses: Path) -> None:
    for rows, bounds in ((SEX, "0.7,1.2"), (SEX + AGE, "0.5,1.6"), (SEX + AGE, "0.6,1.8")):
        ran = merilo("tabulate", houses, "q6", *BANDS, "--margins", margins(houses, rows), "--trim", bounds, "--json")
        (found,) = ran.json["problems"]
        assert (ran.code, found["code"]) == (1, "MARGINS-16")
        assert "наибольшее расхождение с числами получателей" in found["message"]


def test_where_looks_at_a_part_under_weights_of_the_whole(merilo: Merilo, houses: Path) -> None:
    found = tabulated(merilo, houses, SEX, "q6", "--where", "q17=женский", "--json").json
    assert shares(found, "q6")[0] == pytest.approx(40 / 65)
    assert found["calibration"]["respondents"] == 8


def test_every_output_says_what_the_weights_cost(merilo: Merilo, houses: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = margins(houses, SEX + AGE)
    asked = ("tabulate", houses, "q6", "--by", "q17", *BANDS, *ALL, "--margins", path, "--format", "xlsx,docx")
    ran = merilo(*asked)
    assert ran.code == 0
    assert "Проверка связи считает приведенные веса заданными заранее" in ran.err
    assert "Оценки и рейтинг так не взвешиваются" in ran.err
    assert "Рейкинг по «17. " in ran.err
    lines = dict(line.split("\t") for line in ran.out.splitlines() if line.count("\t") == 1)
    book = {row[0]: row[1] for row in cells(houses / "out" / "tabulate.xlsx")["Веса"] if len(row) > 1}
    assert len(lines) == len(book) == 12
    assert lines["Опрошено, человек"] == "8"
    assert book["Опрошено, человек"] == 8
    assert book.keys() == lines.keys()
    captions = texts(body(houses / "out" / "tabulate.docx"), "Caption")
    assert any("Веса, приведенные к известной численности" in one for one in captions)
    written = contents(houses / "out")
    merilo(*asked)
    assert contents(houses / "out") == written
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    assert "Эффект дизайна Киша" in merilo(*asked).out


def test_scores_do_not_change(merilo: Merilo, houses: Path) -> None:
    before = merilo("score", houses, "--json").out
    tabulated(merilo, houses, SEX, "q6")
    assert merilo("score", houses, "--json").out == before


REFUSED = [
    (["--trim", "0.5,2"], "TABULATE-TRIM-ALONE"),
    (["--margins", "m.csv", "--trim", "2"], "TABULATE-BAD-TRIM"),
    (["--margins", "m.csv", "--trim", "2,3"], "TABULATE-BAD-TRIM"),
    (["--margins", "m.csv", "--trim", "0,три"], "TABULATE-BAD-TRIM"),
    (["--margins", "m.csv", "--weights", "none"], "TABULATE-ONE-MODE"),
    (["--margins", "m.csv", "--correlations"], "TABULATE-ONE-MODE"),
    (["--margins", "m.csv", "--drivers", "q15"], "TABULATE-ONE-MODE"),
    (["--margins", "m.csv"], "TABLE-01"),
]


@pytest.mark.parametrize(("options", "code"), REFUSED, ids=[" ".join(options) for options, _ in REFUSED])
@pytest.mark.parametrize("language", ["ru", "en"])
def test_options_that_do_not_go_together(
    merilo: Merilo, houses: Path, options: list[str], code: str, language: str
) -> None:
    ran = merilo("--lang", language, "tabulate", houses, *options, "--json")
    assert ran.code == 1
    (found,) = ran.json["problems"]
    assert found["code"] == code
    assert "{" not in found["message"]
