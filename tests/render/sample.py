"""A small document with every kind of block, and texts that would like to be markup."""

from __future__ import annotations

from dataclasses import replace

from merilo.assessment.reporting.charts import ChartKind, ChartSpec, Series
from merilo.assessment.reporting.document import (
    Align,
    Block,
    Bullets,
    Column,
    Contents,
    Document,
    Figure,
    Heading,
    PageBreak,
    Paragraph,
    Row,
    Table,
    TitlePage,
)

WORDS = (
    ("table", "Таблица"),
    ("figure", "Рисунок"),
    ("contents", "Содержание"),
    ("continued", "Продолжение таблицы"),
)
HOSTILE = '#import "x" $a$ *b* _c_ @d <e> \\f `g` = h & </w:t> ]]> {{i}} =1+1 %s «Ёж» \x07\x1b 😀 // j'
# What is left of it when the two control characters are gone.
PLAIN = HOSTILE.replace("\x07\x1b", "")
LONG_NAME = (
    "ГБУ Самарской области «Центр социального обслуживания граждан пожилого возраста и инвалидов "
    "муниципального района Большеглушицкий»"
)

BARS = ChartSpec(
    kind=ChartKind.BAR,
    title="Итоговые оценки",
    unit="баллы",
    categories=("Первая школа", LONG_NAME, HOSTILE, "=СУММ(1;2)"),
    series=(Series("Оценка", (88.25, 60.625, None, 71.05)),),
    digits=1,
    low=0,
    high=100,
    reference=("Среднее по региону", 84.25),
    highlight=(1,),
)
COLUMNS = ChartSpec(
    kind=ChartKind.COLUMN,
    title="Оценки по критериям",
    unit="баллы",
    categories=("Открытость", "Комфортность", "Доступность", "Вежливость"),
    series=(Series("Организация", (88.0, 90.5, 45.125, 99.0)), Series("Регион", (80.0, None, 60.0, 100.0))),
    digits=2,
    reference=("Порог", 75.0),
    highlight=(2,),
)
CHANGES = ChartSpec(
    kind=ChartKind.COLUMN,
    title="Изменение оценки",
    unit="",
    categories=("2023", "2024", "2025"),
    series=(Series("Изменение", (-2.5, 0.0, 3.25)),),
    digits=2,
)
MANY = ChartSpec(
    kind=ChartKind.BAR,
    title="Сорок организаций",
    unit="баллы",
    categories=tuple(f"Организация {number}" for number in range(1, 41)),
    series=(Series("Оценка", tuple(50.0 + number for number in range(40))),),
    low=0,
    high=100,
    highlight=(0, 39),
)
# Every case of an interval: none known, one cut at both ends of the axis, one on a bar too short for its value.
SURE_BARS = ChartSpec(
    kind=ChartKind.BAR,
    title="Итоговые оценки",
    unit="баллы",
    categories=("Первая", "Вторая", "Третья", "Четвёртая", "Пятая"),
    series=(
        Series(
            "Оценка",
            (9.58, 9.7, None, 9.4, 9.1),
            ((9.38, 9.71), None, (9.1, 9.2), (8.1, 10.9), (9.05, 9.3)),
        ),
    ),
    digits=2,
    low=9,
    high=10,
    reference=("Среднее", 9.5),
    highlight=(3,),
)
SURE_COLUMNS = ChartSpec(
    kind=ChartKind.COLUMN,
    title="Изменения",
    unit="",
    categories=("Открытость", "Комфортность", "Доступность"),
    series=(
        Series("Организация", (-2.5, 0.0, 3.25)),
        Series("Регион", (-2.0, 0.5, 3.0), ((-3.9, -1.1), (-0.5, 1.5), (2.0, 4.6))),
    ),
    digits=2,
)


def scores_table(rows: int = 30) -> Table:
    """A table that runs over a page."""
    return Table(
        "Оценки организаций",
        (Column("Организация", 6), Column("Оценка", 2, Align.CENTER), Column("Место", 1, Align.RIGHT)),
        (
            *(Row((f"{LONG_NAME}, филиал {number}", f"{number},5", str(number))) for number in range(1, rows)),
            Row(("Всего", "100,0", "–"), strong=True),
        ),
        note="Примечание – организации с равными оценками делят место.",
    )


def wide_table(columns: int = 20) -> Table:
    """A table that needs a turned sheet."""
    headers = (
        Column("Организация", 5),
        *(Column(f"Удовлетворённость, {number}", 1, Align.CENTER) for number in range(2, columns + 1)),
    )
    rows = tuple(Row((LONG_NAME, *("100,0" for _ in range(2, columns + 1)))) for _ in range(6))
    return Table("Все показатели", headers, rows)


def small_table() -> Table:
    """A table of two rows with hostile text everywhere."""
    return Table(
        HOSTILE, (Column(HOSTILE, 1), Column("Срок", 1)), (Row((HOSTILE, "до 1 мая")), Row(("–", "–"))), note=HOSTILE
    )


def document(*blocks: Block, title: str = "Отчёт о независимой оценке", language: str = "ru") -> Document:
    """A document of these blocks."""
    cover = TitlePage(
        organisation="Центр независимой оценки",
        title=title,
        subtitle="Самарская область",
        period="март – апрель 2026 года",
        place_and_year="Самара, 2026",
        notes=("Редакция методики: 344н.", HOSTILE),
    )
    return Document(cover, blocks, language, WORDS)


def sample() -> Document:
    """The document with every kind of block."""
    return document(
        Contents("Содержание", 2),
        Heading(1, "Введение", "intro", numbered=False),
        Paragraph("Оценка проведена по методике. " * 12),
        Heading(1, "Результаты", "results"),
        Paragraph(HOSTILE, strong=True),
        Heading(2, "Оценки", "scores"),
        scores_table(),
        Heading(3, HOSTILE, "hostile"),
        Bullets(("первое;", HOSTILE, "третье. " * 30)),
        small_table(),
        Heading(2, "Диаграммы", "charts"),
        Figure("Итоговые оценки", BARS, f"Столбчатая диаграмма: {HOSTILE}"),
        Figure("Оценки по критериям", COLUMNS, ""),
        Figure("Изменение", CHANGES, ""),
        PageBreak(),
        Figure("Сорок организаций", MANY, "не виден: часть рассказывает о себе сама"),
        PageBreak(),
        Heading(2, HOSTILE, "compact", compact=True),
        Paragraph(HOSTILE, compact=True),
        Figure("Низкая", replace(COLUMNS, compact=True), ""),
        replace(small_table(), compact=True),
        Paragraph("Конец.", compact=True),
        Heading(1, "Показатели", "indicators"),
        Paragraph("Все показатели – в таблице."),
        wide_table(),
        Paragraph("Текст после широкой таблицы."),
        Figure("Итоговые оценки ещё раз", BARS, ""),
        Heading(1, "Приложение А", "appendix", numbered=False),
        Heading(2, "Ещё одна таблица", "more", numbered=False),
        wide_table(14),
    )
