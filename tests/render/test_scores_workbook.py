"""The workbook of scores: formulas give what we computed, on LibreOffice too; the file is valid and reproducible."""

from __future__ import annotations

import re
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from merilo.assessment.methodology.formulas.working import Status
from merilo.assessment.methodology.policies import EmptyGroup, FormsOfService, NoData, PerCode, RankOn, Ties
from merilo.assessment.pipeline import Assessment
from merilo.assessment.reporting.report_head import ReportHead
from merilo.assessment.reporting.workbook import CATALOGUE, ScoresWorkbook, scores_workbook
from merilo.assessment.reporting.workbook_cells import FormulaCell, NumberCell, WorkbookSheet
from merilo.assessment.rounding import Rounding, RoundingMode, RoundingStage, round_exact
from merilo.render.scores_workbook import write_scores_workbook
from merilo.shelf import wording
from tests.render.foreign import office_errors
from tests.render.made_case import made
from tests.render.recalculated import cells, recalculate

HEAD = ReportHead("Независимая оценка <2024> & «проверка»", "2024 год")
UP, EVEN, CUT = RoundingMode.HALF_UP, RoundingMode.HALF_EVEN, RoundingMode.TRUNCATE
CASES: dict[str, tuple[str, dict[str, Any]]] = {
    "act": ("ru-344n-2018", {}),
    "zero": ("ru-344n-2018", {"empty_group": PerCode(EmptyGroup.ZERO), "no_data": PerCode(NoData.ZERO)}),
    "full": ("ru-344n-2018", {"empty_group": PerCode(EmptyGroup.FULL), "no_data": PerCode(NoData.RENORMALISE)}),
    "dropped": ("ru-344n-2018", {"empty_group": PerCode(EmptyGroup.DROP_CRITERION)}),
    "apart": ("ru-344n-2018", {"forms": FormsOfService.SEPARATE, "ties": Ties.DENSE}),
    "unrounded": ("ru-344n-2018", {"rank_on": RankOn.UNROUNDED}),
    "by criterion": ("ru-344n-2018", {"rounding": Rounding(RoundingStage.CRITERION, 1, UP, 1)}),
    "by indicator": ("ru-344n-2018", {"rounding": Rounding(RoundingStage.INDICATOR, 0, UP, 2)}),
    "cut": ("ru-344n-2018", {"rounding": Rounding(RoundingStage.ALL, 1, CUT, 1)}),
    "even": ("ru-344n-2018", {"rounding": Rounding(RoundingStage.ALL, 1, EVEN, 1)}),
    "995n": ("ru-995n-2014", {}),
    "995n equal": ("ru-995n-2014", {"scheme": "equal", "ties": Ties.COMPETITION}),
    "995n importance": ("ru-995n-2014", {"scheme": "importance_recipients"}),
    "points": ("ru-karelia-2017", {}),
    "points cut": ("ru-karelia-2017", {"rounding": Rounding(RoundingStage.CRITERION, 1, CUT, 1)}),
    "no overall": ("ru-kemerovo-2017", {}),
    "krasnoyarsk": ("ru-krasnoyarsk-2024", {}),
    "kaluga": ("ru-kaluga-2023", {}),
}


def assessed(name: str) -> Assessment:
    edition, policies = CASES[name]
    return made(edition, **policies)


def composed(assessment: Assessment, language: str = "ru") -> ScoresWorkbook:
    return scores_workbook(assessment, wording(language, CATALOGUE), HEAD)


def sheet(model: ScoresWorkbook, name: str) -> WorkbookSheet:
    return next(found for found in model.sheets if found.name == name)


def written(name: str, folder: Path) -> Path:
    path = folder / f"{name}.xlsx"
    write_scores_workbook(composed(assessed(name)), path)
    return path


@pytest.mark.parametrize("name", CASES)
def test_printed_scores_and_places_stand_beside_their_organisation(name: str) -> None:
    assessment = assessed(name)
    found = sheet(composed(assessment), "Рейтинг")
    headers = [column.header for column in found.columns]
    key_at, overall_at = headers.index("Ключ"), headers.index("Итоговая оценка") if "Место" in headers else None
    assert len(found.rows) == len(assessment.rated.rows)
    first = key_at + 2 + ("Форма" in headers)
    shown = {}
    for row in found.rows:
        scores = [one.value if isinstance(one, NumberCell | FormulaCell) else one for one in row[first:]]
        form = row[key_at + 2] if "Форма" in headers else ""
        place = row[0].value if isinstance(row[0], NumberCell | FormulaCell) else None
        shown[(row[key_at], form)] = (place if overall_at is not None else None, scores)
    assert len(shown) == len(found.rows)
    edition = assessment.case.rules.edition
    splitting = edition.splitting
    names = {value.code: value.name for value in splitting.values} if splitting else {}
    for index, rated in enumerate(assessment.rated.rows):
        form = "в среднем по формам" if len(rated.units) > 1 else names.get(rated.form, rated.form)
        place, scores = shown[(assessment.key(index), form)]
        wanted = [values.printed[index] for values in assessment.rated.criteria.values()]
        statuses = [values.status[index] for values in assessment.rated.criteria.values()]
        if overall_at is not None:
            wanted.append(assessment.rated.overall.printed[index])
            statuses.append(assessment.rated.overall.status[index])
            assert place == (assessment.places[index] or None)
        for score, value, status in zip(scores, wanted, statuses, strict=False):
            assert (score == value) if status == Status.SCORED else isinstance(score, str)


