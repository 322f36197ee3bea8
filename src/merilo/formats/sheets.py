"""Reading a table from any of the files people keep tables in: CSV in its dialects, XLSX, XLS, ODS."""

from __future__ import annotations

from pathlib import Path

from merilo.assessment.errors import Place, Problem, problem
from merilo.formats.csv_text import open_csv
from merilo.formats.raw_table import RawTable, shape_table

TEXT_SUFFIXES = (".csv", ".tsv", ".tab", ".txt")
SPREADSHEET_SUFFIXES = (".xlsx", ".xlsm", ".xls", ".ods")


def read_table(path: Path, *, sheet: str | None = None, problems: list[Problem]) -> RawTable | None:
    """The table in a file, all cells as text; what is wrong with it goes to `problems`.

    None means that nothing could be read. A table beside problems of severity ERROR is there only to look for
    further problems. `sheet` chooses a sheet of a workbook; a text file has only one.
    """
    if not is_readable(path, problems, TEXT_SUFFIXES + SPREADSHEET_SUFFIXES):
        return None
    try:
        if path.suffix.lower() in TEXT_SUFFIXES:
            return _read_csv(path, problems)
        # Imported here: most commands read CSV and should not wait for the workbook library.
        from merilo.formats.spreadsheet import read_spreadsheet

        return read_spreadsheet(path, sheet, problems)
    except OSError as error:
        problems.append(problem("TABLE-14", Place(path.as_posix()), reason=error.strerror or error))
        return None


def is_readable(path: Path, problems: list[Problem], suffixes: tuple[str, ...]) -> bool:
    """Whether the file is there, is of a kind we read and is not empty; otherwise one problem says so."""
    place = Place(path.as_posix())
    if not path.exists():
        problems.append(problem("TABLE-01", place))
    elif not path.is_file():
        problems.append(problem("TABLE-29", place))
    elif path.suffix.lower() not in suffixes:
        problems.append(problem("TABLE-02", place, suffix=path.suffix, accepted=", ".join(suffixes)))
    elif path.stat().st_size == 0:
        problems.append(problem("TABLE-03", place))
    else:
        return True
    return False


def _read_csv(path: Path, problems: list[Problem]) -> RawTable | None:
    source = open_csv(path, problems)
    if source is None:
        return None
    return shape_table(source.file, source.records(problems), problems)
