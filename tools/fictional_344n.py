"""The made-up assessments by order 344n: organisations of four sectors in the district of Zarechinsk, in two years."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from tools.fictional_files import Chance, Example, Row, Table

QUESTIONS = tuple(f"q{number}" for number in range(1, 19))
FILTERS = {"q2": "q1", "q4": "q3", "q8": "q7", "q12": "q11"}
CELLS = {
    "remote_ways": ("phone", "email", "services", "faq", "opinion"),
    "comfort_items": ("waiting_area", "navigation", "water", "toilets", "cleanliness", "transport", "booking"),
    "premises_items": ("entrance", "parking", "lifts", "wheelchairs", "sanitary"),
    "service_items": ("audio_visual", "braille", "sign_language", "site_version", "assistance", "remote_or_home"),
}
SOURCES = {
    "remote_ways": "проверка сайта",
    "comfort_items": "выезд",
    "premises_items": "выезд",
    "service_items": "выезд",
}
SAID = (
    "Больше скамеек у входа.",
    "Спасибо, все хорошо.",
    "Хотелось бы записываться по телефону.",
    "Сайт открывается не всегда.",
    "",
    "",
    "",
    "",
    "",
)


@dataclass(frozen=True, slots=True)
class Assessed:
    """One made-up organisation. `found` are the checklist cells by quantity, as digits: 1, 0, or - for not
    applicable; `content` how pleased its recipients are; `forms` how many questionnaires each form has."""

    key: str
    name: str
    sector: str
    recipients: int
    stand: tuple[int, int]
    site: tuple[int, int]
    found: dict[str, str]
    content: float
    disabled: float
    forms: dict[str, int]


ORGANISATIONS = (
    Assessed(
        "ZR-01", "Центр социального обслуживания «Родник»", "social", 420, (16, 18), (15, 20),
        {"remote_ways": "11010", "comfort_items": "1110110", "premises_items": "11010", "service_items": "010111"},
        0.94, 0.3, {"day": 26},
    ),
    Assessed(
        "ZR-02", "Пансионат «Тихая роща»", "social", 180, (17, 18), (18, 20),
        {"remote_ways": "11111", "comfort_items": "1111111", "premises_items": "11111", "service_items": "110111"},
        0.97, 0.7, {"residential": 25},
    ),
    Assessed(
        "ZR-03", "Служба помощи на дому «Добрый сосед»", "social", 260, (0, 0), (11, 20),
        {"remote_ways": "11000", "comfort_items": "-------", "premises_items": "-----", "service_items": "000111"},
        0.92, 0.6, {"home": 24},
    ),
    Assessed(
        "ZR-04", "Больница «Березовый берег»", "health", 5200, (20, 24), (19, 26),
        {"remote_ways": "11110", "comfort_items": "1101101", "premises_items": "10110", "service_items": "000110"},
        0.83, 0.25, {"outpatient": 15, "inpatient": 13},
    ),
    Assessed(
        "ZR-05", "Школа «Созвездие»", "education", 640, (14, 15), (36, 40),
        {"remote_ways": "11111", "comfort_items": "1111110", "premises_items": "10000", "service_items": "000100"},
        0.9, 0.0, {"": 25},
    ),
    Assessed(
        "ZR-06", "Клуб «Бумажный кораблик»", "culture", 900, (9, 10), (12, 18),
        {"remote_ways": "11001", "comfort_items": "1111111", "premises_items": "10001", "service_items": "100100"},
        0.96, 0.1, {"": 25},
    ),
)  # fmt: skip

SETTINGS = """methodology: ru-344n-2018
title: "Независимая оценка качества условий оказания услуг в Заречинском районе, {year} год (вымышленный пример)"
period: "{year} год"
operator: "Исследовательское бюро «Семь ветров» (вымышленное)"
place: "Заречинский район (вымышленный)"

# Норматив ожидания плановой помощи, дней: одинаков для всех организаций.
values:
  waiting_norm: 14

columns:
  "Отметка времени": ignore
"""

# Recipients by form of service, for `merilo sample plan`; some use both forms.
POPULATIONS = (("ZR-04", "outpatient", "4700"), ("ZR-04", "inpatient", "900"))
README = """# Заречинский район, 2024: оценка по приказу № 344н (вымышленный пример)

Район, организации и ответы выдуманы; все собрано программой `tools/build_fictional.py`, руками не правится.
Методика – `ru-344n-2018`: три организации социального обслуживания, больница с двумя формами, школа и клуб.

