"""A small good assessment folder to break: three organisations, one in two forms of service, 21 questionnaires."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from merilo.assessment.errors import Problem
from merilo.folder.assessment_folder import OpenedFolder, open_folder

SETTINGS = """\
methodology: ru-344n-2018
version: "1"
title: Независимая оценка качества
period: 2024 год
policies:
  empty_group: renormalise
values:
  waiting_norm: 14
"""
ORGANISATIONS = """\
organisation,name,sector,form,recipients
7701,Центр «Забота»,social,,120
7702,Дом культуры «Волна»,culture,,300
7703,Поликлиника № 3,health,outpatient; inpatient,2 000
"""
OBSERVATIONS = """\
organisation,item,value,base,form,state,source,note
7701,stand_items,16,18,,,visit,
7701,site_items,15,20,,,desk,
7701,remote_ways.phone,1,,,,desk,
7701,remote_ways.email,да,,,,desk,
7701,remote_ways.faq,нет,,,,desk,
7701,comfort_items,4,7,,,visit,
7701,premises_items,3,5,,,visit,
7701,service_items,4,6,,,visit,
7702,stand_items,10,10,,,visit,
7702,site_items,9,12,,,desk,
7702,remote_ways,3,5,,,desk,
7702,comfort_conditions,80,,,,published,
7702,premises_items,2,5,,,visit,
7702,service_items,3,6,,,visit,
7703,stand_items,8,10,,,visit,
7703,site_items,7,10,,,desk,
7703,remote_ways,4,5,,,desk,
7703,comfort_items,5,7,outpatient,,visit,
7703,comfort_items,6,7,inpatient,,visit,
7703,premises_items,5,5,,,visit,
7703,service_items,6,6,,,visit,
7703,waiting_time,124,10,,,register,
"""
QUESTIONS = tuple(f"q{number}" for number in range(1, 16))
FORMS = (("7701", ""), ("7702", ""), ("7703", "outpatient"), ("7703", "inpatient"))


def responses() -> str:
    """Questionnaires 1–21: rows 2–22 of the file; everybody passed every filter, one answer in seven is «нет»."""
    lines = [",".join(("organisation", "form", "id", *QUESTIONS))]
    for number in range(1, 22):
        organisation, form = FORMS[number % 4]
        answers = ["нет" if question > 2 and (number + question) % 7 == 0 else "да" for question in range(15)]
        answers = ["да" if index in (0, 2, 6, 10) else answer for index, answer in enumerate(answers)]
        lines.append(",".join((organisation, form, str(number), *answers)))
    return "\n".join(lines) + "\n"


def build(folder: Path) -> Path:
    """Write the folder."""
    (folder / "responses").mkdir(parents=True)
    (folder / "assessment.yaml").write_text(SETTINGS, encoding="utf-8")
    (folder / "organisations.csv").write_text(ORGANISATIONS, encoding="utf-8")
    (folder / "observations.csv").write_text(OBSERVATIONS, encoding="utf-8")
    (folder / "responses" / "2024.csv").write_text(responses(), encoding="utf-8")
    return folder


Change = Callable[[Path], None]


def swap(file: str, old: str, new: str) -> Change:
    """Replace a piece of a file that stands there exactly once."""

    def change(folder: Path) -> None:
        text = (folder / file).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{text.count(old)} × {old!r} in {file}"
        (folder / file).write_text(text.replace(old, new), encoding="utf-8")

    return change


def write(file: str, text: str | bytes) -> Change:
    """Put another file in the place of one."""

    def change(folder: Path) -> None:
        content = text.encode() if isinstance(text, str) else text
        (folder / file).parent.mkdir(exist_ok=True)
        (folder / file).write_bytes(content)

    return change


def add(file: str, text: str) -> Change:
    """Add lines at the end of a file."""

    def change(folder: Path) -> None:
        with (folder / file).open("a", encoding="utf-8") as end:
            end.write(text)

    return change


def remove(*names: str) -> Change:
    """Take files away."""

    def change(folder: Path) -> None:
        for file in names:
            (folder / file).unlink()

    return change


def opened(folder: Path) -> tuple[OpenedFolder | None, list[Problem]]:
    """The folder as opened, and everything noted."""
    problems: list[Problem] = []
    return open_folder(folder, problems), problems
