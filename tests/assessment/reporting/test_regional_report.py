"""The regional report: sentences computed by hand, tables that repeat the scores, nothing said without ground."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from merilo.assessment.methodology.edition import OverallValue
from merilo.assessment.methodology.policies import FormsOfService, RankOn, Ties
from merilo.assessment.pipeline import Assessment
from merilo.assessment.reporting.document import Document, Figure, Heading, Table
from merilo.assessment.reporting.regional_report import regional_report
from merilo.assessment.reporting.report_head import ReportHead
from merilo.pack import shipped
from merilo.shelf import wording
from tests.assessment.reporting.mini_assessment import HEAD, mini_assessment, mini_edition
from tests.assessment.reporting.reading import plain, said, section, tables, whole
from tests.render.made_case import made

LANGUAGES = ("ru", "en")


def report(assessment: Assessment, language: str = "ru", head: ReportHead = HEAD) -> Document:
    return regional_report(assessment, head, wording(language, "report"))


@pytest.fixture(scope="module")
def mini() -> Document:
    return report(mini_assessment())


@pytest.mark.parametrize(
    ("anchor", "sentence"),
    [
        ("rating", "Наибольшая итоговая оценка – 9,50 балла: Центр «Заря»."),
        ("rating", "Наименьшая итоговая оценка – 7,00 балла: Дом «Тополь»."),
        ("rating", "Средняя итоговая оценка – 8,38 балла (4 организации)."),  # 33,5 / 4 = 8,375
        ("rating", "Выше среднего – 3 из 4 организаций (75,0 %)."),
        ("rating", "В пределах 5 % от среднего – 2 из 4 организаций (50,0 %)."),
        ("rating", "Разность наибольшей и наименьшей оценки – 2,50 балла."),
        ("rating", "Оценки словами: хорошо – 3 организации; плохо – 1 организация."),
        ("rating", "Без итоговой оценки и места – 1 организация:"),
        ("rating", "Дом «Клен»: нет данных; нет значений критериев: Открытость; Вежливость"),
        ("rating", "С вероятностью 95 % различаются 1 из 6 (16,7 %) пар организаций"),
        ("rating", "Равные оценки делят места"),
        ("criterion-openness", "Наиболее высокое значение – 10,00 балла: Центр «Заря»."),
        ("criterion-openness", "Среднее значение – 7,75 балла (4 организации)."),
        ("criterion-openness", "Значения нет: нет данных – 1 организация."),
        ("criterion-openness", "довольны менее 60 % – 1 из 4 организаций (25,0 %)"),
        ("criterion-courtesy", "Значение у всех одинаково – 9,00 балла (4 организации)"),
        ("norm-n1", "Требуемое значение – 8 баллов (не менее). Основание: Указ. Проверка основания: сверено"),
        (
            "norm-n1",
            "Выполнен – 3 из 4 организаций (75,0 %). Нет сведений – 1 организация. Не выполнен – 1 организация:",
        ),
        ("norm-n1", "Дом «Тополь» – 5,00 (n = 20)"),
        ("norm-n2", "Выполнен – 4 из 4 организаций (100,0 %)."),
        (
            "shortcomings",
            "перечне методики: 2. Найдено хотя бы у одной организации: 1; проверено и не найдено: 1;",
        ),
        ("proposals", "Разобраться (довольны менее 60 % – 1 из 4)."),
        (
            "organisation-1",
            "Итоговая оценка – 9,50 балла. Доверительный интервал (95 %): 8,27–9,87. Место – 1 из 4. "
            "С учетом погрешности выборки возможны места 1–3. Среднее – 8,38 балла, оценка на 1,12 балла выше.",
        ),
        (
            "organisation-1",
            "Наиболее высокое значение критерия – 10,00 балла: «Открытость». Наиболее низкое – 9,00 балла",
        ),
        ("organisation-2", "Место – 2–3 из 4."),
        ("organisation-4", "Довольны: опрошены у входа"),
        ("organisation-5", "Итоговой оценки нет: нет данных"),
        ("comparison", "Опубликованный рейтинг из сведений этой оценки не воспроизводится. Совпало мест – 1 из 3."),
        ("comparison", "Совпало итоговых оценок – 1 из 2."),
        ("comparison", "не больше единицы последнего знака – еще в 1 случае."),
        ("data", "Учтено анкет: 80."),
        ("methodology", "Методика не проверена (не проверено)."),
    ],
)
def test_sentences_computed_by_hand(mini: Document, anchor: str, sentence: str) -> None:
    assert sentence in said(mini, anchor)


def test_the_rating_table_shows_shared_places(mini: Document) -> None:
    (table,) = tables(mini, "rating")
    assert [row.cells for row in table.rows] == [
        ("1", "1–3", "Центр «Заря»", "10,00", "9,00", "9,50", "8,27–9,87", "хорошо"),
        ("2–3", "1–4", "Центр «Лад»", "8,00", "9,00", "8,50", "7,02–9,32", "хорошо"),
        ("2–3", "1–4", "Центр «Ива»", "8,00", "9,00", "8,50", "7,02–9,32", "хорошо"),
        ("4", "2–4", "Дом «Тополь»", "5,00", "9,00", "7,00", "5,38–8,24", "плохо"),
    ]


def test_places_in_an_arbitrary_order_are_called_so() -> None:
    document = report(mini_assessment(ties=Ties.ORDINAL))
    assert [row.cells[0] for row in tables(document, "rating")[0].rows] == ["1", "2", "3", "4"]
    assert "Точно такую же оценку, как у другой организации, имеют 2 организации" in said(document, "rating")


def test_nobody_is_best_where_all_are_equal(mini: Document) -> None:
    told = said(mini, "criterion-courtesy")
    assert "Наиболее высокое" not in told
    assert not any(isinstance(block, Figure) for block in section(mini, "criterion-courtesy"))


def test_survey_shares_stand_beside_their_n(mini: Document) -> None:
    (criterion,) = tables(mini, "criterion-openness")
    assert [column.header for column in criterion.columns] == ["Организация", "I.1", "Критерий", "Интервал", "n"]
    assert criterion.rows[0].cells == ("Центр «Заря»", "10,00", "10,00", "8,51–10,00", "20")
    (organisation,) = tables(mini, "organisation-4")
    assert [column.header for column in organisation.columns] == [
        "№",
        "Показатель",
        "Значение, баллов",
        "Интервал",
        "Среднее",
        "n",
    ]
    assert organisation.rows[1].cells == ("I.1", "Открытость в долях", "5,00", "3,03–6,97", "7,75", "10 из 20")


def test_what_has_no_value_has_its_status_and_the_policy(mini: Document) -> None:
    (table,) = tables(mini, "organisation-5")
    assert table.rows[1].cells[2:] == ("–", "7,75")
    assert "I, II – нет данных." in plain(table.note)
    assert "I.1, II.1 – нет данных; критерий не рассчитан." in plain(table.note)


def test_only_differences_are_listed_and_counted(mini: Document) -> None:
    counts, differences = tables(mini, "comparison")
    assert [row.cells for row in counts.rows] == [
        ("Место", "3", "1", "0", "1", "1"),
        ("Итоговая оценка", "2", "1", "1", "0", "0"),
    ]
    assert [plain(cell) for cell in differences.rows[0].cells] == ["Дом «Тополь»", "Место", "3", "4", "+1"]
    assert "Отличий всего – 1." in said(mini, "comparison")


def test_a_reproduced_rating_is_called_so() -> None:
    assessment = mini_assessment()
    figures = assessment.case.published
    first = replace(assessment.case, published=[one for one in figures if one.organisation == 0])
    document = report(replace(assessment, case=first))
    assert "Опубликованный рейтинг воспроизводится полностью." in said(document, "comparison")
    close = replace(assessment.case, published=[one for one in figures if one.subject == "overall"])
    document = report(replace(assessment, case=close))
    assert "воспроизводится с точностью до единицы последнего знака. Совпало итоговых" in said(document, "comparison")


def test_a_methodology_without_overall_score_ranks_nobody() -> None:
    document = report(mini_assessment(mini_edition(overall=OverallValue.NONE)))
    assert "рейтинга и мест здесь нет" in said(document, "rating")
    assert "Место" not in "".join(column.header for table in tables(document, "rating") for column in table.columns)
    assert "Итоговая оценка" not in said(document, "organisation-1")


def test_one_organisation_is_not_compared_with_itself() -> None:
    alone = [18.0, *([np.nan] * 4)]
    document = report(mini_assessment(open_=alone, polite=alone))
    told = said(document, "rating")
    assert "Итоговая оценка – 9,00 балла: Центр «Заря»." in told
    assert "Средняя" not in told
    assert "Место –" not in said(document, "organisation-1")


def test_nothing_scored_is_said_plainly() -> None:
    nothing = [np.nan] * 5
    assert "Итоговых оценок нет." in said(report(mini_assessment(open_=nothing, polite=nothing)), "rating")


def test_unverified_things_say_so(mini: Document) -> None:
    assert "не проверено" in said(mini, "legal-basis")
    assert "Показателей: 2. Из них: не проверено (вывод, нигде прямо не сказано) – 2." in said(mini, "indicators")
    assert "Методика не сверена с текстами актов" in "\n".join(mini.title_page.notes)


def test_no_break_spaces_stand_where_they_belong(mini: Document) -> None:
    strings = "\n".join(
        cell for block in mini.blocks if isinstance(block, Table) for row in block.rows for cell in row.cells
    )
    assert "№\u00a01" in strings
    assert "25,0\u00a0%" in strings


def test_every_anchor_is_unique_and_headings_have_at_most_three_levels(mini: Document) -> None:
    headings = [block for block in mini.blocks if isinstance(block, Heading)]
    assert len({heading.anchor for heading in headings}) == len(headings)
    assert {heading.level for heading in headings} <= {1, 2, 3}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", shipped())
def test_every_edition_gives_a_whole_report(code: str, language: str) -> None:
    document = report(made(code), language)
    text = whole(document)
    assert not [sign for sign in ("nan", "None", "{", "}", "Fraction", "REPORT-") if sign in text]
    assert all(len(row.cells) == len(table.columns) for table in _tables(document) for row in table.rows)
    for figure in (block for block in document.blocks if isinstance(block, Figure)):
        assert all(category in figure.alt for category in figure.chart.categories)


def test_forms_of_service_apart_are_rows_of_their_own() -> None:
    document = report(made("ru-344n-2018", forms=FormsOfService.SEPARATE, ties=Ties.DENSE, rank_on=RankOn.UNROUNDED))
    told = whole(document)
    assert "16 объектов оценки" in told  # twelve organisations, every third in two forms
    assert "=Организация «0» (Амбулаторные условия)" in told
    assert "Каждая форма обслуживания оценивается отдельно." in said(document, "policies")
    assert "эта оценка (в методике иначе)" in said(document, "policies")


@pytest.mark.parametrize("code", ["ru-344n-2018", "ru-995n-2014"])
def test_the_rating_table_repeats_the_printed_scores(code: str) -> None:
    assessment = made(code)
    printed = {}
    for table in tables(report(assessment), "rating"):
        headers = [column.header for column in table.columns]
        named, overall = headers.index("Организация"), headers.index("Итог")
        for line in table.rows:
            printed[line.cells[named]] = (line.cells[0], line.cells[named + 1 : overall], line.cells[overall])
    units = assessment.case.table.units
    digits = assessment.rated.digits
    for row, rated in enumerate(assessment.rated.rows):
        name = units.organisations[rated.organisation].name
        if np.isnan(assessment.rated.overall.printed[row]):
            assert name not in printed
            continue
        place, criteria, overall_text = printed[name]
        assert place.partition("–")[0] == str(assessment.places[row])
        assert overall_text == _ru(assessment.rated.overall.printed[row], digits)
        values = [assessment.rated.criteria[one.code].printed[row] for one in assessment.case.rules.edition.criteria]
        assert list(criteria) == [_ru(value, digits) for value in values]


def test_the_english_report_is_in_english() -> None:
    document = report(mini_assessment(), "en")
    assert "Highest overall score, 9.50 points: Центр «Заря»." in said(document, "rating")
    assert "Above the mean: 3 of 4 organisations (75.0%)." in said(document, "rating")
    assert document.language == "en"
    assert dict(document.words)["table"] == "Table"


def _tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def _ru(value: float, digits: int) -> str:
    return "–" if np.isnan(value) else f"{value:.{digits}f}".replace(".", ",")
