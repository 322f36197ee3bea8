"""The file of `--margins`: how many recipients there are in each category, read and found among the respondents."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from merilo.assessment.errors import Place, Problem, problem
from merilo.assessment.instrument.questionnaire import QuestionKind
from merilo.assessment.stats.weights import Margin, MarginFault, find_unreachable
from merilo.folder.assessment_folder import OpenedFolder
from merilo.folder.respondent_columns import NamedVariable, RespondentColumns, search_column
from merilo.folder.sample_list import sha256_of
from merilo.formats.numbers import ExactNumber, parse_number
from merilo.formats.plain_text import plain
from merilo.formats.raw_table import RawTable
from merilo.formats.sheets import read_table

VARIABLE, CATEGORY, RECIPIENTS = "variable", "category", "recipients"
COLUMNS = (VARIABLE, CATEGORY, RECIPIENTS)
CROSSED = re.compile(r"\s*[*×]\s*")
NO_ANSWER = {"ru": "нет ответа", "en": "no answer"}
FAULTS = {MarginFault.EMPTY_CATEGORY: "MARGINS-08", MarginFault.NO_RECIPIENTS: "MARGINS-09"}
Floats = NDArray[np.float64]
Bands = Mapping[str, Sequence[int]]


@dataclass(frozen=True, slots=True)
class WrittenCategory:
    """One row: its number, the category of each variable as written (() where they are more or fewer than the
    variables), recipients (None where they cannot be read)."""

    row: int
    texts: tuple[str, ...]
    recipients: int | None


@dataclass(slots=True)
class WrittenMargin:
    """The rows about one variable, or about several crossed, in the order of the file."""

    columns: tuple[str, ...]
    rows: list[WrittenCategory] = field(default_factory=list)

    @property
    def name(self) -> str:
        """As the file may call it: `q17*form`."""
        return "*".join(self.columns)


@dataclass(frozen=True, slots=True)
class WrittenMargins:
    """A file of margins, as written: its name for messages and its SHA-256."""

    file: str
    sha256: str
    margins: tuple[WrittenMargin, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that is needed of the respondents."""
        return tuple(dict.fromkeys(code for one in self.margins for code in one.columns))


def read_margins(path: Path, opened: OpenedFolder, bands: Bands, problems: list[Problem]) -> WrittenMargins | None:
    """The rows of the file by what they are about; what cannot be used goes to `problems`."""
    table = read_table(path, problems=problems)
    if table is None:
        return None
    missing = [column for column in COLUMNS if column not in table.header]
    for column in missing:
        header = table.place(table.first_row - 1)
        problems.append(problem("FOLDER-05", header, column=column, known=", ".join(table.header)))
    if missing:
        return None
    found: dict[tuple[str, ...], WrittenMargin] = {}
    about: dict[str, tuple[str, ...]] = {}
    for number, cells in table.numbered_rows():
        written = dict(zip(table.header, cells, strict=True))
        name = written[VARIABLE]
        if name not in about:
            about[name] = _columns(name, table.place(number, VARIABLE), opened, bands, problems)
        if about[name]:
            margin = found.setdefault(tuple(sorted(about[name])), WrittenMargin(about[name]))
            row = _category(written, number, table, about[name], problems)
            margin.rows.append(_ordered(row, about[name], margin.columns))
    if not about:
        problems.append(problem("MARGINS-01", Place(table.file)))
    return WrittenMargins(table.file, sha256_of(path), tuple(found.values()))


def _columns(name: str, place: Place, opened: OpenedFolder, bands: Bands, problems: list[Problem]) -> tuple[str, ...]:
    """The codes of a variable, or of several crossed; () where one of them will not do."""
    codes: list[str] = []
    before = len(problems)
    for part in CROSSED.split(name):
        code, known = search_column(opened, part)
        question = opened.pack.questionnaire.questions.get(code or "")
        if code is None:
            problems.append(problem("MARGINS-02", place, asked=part or "–", known=known))
        elif question is not None and question.kind is QuestionKind.SEVERAL:
            problems.append(problem("MARGINS-03", place, asked=part))
        elif question is not None and question.kind is QuestionKind.NUMBER and not (bands.get(code) or question.bands):
            problems.append(problem("MARGINS-04", place, asked=part, code=code))
        elif code in codes:
            problems.append(problem("MARGINS-05", place, asked=name))
        else:
            codes.append(code)
    return tuple(codes) if len(problems) == before else ()


def _category(
    written: Mapping[str, str], number: int, table: RawTable, columns: Sequence[str], problems: list[Problem]
) -> WrittenCategory:
    text, amount = written[CATEGORY], written[RECIPIENTS]
    texts = tuple(CROSSED.split(text)) if len(columns) > 1 else (text,)
    if len(texts) != len(columns):
        place = table.place(number, CATEGORY)
        problems.append(problem("MARGINS-06", place, value=text or "–", parts=len(columns)))
        return WrittenCategory(number, (), None)
    read = parse_number(amount)
    if isinstance(read, ExactNumber) and not read.percent and read.value.denominator == 1 and read.value >= 0:
        return WrittenCategory(number, texts, int(read.value))
    problems.append(problem("MARGINS-07", table.place(number, RECIPIENTS), value=amount or "–"))
    return WrittenCategory(number, texts, None)


