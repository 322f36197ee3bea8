"""Charts as SVG: well-formed, safe, spoken, and every value where it belongs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from merilo.assessment.reporting.charts import ChartSpec, Series
from merilo.render.chart_layout import lay_out_chart
from merilo.render.chart_text import interval_text, shown, values_text
from merilo.render.svg import chart_svg
from tests.render.sample import BARS, CHANGES, COLUMNS, MANY, PLAIN, SURE_BARS, SURE_COLUMNS

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize(
    "chart",
    [BARS, COLUMNS, CHANGES, MANY, SURE_BARS, SURE_COLUMNS],
    ids=["bars", "columns", "changes", "many", "sure bars", "sure columns"],
)
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


@pytest.mark.parametrize("chart", [SURE_BARS, SURE_COLUMNS], ids=["bars", "columns"])
def test_whiskers_reach_from_end_to_end_of_the_intervals_and_never_off_the_axis(chart: ChartSpec) -> None:
    layout = lay_out_chart(chart, "ru")
    way = ("x1", "x2") if layout.is_lying else ("y1", "y2")
    across = ("y1", "y2") if layout.is_lying else ("x1", "x2")
    lines = [line for line in _whisker_lines(chart) if line.get(across[0]) == line.get(across[1])]
    known = [ends for series in chart.series for place in range(3) if (ends := series.interval(place))]
    known += [ends for series in chart.series for ends in series.intervals[3:] if ends]
    assert len(lines) == len(known) == 3
    for line, ends in zip(lines, known, strict=True):
        kept = [min(max(end, layout.axis.low), layout.axis.high) for end in ends]
        assert [float(line.get(one) or 0) for one in way] == pytest.approx([layout.along(end) for end in kept], abs=0.1)


def test_an_end_beyond_the_axis_has_no_cap() -> None:
    caps = [float(line.get("x1") or 0) for line in _whisker_lines(SURE_BARS) if line.get("x1") == line.get("x2")]
    layout = lay_out_chart(SURE_BARS, "ru")
    assert caps == pytest.approx([layout.along(end) for end in (9.38, 9.71, 9.05, 9.3)], abs=0.1)


def test_what_no_axis_or_no_value_shows_is_not_drawn() -> None:
    low = Series("О", (8.0, None, 11.0, 9.5, 9.6), ((7.0, 8.5), (9.1, 9.2), (10.5, 12.0), None, None))
    assert not list(_whisker_lines(replace(SURE_BARS, series=(low,))))


def test_an_interval_without_length_is_a_cap_at_the_end_of_the_bar() -> None:
    chart = replace(SURE_BARS, series=(Series("О", (9.58,) * 5, ((9.58, 9.58), *[None] * 4)),))
    at = lay_out_chart(chart, "ru").along(9.58)
    ends = [float(line.get(end) or 0) for line in _whisker_lines(chart) for end in ("x1", "x2")]
    assert ends == pytest.approx([at] * 6, abs=0.1)


def test_unknown_intervals_change_nothing() -> None:
    values = SURE_BARS.series[0].values
    unknown = replace(SURE_BARS, series=(Series("О", values, (None,) * 5),))
    plain = replace(SURE_BARS, series=(Series("О", values),))
    assert chart_svg(unknown, language="ru") == chart_svg(plain, language="ru")


def test_values_stand_clear_of_whiskers() -> None:
    layout = lay_out_chart(SURE_BARS, "ru")
    texts = {node.text: node for node in _parsed(SURE_BARS).iter(f"{SVG}text")}
    assert texts["9,58"].get("fill") == "#FFFFFF"
    # No room at the foot: after the whisker.
    assert float(texts["9,10"].get("x") or 0) > layout.along(9.3) + 1
    assert float(texts["9,40"].get("x") or 0) > layout.along(10)
    layout = lay_out_chart(SURE_COLUMNS, "ru")
    texts = {node.text: node for node in _parsed(SURE_COLUMNS).iter(f"{SVG}text")}
    assert float(texts["3,00"].get("y") or 0) < layout.along(4.6) - 1
    # Also of a column that hangs, over its foot.
    assert float(texts["−2,00"].get("y") or 0) < layout.along(0) - 1
    assert float(texts["−2,50"].get("y") or 0) > layout.along(-2.5)


def test_an_axis_without_bounds_holds_the_whiskers() -> None:
    axis = lay_out_chart(SURE_COLUMNS, "ru").axis
    assert axis.low <= -3.9
    assert axis.high >= 4.6


def test_a_highlighted_bar_is_light_enough_for_its_whisker() -> None:
    bars = _bars(SURE_BARS)
    assert len({bar.get("fill") for bar in bars}) == 1
    assert [bar.get("stroke") for bar in bars] == ["#FFFFFF", "#FFFFFF", "#000000", "#FFFFFF"]


def test_the_interval_is_said_with_its_value() -> None:
    told = values_text(SURE_BARS, "ru")
    assert "Первая: 9,58 (9,38–9,71); Вторая: 9,70; Третья: нет данных; Четвёртая: 9,40 (8,10–10,90)" in told
    assert "Открытость: Организация – −2,50, Регион – −2,00 (от −3,90 до −1,10)" in values_text(SURE_COLUMNS, "ru")


@pytest.mark.parametrize(
    ("interval", "language", "text"),
    [
        ((9.375, 9.714), "ru", "9,38–9,71"),
        ((9.375, 9.714), "en", "9.38–9.71"),
        ((-1.0, 2.0), "ru", "от −1,00 до 2,00"),
        ((-1.0, 2.0), "en", "−1.00 to 2.00"),
        ((-0.001, 2.0), "en", "0.00–2.00"),
    ],
)
def test_intervals_are_printed_as_values_are(interval: tuple[float, float], language: str, text: str) -> None:
    assert interval_text(interval, 2, language) == text


@pytest.mark.parametrize(
    "intervals", [((1.0, 2.0),), ((2.0, 1.0), None), ((float("nan"), 1.0), None), ((0.0, float("inf")), None)]
)
def test_intervals_that_are_none_are_refused(intervals: tuple[tuple[float, float] | None, ...]) -> None:
    with pytest.raises(ValueError, match="interval"):
        Series("Оценка", (1.0, 2.0), intervals)


@pytest.mark.parametrize(
    "chart",
    [BARS, COLUMNS, MANY, SURE_BARS, SURE_COLUMNS],
    ids=["bars", "columns", "many", "sure bars", "sure columns"],
)
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


def _whisker_lines(chart: ChartSpec) -> Iterator[ElementTree.Element]:
    return (line for line in _parsed(chart).iter(f"{SVG}line") if line.get("stroke") == "#000000")
