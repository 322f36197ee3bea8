"""A register in Parquet: the same rules as for a text table, column by column, for hundreds of thousands of rows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polars as pl

from merilo.assessment.errors import Place, Problem, problem
from merilo.assessment.methodology.edition import Category, Edition
from merilo.assessment.observations.register import Register

KEY, NAME, RECIPIENTS = "organisation", "name", "recipients"
SHOWN = 20

ReadValues = Callable[[str, Category, Place, list[Problem]], tuple[str, ...]]


def read_organisation_columns(
    path: Path, name: str, edition: Edition, read_values: ReadValues, problems: list[Problem]
) -> Register | None:
    """The register; `read_values` reads the category values written in one cell."""
    try:
        frame = pl.read_parquet(path)
    except (pl.exceptions.PolarsError, OSError) as error:
        problems.append(problem("TABLE-26", Place(name), reason=str(error).partition("\n")[0]))
        return None
    required = (KEY, NAME, *(category.code for category in edition.categories if category.required))
    missing = [column for column in required if column not in frame.columns]
    for column in missing:
        problems.append(problem("FOLDER-05", Place(name), column=column, known=", ".join(frame.columns)))
    if missing:
        return None
    _check_keys(frame, name, problems)
    codes = [category.code for category in edition.categories]
    details = [column for column in frame.columns if column not in {KEY, NAME, RECIPIENTS, *codes}]
    return Register(
        keys=_texts(frame, KEY),
        names=_texts(frame, NAME),
        categories={
            category.code: _values(frame, category, name, read_values, problems) for category in edition.categories
        },
        recipients=_recipients(frame, name, problems),
        details={column: _texts(frame, column) for column in details},
    )


def _texts(frame: pl.DataFrame, column: str) -> list[str]:
    return frame[column].cast(pl.String).fill_null("").to_list()


def _check_keys(frame: pl.DataFrame, name: str, problems: list[Problem]) -> None:
    rows = frame.select(pl.col(KEY).cast(pl.String).fill_null("").alias(KEY)).with_row_index("row", offset=1)
    for row in rows.filter(pl.col(KEY) == "")["row"].head(SHOWN).to_list():
        problems.append(problem("FOLDER-06", Place(name, row, KEY)))
    doubled = rows.filter((pl.col(KEY) != "") & pl.col(KEY).is_duplicated())
    for key, numbers in doubled.group_by(KEY, maintain_order=True).agg("row").head(SHOWN).iter_rows():
        problems.append(problem("FOLDER-07", Place(name, numbers[1], KEY), key=key, first=numbers[0]))
    for row, key in rows.filter(frame[NAME].is_null()).head(SHOWN).iter_rows():
        problems.append(problem("FOLDER-08", Place(name, row, NAME), key=key))


def _values(
    frame: pl.DataFrame, category: Category, name: str, read_values: ReadValues, problems: list[Problem]
) -> list[tuple[str, ...]]:
    """One category for every row; every distinct spelling is read, and complained of, once."""
    if category.code not in frame.columns:
        values = read_values("", category, Place(name, None, category.code), problems)
        return [values] * frame.height
    texts = frame[category.code].cast(pl.String).fill_null("")
    distinct = texts.unique(maintain_order=True).to_list()
    read = {text: read_values(text, category, Place(name, None, category.code), problems) for text in distinct}
    return [read[text] for text in texts.to_list()]


def _recipients(frame: pl.DataFrame, name: str, problems: list[Problem]) -> list[int | None]:
    if RECIPIENTS not in frame.columns:
        return [None] * frame.height
    column = frame[RECIPIENTS]
    if not column.dtype.is_integer() or (column < 0).any():
        problems.append(problem("FOLDER-11", Place(name, None, RECIPIENTS), value=str(column.dtype)))
        return [None] * frame.height
    return column.to_list()