- `populations.csv` – получатели организации с двумя формами по каждой форме, для `merilo sample plan`;
- `responses/social.csv` – ответы словами, столбцы по кодам вопросов; кто опрашивал и когда \
 (`interviewer`, `started`, `finished`);
- `responses/health.csv` – выгрузка с точкой с запятой в кодировке Windows-1251, столбцы по номерам вопросов, \
форма обслуживания в столбце `form`;
- `responses/education-culture.csv` – числа 1 и 0, время заполнения не читается (`columns` в `assessment.yaml`).

Странности нарочно, это не ошибки: пропущенные вопросы, «ДА» и «да», неразрывные пробелы, ответ на вопрос 2 при \
«Нет» в вопросе 1 (он не засчитывается). У службы помощи на дому нет помещений и стендов: пустые ячейки значат \
«неприменимо». В школе никто не назвал инвалидности: показатель 3.3 без респондентов. Интервью в пансионате \
ZR-02 записаны одной ночью и по 40 секунд каждое: это находит `merilo quality`.
"""

README_2023 = """# Заречинский район, 2023: прежняя волна (вымышленный пример)

Район, организации и ответы выдуманы; все собрано программой `tools/build_fictional.py`, руками не правится.
Это прежняя волна оценки из соседней папки `fictional-344n-2024`, по той же методике и тем же правилам:

    merilo change examples/fictional-344n-2023 examples/fictional-344n-2024

