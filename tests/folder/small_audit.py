"""A small published report to audit: three organisations, two criteria, one wrong figure, four statements."""

from __future__ import annotations

from pathlib import Path

SETTINGS = """\
title: Пересчет отчета
document: "Отчет о независимой оценке, 2016"
weights: {openness: 0.5, comfort: 0.5}
subjects:
  openness: {name: Открытость, low: 0, high: 10}
  comfort: {name: Комфортность, low: 0, high: 10}
  overall: {low: 0, high: 10}
tables:
  - file: scores.csv
    place: таблица 8
    columns:
      "№": unit
      "Организация": name
      "Открытость": openness
      "Комфортность": comfort
      "Итог": overall
      "Место": place
claims: claims.csv
"""
SCORES = """\
№;Организация;Открытость;Комфортность;Итог;Место
1;Центр «Забота»;9,3;9,0;9,15;2
2;Центр «Надежда»;9,6;9,4;9,50;1
3;Центр «Долголетие»;8,3;8,7;8,50;3
"""
CLAIMS = """\
place,statistic,subject,scope,value,count,base,bound,before,after,before_base,quote
"раздел 1",mean,openness,,"9,1",,,,,,,средний балл 9,1
"раздел 1",best,overall,,2,,,,,,,лучший – «Надежда»
"раздел 2",percent,,,"90,16 %",,61,,,,,
"раздел 2",fall,,,"7,21",,61,,"91,11 %","83,9 %",,
"""
WRONG = ("9,15", "9,55")


def build(folder: Path, *, wrong: bool = True) -> Path:
    """Write the folder, with organisation 1's overall score wrong or right."""
    folder.mkdir(parents=True)
    claims = CLAIMS.replace("средний балл 9,1\n", '"средний балл 9,1"\n')
    (folder / "audit.yaml").write_text(SETTINGS, encoding="utf-8")
    (folder / "scores.csv").write_text(SCORES.replace(*WRONG) if wrong else SCORES, encoding="utf-8")
    (folder / "claims.csv").write_text(claims, encoding="utf-8")
    return folder
