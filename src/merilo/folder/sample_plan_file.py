"""A sample plan read back from its file, as it was written or as somebody changed it: sizes and reserves."""

from __future__ import annotations

from pathlib import Path

from merilo.assessment.errors import Problem, problem
from merilo.formats.numbers import ExactNumber, parse_number
from merilo.formats.sheets import read_table

NEEDED = ("organisation", "size")
Sizes = dict[tuple[str, str], tuple[int, int]]


def read_plan_sizes(path: Path, problems: list[Problem], *, by_form: bool) -> Sizes | None:
    """Organisation and form (empty without `by_form`) → size and reserve; None where the file cannot be read."""
    table = read_table(path, problems=problems)
    if table is None:
        return None
    header = table.place(table.first_row - 1)
    missing = [column for column in NEEDED if column not in table.header]
    for column in missing:
        problems.append(problem("FOLDER-05", header, column=column, known=", ".join(table.header)))
    if missing:
        return None
    wanted: Sizes = {}
    for number, cells in table.numbered_rows():
        row = dict(zip(table.header, cells, strict=True))
        stratum = (row["organisation"], row.get("form", "") if by_form else "")
        size = _count(row["size"])
        if size is None:
            problems.append(problem("SAMPLE-37", table.place(number, "size"), value=row["size"]))
        elif stratum in wanted:
            code = "SAMPLE-26" if by_form else "SAMPLE-35"
            problems.append(problem(code, table.place(number), organisation=stratum[0], form=stratum[1] or "–"))
        else:
            wanted[stratum] = (size, _count(row.get("reserve", "")) or 0)
    return wanted


def _count(text: str) -> int | None:
    found = parse_number(text)
    if isinstance(found, ExactNumber) and not found.percent and found.value.denominator == 1 and found.value >= 0:
        return int(found.value)
    return None
