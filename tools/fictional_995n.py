"""The made-up assessment by order 995n: six organisations of the three forms in the district of Luchistoe."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tools.fictional_files import Chance, Example, Row, Table

QUESTIONS = tuple(f"q{number}" for number in range(1, 33))
FIVE = ("Очень хорошо", "Хорошо", "Средне", "Плохо", "Очень плохо")
NOT_ASKED = {
    "residential": ("q4", "q5", "q6", "q21"),
    "day": ("q21",),
    "home": ("q3", *(f"q{number}" for number in range(10, 18)), "q20", "q23"),
}
FORM_NAMES = {"residential": "Стационар", "day": "полустационарная", "home": "На дому"}
SITE = (
    "registration",
    "structure",
    "services",
    "recipients",
    "staff",
    "facilities",
    "vacancies",
    "volume",
    "licences",
    "finances",
    "rules",
    "inspections",
    "assessment",
)
DESK = "кабинетное исследование"
SHOPPING = "контрольная закупка"
MANAGER = "сведения руководителя"
HAS = {"+": "имеется", "-": "отсутствует"}
WAY = {"+": "возможность имеется", "-": "возможность отсутствует"}
TEXT = {"+": "представлена в полном объеме", "~": "представлена частично", "-": "отсутствует"}
# Quantity → where it was looked at and the words for a mark; the marks of an organisation follow this order.
LOOKED_AT = {
    "stand_materials": (SHOPPING, HAS),
    "low_vision_version": (DESK, HAS),
    "phone_available": (DESK, HAS),
    "electronic_available": (DESK, HAS),
    "information_search": (DESK, {"+": "находятся легко", "~": "находятся с трудом", "-": "не находятся"}),
    "complaint_way_in_person": (DESK, WAY),
    "complaint_way_site": (DESK, WAY),
    "complaint_way_phone": (DESK, WAY),
    "complaint_text_stands": (SHOPPING, TEXT),
    "complaint_text_site": (DESK, TEXT),
    "complaint_text_authority": (DESK, TEXT),
}
PREMISES = {
    "grounds_equipped": {"+": "оборудована", "~": "частично оборудована", "-": "не оборудована"},
    "entrance_equipped": {"+": "доступны", "~": "частично доступны", "-": "не доступны"},
    "sanitary_equipped": {"+": "доступно", "~": "частично доступно", "-": "не доступно"},
    "audio_video_available": HAS,
    "rooms_equipped": HAS,
}
IMPORTANCE = ("openness", "comfort", "waiting", "courtesy", "satisfaction")
SAID = ("Хочется больше прогулок.", "Спасибо сотрудникам.", "Долго ждать специалиста.", "", "", "", "", "")


@dataclass(frozen=True, slots=True)
class Assessed:
    """One made-up organisation. `forms` has the questionnaires, recipients and complaints of each form; `site`
    a digit per section of the website (1, 0, or - where it does not apply); `found` and `premises` a mark per
    thing looked at (+ whole, ~ in part, - not); `visits` how likely a recipient came to see a specialist."""

    key: str
    name: str
    forms: dict[str, tuple[int, int, int]]
    bus_gov: str
    site: str
    found: str
    phones: int
    premises: str
    calls: tuple[int, int]
    messages: tuple[int, int]
    filled: tuple[str, str]
    trained: tuple[int, int]
    content: float
    visits: float = 0.6


ORGANISATIONS = (
    Assessed(
        "ЛЧ-1", "Дом-интернат «Рябиновый двор»", {"residential": (26, 310, 0)}, "84.3", "1111111100101",
        "++++++-+~+~", 2, "~+~-+", (5, 5), (2, 2), ("118.5", "126"), (61, 92), 0.93,
    ),
    Assessed(
        "ЛЧ-2", "Пансионат «Медвяные росы»", {"residential": (25, 144, 9)}, "71", "11011010-0011",
        "+-++~+--~~-", 1, "--~-+", (3, 5), (0, 2), ("64.25", "80"), (22, 57), 0.8,
    ),
    Assessed(
        "ЛЧ-3", "Центр дневного пребывания «Журавлиный клин»", {"day": (25, 205, 0)}, "96.5", "11111111-1111",
        "+++++++++++", 3, "+++++", (5, 5), (2, 2), ("41", "42.5"), (30, 33), 0.96,
    ),
    Assessed(
        "ЛЧ-4", "Центр «Лучистое поле»", {"day": (14, 160, 2), "home": (13, 275, 0)}, "88", "11111101-1101",
        "++++++++~+~", 2, "+~~-+", (4, 5), (2, 2), ("73.5", "75"), (40, 66), 0.91,
    ),
    Assessed(
        "ЛЧ-5", "Служба помощи на дому «Теплая варежка»", {"home": (24, 390, 1)}, "79.25", "11111011-0001",
        "+-++~+-+~~~", 1, "", (5, 5), (1, 2), ("52", "52"), (19, 48), 0.9, 0.0,
    ),
    Assessed(
        "ЛЧ-6", "Центр социального обслуживания «Вечерняя заря»", {"home": (26, 450, 0)}, "92", "11111111-1011",
        "+++++++++~~", 2, "", (5, 5), (2, 2), ("60.5", "63"), (44, 58), 0.95,
    ),
)  # fmt: skip

SETTINGS = """methodology: ru-995n-2014
title: "Независимая оценка качества социального обслуживания в Лучистом районе, 2016 год (вымышленный пример)"
period: "2016 год"
operator: "Исследовательское бюро «Семь ветров» (вымышленное)"
place: "Лучистый район (вымышленный)"

