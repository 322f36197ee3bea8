"""Charts as SVG: well-formed, safe, spoken, and every value where it belongs."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from merilo.assessment.reporting.charts import ChartSpec, Series
from merilo.render.chart_text import shown, values_text
from merilo.render.svg import chart_svg
from tests.render.sample import BARS, CHANGES, COLUMNS, MANY, PLAIN

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("chart", [BARS, COLUMNS, CHANGES, MANY], ids=["bars", "columns", "changes", "many"])
def test_the_picture_is_accessible(chart: ChartSpec) -> None:
    root = _parsed(chart)
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "here-title here-text"
    assert [node.get("id") for node in root[:2]] == ["here-title", "here-text"]
    assert root[0].text == chart.title
    assert (root[1].text or "").replace("\x07", "") == values_text(chart, "ru").replace("\x07\x1b", "")


def test_hostile_names_are_text() -> None:
    root = _parsed(replace(BARS, title=PLAIN))
    assert root[0].text == PLAIN
    assert {node.tag.removeprefix(SVG) for node in root.iter()} <= {"svg", "title", "desc", "text", "rect", "line"}


def test_numbers_use_the_sign_of_the_language() -> None:
    assert "88,3" in _texts(_parsed(BARS))
    assert "88.3" in _texts(_parsed(BARS, "en"))


def test_a_value_that_is_not_there_has_no_bar() -> None:
    assert len(_bars(BARS)) == 3
    assert "нет данных" in (_parsed(BARS)[1].text or "")


def test_bars_are_as_long_as_their_values() -> None:
    widths = [float(bar.get("width") or 0) for bar in _bars(BARS)]
    assert widths[1] / widths[0] == pytest.approx(60.625 / 88.25, abs=0.002)


def test_falling_columns_hang_below_zero() -> None:
    fall, _, rise = _bars(CHANGES)
    assert float(fall.get("y") or 0) == pytest.approx(
        float(rise.get("y") or 0) + float(rise.get("height") or 0), abs=0.2
    )


def test_highlight_changes_colour_and_weight() -> None:
    first, second, _ = _bars(BARS)
    assert first.get("fill") != second.get("fill")
    bold = [node.text for node in _parsed(BARS).iter(f"{SVG}text") if node.get("font-weight") == "bold"]
    assert "60,6" in bold


def test_the_reference_line_has_its_name() -> None:
    assert "Среднее по региону: 84,3" in _texts(_parsed(BARS))
    assert "Порог: 75,00" in _texts(_parsed(COLUMNS))


def test_values_of_bars_do_not_meet_the_reference_line() -> None:
    close = replace(BARS, categories=("А", "Б"), series=(Series("О", (84.0, 1.0)),), highlight=())
    values = {node.text: node for node in _parsed(close).iter(f"{SVG}text") if node.text in ("84,0", "1,0")}
    # Inside the bar at its foot, in white; a bar too short for that has its value after it, in black.
    assert values["84,0"].get("fill") == "#FFFFFF"
    assert values["1,0"].get("fill") == "#000000"
    assert float(values["84,0"].get("x") or 0) < float(values["1,0"].get("x") or 0) + 10


@pytest.mark.parametrize("chart", [BARS, COLUMNS, MANY], ids=["bars", "columns", "many"])
def test_nothing_leaves_the_picture(chart: ChartSpec) -> None:
    root = _parsed(chart)
    width, height = float(root.get("width") or 0), float(root.get("height") or 0)
    for node in root.iter(f"{SVG}text"):
        assert 0 <= float(node.get("x") or 0) <= width
        assert 0 <= float(node.get("y") or 0) <= height


@pytest.mark.parametrize(
    ("value", "digits", "language", "text"),
    [
        (0.5, 0, "ru", "1"),
        (2.5, 0, "ru", "3"),
        (60.625, 2, "ru", "60,63"),
        (1.005, 2, "ru", "1,01"),
        (-2.5, 1, "ru", "−2,5"),
        (-0.04, 1, "ru", "0,0"),
        (100.0, 2, "en", "100.00"),
        (7, 0, "en", "7"),
    ],
)
def test_values_are_shown_half_up_on_their_decimal_text(value: float, digits: int, language: str, text: str) -> None:
    assert shown(value, digits, language) == text


def _parsed(chart: ChartSpec, language: str = "ru") -> ElementTree.Element:
    return ElementTree.fromstring(chart_svg(chart, language=language, identifier="here"))  # noqa: S314 - our own


def _texts(root: ElementTree.Element) -> list[str]:
    return [node.text or "" for node in root.iter(f"{SVG}text")]


def _bars(chart: ChartSpec) -> list[ElementTree.Element]:
    """The bars, without the squares of the legend."""
    return [node for node in _parsed(chart).iter(f"{SVG}rect") if node.get("stroke")]
