"""A small good folder before the field work: three organisations, one in two forms of service; to break."""

from __future__ import annotations

from pathlib import Path

SETTINGS = """\
methodology: ru-995n-2014
title: Независимая оценка качества
period: 2027 год
sample:
  rule: finite_population
  share: 0.5
  margin: 0.1
"""
ORGANISATIONS = """\
organisation,name,form,recipients,recipients:day,recipients:home
7701,Дом-интернат «Тихий берег»,residential,76,,
7702,Центр «Причал»,day;home,740,300,440
7703,Служба «Рядом»,home,2979,,
"""
POPULATIONS = """\
organisation,form,recipients,deviation
7701,,76,"0,30"
7702,Полустационарная форма,300,"0,45"
7702,home,440,"0,40"
7703,,2979,"0,50"
"""
LIST = "карта,организация,форма,ФИО\n" + "".join(
    f"К-{number:02d},{key},{form},Человек {number}\n"
    for number, (key, form) in enumerate(
        [("7701", "residential")] * 8 + [("7702", "day")] * 6 + [("7702", "home")] * 6, start=1
    )
)


def build_sample(folder: Path) -> Path:
    """Write the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "assessment.yaml").write_text(SETTINGS, encoding="utf-8")
    (folder / "organisations.csv").write_text(ORGANISATIONS, encoding="utf-8")
    return folder
