"""The made-up assessment without a rating, in the style of Kemerovo: shortcomings of eight organisations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tools.fictional_files import Chance, Example, Row, Table

LOOKED_AT = {
    "complaints_phone": "контрольный звонок",
    "complaints_book": "выезд",
    "complaint_procedure": "проверка сайта",
    "site_information": "проверка сайта",
    "hearing_sight_access": "выезд",
    "special_sanitary_room": "выезд",
    "wheelchair_access": "выезд",
}
WORDS = {"д": "да", "ч": "частично", "н": "нет"}
QUESTIONS = tuple(f"q{number}" for number in range(1, 7))
SAID = ("Больше кружков и выездов.", "Спасибо за заботу.", "Долго ждать ответа на обращение.", "", "", "", "")


@dataclass(frozen=True, slots=True)
class Looked:
    """One made-up organisation; `found` has a letter per thing looked at (да, частично, нет, · not looked at);
    `trained` is how many of the staff were trained, None where the manager sent nothing."""

    key: str
    name: str
    kind: str
    recipients: int
    found: str
    trained: tuple[int, int] | None
    content: float


ORGANISATIONS = (
    Looked("KS-1", "Центр «Северное сияние»", "Государственная или муниципальная", 510, "ддндндч", (12, 31), 0.96),
    Looked("KS-2", "Центр «Журавушка»", "Государственная или муниципальная", 340, "ддндндч", (22, 28), 0.97),
    Looked("KS-3", "Дом-интернат «Кедровая падь»", "муниципальная", 120, "ндчдндн", (41, 60), 0.92),
    Looked("KS-4", "Приют «Лукоморье»", "Государственная или муниципальная", 65, "дддччнд", (9, 26), 0.98),
    Looked("KS-5", "Центр «Таежный родник»", "муниципальная", 280, "ддннннн", None, 0.9),
    Looked("KS-6", "Центр «Теплый дом»", "Государственная или муниципальная", 410, "ддндддд", (30, 44), 0.97),
    Looked("KS-7", "Пансионат «Сосновая заимка»", "негосударственная", 48, "дн··чдд", (5, 14), 0.95),
    Looked("KS-8", "Центр «Тихая гавань»", "Государственная или муниципальная", 300, "нддчннч", (18, 33), 0.94),
)

SETTINGS = """methodology: ru-kemerovo-2017
title: "Сводные результаты независимой оценки в Синегорском районе, 2017 год (вымышленный пример)"
period: "2017 год"
operator: "Бюро «Семь ветров» (вымышленное)"
place: "Синегорский район (вымышленный)"
"""

README = """# Синегорский район, 2017: недостатки без рейтинга (вымышленный пример)

Район, организации и ответы выдуманы; все собрано программой `tools/build_fictional.py`, руками не правится.
Методика – `ru-kemerovo-2017`: итогового показателя и мест нет, есть доли организаций с недостатком, каждая со \
своим числителем и базой, и итоги опроса.

- `observations.csv` – что увидели: «да», «частично», «нет»; повышение квалификации – числом работников;
- `responses/recipients.csv` – около 15 анкет на организацию; точка с запятой, Windows-1251.

База у недостатков разная, как в жизни: у одной организации нет сайта (о сайте строк нет), \
одна не прислала сведений о работниках. Странности нарочно: пропуски, разный регистр, неразрывные пробелы, \
«затрудняюсь».
"""


def build_kemerovo() -> Example:
    """The folder `fictional-kemerovo`."""
    chance = Chance(2017)
    register = [(one.key, one.name, one.kind, str(one.recipients)) for one in ORGANISATIONS]
    observations = [row for one in ORGANISATIONS for row in _observations(one)]
    responses = [row for one in ORGANISATIONS for row in _responses(one, chance)]
    return Example(
        folder="fictional-kemerovo",
        settings=SETTINGS,
        readme=README,
        tables=(
            Table("organisations.csv", ("organisation", "name", "kind", "recipients"), register),
            Table("observations.csv", ("organisation", "item", "value", "base", "source"), observations),
            Table(
                "responses/recipients.csv",
                ("id", "organisation", "channel", *QUESTIONS),
                responses,
                delimiter=";",
                encoding="cp1251",
            ),
        ),
    )


def _observations(one: Looked) -> Iterator[Row]:
    for (quantity, source), letter in zip(LOOKED_AT.items(), one.found, strict=True):
        if letter in WORDS:
            yield one.key, quantity, WORDS[letter], "", source
    if one.trained is not None:
        yield one.key, "trained_staff", str(one.trained[0]), str(one.trained[1]), "сведения руководителя"


def _responses(one: Looked, chance: Chance) -> Iterator[Row]:
    yes_no = {"Да": one.content, "Нет": (1 - one.content) / 2, "Затрудняюсь ответить": (1 - one.content) / 2}
    change = {"Улучшилось": one.content, "Не изменилось": 1 - one.content}
    for number in range(1, chance.number(13, 17) + 1):
        answers = [chance.skipped(chance.weighed(change if code == "q4" else yes_no)) for code in QUESTIONS[:5]]
        channel = chance.pick(("бумага", "интервью", "телефон"))
        yield f"{one.key}/{number}", one.key, channel, *(chance.typed(answer) for answer in answers), chance.pick(SAID)
