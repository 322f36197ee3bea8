"""Charts in Word files: the values, the data sheet, what stands out, the reference line, the words for it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from merilo.assessment.reporting.charts import ChartSpec, Series
from merilo.assessment.reporting.document import Figure
from merilo.render.docx import write_docx
from tests.render.sample import BARS, COLUMNS, MANY, PLAIN, document
from tests.render.word_file import SPACES, body, names, part, sheet


@pytest.mark.parametrize("chart", [BARS, COLUMNS], ids=["bars", "columns"])
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
