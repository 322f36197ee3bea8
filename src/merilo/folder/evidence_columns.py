"""Evidence in Parquet: a wide table of numbers, one row an organisation, for tables of hundreds of thousands."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from merilo.assessment.errors import Place, Problem, problem
from merilo.assessment.methodology.edition import Edition
from merilo.assessment.methodology.formulas.working import Floats
from merilo.assessment.methodology.quantity import Quantity, QuantityKind
from merilo.assessment.observations.gather import Gathering
from merilo.folder.organisations import category_value
from merilo.formats.big_tables import scan_text_columns

KEY, FORM, BASE_OF = "organisation", "form", ":base"
ROW = "__row"


def add_evidence_columns(path: Path, name: str, gathering: Gathering, problems: list[Problem]) -> None:
    """Add a wide Parquet table: columns `quantity` with `quantity:base`, `quantity.cell`, or an item's code."""
    frame = scan_text_columns(path, problems)
    if frame is None:
        return
    names = frame.collect_schema().names()
    if KEY not in names:
        problems.append(problem("FOLDER-05", Place(name), column=KEY, known=", ".join(names)))
        return
    table = frame.collect()
    rows = _rows(table, name, gathering, problems)
    if rows is None:
        return
    for column in names:
        if column in (KEY, FORM) or (column.endswith(BASE_OF) and column.removesuffix(BASE_OF) in names):
            continue
        trouble = _unknown(column, gathering.edition)
        place = Place(name, None, column)
        if trouble is not None:
            code, details = trouble
            problems.append(problem(code, place, **details))
        elif not _are_numbers(table, column):
            problems.append(problem("FOLDER-34", place, kind=str(table[column].dtype)))
        else:
            _add(column, table, rows, name, gathering, problems)


def _are_numbers(table: pl.DataFrame, column: str) -> bool:
    columns = [one for one in (column, f"{column}{BASE_OF}") if one in table.columns]
    return all(table[one].dtype.is_numeric() for one in columns)


def _unknown(column: str, edition: Edition) -> tuple[str, dict[str, str]] | None:
    """Why a column is none of the edition's, or None where it is one."""
    code, _, cell = column.partition(".")
    quantity = edition.quantities.get(code)
    if quantity is None:
        close = ", ".join(get_close_matches(column, [*edition.quantities, *edition.items], 2)) or "–"
        return None if column in edition.items else ("FOLDER-15", {"item": column, "close": close})
    known = [one.code for one in quantity.items]
    if cell and quantity.kind is not QuantityKind.CHECKLIST:
        return "FOLDER-17", {"item": column, "quantity": code}
    if cell and known and cell not in known:
        return "FOLDER-18", {"cell": cell, "quantity": code, "known": ", ".join(known)}
    return None


def _rows(table: pl.DataFrame, name: str, gathering: Gathering, problems: list[Problem]) -> NDArray[np.int64] | None:
    """The unit row of every line; unknown and doubled keys are noted."""
    units = gathering.units
    keys = units.keys()
    index = pl.DataFrame({KEY: keys, FORM: list(units.units.forms), "row": range(len(keys))})
    written = table.select(pl.col(KEY).cast(pl.String), *([FORM] if FORM in table.columns else []))
    category = gathering.edition.splitting
    if FORM in table.columns and category is not None:
        codes = {text: category_value(text, category) for text in written[FORM].unique().to_list() if text}
        written = written.with_columns(pl.col(FORM).replace(codes))
    on = [KEY, FORM] if FORM in table.columns else [KEY]
    joined = written.join(index.unique(on, keep="none"), on=on, how="left", maintain_order="left")
    strangers = joined.filter(pl.col("row").is_null())
    for key in strangers[KEY].head(20).to_list():
        problems.append(problem("FOLDER-13", Place(name, None, KEY), key=key, close="–"))
    doubled = joined.filter(pl.col("row").is_duplicated() & pl.col("row").is_not_null())
    for key in doubled[KEY].unique(maintain_order=True).head(20).to_list():
        problems.append(problem("FOLDER-35", Place(name, None, KEY), key=key))
    if strangers.height or doubled.height:
        return None
    return np.asarray(joined["row"].to_numpy(), dtype=np.int64)


