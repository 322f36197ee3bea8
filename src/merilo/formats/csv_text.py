"""A CSV file as numbered records: encoding and delimiter found, broken quotes named by row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from merilo.assessment.errors import Place, Problem, problem
from merilo.formats.delimiter import declared_delimiter, detect_delimiter
from merilo.formats.encoding import Fault, detect_encoding

SAMPLE = 1 << 18


@dataclass(frozen=True, slots=True)
class CsvSource:
    """A CSV file that can be read: how its bytes become text and its text becomes cells."""

    path: Path
    encoding: str
    delimiter: str
    declares_delimiter: bool = False

    @property
    def file(self) -> str:
        """The file's name as it was given."""
        return self.path.as_posix()

    def records(self, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
        """Every record with its number, as Excel numbers rows: a line break inside quotes does not count.

        Broken quotes end the reading with a problem: from there on nobody knows where a cell begins.
        """
        number = 0
        with self.path.open(encoding=self.encoding, newline="") as text:
            if self.declares_delimiter:
                text.readline()
                number = 1
            try:
                for record in csv.reader(text, delimiter=self.delimiter, strict=True):
                    number += 1
                    yield number, record
            except csv.Error:
                longest = csv.field_size_limit()
                problems.append(problem("TABLE-09", Place(self.file, number + 1), longest=longest))


def open_csv(path: Path, problems: list[Problem]) -> CsvSource | None:
    """Find out how to read a CSV file; what prevents it is one problem."""
    encoding = detect_encoding(path)
    if isinstance(encoding, Fault):
        problems.append(_explain(encoding, path))
        return None
    with path.open(encoding=encoding, newline="") as text:
        sample = text.read(SAMPLE)
    declared = declared_delimiter(sample)
    if declared is not None:
        return CsvSource(path, encoding, declared[0], declares_delimiter=True)
    return CsvSource(path, encoding, detect_delimiter(_whole_lines(sample)))


def _whole_lines(sample: str) -> str:
    """The sample without its last, torn line."""
    if len(sample) < SAMPLE:
        return sample
    return sample[: max(sample.rfind("\n"), sample.rfind("\r")) + 1] or sample


def _explain(fault: Fault, path: Path) -> Problem:
    """The problem for a file that is not text, with the row where it shows."""
    file = path.as_posix()
    match fault.code:
        case "TABLE-05":
            return problem("TABLE-05", Place(file, _row_at(path, fault.offset or 0)))
        case "TABLE-07":
            return problem("TABLE-07", Place(file, _row_at(path, fault.offset or 0)), offset=fault.offset)
        case "TABLE-08":
            return problem("TABLE-08", Place(file), suffix=path.suffix)
        case _:
            return problem("TABLE-06", Place(file))


def _row_at(path: Path, offset: int) -> int:
    """The number of the record that holds a byte."""
    with path.open("rb") as file:
        before = file.read(offset).decode("utf-8-sig", errors="replace")
    # One more letter makes the record of the byte exist even where the byte is its first.
    text = before + "x"
    delimiter = detect_delimiter(_whole_lines(text[:SAMPLE]))
    csv_rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        return sum(1 for _ in csv_rows)
    except csv.Error:
        return csv_rows.line_num
