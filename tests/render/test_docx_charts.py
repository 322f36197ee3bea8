"""Charts in Word files: the values, the data sheet, what stands out, the reference line, the words for it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from merilo.assessment.reporting.charts import ChartSpec, Series
from merilo.assessment.reporting.document import Figure
from merilo.render.chart_layout import lay_out_chart
from merilo.render.docx import write_docx
from tests.render.sample import BARS, COLUMNS, MANY, PLAIN, SURE_BARS, SURE_COLUMNS, document
from tests.render.word_file import SPACES, body, formulas, names, part, sheet


@pytest.mark.parametrize(
    "chart", [BARS, COLUMNS, SURE_BARS, SURE_COLUMNS], ids=["bars", "columns", "sure bars", "sure columns"]
)
def test_values_in_the_chart_and_in_its_sheet_are_those_of_the_document(chart: ChartSpec, tmp_path: Path) -> None:
    path = _written(chart, tmp_path)
    root = part(path, "word/charts/chart1.xml")
    categories = tuple(name.replace("\x07\x1b", "") for name in chart.categories)
    for number, series in enumerate(chart.series):
        found = root.findall(".//c:ser", SPACES)[number]
        assert found.findtext("c:tx//c:v", namespaces=SPACES) == series.name
        assert tuple(_points(found, "c:cat").values()) == categories
        values = _points(found, "c:val")
        assert {place: float(text) for place, text in values.items()} == {
            place: value for place, value in enumerate(series.values) if value is not None
        }
    rows = sheet(path, "word/embeddings/Microsoft_Excel_Sheet1.xlsx")
    assert [row[0] for row in rows[1:]] == list(categories)
    for number, series in enumerate(chart.series, start=1):
        assert rows[0][number] == series.name
        assert [None if row[number] == "" else row[number] for row in rows[1:]] == list(series.values)


def test_formula_references_point_to_the_sheet(tmp_path: Path) -> None:
    root = part(_written(COLUMNS, tmp_path), "word/charts/chart1.xml")
    assert [node.text for node in root.findall(".//c:ser//c:f", SPACES)] == [
        *("Data!$B$1", "Data!$A$2:$A$5", "Data!$B$2:$B$5"),
        *("Data!$C$1", "Data!$A$2:$A$5", "Data!$C$2:$C$5"),
    ]


def test_highlighted_bars_differ_and_their_values_are_bold(tmp_path: Path) -> None:
    root = part(_written(BARS, tmp_path), "word/charts/chart1.xml")
    series = root.findall(".//c:ser", SPACES)[0]
    plain = _attribute(series, "c:spPr//a:srgbClr")
    assert _attribute(series, "c:dPt/c:idx") == "1"
    assert _attribute(series, "c:dPt//a:srgbClr") != plain
    assert _attribute(series, "c:dLbls/c:dLbl/c:idx") == "1"


def test_the_reference_line_stands_at_its_value(tmp_path: Path) -> None:
    path = _written(BARS, tmp_path)
    shapes = part(path, "word/drawings/drawing1.xml")
    text = "".join(node.text or "" for node in shapes.iter(f"{{{SPACES['a']}}}t"))
    assert text == "Среднее по региону: 84,3"
    box = {
        name: float(_attribute(part(path, "word/charts/chart1.xml"), f".//c:manualLayout/c:{name}")) for name in "xw"
    }
    drawn = next(float(node.text or "") for node in shapes.iter() if node.tag.endswith("}x"))
    assert drawn == pytest.approx(box["x"] + box["w"] * 0.8425, abs=0.001)


def test_values_stand_at_the_foot_of_bars_that_a_reference_line_crosses(tmp_path: Path) -> None:
    chart = replace(BARS, series=(Series("Оценка", (88.25, 60.625, None, 1.0)),), highlight=())
    labels = part(_written(chart, tmp_path), "word/charts/chart1.xml").find(".//c:ser/c:dLbls", SPACES)
    assert labels is not None
    assert _attribute(labels, "c:dLblPos") == "inBase"
    outside = {_attribute(one, "c:idx"): _attribute(one, "c:dLblPos") for one in labels.findall("c:dLbl", SPACES)}
    assert outside == {"2": "outEnd", "3": "outEnd"}


def test_whiskers_come_from_the_sheet_where_a_person_edits_the_ends_of_intervals(tmp_path: Path) -> None:
    path = _written(SURE_COLUMNS, tmp_path)
    first, second = part(path, "word/charts/chart1.xml").findall(".//c:ser", SPACES)
    assert first.find("c:errBars", SPACES) is None
    bars = second.find("c:errBars", SPACES)
    assert bars is not None
    assert (_attribute(bars, "c:errBarType"), _attribute(bars, "c:errValType")) == ("both", "cust")
    references = {way: bars.findtext(f"c:{way}//c:f", "", SPACES) for way in ("minus", "plus")}
    assert references == {"minus": "Data!$F$2:$F$4", "plus": "Data!$G$2:$G$4"}
    rows = sheet(path, "word/embeddings/Microsoft_Excel_Sheet1.xlsx")
    assert rows[0][3:] == ["Регион: от", "Регион: до", "Регион: вниз", "Регион: вверх"]
    # Columns C, D and E: the value and the ends; F and G: what the error bars show.
    assert [tuple(row[3:5]) for row in rows[1:]] == list(SURE_COLUMNS.series[1].intervals)
    assert [row[5] for row in rows[1:]] == pytest.approx([row[2] - row[3] for row in rows[1:]])
    assert [row[6] for row in rows[1:]] == pytest.approx([row[4] - row[2] for row in rows[1:]])
    for column, way in ((5, "minus"), (6, "plus")):
        drawn = [float(text) for text in _points(bars, f"c:{way}").values()]
        assert drawn == [row[column] for row in rows[1:]]


def test_distances_in_the_sheet_follow_when_an_end_is_edited(tmp_path: Path) -> None:
    path = _written(SURE_COLUMNS, tmp_path)
    written = formulas(path, "word/embeddings/Microsoft_Excel_Sheet1.xlsx")
    assert written["F2"] == "MAX(C2-D2,0)"
    assert written["G4"] == "MAX(E4-C4,0)"


def test_what_has_no_interval_has_no_whisker(tmp_path: Path) -> None:
    path = _written(SURE_BARS, tmp_path)
    bars = part(path, "word/charts/chart1.xml").find(".//c:errBars", SPACES)
    assert bars is not None
    assert list(_points(bars, "c:plus")) == list(_points(bars, "c:minus")) == [0, 3, 4]
    assert part(_written(BARS, tmp_path), "word/charts/chart1.xml").find(".//c:errBars", SPACES) is None


def test_a_value_rounded_out_of_its_interval_has_no_distance_below_zero(tmp_path: Path) -> None:
    chart = replace(
        SURE_BARS, series=(Series("О", (9.58, *SURE_BARS.series[0].values[1:]), ((9.581, 9.7), *[None] * 4)),)
    )
    bars = part(_written(chart, tmp_path), "word/charts/chart1.xml").find(".//c:errBars", SPACES)
    assert bars is not None
    assert _points(bars, "c:minus") == {0: "0.0"}


def test_values_outside_their_bars_stand_beyond_the_whiskers(tmp_path: Path) -> None:
    layout = lay_out_chart(SURE_BARS, "ru")
    root = part(_written(SURE_BARS, tmp_path), "word/charts/chart1.xml")
    labels = {_attribute(one, "c:idx"): one for one in root.findall(".//c:dLbls/c:dLbl", SPACES)}
    assert {place: _attribute(one, "c:dLblPos") for place, one in labels.items()} == dict.fromkeys("234", "outEnd")
    for place, value, high in (("3", 9.4, 10.0), ("4", 9.1, 9.3)):
        moved = float(_attribute(labels[place], "c:layout//c:x")) * layout.width
        assert 0 < moved - (layout.along(high) - layout.along(value)) < 3
    assert labels["2"].find("c:layout", SPACES) is None


def test_values_of_hanging_columns_stand_over_their_feet(tmp_path: Path) -> None:
    layout = lay_out_chart(SURE_COLUMNS, "ru")
    root = part(_written(SURE_COLUMNS, tmp_path), "word/charts/chart1.xml")
    label = root.findall(".//c:ser", SPACES)[1].find("c:dLbls/c:dLbl", SPACES)
    assert label is not None
    moved = float(_attribute(label, "c:layout//c:y")) * layout.height
    assert moved < layout.along(0) - layout.along(-2.0)


def test_every_chart_tells_its_values_to_those_who_cannot_see_it(tmp_path: Path) -> None:
    path = tmp_path / "charts.docx"
    figures = (Figure("Первый", BARS, "сказано автором"), Figure("Второй", BARS, ""), Figure("Третий", MANY, ""))
    write_docx(document(*figures), path)
    texts = [node.get("descr") or "" for node in body(path).iter(f"{{{SPACES['wp']}}}docPr")]
    assert texts[0] == "сказано автором"
    assert "Первая школа: 88,3" in texts[1]
    assert "нет данных" in texts[1]
    assert texts[2].startswith("баллы. Организация 1: 50,0")
    assert "Организация 20: 69,0" in texts[2]
    assert texts[3].startswith("баллы. Организация 21: 70,0")


def test_charts_may_be_pictures(tmp_path: Path) -> None:
    path = tmp_path / "pictures.docx"
    write_docx(document(Figure("Оценки", BARS, PLAIN), Figure("Критерии", COLUMNS, "")), path, charts_as_pictures=True)
    assert names(path, "word/media/") == ["word/media/chart1.png", "word/media/chart2.png"]
    assert not names(path, "word/charts/")
    first = next(body(path).iter(f"{{{SPACES['wp']}}}docPr"))
    assert first.get("descr") == " ".join(PLAIN.split())


def _written(chart: ChartSpec, folder: Path) -> Path:
    path = folder / "chart.docx"
    write_docx(document(Figure("Диаграмма", chart, "")), path)
    return path


def _points(series: ElementTree.Element, where: str) -> dict[int, str]:
    found = series.findall(f"{where}//c:pt", SPACES)
    return {int(node.get("idx") or -1): node.findtext("c:v", "", SPACES) for node in found}


def _attribute(root: ElementTree.Element, where: str) -> str:
    node = root.find(where, SPACES)
    assert node is not None, where
    return node.get("val") or ""
