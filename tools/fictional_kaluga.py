"""The made-up citizen survey in the style of Kaluga: two offices of one town department."""

from __future__ import annotations

from collections.abc import Iterator

from tools.fictional_files import Chance, Example, Row, Table

# Question code → the full text by which the online form names its column.
COLUMNS = {
    "q1": "Как Вы подали документы?",
    "q2": "За какой услугой Вы обращались?",
    "q3": "Как Вы оцениваете время ожидания в очереди при подаче документов?",
    "q4": "Когда Вы получили результат услуги?",
    "q5": "Как Вы оцениваете качество работы управления?",
    "q6": "Каково Ваше мнение о сотрудниках, которые оказывали Вам услугу?",
    "q7": "Как Вы оцениваете качество информации о порядке предоставления услуг?",
    "q8": "Оставьте отзыв о получении услуги",
}
SERVICES = {
    "Помощь на основании социального контракта": 0.3,
    "Субсидия на оплату жилья и коммунальных услуг": 0.3,
    "Компенсация взноса на капитальный ремонт": 0.15,
    "Установление статуса многодетной семьи": 0.15,
    "Другая услуга": 0.1,
}
QUEUE = (
    "Ждать пришлось очень долго",
    "Ждать пришлось долго",
    "Ждать пришлось терпимо",
    "Ждать пришлось недолго",
    "Очереди почти не было",
)
MARKS = ("Очень плохо", "Плохо", "Удовлетворительно", "Хорошо", "Отлично")
SAID = (
    "Талонов электронной очереди не хватает.",
    "Все подробно объяснили, спасибо.",
    "По телефону сказали одно, на приеме другое.",
    "До отдела не дозвониться.",
    "",
    "",
    "",
    "",
)

SETTINGS = """methodology: ru-kaluga-2023
title: "Качество государственных услуг социальной защиты города Заречинска, 2023 год (вымышленный пример)"
period: "2023 год"
operator: "Управление социальной защиты города Заречинска (вымышленное)"
place: "город Заречинск (вымышленный)"

columns:
  "Отметка времени": ignore
  "Отдел": organisation
"""

README = """# Город Заречинск, 2023: опрос заявителей и отзывы в сети (вымышленный пример)

Город, отделы и ответы выдуманы; все собрано программой `tools/build_fictional.py`, руками не правится.
Методика – `ru-kaluga-2023`: время, качество, информация и отдельно оценка в сети Интернет, которая в общий \
уровень не входит.

- `responses/online.csv` – выгрузка онлайн-опроса: точка с запятой, Windows-1251, столбцы названы текстами \
вопросов, организация – в столбце «Отдел» (см. `columns`);
- `responses/paper.csv` – ввод с бумаги: коды вопросов, ответы – кодами и числами;
- `observations.csv` – звезды публичных отзывов и доля заявлений через портал.

Отзывы первого отдела – 4, 1, 5, 2, 5, 1, 5, 1: в среднем 3 звезды из 5, то есть 60 % от наибольшей, но \
довольных (4–5 звезд) 50 %. Странности нарочно: пропуски, разный регистр, неразрывные пробелы, оценка очереди \
от подавшего через портал (не засчитывается).
"""


def build_kaluga() -> Example:
    """The folder `fictional-kaluga`."""
    chance = Chance(2023)
    register = [
        ("USZ-1", "Отдел приема «На Садовой»", "19400"),
        ("USZ-2", "Отдел приема «Заречный»", "11200"),
    ]
    return Example(
        folder="fictional-kaluga",
        settings=SETTINGS,
        readme=README,
        tables=(
            Table("organisations.csv", ("organisation", "name", "recipients"), register),
            Table(
                "observations.csv", ("organisation", "item", "value", "base", "source", "note"), list(_observations())
            ),
            _online(chance),
            _paper(chance),
        ),
    )


def _observations() -> Iterator[Row]:
    for key, stars, applied in (
        ("USZ-1", (4, 1, 5, 2, 5, 1, 5, 1), (8120, 19400)),
        ("USZ-2", (5, 4, 5, 3, 5), (6010, 11200)),
    ):
        listed = ", ".join(str(one) for one in stars)
        high, reviews = sum(one >= 4 for one in stars), str(len(stars))
        yield key, "internet_stars", str(sum(stars)), reviews, "отзывы на поисковом портале", f"звезды: {listed}"
        yield key, "internet_high_stars", str(high), reviews, "отзывы на поисковом портале", "4 и 5 звезд"
        yield key, "applied_through_portal", str(applied[0]), str(applied[1]), "учет заявлений", ""


def _answers(chance: Chance, content: float) -> dict[str, str]:
    """Answers by question code, in words."""
    way = chance.weighed({"Лично в управлении": 0.86, "Через Единый портал госуслуг": 0.1, "Через МФЦ": 0.04})
    low = 1 - content
    marks = dict(zip(MARKS, (low * 0.4, low * 0.3, low * 0.6, content * 0.4, content), strict=True))
    queue = dict(zip(QUEUE, (low * 0.6, low * 0.7, low, content * 0.5, content * 0.6), strict=True))
    asked = way.startswith("Лично") or chance.happens(0.1)
    return {
        "q1": way,
        "q2": chance.skipped(chance.weighed(SERVICES)),
        "q3": chance.skipped(chance.weighed(queue)) if asked else "",
        "q4": chance.skipped(
            chance.weighed({"Раньше срока": 0.3, "В срок": 0.6, "Позже срока": 0.04, "Мне отказали в услуге": 0.06})
        ),
        "q5": chance.skipped(chance.weighed(marks)),
        "q6": chance.skipped(
            chance.weighed(
                {
                    "Достаточно вежливы и компетентны": content,
                    "Не во всем вежливы или компетентны": low * 0.6,
                    "Были грубы и некомпетентны": low * 0.4,
                }
            )
        ),
        "q7": chance.skipped(chance.weighed(marks)),
        "q8": chance.pick(SAID),
    }


def _online(chance: Chance) -> Table:
    rows = []
    for index in range(44):
        key, content = ("USZ-1", 0.84) if index % 3 else ("USZ-2", 0.93)
        answers = _answers(chance, content)
        stamp = f"2023-{index % 12 + 1:02}-{index % 28 + 1:02} {index % 24:02}:15"
        rows.append((stamp, key, *(chance.typed(answers[code]) for code in COLUMNS)))
    head = ("Отметка времени", "Отдел", *COLUMNS.values())
    return Table("responses/online.csv", head, rows, delimiter=";", encoding="cp1251")


def _paper(chance: Chance) -> Table:
    """Typed in from paper: the number of the mark where there is a scale, the code of the option elsewhere."""
    numbers = {text: str(mark) for words in (QUEUE, MARKS) for mark, text in enumerate(words, 1)}
    codes = {
        "Лично в управлении": "in_person",
        "Через Единый портал госуслуг": "portal",
        "Через МФЦ": "mfc",
        "Раньше срока": "earlier",
        "В срок": "in_time",
        "Позже срока": "later",
        "Мне отказали в услуге": "refused",
        "Достаточно вежливы и компетентны": "polite",
        "Не во всем вежливы или компетентны": "partly",
        "Были грубы и некомпетентны": "rude",
    }
    stored = numbers | codes
    rows = []
    for index in range(18):
        answers = _answers(chance, 0.9)
        written = (stored.get(answers[code], answers[code]) for code in COLUMNS)
        rows.append((f"Б-{index + 1:02}", "USZ-1" if index < 7 else "USZ-2", *written))
    return Table("responses/paper.csv", ("id", "organisation", *COLUMNS), rows)
