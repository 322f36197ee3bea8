"""The results of an assessment as tables: CSV and Parquet files, one workbook, and the record of the run."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from merilo.assessment.pipeline import Assessment
from merilo.folder.assessment_folder import OpenedFolder
from merilo.folder.exclusion_results import exclusions_table
from merilo.folder.result_findings import breakdowns_table, compared_table, norms_table, shortcomings_table
from merilo.folder.result_items import items_table
from merilo.folder.result_matrix import matrix_table
from merilo.folder.result_run import run_json
from merilo.folder.result_scores import criteria_table, indicators_table, labels, rating_table
from merilo.folder.result_table import ResultTable, csv_frame, sheet
from merilo.whole_files import write_atomically

CSV, PARQUET, XLSX = "csv", "parquet", "xlsx"
FORMATS = frozenset({CSV, PARQUET, XLSX})
TABLES = (
    "rating",
    "criteria",
    "indicators",
    "items",
    "shortcomings",
    "norms",
    "compared",
    "breakdowns",
    "exclusion_effects",
)
EVERY_TABLE = frozenset(TABLES)
LONG = frozenset({"criteria", "indicators", "items", "breakdowns"})
WORKBOOK, RUN = "tables.xlsx", "run.json"


def result_tables(
    opened: OpenedFolder, assessment: Assessment, names: frozenset[str] = EVERY_TABLE
) -> list[ResultTable]:
    """The tables asked for, as far as this assessment has them."""
    text = labels(assessment)
    makers: dict[str, Callable[[], ResultTable | None]] = {
        "rating": lambda: rating_table(assessment, text),
        "criteria": lambda: criteria_table(assessment, text),
        "indicators": lambda: indicators_table(assessment, text),
        "items": lambda: items_table(assessment, text),
        "shortcomings": lambda: shortcomings_table(assessment),
        "norms": lambda: norms_table(assessment),
        "compared": lambda: compared_table(assessment),
        "breakdowns": lambda: breakdowns_table(opened, assessment),
        "exclusion_effects": lambda: exclusions_table(opened, assessment),
    }
    found = (make() for name, make in makers.items() if name in names)
    return [table for table in found if table is not None]


def write_results(
    opened: OpenedFolder,
    assessment: Assessment,
    out: Path,
    formats: frozenset[str],
    names: frozenset[str] = EVERY_TABLE,
) -> list[Path]:
    """Write the tables asked for into `out` and return the files written.

    Everything is written into a folder of its own first, then moved: after a failure the old results are
    still there. Result files of an earlier run that this one does not write anew are removed, so that
    figures of two runs never lie side by side; other files in `out` stay as they are.
    """
    return written_together(
        out, lambda unfinished: _write_all(opened, assessment, unfinished, formats, names), _known_names()
    )


def written_together(out: Path, write: Callable[[Path], None], known: set[str]) -> list[Path]:
    """Let `write` fill a folder of its own, then move its files into `out`, all of them or none; those of the `known`
    names that were not written anew are removed."""
    out.mkdir(parents=True, exist_ok=True)
    unfinished = out / f".unfinished-{secrets.token_hex(4)}"
    unfinished.mkdir()
    try:
        write(unfinished)
        written = sorted(path.name for path in unfinished.iterdir())
        for name in written:
            (unfinished / name).replace(out / name)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    for name in known - set(written):
        (out / name).unlink(missing_ok=True)
    return [out / name for name in written]


def _write_all(
    opened: OpenedFolder, assessment: Assessment, folder: Path, formats: frozenset[str], names: frozenset[str]
) -> None:
    tables = result_tables(opened, assessment, names)
    for table in tables:
        if CSV in formats:
            write_csv_table(table, folder / f"{table.name}.csv")
        if PARQUET in formats:
            write_parquet_table(table, folder / f"{table.name}.parquet")
    if XLSX in formats:
        from merilo.formats.xlsx_tables import write_workbook

        # A long table of every indicator of every organisation is for scripts; in a workbook it is a matrix.
        shown = [table for table in tables if table.name not in LONG]
        if "indicators" in names:
            shown.insert(1, matrix_table(assessment, labels(assessment)))
        write_workbook(folder / WORKBOOK, [sheet(table) for table in shown])
    record = run_json(opened, assessment).encode()

    def write_record(unfinished: Path) -> None:
        unfinished.write_bytes(record)

    write_atomically(folder / RUN, write_record)


def _known_names() -> set[str]:
    return {WORKBOOK, RUN} | {f"{name}.{suffix}" for name in TABLES for suffix in (CSV, PARQUET)}


def write_csv_table(table: ResultTable, path: Path) -> None:
    """Write a table as CSV: commas, UTF-8 with a BOM, CRLF, no formulas and no exponents."""
    frame = csv_frame(table)

    def write(unfinished: Path) -> None:
        with _failures_named(path):
            frame.write_csv(unfinished, include_bom=True, line_terminator="\r\n", float_scientific=False)

    write_atomically(path, write)


def write_parquet_table(table: ResultTable, path: Path) -> None:
    """Write a table as Parquet: the texts as they are, the numbers unrounded by the writing."""

    def write(unfinished: Path) -> None:
        with _failures_named(path):
            table.frame.write_parquet(unfinished, compression="zstd", compression_level=1)

    write_atomically(path, write)


@contextmanager
def _failures_named(path: Path) -> Iterator[None]:
    """A full disk is an OSError that names the file, whatever the library calls it."""
    from polars.exceptions import PolarsError

    try:
        yield
    except (OSError, PolarsError) as error:
        raise OSError(getattr(error, "errno", None), str(error), path.name) from error
