"""Builds the tables of examples/audit-samara-2016 from the same published tables as examples/samara-2016."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from tools.build_samara import EXAMPLE as ASSESSMENT
from tools.build_samara import FIRST_TABLE, PARTS, POINTS, ROOT, SUBJECTS, Row, form_of

EXAMPLE = ROOT / "examples" / "audit-samara-2016"

# Where the report prints each column of the scores. Waiting time has no table: one sentence says 10,0 of everybody.
SCORES = {
    "openness": "таблица 4",
    "comfort": "таблица 5",
    "waiting": "раздел 2.1.3",
    "courtesy": "таблица 6",
    "satisfaction": "таблица 7",
    "integral": "таблица 8",
    "rank": "таблица 8",
}
LIST_HEAD = ("unit", "subject", "value", "where")
ORGANISATIONS_HEAD = ("№ п/п", "Наименование организации", "form", "Число получателей услуг в 2015 г.", "Объём выборки")

Line = tuple[str, ...]


def build(source: Path) -> dict[str, tuple[Line, ...]]:
    """The rows of each table of the example, heads included, by file name; numbers with the comma of the report."""
    return {
        "organisations.csv": (ORGANISATIONS_HEAD, *_organisations(_read(source / "organisations.csv"))),
        "scores.csv": (LIST_HEAD, *_scores(_read(source / "published_scores.csv"))),
        "indicators.csv": (LIST_HEAD, *_indicators(_read(source / "published_indicators.csv"))),
    }


def write(folder: Path, tables: dict[str, tuple[Line, ...]]) -> None:
    """Writes each table into the folder as CSV."""
    for name, lines in tables.items():
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(lines)


def _organisations(rows: list[Row]) -> Iterator[Line]:
    for row in rows:
        yield row["organisation"], row["name"], form_of(row["name"]), row["recipients"], row["sample"]


def _scores(rows: list[Row]) -> Iterator[Line]:
    for column, where in SCORES.items():
        for row in rows:
            line = row["rank"] if where == "таблица 8" else row["organisation"]
            place = f"{where}, строка {line}" if where.startswith("таблица") else where
            yield row["organisation"], SUBJECTS[column], _printed(row[column]), place


def _indicators(rows: list[Row]) -> Iterator[Line]:
    for row in rows:
        number, label = row["organisation"], row["indicator"]
        subject = PARTS.get(label) or f"{POINTS[label]}_points"
        where = f"таблица {FIRST_TABLE + int(number) - 1}, строка {label}"
        yield number, subject, _printed(row["value"]), where


def _printed(value: str) -> str:
    return value.replace(".", ",")


def _read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    write(EXAMPLE, build(ASSESSMENT / "source"))
    print(EXAMPLE.relative_to(ROOT))