Задумано так: в больнице довольных было меньше; школа еще не переехала в здание без условий доступности; клуб \
не оценивался; библиотеки в 2024 году уже нет. В остальном ничего не менялось, кроме случая и числа опрошенных.
"""


def build_344n() -> tuple[Example, Example]:
    """The folders `fictional-344n-2023` and `fictional-344n-2024`."""
    return _build(2023, _year_before(), README_2023), _build(2024, ORGANISATIONS, README)


def _year_before() -> tuple[Assessed, ...]:
    """2023: the hospital pleased fewer, the school was not yet in its temporary building, the club not assessed; a
    library was, which is closed now."""
    social, quiet, home, hospital, school, _ = ORGANISATIONS
    return (
        replace(social, stand=(15, 18), content=0.93, forms={"day": 22}),
        quiet,
        replace(home, content=0.9, forms={"home": 19}),
        replace(hospital, content=0.6, forms={"outpatient": 34, "inpatient": 31}),
        replace(school, found={**school.found, "premises_items": "11111", "service_items": "110111"}, forms={"": 40}),
        Assessed(
            "ZR-07", "Библиотека «Тихий омут»", "culture", 310, (7, 10), (10, 18),
            {"remote_ways": "11000", "comfort_items": "1101110", "premises_items": "10000", "service_items": "000100"},
            0.88, 0.15, {"": 21},
        ),
    )  # fmt: skip


def _build(year: int, organisations: tuple[Assessed, ...], readme: str) -> Example:
    chance = Chance(year * 10_000 + 344)
    answers = {one.key: list(_responses(one, chance)) for one in organisations}
    observations = [row for one in organisations for row in _observations(one, chance)]
    register = [
        (one.key, one.name, one.sector, ";".join(form for form in one.forms if form), str(one.recipients))
        for one in organisations
    ]
    return Example(
        folder=f"fictional-344n-{year}",
        settings=SETTINGS.format(year=year),
        readme=readme,
        tables=(
            Table("organisations.csv", ("organisation", "name", "sector", "form", "recipients"), register),
            Table("populations.csv", ("organisation", "form", "recipients"), POPULATIONS),
            Table("observations.csv", ("organisation", "item", "value", "base", "form", "source"), observations),
            _social(answers, year),
            _health(answers),
            _education_culture(answers, year),
        ),
    )


def _responses(one: Assessed, chance: Chance) -> Iterator[dict[str, str]]:
    """Answers by question code, with `organisation`, `form` and `id`."""
    number = 0
    for form, count in one.forms.items():
        for _ in range(count):
            number += 1
            found = {"organisation": one.key, "form": form, "id": f"{one.key}-{number:03}"}
            yield found | _answers(one, chance)


def _answers(one: Assessed, chance: Chance) -> dict[str, str]:
    used = {"q1": 0.7 if one.stand[1] else 0.0, "q3": 0.45, "q7": one.disabled, "q11": 0.4}
    found: dict[str, str] = {}
    for question in QUESTIONS[:15]:
        likely = used.get(question, one.content)
        answer = "Да" if chance.happens(likely) else "Нет"
        behind = FILTERS.get(question)
        if behind and found[behind] != "Да":
            # Once in a while somebody answers a question that was not for them.
            answer = answer if question == "q2" and chance.happens(0.08) else ""
        found[question] = answer if question in used else chance.skipped(answer)
    return found | {
        "q16": chance.pick(SAID),
        "q17": chance.skipped(chance.weighed({"Женский": 0.64, "Мужской": 0.36})),
        "q18": chance.skipped(str(chance.number(18, 86)), 0.1),
    }


def _observations(one: Assessed, chance: Chance) -> Iterator[Row]:
    """The long table of evidence; a dash in `found` is a cell that does not apply and stays empty."""
    if one.stand[1]:
        yield one.key, "stand_items", str(one.stand[0]), str(one.stand[1]), "", "выезд"
    else:
        yield one.key, "stand_items", "0", "0", "", "стендов нет: помещений для получателей нет"
    yield one.key, "site_items", str(one.site[0]), str(one.site[1]), "", "проверка сайта"
    for quantity, cells in CELLS.items():
        for cell, mark in zip(cells, one.found[quantity], strict=True):
            yield one.key, f"{quantity}.{cell}", mark.replace("-", ""), "", "", SOURCES[quantity]
    if one.sector == "health":
        for form, count in one.forms.items():
            days = sum(chance.number(4, 15) for _ in range(count))
            yield one.key, "waiting_time", str(days), str(count), form, "журнал записи"


def _social(answers: dict[str, list[dict[str, str]]], year: int) -> Table:
    """Words, in columns by question code, with who asked and when."""
    chance, clock = Chance(1), Chance(3)
    head = ("id", "organisation", "channel", "interviewer", "started", "finished", *QUESTIONS)
    rows = []
    for key in ("ZR-01", "ZR-02", "ZR-03"):
        for number, one in enumerate(answers[key]):
            channel = chance.pick(("сайт", "бумага", "интервью"))
            service = (channel, *_asked(key, number, channel, clock, year))
            rows.append((one["id"], key, *service, *(chance.typed(one[code]) for code in QUESTIONS)))
    return Table("responses/social.csv", head, rows)


def _asked(key: str, number: int, channel: str, clock: Chance, year: int) -> Row:
    """Interviewer, beginning and end. In ZR-02 all of 2024 are of one night and take 40 seconds, to be found."""
    if channel == "бумага":
        return "", "", ""
    interviewer = f"И-{1 + number % 2}" if channel == "интервью" else ""
    by_night = key == "ZR-02" and bool(interviewer) and year == 2024
    day, hour = (17, 2) if by_night else (1 + clock.number(0, 19), 9 + clock.number(0, 8))
    minute, lasts = (2 * number % 60, 40) if by_night else (clock.number(0, 59), clock.number(200, 700))
    started = datetime(year, 10, day, hour, minute, clock.number(0, 59))  # noqa: DTZ001 - the clock on the wall
    return interviewer, f"{started:%d.%m.%Y %H:%M:%S}", f"{started + timedelta(seconds=lasts):%d.%m.%Y %H:%M:%S}"


def _health(answers: dict[str, list[dict[str, str]]]) -> Table:
    """An export in the style of an old office suite: semicolons, Windows-1251, columns by number."""
    chance, forms = Chance(2), {"outpatient": "Амбулаторные условия", "inpatient": "стационар"}
    rows = [
        (one["id"], "ZR-04", forms[one["form"]], *(chance.typed(one[code]) for code in QUESTIONS))
        for one in answers["ZR-04"]
    ]
    head = ("id", "organisation", "form", *(code.removeprefix("q") for code in QUESTIONS))
    return Table("responses/health.csv", head, rows, delimiter=";", encoding="cp1251")


def _education_culture(answers: dict[str, list[dict[str, str]]], year: int) -> Table:
    """An online form: a time stamp that nobody needs, and stored numbers instead of words."""
    stored = {"Да": "1", "Нет": "0", "Мужской": "1", "Женский": "2"}
    rows = []
    for key in ("ZR-05", "ZR-06", "ZR-07"):
        for index, one in enumerate(answers.get(key, ())):
            stamp = f"{index % 28 + 1:02}.10.{year} {9 + index % 10:02}:{index * 7 % 60:02}"
            rows.append((stamp, key, *(stored.get(one[code], one[code]) for code in QUESTIONS)))
    return Table("responses/education-culture.csv", ("Отметка времени", "organisation", *QUESTIONS), rows)
