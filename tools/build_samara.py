"""Builds the example examples/samara-2016 from the tables as published in the report on Samara Region (2016)."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "samara-2016"
FIRST_TABLE = 9  # the report prints organisation 1 in table 9, organisation 27 in table 35

# Numbers in the tables of results → what they are in ru-995n-2014. The report leaves out indicators 13 and 20
# of its own table 1 and numbers the rest anew; the correspondence follows from the names.
POINTS = {
    "1": "information_completeness",
    "2": "low_vision_site",
    "3": "remote_ways",
    "4": "contact_effectiveness",
    "5": "complaint_channels",
    "6": "complaint_information",
    "7": "information_satisfaction",
    "8": "premises_accessibility",
    "9": "accessible_conditions",
    "10": "equipped_rooms",
    "11": "staffing",
    "12": "upkeep",
    "13": "waiting_minutes",
    "14": "staff_courtesy",
    "15": "competence",
    "16": "training",
    "17": "life_quality",
    "18": "conditions",
    "19": "complaints",
    "20": "recommendation",
}
PARTS = {
    "1.1": "bus_gov_rating",
    "1.2": "site_compliance",
    "1.3": "stand_information",
    "3.1": "remote_phone",
    "3.2": "remote_electronic",
    "6.1": "complaint_information_stands",
    "6.2": "complaint_information_site",
    "6.3": "complaint_information_authority",
}
SUBJECTS = {
    "openness": "openness",
    "comfort": "comfort",
    "waiting": "waiting",
    "courtesy": "courtesy",
    "satisfaction": "satisfaction",
    "integral": "overall",
    "rank": "place",
}
RESIDENTIAL = ("пансионат", "социальный приют")
ORGANISATIONS_HEAD = ("organisation", "name", "form", "recipients", "sample")
OBSERVATIONS_HEAD = ("organisation", "item", "value", "base", "form", "source", "note")
PUBLISHED_HEAD = ("organisation", "subject", "value")

Row = dict[str, str]


def build(source: Path) -> dict[str, str]:
    """The text of each file of the example, by file name."""
    organisations = _read(source / "organisations.csv")
    forms = {row["organisation"]: form_of(row["name"]) for row in organisations}
    indicators = _read(source / "published_indicators.csv")
    scores = _read(source / "published_scores.csv")
    return {
        "organisations.csv": _text(
            ORGANISATIONS_HEAD,
            (
                (key(row["organisation"]), row["name"], forms[row["organisation"]], row["recipients"], row["sample"])
                for row in organisations
            ),
        ),
        "observations.csv": _text(OBSERVATIONS_HEAD, _observations(indicators, forms)),
        "published.csv": _text(
            PUBLISHED_HEAD,
            (
                (key(row["organisation"]), subject, row[column])
                for row in scores
                for column, subject in SUBJECTS.items()
            ),
        ),
    }


def key(number: str) -> str:
    """The key of an organisation from its number in the report."""
    return f"SAM-{int(number):02d}"


def form_of(name: str) -> str:
    """The form of service by the type of organisation; the report does not name it."""
    return "residential" if any(word in name for word in RESIDENTIAL) else "day"


def _observations(rows: Sequence[Row], forms: dict[str, str]) -> Iterator[tuple[str, ...]]:
    values = {(row["organisation"], row["indicator"]): row["value"] for row in rows}
    for row in rows:
        number, form = row["organisation"], forms[row["organisation"]]
        code = PARTS.get(row["indicator"]) or f"{POINTS[row['indicator']]}_points"
        value, note = row["value"], ""
        if _number(value) is None:
            note = f"в документе напечатано «{value.replace('.', ',')}»: значение не читается"
            value = ""
        elif code == "waiting_minutes_points" and form == "residential":
            note = "напечатано, хотя к стационару показатель не относится"
        else:
            note = _contradiction(number, row["indicator"], values)
        yield key(number), code, value, "", form, f"отчет, таблица {FIRST_TABLE + int(number) - 1}", note


def _contradiction(number: str, indicator: str, values: dict[tuple[str, str], str]) -> str:
    """A remark where a printed total differs from the sum of its printed parts."""
    parts = [_number(values[number, part]) for part in PARTS if part.startswith(f"{indicator}.")]
    known = [part for part in parts if part is not None]
    total = _number(values[number, indicator])
    if not parts or len(known) < len(parts) or sum(known) == total:
        return ""
    return f"слагаемые в документе дают {_comma(sum(known, Decimal(0)))}, а не {_comma(total or Decimal(0))}"


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _comma(value: Decimal) -> str:
    return str(value).replace(".", ",")


def _read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _text(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [",".join(_cell(value) for value in row) for row in (head, *rows)]
    return "\ufeff" + "\n".join(lines) + "\n"


def _cell(value: str) -> str:
    quoted = value.replace('"', '""')
    return f'"{quoted}"' if any(sign in value for sign in ',"\n') else value


if __name__ == "__main__":
    for name, text in build(EXAMPLE / "source").items():
        (EXAMPLE / name).write_text(text, encoding="utf-8", newline="")
        print(EXAMPLE.relative_to(ROOT) / name)
