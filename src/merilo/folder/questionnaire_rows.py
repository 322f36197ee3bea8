"""Where the questionnaires of the response files lie: rows by their number in the file or by their own number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from merilo.assessment.errors import Problem
from merilo.assessment.instrument.questionnaire import Questionnaire
from merilo.folder.responses import ID, KEY, ROW, recognise
from merilo.formats.big_tables import scan_text_columns

Located = tuple[int, str, str]


@dataclass(slots=True)
class QuestionnaireRows:
    """Looks questionnaires up; a file is opened when it is first asked for, and of millions of rows only those wanted
    are kept. `rows` and `ids` are what will be asked for, of any file. Located are row, own number and organisation."""

    files: Mapping[str, Path]
    questionnaire: Questionnaire
    columns: Mapping[str, str]
    rows: frozenset[int]
    ids: frozenset[str]
    _extents: dict[str, tuple[int, int]] = field(default_factory=dict)
    _frames: dict[str, pl.DataFrame] = field(default_factory=dict)

    def by_row(self, file: str, row: int) -> Located | None:
        """The questionnaire in a row of a file; None where the row holds none."""
        return self._only(file, pl.col(ROW) == row)

    def by_id(self, file: str, identifier: str) -> Located | None:
        """The questionnaire with a number; None where the file has none or several."""
        return self._only(file, pl.col(ID) == identifier)

    def extent(self, file: str) -> tuple[int, int]:
        """The first and the last row that hold a questionnaire; zeros in a file that cannot be read."""
        self._frame(file)
        return self._extents[file]

    def _only(self, file: str, condition: pl.Expr) -> Located | None:
        found = self._frame(file).filter(condition)
        return found.row(0) if found.height == 1 else None

    def _frame(self, file: str) -> pl.DataFrame:
        """Row, number and organisation of every questionnaire of a file. What is wrong with the file itself is
        told by whoever reads it to count."""
        if file not in self._frames:
            ignored: list[Problem] = []
            frame = scan_text_columns(self.files[file], ignored, row_number=ROW)
            self._frames[file], self._extents[file] = (
                self._located(frame) if frame is not None else (_nothing(), (0, 0))
            )
        return self._frames[file]

    def _located(self, frame: pl.LazyFrame) -> tuple[pl.DataFrame, tuple[int, int]]:
        header = [column for column in frame.collect_schema().names() if column != ROW]
        known = recognise(header, self.questionnaire, self.columns).known
        columns = [
            (pl.col(known[role]).cast(pl.String).fill_null("") if role in known else pl.lit("")).alias(role)
            for role in (ID, KEY)
        ]
        located = frame.select(pl.col(ROW).cast(pl.Int64), *columns)
        wanted = located.filter(pl.col(ROW).is_in(list(self.rows)) | pl.col(ID).is_in(list(self.ids)))
        first, last = frame.select(pl.col(ROW).min().alias("first"), pl.col(ROW).max().alias("last")).collect().row(0)
        return wanted.collect(), (int(first or 0), int(last or 0))


def _nothing() -> pl.DataFrame:
    return pl.DataFrame(schema={ROW: pl.Int64, ID: pl.String, KEY: pl.String})
