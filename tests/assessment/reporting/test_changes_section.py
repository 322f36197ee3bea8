"""The section on changes: a rise and a fall only where they are significant, and a sentence for every organisation."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from merilo.assessment.pipeline import Assessment
from merilo.assessment.recheck.answers_behind import answers_behind
from merilo.assessment.recheck.comparability import Link, Yardstick
from merilo.assessment.recheck.waves import Standings, Wave, compare_assessed
from merilo.assessment.reporting.document import Document
from merilo.assessment.reporting.regional_report import regional_report
from merilo.shelf import wording
from tests.assessment.reporting.mini_assessment import HEAD, OPEN, mini_assessment, mini_edition
from tests.assessment.reporting.reading import plain, section, tables, texts

SURELY = re.compile(r"вырос|снизил")


def wave(assessment: Assessment, period: str) -> Wave:
    rules, rated, errors = assessment.case.rules, assessment.rated, assessment.errors.rows
    keys = [(assessment.key(row), "") for row in range(len(rated.rows))]
    sizes = answers_behind(rules.edition, assessment.case.table, assessment.scores, rated.rows, errors)
    sets = assessment.place_sets
    standings = Standings(assessment.places, assessment.last_places, sets.first, sets.last)
    names = list(assessment.case.table.units.organisations.names)
    return Wave(period, Yardstick(rules, {}), rated, errors, keys, names, sizes, standings)


def report(before: Any, after: Any = OPEN, language: str = "ru", links: dict[str, Link] | None = None) -> Document:
    earlier = before if isinstance(before, Assessment) else mini_assessment(open_=before)
    later = mini_assessment(open_=after)
    changes = compare_assessed(wave(earlier, "2023 год"), wave(later, "2024 год"), links or {}, level=0.95)
    return regional_report(later, HEAD, wording(language, "report"), changes)


def told(document: Document, anchor: str = "changes") -> str:
    return " ".join(texts(tuple(section(document, anchor))))


def test_without_a_previous_wave_nothing_is_said() -> None:
    document = regional_report(mini_assessment(), HEAD, wording("ru", "report"))
    assert "прошл" not in " ".join(texts(document.blocks))


def test_small_differences_are_within_the_error() -> None:
    """19, 15, 17 and 11 of 20 became 20, 16, 16 and 10: nothing that chance does not explain."""
    document = report((19.0, 15.0, 17.0, 11.0, float("nan")))
    said = told(document)
    assert "изменение в пределах погрешности выборки – 4 организации" in said
    assert "Не сравнивается – 1 организация." in said
    (overall, criteria) = tables(document, "changes")
    assert [row.cells[5] for row in overall.rows[:4]] == ["в пределах погрешности выборки"] * 4
    assert overall.rows[4].cells[5] == "не сравнимо: значения нет"
    assert [plain(cell) for cell in overall.rows[0].cells[1:4]] == ["9,25", "9,50", "+0,25"]
    assert [row.cells[-3:] for row in criteria.rows] == [("0", "0", "4"), ("0", "0", "4")]
    assert "Ни один критерий" in said
    page = told(document, "organisation-1")
    assert "Изменение по сравнению с прошлой оценкой (2023 год; 9,25 балла) – в пределах погрешности выборки" in page
    assert not SURELY.search(page)
    assert not [row.cells for table in (overall, criteria) for row in table.rows if SURELY.search(" ".join(row.cells))]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ru", ("снизилась на 4,50 балла", "Рост итоговой оценки – 0 организаций, снижение – 1 организация")),
        ("en", ("the overall score fell by 4.50 points", "rose in 0 organisations, fell in 1 organisation")),
    ],
)
def test_a_fall_that_is_one(language: str, words: tuple[str, str]) -> None:
    """20 of 20 became 2: half of the overall score, 4.5 points of ten."""
    document = report(OPEN, (2.0, *OPEN[1:]), language)
    assert words[0] in told(document, "organisation-1")
    assert words[1] in told(document)
    assert not re.search(words[0].split()[0] + " на", told(document, "organisation-2"))
    assert "(−9" in told(document)


def test_another_methodology_is_not_compared_and_a_link_is_told() -> None:
    other = mini_assessment(mini_edition(code="other"))
    document = report(other)
    assert "С прошлой оценкой нельзя сравнить ни одно значение: другая методика (other, mini)." in told(document)
    assert "не сравнивается: другая методика (other, mini)." in told(document, "organisation-1")
    linked = told(report(other, links={"overall": Link("overall", "те же вопросы")}))
    assert "«Итоговая оценка» с «Итоговая оценка» (те же вопросы)" in linked
    assert "в пределах погрешности выборки – 4 организации" in linked


def test_organisations_of_one_wave_are_named() -> None:
    earlier, later = wave(mini_assessment(), "2023 год"), wave(mini_assessment(), "2024 год")
    earlier = replace(earlier, keys=[("old", ""), *earlier.keys[1:]], names=["Дом «Вяз»", *earlier.names[1:]])
    changes = compare_assessed(earlier, later, {}, level=0.95)
    said = told(regional_report(mini_assessment(), HEAD, wording("ru", "report"), changes))
    assert "Оценены только в прошлый раз: Дом «Вяз»." in said
    assert "Оценены только в этот раз: " in said