# Критерии взвешены по тому, как важность оценили сами получатели (вопросы 25–29).
weights: importance_recipients

columns:
  "Отметка времени": ignore
  "Организация": organisation
"""

# Recipients by form of service, for `merilo sample plan`; some use both forms.
POPULATIONS = (("ЛЧ-4", "day", "190"), ("ЛЧ-4", "home", "270"))
README = """# Лучистый район, 2016: оценка по приказу № 995н (вымышленный пример)

Район, организации и ответы выдуманы; все собрано программой `tools/build_fictional.py`, руками не правится.
Методика – `ru-995n-2014` на десятибалльной шкале, веса – по важности критериев для получателей \
(`weights: importance_recipients`). Шесть организаций, три формы; ЛЧ-4 работает в двух формах, ее оценки усредняются.

- `populations.csv` – получатели организации с двумя формами по каждой форме, для `merilo sample plan`;
- `responses/residential.csv` – ответы словами, столбцы по кодам вопросов;
- `responses/centres.csv` – выгрузка с точкой с запятой в Windows-1251, столбцы по номерам, форма в столбце `form`;
- `responses/home.csv` – числа вместо слов, время заполнения не читается (`columns` в `assessment.yaml`);
- `observations.csv` – кабинетное исследование, контрольная закупка, сведения руководителей: варианты названы словами, \
сайт – по пунктам перечня (пустая ячейка – пункт неприменим).

