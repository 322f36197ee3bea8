"""Evidence in Parquet: a wide table of numbers, one row an organisation, for tables of hundreds of thousands."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from merilo.assessment.errors import Place, Problem, problem
from merilo.assessment.methodology.formulas.working import Floats
from merilo.assessment.methodology.quantity import Quantity, QuantityKind
from merilo.assessment.observations.gather import Gathering
from merilo.folder.organisations import category_value

KEY, FORM = "organisation", "form"


def add_evidence_columns(path: Path, name: str, gathering: Gathering, problems: list[Problem]) -> None:
    """Add a wide Parquet table: columns `quantity` with `quantity:base`, `quantity.cell`, or an item's code."""
    frame = pl.scan_parquet(path)
    names = frame.collect_schema().names()
    if KEY not in names:
        problems.append(problem("FOLDER-05", Place(name), column=KEY, known=", ".join(names)))
        return
    table = frame.collect()
    rows = _rows(table, name, gathering, problems)
    if rows is None:
        return
    for column in names:
        code = column.partition(".")[0].removesuffix(":base")
        known = code in gathering.edition.quantities or column in gathering.edition.items
        if column in (KEY, FORM) or column.endswith(":base"):
            continue
        if not known:
            problems.append(problem("FOLDER-15", Place(name, None, column), item=column, close="–"))
            continue
        if not table[column].dtype.is_numeric():
            problems.append(problem("FOLDER-34", Place(name, None, column), kind=str(table[column].dtype)))
            continue
        _add(column, table, rows, name, gathering, problems)


def _rows(table: pl.DataFrame, name: str, gathering: Gathering, problems: list[Problem]) -> NDArray[np.int64] | None:
    """The unit row of every line; unknown and doubled keys are noted."""
    units = gathering.units
    keys = [units.organisations[unit.organisation].key for unit in units.units]
    index = pl.DataFrame({KEY: keys, FORM: [unit.form for unit in units.units], "row": range(len(keys))})
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
        if not np.isin(values[~np.isnan(values)], (0.0, 1.0)).all():
            problems.append(problem("FOLDER-19", Place(name, None, column), value="–"))
        gathering.add_cells(column, _spread(values, rows, gathering))
        return
    quantity = gathering.edition.quantities.get(column)
    if quantity is None:
        gathering.given[column] = _spread(values, rows, gathering)
        return
    base = _floats(table, f"{column}:base") if f"{column}:base" in table.columns else None
    trouble = _trouble(quantity, values, base)
    if trouble is not None:
        code, row = trouble
        shown = "" if base is None else f"{base[row]:g}"
        place = Place(name, int(row) + 1, column)
        problems.append(problem(code, place, value=f"{values[row]:g}", base=shown, quantity=column))
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
    checks = [("FOLDER-24", values < 0)]
    if quantity.kind.has_base:
        missing = np.isnan(base) if base is not None else np.ones(len(values), dtype=np.bool_)
        checks.append(("FOLDER-25", ~np.isnan(values) & missing))
    if base is not None and quantity.kind.bounded_by_base:
        checks.append(("FOLDER-26", values > base))
    if quantity.kind in (QuantityKind.SHARE, QuantityKind.COUNT, QuantityKind.CHECKLIST):
        checks.append(("FOLDER-27", values != np.floor(values)))
    for code, flags in checks:
        bad = np.flatnonzero(flags & ~np.isnan(values))
        if len(bad):
            return code, bad[0]
    return None
