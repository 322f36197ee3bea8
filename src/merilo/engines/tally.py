"""The columnar tally: one pass over the questionnaires, integers out, the same plan on every engine.

The plan is written with Narwhals; Polars carries it out lazily by default. Only counts, bases and sums leave
this room: no shares, no rounding, no order of nulls, so that engines cannot differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import Any

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from merilo.assessment.instrument.measures import Gate, Measure
from merilo.assessment.methodology.policies import Denominator

Integers = NDArray[np.int64]
FORMS = "__forms"


@dataclass(frozen=True, slots=True)
class Tally:
    """What one pass counted, a row per group.

    `keys` are the grouping columns; `forms` the number of questionnaires; `counts` and `bases` per
    quantity; `conflicts` the answers given behind a closed gate, per quantity that has gates.
    """

    keys: dict[str, list[Any]]
    forms: Integers
    counts: dict[str, Integers]
    bases: dict[str, Integers]
    conflicts: dict[str, Integers]


def tally(frame: Any, measures: Sequence[Measure], by: Sequence[str], *, conflicts: bool = True) -> Tally:
    """Group a frame of coded answers by some columns and count.

    `frame` is any lazy or eager frame Narwhals knows (Polars, PySpark, DuckDB, pandas): one row a
    questionnaire, one column of small whole numbers a question, null where there is no answer. Measures of
    questions the frame does not have are left out. Without `conflicts` the answers behind closed gates are
    not counted, which saves a tenth of the time where they are known otherwise.
    """
    prepared, usable, names = selected(frame, measures, by, conflicts=conflicts)
    sums = [nw.col(name).sum() for name in names]
    grouped = prepared.group_by(*by).agg(nw.len().alias(FORMS), *sums)
    return _collected(_collect(grouped), usable, by)


def selected(
    frame: Any, measures: Sequence[Measure], by: Sequence[str], *, conflicts: bool
) -> tuple[Any, list[Measure], list[str]]:
    """The columns that are added up, a row a questionnaire: `c:` what counts, `b:` who is in the base (left out
    where everybody is), `x:` conflicts; the measures the frame has questions for; the names of the columns."""
    frame = nw.from_native(frame)
    present = set(frame.collect_schema().names())
    usable = [measure for measure in measures if measure.question in present and _gates_present(measure, present)]
    expressions = [expression for measure in usable for expression in _expressions(measure, conflicts)]
    prepared = frame.select(*by, *[expression for expression, _ in expressions])
    return prepared, usable, [name for _, name in expressions]


def _gates_present(measure: Measure, present: set[str]) -> bool:
    return all(gate.question in present for gate in measure.gates)


def _expressions(measure: Measure, conflicts: bool) -> list[tuple[nw.Expr, str]]:
    """The 0/1 (or rating) columns whose sums are the measure's count, base and conflicts."""
    answer = nw.col(measure.question)
    open_gate = _open(measure.gates)
    answered = ~answer.is_null()
    if measure.counted is None:
        worth = answer if open_gate is None else nw.when(open_gate).then(answer).otherwise(nw.lit(0))
        counted = worth.cast(nw.Int64)
    else:
        chosen = _one_of(answer, measure.counted)
        counted = _flag(chosen if open_gate is None else chosen & open_gate)
    found = [(counted.alias(f"c:{measure.quantity}"), f"c:{measure.quantity}")]
    base = _base(measure, answered, open_gate)
    if base is not None:
        found.append((base.alias(f"b:{measure.quantity}"), f"b:{measure.quantity}"))
    if open_gate is not None and conflicts:
        found.append((_flag(answered & ~open_gate).alias(f"x:{measure.quantity}"), f"x:{measure.quantity}"))
    return found


def _base(measure: Measure, answered: nw.Expr, open_gate: nw.Expr | None) -> nw.Expr | None:
    """Who is in the base; None where that is every questionnaire."""
    match measure.denominator:
        case Denominator.ANSWERED:
            return _flag(answered if open_gate is None else answered & open_gate)
        case Denominator.FILTER_YES:
            return None if open_gate is None else _flag(open_gate)
        case Denominator.ALL_FORMS:
            return None


def _open(gates: Sequence[Gate]) -> nw.Expr | None:
    """Whether every gate is open; an unanswered filter question is a closed gate."""
    conditions = [_one_of(nw.col(gate.question), gate.values).fill_null(False) for gate in gates]
    return reduce(and_, conditions) if conditions else None


def _one_of(answer: nw.Expr, values: Sequence[int]) -> nw.Expr:
    return answer == values[0] if len(values) == 1 else answer.is_in(list(values))


def _flag(condition: nw.Expr) -> nw.Expr:
    # int32: sums of int8 would overflow on some engines, and casting a column costs more than typed literals.
    return nw.when(condition).then(nw.lit(1, dtype=nw.Int32)).otherwise(nw.lit(0, dtype=nw.Int32))


def _collect(grouped: Any) -> nw.DataFrame[Any]:
    if not isinstance(grouped, nw.LazyFrame):
        return grouped  # type: ignore[no-any-return]
    if grouped.implementation.is_polars():
        return grouped.collect(backend="polars", engine="streaming")
    return grouped.collect()


def _collected(frame: nw.DataFrame[Any], usable: Sequence[Measure], by: Sequence[str]) -> Tally:
    names = set(frame.columns)
    forms = _integers(frame, FORMS)
    counts = {measure.quantity: _integers(frame, f"c:{measure.quantity}") for measure in usable}
    bases = {
        measure.quantity: _integers(frame, name) if (name := f"b:{measure.quantity}") in names else forms
        for measure in usable
    }
    conflicts = {
        measure.quantity: _integers(frame, name) for measure in usable if (name := f"x:{measure.quantity}") in names
    }
    return Tally({key: frame[key].to_list() for key in by}, forms, counts, bases, conflicts)


def _integers(frame: nw.DataFrame[Any], name: str) -> Integers:
    return np.asarray(frame[name].fill_null(0).to_numpy(), dtype=np.int64)
