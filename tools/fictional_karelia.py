"""The made-up protocol in the style of Karelia: a log of calls and messages to five organisations, forms apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tools.fictional_files import Chance, Example, Row, Table

SUBJECTS = ("complaints_registered", "calls", "appeals")
SOURCES = ("журнал жалоб", "журнал звонков", "журнал обращений")


@dataclass(frozen=True, slots=True)
class Contacted:
    """One made-up form of service of an organisation.

    `calls` and `appeals` have a mark per contact: all three conditions, or the first that failed (р not
    registered, и information incomplete, в impolite). `words` stand in place of numbers, by subject; of
    the complaints otherwise `complaints` out of `recipients`.
    """

    key: str
    form: str
    recipients: int
    complaints: int
    calls: str
    appeals: str
    words: tuple[str, str, str] = ("", "", "")


NAMES = {
    "ОЗ-1": "Центр «Белая лодка»",
    "ОЗ-2": "Дом-интернат «Сосновая гряда»",
    "ОЗ-3": "Центр «Тихая протока»",
    "ОЗ-4": "Служба помощи на дому «Доброе утро»",
    "ОЗ-5": "Пансионат «Северный берег»",
}
CONTACTED = (
    Contacted("ОЗ-1", "residential", 96, 0, "+", "+"),
    Contacted("ОЗ-1", "day", 140, 0, "+", ""),
    Contacted("ОЗ-1", "home", 210, 0, "", ""),
    Contacted("ОЗ-2", "residential", 118, 0, "++р+", "+и", ("регистрация отсутствует", "", "")),
    Contacted("ОЗ-3", "day", 165, 2, "+и++", "", ("", "", "канал связи не используется")),
    Contacted("ОЗ-3", "home", 230, 0, "", "+++", ("", "звонки не поступили", "")),
    Contacted("ОЗ-4", "home", 48, 3, "+в+", "р+"),
    Contacted("ОЗ-5", "residential", 130, 1, "++++", "+++"),
)
FORMS = {"residential": "Стационар", "day": "полустационарная", "home": "На дому"}
CONDITIONS = "рив"
OWN_HEAD = (
    "№ записи",
    "Организация",
    "Форма",
    "Как обратились",
    "Зарегистрировано",
    "Полная информация",
    "Вежливо и компетентно",
    "Результативно",
)

SETTINGS = """methodology: ru-karelia-2017
title: "Жалобы и дистанционные обращения в Озерном крае, ноябрь 2017 года (вымышленный пример)"
period: "ноябрь 2017 года"
operator: "Бюро «Семь ветров» (вымышленное)"
place: "Озерный край (вымышленный)"

columns:
  "№ записи": id
  "Организация": organisation
  "Форма": form
  "Как обратились": contact
  "Зарегистрировано": appeal_registered
  "Полная информация": appeal_full_information
  "Вежливо и компетентно": appeal_polite
  "Результативно": appeal_effective
"""

README = """# Озерный край, 2017: жалобы и дистанционные обращения (вымышленный пример)

Край, организации и записи выдуманы; все собрано программой `tools/build_fictional.py`, руками не правится.
Методика – `ru-karelia-2017`: формы обслуживания оцениваются раздельно, места – внутри формы.

- `responses/calls.csv` – журнал контрольных звонков, строка – звонок, столбцы по номерам вопросов;
- `responses/appeals.csv` – журнал электронных обращений: точка с запятой, Windows-1251, свои названия столбцов \
(см. `columns`);
- `observations.csv` – жалобы из журнала и слова вместо чисел: «регистрация отсутствует», «звонки не поступили», \
«канал связи не используется».

ОЗ-1 повторяет опубликованный протокол: звонки 1 из 1, 1 из 1 и 0 из 0 – вместе 2 из 2, то есть 100 %; форма «на \
дому» без единого контакта и без слова вместо числа – «нет данных», полустационар без электронных обращений – тоже. \
Нарочно: у звонка заполнен вопрос об обращении (он не засчитывается), разный регистр и неразрывные пробелы.
"""


def build_karelia() -> Example:
    """The folder `fictional-karelia`."""
    chance = Chance(20171101)
    head = ("id", "organisation", "form", "1", "2.1", "2.2", "2.3", "2.4", "3.1")
    return Example(
        folder="fictional-karelia",
        settings=SETTINGS,
        readme=README,
        tables=(
            Table("organisations.csv", ("organisation", "name", "form", "recipients"), list(_register())),
            Table("observations.csv", ("organisation", "form", "item", "value", "base", "source"), list(_seen())),
            Table("responses/calls.csv", head, list(_calls(chance))),
            Table("responses/appeals.csv", OWN_HEAD, list(_appeals(chance)), delimiter=";", encoding="cp1251"),
        ),
    )


def _register() -> Iterator[Row]:
    for key, name in NAMES.items():
        mine = [one for one in CONTACTED if one.key == key]
        yield key, name, ";".join(one.form for one in mine), str(sum(one.recipients for one in mine))


def _seen() -> Iterator[Row]:
    """Complaints, and the words that stand in place of numbers."""
    for one in CONTACTED:
        for subject, source, word in zip(SUBJECTS, SOURCES, one.words, strict=True):
            if word:
                yield one.key, one.form, subject, word, "", source
            elif subject == "complaints_registered":
                yield one.key, one.form, subject, str(one.complaints), str(one.recipients), source


def _calls(chance: Chance) -> Iterator[Row]:
    """Columns by number; the first call carries an answer that belongs to a message."""
    made = [(one, mark) for one in CONTACTED for mark in one.calls]
    for number, (one, mark) in enumerate(made, 1):
        answers = (chance.typed(answer) for answer in ("Звонок", *_answers(mark)))
        yield f"З-{number:02}", one.key, FORMS[one.form], *answers, "да" if number == 1 else ""


def _appeals(chance: Chance) -> Iterator[Row]:
    made = [(one, mark) for one in CONTACTED for mark in one.appeals]
    for number, (one, mark) in enumerate(made, 1):
        contact = chance.pick(("электронная почта", "Электронное обращение", "сайт"))
        yield f"О-{number:02}", one.key, FORMS[one.form], contact, *(chance.typed(answer) for answer in _answers(mark))


def _answers(mark: str) -> Row:
    """The three conditions and whether the contact was effective: only if all three hold."""
    met = ["Нет" if mark == condition else "Да" for condition in CONDITIONS]
    return *met, "Нет" if "Нет" in met else "Да"