Нарочно: в ЛЧ-5 никто не приходил к специалисту, и у показателя 14 нет респондентов (0 из 0); пропуски, разный \
регистр, неразрывные пробелы, минуты ожидания у того, кто не приходил (не засчитываются).
"""


def build_995n() -> Example:
    """The folder `fictional-995n`."""
    chance = Chance(20140995)
    answers = {one.key: list(_responses(one, chance)) for one in ORGANISATIONS}
    register = [
        (one.key, one.name, ";".join(one.forms), str(sum(people for _, people, _ in one.forms.values())))
        for one in ORGANISATIONS
    ]
    observations = [row for one in ORGANISATIONS for row in _observations(one)]
    return Example(
        folder="fictional-995n",
        settings=SETTINGS,
        readme=README,
        tables=(
            Table("organisations.csv", ("organisation", "name", "form", "recipients"), register),
            Table("populations.csv", ("organisation", "form", "recipients"), POPULATIONS),
            Table("observations.csv", ("organisation", "form", "item", "value", "base", "source"), observations),
            _residential(answers),
            _centres(answers),
            _home(answers),
        ),
    )


def _responses(one: Assessed, chance: Chance) -> Iterator[dict[str, str]]:
    """Answers by question code, with `organisation`, `form` and `id`."""
    number = 0
    for form, (count, _, _) in one.forms.items():
        for _ in range(count):
            number += 1
            found = {"organisation": one.key, "form": form, "id": f"{one.key}/{number:02}"}
            found |= _answers(one, chance)
            yield found | dict.fromkeys(NOT_ASKED[form], "")


def _answers(one: Assessed, chance: Chance) -> dict[str, str]:
    low = 1 - one.content
    marks = dict(zip(FIVE, (one.content * 0.7, one.content * 0.3, low * 0.6, low * 0.3, low * 0.1), strict=True))
    found = {code: chance.skipped(_yes(chance.happens(one.content))) for code in QUESTIONS[:24]}
    came = chance.happens(one.visits)
    stray = one.visits > 0 and chance.happens(0.05)
    found |= {
        "q3": chance.skipped(chance.weighed({"Хорошее": one.content, "Удовлетворительное": low, "Плохое": low * 0.3})),
        "q5": _yes(came),
        "q6": chance.skipped(str(chance.number(2, 24))) if came else "10" if stray else "",
        "q7": chance.skipped(chance.weighed(marks)),
        "q8": chance.skipped(chance.weighed(marks)),
        "q9": chance.skipped(chance.weighed({"Улучшилось": one.content, "Не изменилось": low, "Ухудшилось": low / 5})),
    }
    for code, least in zip(QUESTIONS[24:29], (5, 7, 4, 8, 9), strict=True):
        found[code] = chance.skipped(str(chance.number(least, 10)))
    return found | {
        "q30": chance.pick(SAID),
        "q31": chance.skipped(chance.weighed({"Женский": 0.66, "Мужской": 0.34})),
        "q32": chance.skipped(str(chance.number(19, 93)), 0.1),
    }


def _yes(holds: bool) -> str:
    return "Да" if holds else "Нет"


def _observations(one: Assessed) -> Iterator[Row]:
    """The long table of evidence: without a form the row holds for all forms of the organisation."""
    yield one.key, "", "bus_gov_points", one.bus_gov, "100", DESK
    for cell, mark in zip(SITE, one.site, strict=True):
        yield one.key, "", f"site_sections.{cell}", mark.replace("-", ""), "", DESK
    for (quantity, (source, words)), mark in zip(LOOKED_AT.items(), one.found, strict=True):
        yield one.key, "", quantity, words[mark], "", source
    yield one.key, "", "phone_numbers", str(one.phones), "", DESK
    yield one.key, "", "control_calls", str(one.calls[0]), str(one.calls[1]), SHOPPING
    yield one.key, "", "control_messages", str(one.messages[0]), str(one.messages[1]), SHOPPING
    yield one.key, "", "positions_filled", *one.filled, MANAGER
    yield one.key, "", "trained_staff", str(one.trained[0]), str(one.trained[1]), MANAGER
    for number, criterion in enumerate(IMPORTANCE):
        yield one.key, "", f"importance_{criterion}_managers", str(10 - (number + one.phones) % 4), "1", MANAGER
    for form, (_, recipients, complaints) in one.forms.items():
        yield one.key, form, "complaints_registered", str(complaints), str(recipients), MANAGER
        if form != "home":
            for (quantity, words), mark in zip(PREMISES.items(), one.premises, strict=True):
                yield one.key, form, quantity, words[mark], "", SHOPPING


def _residential(answers: dict[str, list[dict[str, str]]]) -> Table:
    """Words, in columns by question code."""
    chance, head = Chance(1), ("id", "organisation", "channel", *QUESTIONS)
    rows = [
        (one["id"], key, chance.pick(("бумага", "интервью")), *(chance.typed(one[code]) for code in QUESTIONS))
        for key in ("ЛЧ-1", "ЛЧ-2")
        for one in answers[key]
    ]
    return Table("responses/residential.csv", head, rows)


def _centres(answers: dict[str, list[dict[str, str]]]) -> Table:
    """An export in the style of an old office suite: semicolons, Windows-1251, columns by number."""
    chance = Chance(2)
    rows = [
        (one["id"], key, FORM_NAMES[one["form"]], "интервью", *(chance.typed(one[code]) for code in QUESTIONS))
        for key in ("ЛЧ-3", "ЛЧ-4")
        for one in answers[key]
    ]
    head = ("id", "organisation", "form", "channel", *(code.removeprefix("q") for code in QUESTIONS))
    return Table("responses/centres.csv", head, rows, delimiter=";", encoding="cp1251")


def _home(answers: dict[str, list[dict[str, str]]]) -> Table:
    """An online form: a time stamp that nobody needs, and stored numbers instead of words."""
    stored = {text: str(5 - index) for index, text in enumerate(FIVE)}
    stored |= {"Да": "1", "Нет": "0", "Мужской": "1", "Женский": "2"}
    stored |= {"Улучшилось": "3", "Не изменилось": "2", "Ухудшилось": "1"}
    rows = []
    for key in ("ЛЧ-5", "ЛЧ-6"):
        for index, one in enumerate(answers[key]):
            stamp = f"{index % 28 + 1:02}.09.2016 {9 + index % 10:02}:{index * 11 % 60:02}"
            rows.append((stamp, key, "телефон", *(stored.get(one[code], one[code]) for code in QUESTIONS)))
    return Table("responses/home.csv", ("Отметка времени", "Организация", "channel", *QUESTIONS), rows)
