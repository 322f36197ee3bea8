"""The check of the field work as records, tables of flags with their questionnaires, and a proposal of exclusions."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from merilo.assessment.pipeline import Assessment
from merilo.assessment.reporting.quality_words import FlagWords
from merilo.assessment.responses.fieldwork import UNKNOWN, Fieldwork
from merilo.assessment.responses.flags import FieldworkQuality, QualityCheck
from merilo.assessment.wording import Wording
from merilo.folder.assessment_folder import OpenedFolder
from merilo.folder.exclusion_results import exclusions_table
from merilo.folder.exclusions import COLUMNS
from merilo.folder.result_table import Kind, ResultTable, TableMaker, csv_frame, sheet
from merilo.folder.tables import write_csv_table
from merilo.formats.writing import safe_cell
from merilo.formats.xlsx_tables import write_workbook
from merilo.whole_files import write_whole

FLAGS, ROWS, CHECKS = "quality", "quality_rows", "quality_checks"
WORKBOOK, PROPOSAL = "quality.xlsx", "exclusions.proposed.csv"
FIGURE_DIGITS = 6


def flag_words(opened: OpenedFolder, wording: Wording) -> FlagWords:
    """Says the flags of a folder; quantities and questions by their names in the methodology."""
    questions = {code: question.text for code, question in opened.pack.questionnaire.questions.items()}
    quantities = {code: quantity.name for code, quantity in opened.pack.edition.quantities.items()}
    names = {one.key: one.name for one in opened.case.table.units.organisations}
    return FlagWords(wording, names, questions | quantities)


def quality_record(quality: FieldworkQuality, words: FlagWords) -> dict[str, object]:
    """Flags, and what was checked and what could not be, as plain values."""
    return {
        "questionnaires": quality.size,
        "level": quality.level,
        "adjustment": "holm",
        "tested": quality.tested,
        "lacking": list(quality.lacking),
        "flags": [_flag_record(one, quality, words) for one in quality.flags],
    }


def _flag_record(check: QualityCheck, quality: FieldworkQuality, words: FlagWords) -> dict[str, object]:
    return {
        "kind": check.kind.value,
        "organisation": check.organisation or None,
        "interviewer": check.interviewer or None,
        "subject": check.subject or None,
        "figures": dict(check.figures),
        "p": check.p,
        "p_adjusted": check.adjusted,
        "message": words.says(check),
        "meaning": words.probable(check),
        "honest_cause": words.honest(check.kind),
        "rows": [{"file": file, "row": row} for file, row in (quality.places[index] for index in check.rows)],
    }


def quality_tables(work: Fieldwork, quality: FieldworkQuality, words: FlagWords) -> list[ResultTable]:
    """Flags, the questionnaires behind each, and every check with its figures."""
    return [_flags(quality, words), _rows(work, quality), _checks(quality)]


def flags_text(quality: FieldworkQuality, words: FlagWords) -> str:
    """The flags as tab-separated text with a header of column names, one line a flag."""
    import polars as pl

    flat = csv_frame(_flags(quality, words)).with_columns(pl.col(pl.String).str.replace_all(r"\s", " "))
    return flat.write_csv(separator="\t", quote_style="never", float_scientific=False)


def _flags(quality: FieldworkQuality, words: FlagWords) -> ResultTable:
    flags, table = quality.flags, TableMaker(FLAGS, FIGURE_DIGITS)
    table.wholes("flag", list(range(1, len(flags) + 1)))
    table.texts("kind", [one.kind.value for one in flags])
    table.texts("title", [words.title(one.kind) for one in flags])
    table.texts("organisation", [one.organisation for one in flags])
    table.texts("interviewer", [one.interviewer for one in flags])
    table.texts("message", [words.says(one) for one in flags])
    table.texts("meaning", [words.probable(one) for one in flags])
    table.texts("honest_cause", [words.honest(one.kind) for one in flags])
    table.numbers("p", [one.p for one in flags])
    table.numbers("p_adjusted", [one.adjusted for one in flags])
    table.wholes("questionnaires", [len(one.rows) for one in flags])
    return table.finish()


def _rows(work: Fieldwork, quality: FieldworkQuality) -> ResultTable:
    pairs = [(number, index) for number, one in enumerate(quality.flags, start=1) for index in one.rows]
    table = TableMaker(ROWS, FIGURE_DIGITS)
    table.wholes("flag", [number for number, _ in pairs])
    table.texts("file", [quality.places[index][0] for _, index in pairs])
    table.wholes("row", [quality.places[index][1] for _, index in pairs])
    for name, labels in (
        ("id", work.id),
        ("organisation", work.organisation),
        ("form", work.form),
        ("interviewer", work.interviewer),
        ("channel", work.channel),
    ):
        found = [int(labels.of[index]) for _, index in pairs]
        table.texts(name, ["" if label == UNKNOWN else labels.names[label] for label in found])
    table.numbers("seconds", [float(work.times.duration[index]) for _, index in pairs], Kind.NUMBER)
    return table.finish()


def _checks(quality: FieldworkQuality) -> ResultTable:
    checks, table = quality.checks, TableMaker(CHECKS, FIGURE_DIGITS)
    table.texts("kind", [one.kind.value for one in checks])
    table.texts("organisation", [one.organisation for one in checks])
    table.texts("interviewer", [one.interviewer for one in checks])
    table.texts("subject", [one.subject for one in checks])
    table.numbers("p", [one.p for one in checks])
    table.numbers("p_adjusted", [one.adjusted for one in checks])
    table.texts("figures", ["; ".join(f"{name}={value:.6g}" for name, value in one.figures) for one in checks])
    return table.finish()


def write_quality(tables: Sequence[ResultTable], opened: OpenedFolder, assessment: Assessment, out: Path) -> list[Path]:
    """Write the tables as CSV and as one workbook, with the rating with and without the exclusions where there are
    any, and return the files."""
    out.mkdir(parents=True, exist_ok=True)
    effect = exclusions_table(opened, assessment)
    every = [*tables, *([effect] if effect is not None else [])]
    written = [out / f"{table.name}.csv" for table in every]
    for table, path in zip(every, written, strict=True):
        write_csv_table(table, path)
    write_workbook(out / WORKBOOK, [sheet(table) for table in every])
    return [*written, out / WORKBOOK]


def write_proposal(work: Fieldwork, quality: FieldworkQuality, words: FlagWords, out: Path) -> Path:
    """Write the questionnaires of all flags, each once with its reasons, in the shape of exclusions.csv.

    Who decided and when stays empty, and such a table is refused: a person has to go through it.
    """
    reasons: dict[int, list[str]] = {}
    for one in quality.flags:
        for index in one.rows:
            reasons.setdefault(index, []).append(words.title(one.kind))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for index in sorted(reasons, key=lambda one: quality.places[one]):
        file, row = quality.places[index]
        label = int(work.id.of[index])
        identifier = "" if label == UNKNOWN else work.id.names[label]
        writer.writerow([file, row, safe_cell(identifier), "; ".join(dict.fromkeys(reasons[index])), "", ""])
    out.mkdir(parents=True, exist_ok=True)
    write_whole(out / PROPOSAL, text.getvalue().encode("utf-8-sig"))
    return out / PROPOSAL
