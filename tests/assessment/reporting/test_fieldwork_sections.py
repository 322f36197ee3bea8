"""The report's sections on field work and exclusions: there when there is something to say, with rows and figures."""

from __future__ import annotations

from dataclasses import replace

from merilo.assessment.recheck.exclusion_effect import ExclusionEffect
from merilo.assessment.reporting.document import Document, Heading, Paragraph
from merilo.assessment.reporting.regional_report import regional_report
from merilo.assessment.reporting.report_head import FieldworkHead
from merilo.assessment.responses.exclusions import Exclusion
from merilo.assessment.responses.flags import FieldworkQuality, FlagKind, QualityCheck
from merilo.shelf import wording
from tests.assessment.reporting.mini_assessment import HEAD, mini_assessment
from tests.assessment.reporting.reading import plain, tables

FIGURES = tuple(
    {"questionnaires": 20.0, "involved": 12.0, "expected": 2.5, "others": 60.0, "others_involved": 1.0}.items()
)
NIGHT = QualityCheck(FlagKind.NIGHT, (0, 2), FIGURES, 0.00001, organisation="o1", adjusted=0.0004)
QUIET = QualityCheck(FlagKind.NIGHT, (1,), FIGURES, 0.4, organisation="o2", adjusted=0.4)
PLACES = (("responses/a.csv", 5), ("responses/a.csv", 6), ("responses/b.csv", 9))
DECIDED = tuple(Exclusion("responses/a.csv", row, str(row), "o1", "повтор", "методист", "2024-04-01") for row in (5, 9))


def report(fieldwork: FieldworkHead, language: str = "ru") -> Document:
    words = wording(language, "report", "quality")
    return regional_report(mini_assessment(), replace(HEAD, fieldwork=fieldwork), words)


def anchors(document: Document) -> set[str]:
    return {block.anchor for block in document.blocks if isinstance(block, Heading)}


def sentences(document: Document) -> str:
    return plain(" ".join(block.text for block in document.blocks if isinstance(block, Paragraph)))


def test_nothing_checked_and_nothing_left_out_is_no_section() -> None:
    assert not {"fieldwork-quality", "exclusions"} & anchors(report(FieldworkHead()))
    empty = FieldworkQuality((), ("interviewer",), 0.05, PLACES)
    assert "fieldwork-quality" not in anchors(report(FieldworkHead(empty)))


def test_flags_stand_with_their_rows_and_probability() -> None:
    document = report(FieldworkHead(FieldworkQuality((NIGHT, QUIET), ("interviewer",), 0.05, PLACES)))
    (table,) = tables(document, "fieldwork-quality")
    (row,) = [tuple(plain(cell) for cell in row.cells) for row in table.rows]
    assert row[0] == "1"
    assert "Центр «Заря»: между 22 и 6 часами заполнены 12 из 20 анкет" in row[1]
    assert row[2:] == ("responses/a.csv, строка 5; responses/b.csv, строка 9", "0,0004")
    said = sentences(document)
    assert "Пометка – повод посмотреть анкеты" in said
    assert "Проверок с вероятностью: 2." in said
    assert "Не проверено" in said


def test_nothing_found_is_said() -> None:
    document = report(FieldworkHead(FieldworkQuality((QUIET,), (), 0.05, PLACES)))
    assert "Ничего необычного не найдено" in sentences(document)
    assert not tables(document, "fieldwork-quality")


def test_exclusions_stand_with_both_ratings() -> None:
    effects = (ExclusionEffect(0, "o1", 2, 9.5, 9.25, 1, 1), ExclusionEffect(4, "o5", 0, None, 5.0, None, 5))
    document = report(FieldworkHead(exclusions=DECIDED, effects=effects))
    effect, decisions = tables(document, "exclusions")
    assert [tuple(plain(cell) for cell in row.cells) for row in effect.rows] == [
        ("Центр «Заря»", "2", "9,50", "9,25", "1", "1"),
        ("Дом «Клен»", "0", "–", "5,00", "–", "5"),
    ]
    assert [tuple(plain(cell) for cell in row.cells) for row in decisions.rows] == [
        ("responses/a.csv, строки 5, 9", "повтор", "методист, 01.04.2024")
    ]
    assert sentences(document).count("По записанным решениям не засчитано: 2 анкеты.") == 2


def test_a_rating_that_cannot_be_had_without_them_is_said() -> None:
    document = report(FieldworkHead(exclusions=DECIDED, effects=None), "en")
    assert "There is no rating with everything counted" in sentences(document)
