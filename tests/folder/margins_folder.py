"""A made-up assessment of two houses of culture, 8 questionnaires, of whose recipients sex and age are known.

ДК-1 has 40 recipients and 4 respondents, ДК-2 60 and 4: by design a respondent stands for 10 or 15 of them.
"""

from __future__ import annotations

from pathlib import Path

from tests.folder.small_folder import SETTINGS, write

ANSWERS = "responses/2024.csv"
HEAD = "organisation,q5,q6,q17,q18\n"
ROWS = """\
1,да,да,женский,25
1,да,нет,женский,70
1,нет,да,мужской,25
1,нет,нет,мужской,70
2,да,да,женский,25
2,да,нет,женский,25
2,да,да,женский,70
2,нет,нет,мужской,70
"""
BANDS = ("--bands", "q18=18,60")
MARGINS_HEAD = "variable,category,recipients\n"


def build(folder: Path, rows: str = ROWS, head: str = HEAD, recipients: tuple[int, ...] = (40, 60)) -> Path:
    """Write the folder; organisations are numbered from 1."""
    (folder / "responses").mkdir(parents=True)
    register = [f"{number},ДК-{number},culture,{people}" for number, people in enumerate(recipients, start=1)]
    write("organisations.csv", "\n".join(["organisation,name,sector,recipients", *register]) + "\n")(folder)
    write("assessment.yaml", SETTINGS)(folder)
    stands = [f"{number},stand_items,10,10" for number in range(1, len(recipients) + 1)]
    write("observations.csv", "\n".join(["organisation,item,value,base", *stands]) + "\n")(folder)
    write(ANSWERS, head + rows)(folder)
    return folder


def margins(folder: Path, rows: str) -> Path:
    """A file of margins beside the assessment."""
    path = folder.parent / "margins.csv"
    path.write_text(MARGINS_HEAD + rows, encoding="utf-8")
    return path