def _add(
    column: str, table: pl.DataFrame, rows: NDArray[np.int64], name: str, gathering: Gathering, problems: list[Problem]
) -> None:
    values = _floats(table, column)
    if "." in column:
        bad = np.flatnonzero(~np.isnan(values) & ~np.isin(values, (0.0, 1.0)))
        if len(bad):
            place = Place(name, int(bad[0]) + 1, column)
            problems.append(problem("FOLDER-19", place, value=f"{values[bad[0]]:g}"))
        gathering.add_cells(column, _spread(values, rows, gathering).astype(np.float32))
        return
    quantity = gathering.edition.quantities.get(column)
    if quantity is None:
        high = float(gathering.edition.items[column].formula.high())
        beyond = np.flatnonzero((values < 0) | (values > high))
        if len(beyond):
            place, value = Place(name, int(beyond[0]) + 1, column), f"{values[beyond[0]]:g}"
            problems.append(problem("FOLDER-22", place, value=value, item=column, high=f"{high:g}"))
        gathering.given[column] = _spread(values, rows, gathering)
        return
    base = _floats(table, f"{column}{BASE_OF}") if f"{column}{BASE_OF}" in table.columns else None
    trouble = _trouble(quantity, values, base)
    if trouble is not None:
        code, row = trouble
        shown = "–" if base is None or np.isnan(base[row]) else f"{base[row]:g}"
        maximum = "–" if quantity.maximum is None else f"{float(quantity.maximum):g}"
        place, value = Place(name, int(row) + 1, column), f"{values[row]:g}"
        problems.append(problem(code, place, value=value, base=shown, quantity=column, maximum=maximum))
        return
    seen = ~np.isnan(values)
    gathering.add_counts(column, rows[seen], values[seen], None if base is None else base[seen])


def _floats(table: pl.DataFrame, column: str) -> Floats:
    return np.asarray(table[column].cast(pl.Float64).to_numpy(), dtype=np.float64)


def _spread(values: Floats, rows: NDArray[np.int64], gathering: Gathering) -> Floats:
    column = np.full(len(gathering.units.units), np.nan)
    column[rows] = values
    return column


def _trouble(quantity: Quantity, values: Floats, base: Floats | None) -> tuple[str, np.int64] | None:
    """The first line whose count and base cannot be, and the code that says why."""
    negative = values < 0 if base is None else (values < 0) | (base < 0)
    checks = [("TABLE-47", np.isinf(values) if base is None else np.isinf(values) | np.isinf(base))]
    checks.append(("FOLDER-24", negative))
    if quantity.kind.has_base and not quantity.per_recipient:
        missing = np.isnan(base) if base is not None else np.ones(len(values), dtype=np.bool_)
        checks.append(("FOLDER-25", ~np.isnan(values) & missing))
    if base is not None and quantity.kind.bounded_by_base:
        checks.append(("FOLDER-26", values > base))
    if quantity.kind in (QuantityKind.SHARE, QuantityKind.COUNT, QuantityKind.CHECKLIST):
        broken = values != np.floor(values)
        checks.append(("FOLDER-27", broken if base is None else broken | (base != np.floor(base))))
    if base is not None and not quantity.kind.bounded_by_base:
        checks.append(("FOLDER-26", (base == 0) & (values != 0)))
    if quantity.maximum is not None and not quantity.kind.bounded_by_base:
        divisor = np.ones(len(values)) if base is None else np.where(base > 0, base, np.nan)
        checks.append(("FOLDER-28", values / divisor > float(quantity.maximum)))
    for code, flags in checks:
        bad = np.flatnonzero(flags & ~np.isnan(values))
        if len(bad):
            return code, bad[0]
    return None
