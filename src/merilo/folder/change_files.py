"""Writes what changed between two waves: tables as CSV and Parquet, one workbook, and the record of both runs."""

from __future__ import annotations

import json
from pathlib import Path

from merilo.assessment.pipeline import Assessment
from merilo.assessment.recheck.waves import WaveChanges
from merilo.folder.assessment_folder import OpenedFolder
from merilo.folder.result_changes import CHANGE, COMPARABILITY, MEANS, change_tables
from merilo.folder.result_run import run_record
from merilo.folder.result_table import sheet
from merilo.folder.tables import CSV, PARQUET, XLSX, write_csv_table, write_parquet_table, written_together
from merilo.whole_files import write_atomically

WORKBOOK, RECORD = "change.xlsx", "change.json"
KNOWN = {WORKBOOK, RECORD} | {
    f"{name}.{suffix}" for name in (CHANGE, MEANS, COMPARABILITY) for suffix in (CSV, PARQUET)
}
Assessed = tuple[OpenedFolder, Assessment]


def change_record(changes: WaveChanges, earlier: Assessed, later: Assessed) -> dict[str, object]:
    """What the change was computed from and how: both runs, the confidence level, who was in one wave only."""
    return {
        "level": changes.level,
        "adjustment": "holm",
        "earlier": run_record(*earlier),
        "later": run_record(*later),
        "only_earlier": [_key(row.key, row.form) for row in changes.rows if row.later is None],
        "only_later": [_key(row.key, row.form) for row in changes.rows if row.earlier is None],
    }


def _key(key: str, form: str) -> str:
    return f"{key}/{form}" if form else key


def write_changes(changes: WaveChanges, record: dict[str, object], out: Path, formats: frozenset[str]) -> list[Path]:
    """Write everything into `out`, all of it or nothing; files of an earlier change that this one does not write anew
    are removed."""

    def write(folder: Path) -> None:
        tables = change_tables(changes)
        for table in tables:
            if CSV in formats:
                write_csv_table(table, folder / f"{table.name}.csv")
            if PARQUET in formats:
                write_parquet_table(table, folder / f"{table.name}.parquet")
        if XLSX in formats:
            from merilo.formats.xlsx_tables import write_workbook

            write_workbook(folder / WORKBOOK, [sheet(table) for table in tables])
        text = json.dumps(record, ensure_ascii=False, indent=2) + "\n"
        write_atomically(folder / RECORD, lambda path: _written(path, text))

    return written_together(out, write, KNOWN)


def _written(path: Path, text: str) -> None:
    path.write_bytes(text.encode())
