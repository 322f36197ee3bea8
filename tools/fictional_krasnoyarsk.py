"""The made-up poll of a decade of quality in the style of Krasnoyarsk: two offices and three institutions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tools.fictional_files import Chance, Example, Row, Table

CHANNELS = ("лично", "почта", "портал «Активный гражданин»", "электронная почта", "МФЦ", "уличный опрос", "интервью")
QUESTIONS = tuple(f"q{number}" for number in range(1, 6))
REASONS = ("Долгое ожидание", "Отношение работников", "Мало понятной информации", "Условия в помещении")
SAID = ("Рисунок внука приложен.", "Так держать!", "Сделайте запись по телефону.", "", "", "", "")


@dataclass(frozen=True, slots=True)
class Polled:
    """One made-up office or institution; `people` are registered (office) or served (institution)."""

    key: str
    name: str
    kind: str
    people: int
    on_territory: int
    elsewhere: int
    services: dict[str, float]
    content: float


OFFICE = {"Меры социальной поддержки, пособия, компенсации": 0.7, "Консультация, справка": 0.25, "Другая услуга": 0.05}
HOME_AND_DAY = {"Социальное обслуживание на дому": 0.6, "Полустационарное социальное обслуживание": 0.4}
RESIDENTIAL = {"Стационарное социальное обслуживание": 1.0}
DAY = {"Полустационарное социальное обслуживание": 0.9, "Консультация, справка": 0.1}
ORGANISATIONS = (
    Polled("ОТД-1", "Отделение по Верхнекаменскому району", "office", 6200, 33, 3, OFFICE, 0.93),
    Polled("ОТД-2", "Отделение по Нижнекаменскому району", "office", 4800, 22, 2, OFFICE, 0.88),
    Polled("УЧР-1", "Центр «Радуга над Каменкой»", "institution", 101, 31, 0, HOME_AND_DAY, 0.97),
    Polled("УЧР-2", "Дом-интернат «Пихтовый двор»", "institution", 33, 9, 2, RESIDENTIAL, 0.95),
    Polled("УЧР-3", "Центр семьи «Лесная тропинка»", "institution", 60, 24, 1, DAY, 0.96),
)

SETTINGS = """methodology: ru-krasnoyarsk-2024
title: "Декада качества в Каменском крае, 8–19 апреля 2024 года (вымышленный пример)"
period: "8–19 апреля 2024 года"
operator: "Ресурсный центр социальной защиты Каменского края (вымышленный)"
place: "Каменский край (вымышленный)"

columns:
  "№": id
  "Код организации": organisation
  "Как получена анкета": channel
"""

README = """# Каменский край, 2024: декада качества (вымышленный пример)

Край, отделения, учреждения и ответы выдуманы; все собрано программой `tools/build_fictional.py`, руками не \
правится.
Методика – `ru-krasnoyarsk-2024`: доли удовлетворенных и не удовлетворенных по услугам и способам получения \
анкеты, охват против норм 0,5 % (отделения) и 30 % (учреждения). Общего балла и мест нет.

- `responses/offices.csv` – отделения: точка с запятой, Windows-1251, свои названия столбцов (см. `columns`);
- `responses/institutions.csv` – учреждения: ответы кодами;
- охват считается из самих анкет (собранные вне территории не входят) и столбца `recipients` реестра.

Нарочно: отделение ОТД-2 (22 анкеты при 4 800 на учете) и учреждение УЧР-2 (9 анкет при 33 получателях) нормы \
не достигли; анкеты вне территории в охват не входят. Это не ошибки: пропуски, разный регистр, неразрывные \
пробелы, причина недовольства у того, кто не был недоволен (в доли не входит).
"""


def build_krasnoyarsk() -> Example:
    """The folder `fictional-krasnoyarsk`."""
    chance = Chance(2024)
    register = [(one.key, one.name, one.kind, str(one.people)) for one in ORGANISATIONS]
    offices = [row for one in ORGANISATIONS if one.kind == "office" for row in _responses(one, chance)]
    institutions = [row for one in ORGANISATIONS if one.kind == "institution" for row in _responses(one, chance)]
    codes = {"На территории отделения или учреждения": "on_territory", "Вне территории": "elsewhere"}
    codes |= {"Удовлетворен(а)": "satisfied", "Не удовлетворен(а)": "dissatisfied", "Затрудняюсь ответить": "undecided"}
    coded = [tuple(codes.get(cell, cell) for cell in row) for row in institutions]
    typed = [(*row[:3], *(chance.typed(cell) for cell in row[3:])) for row in offices]
    own_head = ("№", "Код организации", "Как получена анкета", *QUESTIONS)
    return Example(
        folder="fictional-krasnoyarsk",
        settings=SETTINGS,
        readme=README,
        tables=(
            Table("organisations.csv", ("organisation", "name", "kind", "recipients"), register),
            Table("responses/offices.csv", own_head, typed, delimiter=";", encoding="cp1251"),
            Table("responses/institutions.csv", ("id", "organisation", "channel", *QUESTIONS), coded),
        ),
    )


def _responses(one: Polled, chance: Chance) -> Iterator[Row]:
    low = 1 - one.content
    satisfaction = {"Удовлетворен(а)": one.content, "Не удовлетворен(а)": low * 0.7, "Затрудняюсь ответить": low * 0.3}
    for number in range(1, one.on_territory + one.elsewhere + 1):
        here = number <= one.on_territory
        place = "На территории отделения или учреждения" if here else "Вне территории"
        answer = chance.skipped(chance.weighed(satisfaction))
        asked = answer.startswith("Не ") or chance.happens(0.03)
        yield (
            f"{one.key}-{number}",
            one.key,
            chance.pick(CHANNELS) if here else "интервью",
            chance.skipped(chance.weighed(one.services)),
            place,
            answer,
            chance.pick(REASONS) if asked else "",
            chance.pick(SAID),
        )
