"""The figures in the pages about the sample are those the program gives."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from merilo.assessment.errors import Place, Problem
from merilo.assessment.located import Mapping, Scalar
from merilo.assessment.sampling.draw import DrawMethod
from merilo.assessment.sampling.power import PowerDesign, ScoreSpread, forecast_places, needed_size
from merilo.assessment.sampling.size import required_size
from merilo.folder.sample_draw import DrawSizes, draw_from
from merilo.folder.sample_list import ListColumns
from merilo.folder.sample_plan import make_plan, plan_header, plan_rows
from merilo.pack import open_pack, shipped
from merilo.shelf import EDITIONS
from tests.docs.pages import PAIRS, fenced, rows

BOTH = pytest.mark.parametrize("name", PAIRS["sample"])


def example(name: str, folder: Path) -> Path:
    for file, text in fenced(name).items():
        (folder / file).write_text(text, encoding="utf-8")
    return folder


def planned(folder: Path, **options: str) -> list[dict[str, str]]:
    problems: list[Problem] = []
    place = Place("--")
    found = make_plan(folder, Mapping({key: Scalar(text, place) for key, text in options.items()}, place), problems)
    assert found is not None, problems
    header = plan_header(found.plan)
    return [dict(zip(header, map(str, row), strict=True)) for row in plan_rows(found.plan)]


@BOTH
def test_sizes_by_the_rules_of_the_editions(name: str) -> None:
    packs = [pack for code in shipped() if (pack := open_pack(EDITIONS / code, []))]
    rules = {rule.code: rule.size for pack in packs for rule in pack.edition.sampling}
    table = rows(name, "sizes")
    assert {row[0].strip("|` ") for row in table} == set(rules)
    for row in table:
        assert required_size(int(row[1]), rules[row[0].strip("|` ")]) == int(row[2].strip("| "))


@BOTH
def test_the_plan_of_the_example(name: str, tmp_path: Path) -> None:
    found = planned(example(name, tmp_path))
    kept = ("organisation", "form", "recipients", "required", "size", "percent", "error", "reserve")
    for row, written in zip(found, rows(name, "plan"), strict=True):
        quotas = [value for column, value in row.items() if column.startswith("quota:")]
        assert [*(row[column] for column in kept), *quotas] == [cell.strip("| ") for cell in written]


@BOTH
def test_the_allocations_of_the_example(name: str, tmp_path: Path) -> None:
    folder = example(name, tmp_path)
    names = ("proportional", "equal", "neyman", "power")
    sizes = {one: planned(folder, budget="200", minimum="20", allocation=one) for one in names}
    for place, written in enumerate(rows(name, "allocations")):
        assert [sizes[one][place]["size"] for one in names] == [cell.strip("| ") for cell in written[1:]]


@BOTH
def test_the_draw_of_the_example(name: str, tmp_path: Path) -> None:
    lines = ["card", *(f"K-{number:02d}" for number in range(1, 11))]
    path = tmp_path / "list.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    columns = ListColumns(identifier="card")
    sizes = DrawSizes(size=3, reserve=Fraction(2))
    found = draw_from(path, columns, sizes, DrawMethod.SIMPLE, "minutes 7", [])
    assert found is not None
    drawn = [
        [str(one.order), "reserve" if one.is_reserve else "main", str(one.person.row), one.person.identifier]
        for one in found.drawn
    ]
    assert drawn == [[cell.strip("| ") for cell in row] for row in rows(name, "draw")]


@BOTH
def test_the_forecast_of_the_example(name: str) -> None:
    spread = ScoreSpread(np.array([70.0, 74, 78, 82, 86, 90]), np.full(6, 25.0), np.full(6, 400.0))
    found = forecast_places(spread, np.full(6, 50), PowerDesign())
    printed = {row[0].strip("|` "): row[1] for row in rows(name, "power")}
    assert printed == {
        "error": f"{found.errors[0]:.2f}",
        "critical": f"{found.critical:.2f}",
        "probability 5": f"{100 * found.chance(5):.0f} %",
        "probability 10": f"{100 * found.chance(10):.0f} %",
        "probability 20": f"{100 * found.chance(20):.0f} %",
        "width": f"{found.widths.mean():.1f}",
        "pairs_apart": f"{100 * found.pairs_apart:.0f} %",
        "needed 10": str(needed_size(spread, 10, 0.8, PowerDesign())),
    }
