"""From a quantity of one unit back to the rows it came from: evidence lines and questionnaires."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from merilo.assessment.instrument.measures import Measure, measures
from merilo.folder.assessment_folder import OpenedFolder
from merilo.folder.organisations import category_value


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """A line of an evidence file behind a value: what it is about (a checklist cell, or nothing where that is the
    value itself), its count and base or the state in their place, and the note beside it."""

    file: str
    row: int | None
    about: str
    count: float | None
    base: float | None
    state: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class AnswerRows:
    """Rows of a response file behind a value: those counted, and the others of the base. `summed` where
    the answers are added up rather than counted."""

    file: str
    counted: tuple[int, ...]
    others: tuple[int, ...]
    summed: bool


def evidence_rows(opened: OpenedFolder, folder: Path, unit: int, code: str) -> Iterator[EvidenceRow]:
    """The evidence lines behind a quantity (its checklist cells too), an item or a value given ready."""
    for found in opened.observations:
        if found.unit == unit and _is_about(found.code, code):
            about = found.code if found.code != code else ""
            place = found.place
            yield EvidenceRow(place.file, place.row, about, found.count, found.base, found.state, found.note)
    for one in opened.case.stamp.inputs:
        is_evidence = one.name not in (*opened.survey.files, opened.settings.organisations)
        if is_evidence and one.name.endswith(".parquet"):
            yield from _parquet_rows(opened, folder / one.name, one.name, unit, code)


def _is_about(written: str, code: str) -> bool:
    return code in (written, written.partition(".")[0])


def _parquet_rows(opened: OpenedFolder, path: Path, name: str, unit: int, code: str) -> Iterator[EvidenceRow]:
    """The same from a wide Parquet table: a column a quantity, a row an organisation."""
    import polars as pl

    from merilo.folder.evidence_columns import BASE_OF, FORM, KEY, ROW

    units, frame = opened.case.table.units, pl.scan_parquet(path).with_row_index(ROW, offset=1)
    names = frame.collect_schema().names()
    key, form = units.organisations[units.units[unit].organisation].key, units.units[unit].form
    mine = frame.filter(pl.col(KEY).cast(pl.String) == key).collect()
    for row in mine.iter_rows(named=True):
        category = opened.pack.edition.splitting
        written = category_value(row[FORM], category) if category and row.get(FORM) else form
        for column in names:
            is_base = column.endswith(BASE_OF) and column.removesuffix(BASE_OF) in names
            if written == form and not is_base and _is_about(column, code) and row[column] is not None:
                about = column if column != code else ""
                yield EvidenceRow(name, row[ROW], about, row[column], row.get(f"{column}{BASE_OF}"))


def answer_rows(opened: OpenedFolder, folder: Path, unit: int, code: str) -> Iterator[AnswerRows]:
    """The questionnaires behind a survey quantity, by file."""
    plan = measures(opened.pack.edition, opened.pack.questionnaire, opened.settings.policies.denominator)
    measure = next((one for one in plan if one.quantity == code), None)
    if measure is None:
        return
    for name in opened.survey.files:
        rows = _rows_of_file(opened, folder / name, name, unit, measure)
        if rows is not None:
            yield rows


def _rows_of_file(opened: OpenedFolder, path: Path, name: str, unit: int, measure: Measure) -> AnswerRows | None:
    import polars as pl

    from merilo.folder.exclusions_applied import read_counted
    from merilo.folder.responses import FORM, KEY, ROW, ResponseReader

    reader = ResponseReader(
        opened.pack.edition, opened.pack.questionnaire, opened.case.table.units, opened.settings.columns, (), []
    )
    frame = read_counted(reader, path, name, opened.exclusions, keep_rows=True)
    if frame is None or measure.question not in frame.collect_schema().names():
        return None
    units = opened.case.table.units
    key = units.organisations[units.units[unit].organisation].key
    mine = frame.filter(pl.col(KEY).cast(pl.String) == key)
    form = units.units[unit].form
    if form and FORM in frame.collect_schema().names():
        mine = mine.filter(pl.col(FORM).fill_null("").is_in([form, ""]))
    answer, is_open = pl.col(measure.question), pl.lit(True)
    for gate in measure.gates:
        is_open = is_open & pl.col(gate.question).is_in(list(gate.values)).fill_null(False)
    counted = answer.is_not_null() if measure.counted is None else answer.is_in(list(measure.counted))
    match measure.denominator.value:
        case "answered":
            in_base = answer.is_not_null() & is_open
        case "filter_yes":
            in_base = is_open
        case _:
            in_base = pl.lit(True)
    table = mine.select(ROW, (counted & is_open).fill_null(False).alias("counted"), in_base.alias("base")).collect()
    return AnswerRows(
        file=name,
        counted=tuple(table.filter(pl.col("counted"))[ROW].to_list()),
        others=tuple(table.filter(pl.col("base") & ~pl.col("counted"))[ROW].to_list()),
        summed=measure.counted is None,
    )