def _ordered(row: WrittenCategory, given: Sequence[str], wanted: Sequence[str]) -> WrittenCategory:
    """The row of `form*q17` as one of `q17*form`."""
    if not row.texts:
        return row
    return WrittenCategory(row.row, tuple(row.texts[given.index(code)] for code in wanted), row.recipients)


def find_margins(
    written: WrittenMargins,
    columns: RespondentColumns,
    bands: Bands,
    weights: Floats,
    problems: list[Problem],
) -> tuple[Margin, ...]:
    """The margins as the respondents have them; everything that keeps weights from meeting them goes to `problems`.

    `weights` (n) are those by design: they say how many recipients respondents of unknown category may stand for.
    """
    found: list[tuple[Margin, WrittenMargin]] = []
    for one in written.margins:
        margin = _margin(one, written.file, columns, bands, weights, problems)
        found += [(margin, one)] if margin is not None else []
    margins = tuple(margin for margin, _ in found)
    rows_of = {margin.name: one.rows for margin, one in found}
    for fault in find_unreachable(margins):
        rows = rows_of[fault.margin]
        if fault.category is not None:
            row = rows[fault.category]
            place = Place(written.file, row.row, CATEGORY)
            details = {
                "value": "*".join(row.texts),
                "respondents": fault.respondents,
                "recipients": f"{fault.target:.0f}",
            }
            problems.append(problem(FAULTS[fault.fault], place, **details))
        elif fault.fault is MarginFault.TOTALS_DIFFER:
            first = margins[0]
            totals = {"total": f"{fault.target:.0f}", "first_total": f"{first.targets.sum():.0f}"}
            place = Place(written.file, rows[0].row, VARIABLE)
            problems.append(problem("MARGINS-12", place, variable=fault.margin, first=first.name, **totals))
    return margins


def _margin(
    written: WrittenMargin,
    file: str,
    columns: RespondentColumns,
    bands: Bands,
    weights: Floats,
    problems: list[Problem],
) -> Margin | None:
    """One margin; None where one of its rows cannot be used, since the others then say nothing of the whole."""
    variables = [columns.variable(code, bands.get(code, ())) for code in written.columns]
    before = len(problems)
    rows = _rows(written, variables, file, problems)
    if len(problems) > before or any(row.recipients is None for row in written.rows) or not rows:
        return None
    sizes = [len(one.variable.groups) + 1 for one in variables]
    codes = [
        np.where(one.variable.codes < 0, size - 1, one.variable.codes)
        for one, size in zip(variables, sizes, strict=True)
    ]
    present, of_respondent = np.unique(np.ravel_multi_index(codes, sizes), return_inverse=True)
    place_of = {int(np.ravel_multi_index(key, sizes)): place for place, key in enumerate(rows)}
    members = np.array([place_of.get(one, -1) for one in present.tolist()], dtype=np.int64)
    respondents = np.bincount(of_respondent, minlength=len(present))
    # What the weights by design would give them of the recipients of this margin.
    targets = np.array([row.recipients for row in rows.values()], dtype=np.float64)
    people = np.bincount(of_respondent, weights=weights / max(weights.sum(), 1.0), minlength=len(present))
    names = [(*one.variable.groups, NO_ANSWER[columns.words.language]) for one in variables]
    for unlisted in np.flatnonzero(members < 0).tolist():
        groups = [int(one) for one in np.unravel_index(present[unlisted], sizes)]
        value = "*".join(texts[group] for texts, group in zip(names, groups, strict=True))
        details = {"value": value, "variable": written.name, "respondents": int(respondents[unlisted])}
        if all(group < size - 1 for group, size in zip(groups, sizes, strict=True)):
            problems.append(problem("MARGINS-13", Place(file), **details))
        else:
            problems.append(
                problem("MARGINS-14", Place(file), **details, recipients=f"{people[unlisted] * targets.sum():.0f}")
            )
    return Margin(written.name, members[of_respondent], targets)


def _rows(
    written: WrittenMargin, variables: Sequence[NamedVariable], file: str, problems: list[Problem]
) -> dict[tuple[int, ...], WrittenCategory]:
    """The groups of each variable → the row about them."""
    rows: dict[tuple[int, ...], WrittenCategory] = {}
    for row in (one for one in written.rows if one.texts):
        place = Place(file, row.row, CATEGORY)
        found = [_group(text, one, place, problems) for text, one in zip(row.texts, variables, strict=True)]
        key = tuple(one for one in found if one is not None)
        if len(key) < len(found):
            continue
        if key in rows:
            problems.append(problem("MARGINS-11", place, value="*".join(row.texts), first=rows[key].row))
        rows.setdefault(key, row)
    return rows


def _group(text: str, named: NamedVariable, place: Place, problems: list[Problem]) -> int | None:
    """The group that is called so, one beyond the last for those without an answer; None where there is none."""
    found = named.group(text)
    if found is None and plain(text) in NO_ANSWER.values():
        return len(named.variable.groups)
    if found is None:
        known = "; ".join(named.variable.groups)
        problems.append(problem("MARGINS-10", place, value=text or "–", variable=named.variable.name, known=known))
    return found
