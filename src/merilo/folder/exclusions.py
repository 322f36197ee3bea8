"""exclusions.csv: which questionnaires are left out, why, and who decided it; none is left out without a line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from merilo.assessment.errors import Problem, problem
from merilo.assessment.instrument.questionnaire import Questionnaire
from merilo.assessment.responses.exclusions import Exclusion
from merilo.formats.raw_table import RawTable
from merilo.formats.sheets import read_table

if TYPE_CHECKING:
    from merilo.folder.questionnaire_rows import QuestionnaireRows

EXCLUSIONS = "exclusions.csv"
FILE, ROW, ID, REASON, DECIDED_BY, DATE = "file", "row", "id", "reason", "decided_by", "date"
NEEDED = (FILE, REASON, DECIDED_BY, DATE)
COLUMNS = (FILE, ROW, ID, REASON, DECIDED_BY, DATE)
LONGEST_ROW = 15  # digits
DAY_FIRST = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


def read_exclusions(
    paths: Sequence[Path],
    files: Sequence[tuple[Path, str]],
    questionnaire: Questionnaire,
    columns: Mapping[str, str],
    problems: list[Problem],
) -> tuple[Exclusion, ...]:
    """The decisions in these tables, each tied to a row of a response file.

    `files` are the response files with their names, `columns` the assessment's own names of their columns.
    """
    tables = [read_table(path, problems=problems) for path in paths]
    return tuple(one for table in tables if table for one in _decisions(table, files, questionnaire, columns, problems))


def _decisions(
    table: RawTable,
    files: Sequence[tuple[Path, str]],
    questionnaire: Questionnaire,
    columns: Mapping[str, str],
    problems: list[Problem],
) -> tuple[Exclusion, ...]:
    missing = [column for column in NEEDED if column not in table.header]
    missing += [f"{ROW} / {ID}"] if not {ROW, ID} & set(table.header) else []
    for column in missing:
        header = table.place(table.first_row - 1)
        problems.append(problem("FOLDER-05", header, column=column, known=", ".join(table.header)))
    if missing:
        return ()
    from merilo.folder.questionnaire_rows import QuestionnaireRows  # polars: only where something is left out

    decisions = [
        (number, dict.fromkeys(COLUMNS, "") | dict(zip(table.header, cells, strict=True)))
        for number, cells in table.numbered_rows()
    ]
    rows = frozenset(int(one[ROW]) for _, one in decisions if one[ROW].isdecimal() and len(one[ROW]) < LONGEST_ROW)
    ids = frozenset(one[ID] for _, one in decisions if one[ID])
    known = QuestionnaireRows({name: path for path, name in files}, questionnaire, columns, rows, ids)
    found: dict[tuple[str, int], tuple[int, Exclusion]] = {}
    for number, written in decisions:
        exclusion = _exclusion(written, table, number, known, problems)
        if exclusion is None:
            continue
        first = found.setdefault((exclusion.file, exclusion.row), (number, exclusion))[0]
        if first != number:
            details = {"excluded_file": exclusion.file, "excluded_row": exclusion.row, "first": first}
            problems.append(problem("EXCLUDE-04", table.place(number), **details))
    return tuple(found[key][1] for key in sorted(found))


def _exclusion(
    written: dict[str, str], table: RawTable, number: int, known: QuestionnaireRows, problems: list[Problem]
) -> Exclusion | None:
    """One decision; None, with every reason, where it cannot be carried out."""
    found: list[Problem] = []
    if not written[REASON]:
        found.append(problem("EXCLUDE-05", table.place(number, REASON)))
    if not written[DECIDED_BY]:
        found.append(problem("EXCLUDE-06", table.place(number, DECIDED_BY)))
    day = _day(written[DATE])
    if not day:
        found.append(problem("EXCLUDE-07", table.place(number, DATE), value=written[DATE] or "–"))
    where = _questionnaire(written, table, number, known, found)
    problems += found
    if found or where is None:
        return None
    file, row, identifier, organisation = where
    return Exclusion(file, row, identifier, organisation, written[REASON], written[DECIDED_BY], day)


def _questionnaire(
    written: dict[str, str], table: RawTable, number: int, known: QuestionnaireRows, problems: list[Problem]
) -> tuple[str, int, str, str] | None:
    """File, row, number and organisation of the questionnaire a line is about."""
    file = written[FILE].replace("\\", "/").removeprefix("./")
    if file not in known.files:
        listed = ", ".join(sorted(known.files)) or "–"
        problems.append(problem("EXCLUDE-01", table.place(number, FILE), value=file or "–", known=listed))
        return None
    row, identifier = written[ROW], written[ID]
    if not row and not identifier:
        problems.append(problem("EXCLUDE-08", table.place(number)))
        return None
    if row and not (row.isdecimal() and len(row) < LONGEST_ROW):
        problems.append(problem("EXCLUDE-09", table.place(number, ROW), value=row))
        return None
    found = known.by_row(file, int(row)) if row else known.by_id(file, identifier)
    if found is None and row:
        first, last = known.extent(file)
        details = {"value": row, "excluded_file": file, "first": first, "last": last}
        problems.append(problem("EXCLUDE-02", table.place(number, ROW), **details))
    elif found is None:
        problems.append(problem("EXCLUDE-03", table.place(number, ID), value=identifier, excluded_file=file))
    elif row and identifier and found[1] != identifier:
        details = {"row_given": row, "value": identifier, "found": found[1] or "–"}
        problems.append(problem("EXCLUDE-10", table.place(number, ID), **details))
    else:
        return file, *found
    return None


def _day(text: str) -> str:
    """A date as year-month-day; empty where there is none."""
    written = DAY_FIRST.fullmatch(text)
    iso = f"{written[3]}-{int(written[2]):02}-{int(written[1]):02}" if written else text
    try:
        return date.fromisoformat(iso).isoformat()
    except ValueError:
        return ""