def test_what_is_displayed_is_what_is_printed() -> None:
    """Unrounded cells are displayed by the spreadsheet's half-up; where that would differ more digits are shown."""
    assessment = assessed("act")
    for row in sheet(composed(assessment), "Критерии").rows:
        for cell in row:
            if isinstance(cell, FormulaCell):
                assert cell.digits == assessment.rated.digits
    for row in sheet(composed(assessed("cut")), "Критерии").rows:
        for cell in row:
            assert not isinstance(cell, FormulaCell) or (cell.digits or 0) > 1


def test_what_counts_by_a_rule_is_a_number_and_what_is_left_out_is_an_empty_cell() -> None:
    assessment = assessed("zero")
    found = sheet(composed(assessment), "Показатели")
    headers = [column.header for column in found.columns]
    seen = set()
    for indicator in assessment.case.rules.edition.indicators:
        value_at = headers.index(f"{indicator.item.label} {indicator.short_name}")
        counted_at = headers.index(f"{indicator.item.label}: учтенное значение")
        for unit, row in enumerate(found.rows):
            status = Status(int(assessment.scores.indicators[indicator.code].result.status[unit]))
            counted = row[counted_at]
            seen.add(status)
            match status:
                case Status.SCORED:
                    assert isinstance(row[value_at], NumberCell)
                    assert isinstance(counted, FormulaCell)
                case Status.NO_RESPONDENTS | Status.NO_DATA:
                    assert isinstance(row[value_at], str)
                    assert counted == NumberCell(0.0, 2)
                case Status.NOT_APPLICABLE:
                    assert (row[value_at], counted) == ("не применимо", None)
    assert seen == set(Status)


def test_half_even_is_written_as_numbers_and_says_so() -> None:
    model = composed(assessed("even"))
    figures = [cell for row in sheet(model, "Рейтинг").rows for cell in row[5:] if isinstance(cell, FormulaCell)]
    assert all("ROUND" not in cell.formula for cell in figures)
    notes = [row[1] for row in sheet(model, "Методика и правила").rows]
    assert any("до четного в Excel" in str(note) for note in notes)


def test_every_rule_is_said_in_both_languages() -> None:
    for language in ("ru", "en"):
        model = composed(assessed("act"), language)
        texts = [
            str(row[1])
            for row in sheet(model, {"ru": "Методика и правила", "en": "Methodology and rules"}[language]).rows
        ]
        assert any(assessed("act").case.stamp.fingerprint in text for text in texts)
        assert len(model.sheets) == 9
    assert composed(assessed("no overall")).sheets[0].name == "Рейтинг"


def test_texts_of_users_are_never_formulas_and_bytes_are_always_the_same(tmp_path: Path) -> None:
    first, second = tmp_path / "1.xlsx", tmp_path / "2.xlsx"
    for path in (first, second):
        write_scores_workbook(composed(assessed("act")), path)
    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(first) as archive:
        formulas = [
            found.text or ""
            for name in archive.namelist()
            if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name)
            for found in ElementTree.fromstring(archive.read(name)).iter()  # noqa: S314 - our own file
            if found.tag.endswith("}f")
        ]
        core = archive.read("docProps/core.xml").decode()
    assert formulas
    assert not [text for text in formulas if "Организация" in text]
    assert "<dc:language>ru-RU</dc:language>" in core
    assert "&lt;2024&gt; &amp;" in core
    assert cells(first)["Организации"][1][1] == "=Организация «0»"


def test_sheets_are_ready_for_paper(tmp_path: Path) -> None:
    with zipfile.ZipFile(written("act", tmp_path)) as archive:
        for number in range(1, 9):
            xml = archive.read(f"xl/worksheets/sheet{number}.xml").decode()
            assert 'orientation="landscape"' in xml
            assert 'paperSize="9"' in xml
            assert "<autoFilter" in xml
            assert 'state="frozen"' in xml
        assert "_xlnm.Print_Titles" in archive.read("xl/workbook.xml").decode()


@pytest.mark.slow
def test_libreoffice_computes_what_we_computed(tmp_path: Path) -> None:
    paths = [written(name, tmp_path) for name in CASES]
    compared = 0
    for name, path in zip(CASES, recalculate(paths, tmp_path), strict=True):
        found = cells(path)
        for expected in composed(assessed(name)).sheets:
            for number, row in enumerate(expected.rows, start=1):
                for place, cell in enumerate(row):
                    if isinstance(cell, FormulaCell):
                        value = found[expected.name][number][place]
                        assert isinstance(value, float), (name, expected.name, cell, value)
                        assert abs(value - cell.value) < 1e-9, (name, expected.name, cell, value)
                        compared += 1
    assert compared > 3000


@pytest.mark.slow
@pytest.mark.parametrize("name", ["act", "cut", "995n", "points", "no overall"])
def test_the_workbook_is_valid(name: str, tmp_path: Path) -> None:
    assert office_errors(written(name, tmp_path)) == []


def test_printed_values_are_the_edition_s_rounding() -> None:
    for name in ("cut", "even", "by criterion"):
        assessment = assessed(name)
        rounding = assessment.case.rules.policies.rounding
        for index in range(len(assessment.rated.rows)):
            exact = assessment.rated.exact("overall", index)
            if exact is not None and assessment.rated.overall.status[index] == Status.SCORED:
                printed = round_exact(exact, rounding.printed, rounding.mode)
                assert Decimal(str(assessment.rated.overall.printed[index])) == printed
