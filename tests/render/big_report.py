"""A made-up report of 27 organisations with long Russian names: about a hundred pages, 35 charts, 40 tables."""

from __future__ import annotations

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
DISTRICTS = (
    "Алексеевский Безенчукский Богатовский Большеглушицкий Большечерниговский Борский Волжский Елховский Исаклинский "
    "Камышлинский Кинельский Кинель-Черкасский Клявлинский Кошкинский Красноармейский Красноярский Нефтегорский "
    "Пестравский Похвистневский Приволжский Сергиевский Ставропольский Сызранский Хворостянский Челно-Вершинский "
    "Шенталинский Шигонский"
).split()
NAMES = tuple(
    "ГБУ Самарской области «Центр социального обслуживания граждан пожилого возраста и инвалидов муниципального "
    f"района {district}»"
    for district in DISTRICTS
)
CRITERIA = (
    "Открытость и доступность информации об организации",
    "Комфортность условий предоставления услуг",
    "Доступность услуг для инвалидов",
    "Доброжелательность, вежливость работников организации",
    "Удовлетворённость условиями оказания услуг",
)
SENTENCE = (
    "Сбор сведений проводился в соответствии с методикой, утверждённой приказом, с 1 марта по 30 апреля 2026 года; "
    "опрошено 412 получателей услуг, доля ответивших составила 68,4 % от числа приглашённых. "
)


def report(organisations: int = 27) -> Document:
    """The whole report; fewer organisations give a shorter one of the same make."""
    blocks: list[Block] = [Contents("Содержание", 2), *_summary()]
    for number in range(organisations):
        blocks += _organisation(number)
    blocks += [
        Heading(1, "Заключение", "end", numbered=False),
        Paragraph(SENTENCE * 4),
        PageBreak(),
        Heading(2, "Приложение А. Сводные показатели", "appendix", numbered=False),
        _wide_table(),
    ]
    cover = TitlePage(
        organisation="Общество с ограниченной ответственностью «Центр независимой оценки»",
        title="Отчёт о проведении независимой оценки качества условий оказания услуг",
        subtitle="организациями социального обслуживания Самарской области",
        period="март – апрель 2026 года",
        place_and_year="Самара, 2026",
        notes=("Редакция методики: приказ № 344н. Отпечаток данных: 4f1c-9a20.", "Версия программы 0.1."),
    )
    return Document(cover, tuple(blocks), "ru", WORDS)


def _summary() -> list[Block]:
    scores = tuple(_score(number) for number in range(len(NAMES)))
    rows = tuple(
        Row((str(number + 1), name, _text(scores[number]), str(number % 9 + 1), f"{number % 9 + 1}–{number % 9 + 6}"))
        for number, name in enumerate(NAMES)
    )
    columns = (
        Column("№", 1, Align.CENTER),
        Column("Организация", 10),
        Column("Итоговая оценка, баллы", 3, Align.CENTER),
        Column("Место", 2, Align.CENTER),
        Column("Границы места", 3, Align.CENTER),
    )
    chart = ChartSpec(
        kind=ChartKind.BAR,
        title="Итоговые оценки организаций",
        unit="баллы",
        categories=NAMES,
        series=(Series("Итоговая оценка", scores),),
        low=0,
        high=100,
        reference=("Среднее по региону", 84.275),
        highlight=(3,),
    )
    return [
        Heading(1, "Введение", "intro", numbered=False),
        *(Paragraph(SENTENCE * 3) for _ in range(5)),
        Bullets(tuple(f"{criterion.lower()};" for criterion in CRITERIA)),
        Heading(1, "Сводные результаты", "summary"),
        Paragraph(SENTENCE * 2),
        Heading(2, "Рейтинг организаций", "rating"),
        Table("Итоговые оценки и места организаций", columns, rows, "Примечание – места с одинаковой оценкой общие."),
        Figure("Итоговые оценки организаций", chart, ""),
        Heading(2, "Оценки по критериям", "criteria"),
        *(block for place in range(5) for block in _criterion(place)),
    ]


def _criterion(place: int) -> list[Block]:
    values = tuple(_score(number * 3 + place) for number in range(len(NAMES)))
    chart = ChartSpec(
        ChartKind.BAR,
        CRITERIA[place],
        "баллы",
        tuple(f"ЦСО «{district}»" for district in DISTRICTS),
        (Series("Оценка", values),),
        low=0,
        high=100,
        reference=("Среднее по региону", 81.5),
    )
    return [Paragraph(SENTENCE), Figure(f"{CRITERIA[place]}: оценки организаций", chart, "")]


def _organisation(number: int) -> list[Block]:
    columns = (
        Column("Показатель", 8),
        Column("Значение", 2, Align.CENTER),
        Column("Ответивших", 2, Align.CENTER),
        Column("Стандартная ошибка", 2, Align.CENTER),
    )
    rows = tuple(
        Row((f"{n + 1}. {CRITERIA[n % 5]}", _text(_score(n + number)), str(400 + n), "1,2"), strong=n % 5 == 0)
        for n in range(18)
    )
    chart = ChartSpec(
        ChartKind.COLUMN if number % 2 else ChartKind.BAR,
        "Оценки по критериям",
        "баллы",
        ("Открытость", "Комфортность", "Доступность", "Вежливость", "Удовлетворённость"),
        (
            Series("Организация", tuple(_score(number + n) for n in range(5))),
            Series("В среднем по региону", (88.1, 84.0, 79.25, 93.0, None if number == 4 else 90.05)),
        ),
        low=0,
        high=100,
    )
    return [
        Heading(1, NAMES[number], f"organisation-{number}"),
        Paragraph(SENTENCE * 2),
        Heading(2, "Оценки", f"scores-{number}"),
        Paragraph(SENTENCE * 2),
        Table(f"Оценки по показателям: {NAMES[number]}", columns, rows),
        Figure("Оценки по критериям", chart, "Столбчатая диаграмма: оценки по пяти критериям."),
        Heading(2, "Выявленные недостатки и предложения", f"findings-{number}"),
        Paragraph("Недостатки требуют устранения до конца года.", strong=True),
        Bullets(tuple(SENTENCE for _ in range(4))),
        *(Paragraph(SENTENCE * 3) for _ in range(3)),
        _findings_table(),
    ]


def _findings_table() -> Table:
    columns = (Column("Недостаток", 4), Column("Мероприятие", 4), Column("Срок", 2, Align.CENTER))
    rows = tuple(Row((CRITERIA[n % 5], SENTENCE[:80], "до 1 декабря 2026 г.")) for n in range(5))
    return Table("План по устранению недостатков", columns, rows)


def _wide_table() -> Table:
    columns = (
        Column("Организация", 6),
        *(Column(f"Показатель {n // 4 + 1}.{n % 4 + 1}: удовлетворённость", 1, Align.CENTER) for n in range(19)),
    )
    rows = tuple(Row((name, *(_text(_score(number + n)) for n in range(19)))) for number, name in enumerate(NAMES))
    return Table("Значения всех показателей", columns, rows, "Примечание – 100,0 – наибольшее значение.")


def _score(seed: int) -> float:
    return 60 + (seed * 7919 % 3950) / 100


def _text(value: float) -> str:
    return f"{value:.1f}".replace(".", ",")
