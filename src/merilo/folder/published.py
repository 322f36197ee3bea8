"""published.csv: what somebody already published about the same organisations, to compare with."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

from merilo.assessment.errors import Problem, problem
from merilo.assessment.methodology.edition import Edition
from merilo.assessment.observations.register import Register
from merilo.assessment.recheck.compare import PLACE, PublishedFigure
from merilo.formats.numbers import ExactNumber, Missing, parse_number, unreadable_number
from merilo.formats.sheets import read_table

KEY, SUBJECT, VALUE = "organisation", "subject", "value"


def read_published(
    path: Path, edition: Edition, organisations: Register, problems: list[Problem]
) -> list[PublishedFigure]:
    """The published figures; a subject is an indicator, sub-item or criterion code, `overall` or `place`."""
    table = read_table(path, problems=problems)
    if table is None:
        return []
    missing = [column for column in (KEY, SUBJECT, VALUE) if column not in table.header]
    header = table.place(table.first_row - 1)
    for column in missing:
        problems.append(problem("FOLDER-05", header, column=column, known=", ".join(table.header)))
    if missing:
        return []
    subjects = {*edition.items, *(criterion.code for criterion in edition.criteria), "overall", PLACE}
    keys = {key: index for index, key in enumerate(organisations.keys)}
    figures: list[PublishedFigure] = []
    for number, cells in table.numbered_rows():
        row = dict(zip(table.header, cells, strict=True))
        value = parse_number(row[VALUE])
        if row[KEY] not in keys:
            close = ", ".join(get_close_matches(row[KEY], list(keys), 1)) or "–"
            problems.append(problem("FOLDER-13", table.place(number, KEY), key=row[KEY], close=close))
        elif row[SUBJECT] not in subjects:
            known = ", ".join(sorted(subjects))
            problems.append(problem("FOLDER-29", table.place(number, SUBJECT), subject=row[SUBJECT], known=known))
        elif isinstance(value, ExactNumber) and value.percent:
            problems.append(problem("FOLDER-16", table.place(number, VALUE), value=row[VALUE]))
        elif isinstance(value, ExactNumber):
            decimals = len(row[VALUE].replace(",", ".").partition(".")[2])
            figures.append(PublishedFigure(keys[row[KEY]], row[SUBJECT], value.value, decimals, number))
        elif not isinstance(value, Missing):
            problems.append(unreadable_number(value, table.place(number, VALUE)))
    return figures
