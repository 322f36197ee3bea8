"""From response files to counts: read, tallied in one pass, added to the gathering."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from merilo.assessment.errors import Place, Problem, has_errors, problem
from merilo.assessment.instrument.measures import Measure, measures
from merilo.assessment.methodology.edition import Edition
from merilo.assessment.methodology.formulas.working import Floats
from merilo.assessment.methodology.policies import Denominator
from merilo.assessment.observations.gather import FORMS, Gathering
from merilo.assessment.observations.joint import JointCounts
from merilo.assessment.observations.sample import is_sampled
from merilo.assessment.observations.units import UnitTable
from merilo.assessment.responses.exclusions import Exclusion
from merilo.engines.co_occurrence import GROUP, count_together
from merilo.engines.tally import Integers, Tally, tally
from merilo.folder.exclusions_applied import read_counted
from merilo.folder.responses import FORM, KEY, SHOWN, ResponseReader
from merilo.folder.settings import Settings
from merilo.folder.survey_result import BreakdownShare, SurveyResult
from merilo.pack import Pack

Rows = NDArray[np.int64]
# Counting together takes longer than counting; with so many answers the usual correlation between questions serves.
MOST_COUNTED_TOGETHER = 5_000_000


def add_surveys(
    gathering: Gathering,
    files: list[tuple[Path, str]],
    settings: Settings,
    pack: Pack,
    problems: list[Problem],
    exclusions: Sequence[Exclusion] = (),
) -> SurveyResult:
    """Tally every response file into the gathering, but for the questionnaires left out."""
    columns = tuple(breakdown.column for breakdown in pack.edition.breakdowns)
    reader = ResponseReader(pack.edition, pack.questionnaire, gathering.units, settings.columns, columns, problems)
    before = len(problems)
    frames = [frame for path, name in files if (frame := read_counted(reader, path, name, exclusions)) is not None]
    if has_errors(problems[before:]) or not frames:
        return SurveyResult(tuple(name for _, name in files))
    frame = pl.concat(frames, how="diagonal_relaxed") if len(frames) > 1 else frames[0]
    plan = measures(pack.edition, pack.questionnaire, settings.policies.denominator)
    by = [KEY, FORM] if FORM in frame.collect_schema().names() else [KEY]
    # The reader counts answers before anything is left out.
    known = not exclusions and _conflicts_known(plan, reader)
    counted = tally(frame, plan, by, conflicts=not known)
    rows = _rows(counted, gathering.units, problems, ", ".join(name for _, name in files))
    if rows is None:
        return SurveyResult(tuple(name for _, name in files))
    problems += _counted_already(gathering, counted, rows, ", ".join(name for _, name in files))
    problems += _beyond_maximum(gathering, counted, rows, ", ".join(name for _, name in files))
    _add(gathering, counted, rows)
    gathering.joint = _joint(frame, plan, by, counted, rows, gathering.edition)
    result = SurveyResult(tuple(name for _, name in files), int(counted.forms.sum()))
    result.conflicts = _conflicts(counted, plan, reader) if known else _summed(counted.conflicts)
    present = set(frame.collect_schema().names())
    for column in columns:
        if column in present:
            result.breakdowns += _breakdown(tally(frame, plan, [*by, column]), column)
    return result


def _conflicts_known(plan: Sequence[Measure], reader: ResponseReader) -> bool:
    """Whether conflicts follow from the number of answers: those given less those in the base."""
    gated = [measure for measure in plan if measure.gates]
    return all(
        measure.denominator is Denominator.ANSWERED and measure.question not in reader.uncounted for measure in gated
    )


def _conflicts(counted: Tally, plan: Sequence[Measure], reader: ResponseReader) -> dict[str, int]:
    found = {
        measure.quantity: reader.answered.get(measure.question, 0) - int(counted.bases[measure.quantity].sum())
        for measure in plan
        if measure.gates and measure.quantity in counted.bases
    }
    return {code: number for code, number in found.items() if number}


def _summed(conflicts: Mapping[str, Integers]) -> dict[str, int]:
    return {code: int(found.sum()) for code, found in conflicts.items() if found.sum()}


def _rows(counted: Tally, units: UnitTable, problems: list[Problem], name: str) -> Rows | None:
    """The unit row of every tallied group; a group that belongs to no unit is noted."""
    row_of = {pair: row for row, pair in enumerate(zip(units.keys(), units.units.forms, strict=True))}
    only = only_forms(units)
    texts = ["" if key is None else str(key) for key in counted.keys[KEY]]
    forms = counted.keys.get(FORM) or [""] * len(texts)
    written = [(text, form or only.get(text, "")) for text, form in zip(texts, forms, strict=True)]
    rows = np.array([row_of.get(pair, -1) for pair in written], dtype=np.int64)
    for index in np.flatnonzero(rows < 0).tolist():
        text, count = texts[index], int(counted.forms[index])
        if text not in only:
            problems.append(problem("ANSWERS-08", Place(name), key=text or "–", count=count))
            continue
        theirs = [form for key, form in zip(units.keys(), units.units.forms, strict=True) if key == text]
        known = ", ".join(one or "–" for one in theirs)
        problems.append(
            problem("ANSWERS-09", Place(name), key=text, form=forms[index] or "–", count=count, known=known)
        )
    return rows if (rows >= 0).all() else None


def only_forms(units: UnitTable) -> dict[str, str]:
    """Organisation → its form, where it has but one (or none); several are an empty text."""
    found: dict[str, str] = {}
    for key, form in zip(units.keys(), units.units.forms, strict=True):
        found[key] = form if key not in found else ""
    return found


def _counted_already(gathering: Gathering, counted: Tally, rows: Rows, name: str) -> list[Problem]:
    """Counts that the evidence gives as well: nobody but the analyst knows which are right. A word in place of a
    number («звонки не поступили») stands against answers, but not against 0 of 0."""
    found, units = [], gathering.units
    for code in (*counted.counts, FORMS):
        raw = gathering.columns.get(code)
        if raw is None:
            continue
        answers = _by_unit(counted.bases.get(code, counted.forms), rows, len(units.units))
        given = ~np.isnan(raw.count)
        given[[row for row in raw.states if answers[row]]] = True
        for row in np.unique(rows)[given[np.unique(rows)]]:
            key = units.organisations[units.units[row].organisation].key
            found.append(problem("FOLDER-43", Place(name), quantity=code, organisation=key))
    return found[:SHOWN]


def _beyond_maximum(gathering: Gathering, counted: Tally, rows: Rows, name: str) -> list[Problem]:
    """Means that cannot be: minutes written as seconds, a rating of 50 on a scale to 5."""
    found, units = [], gathering.units
    for code, counts in counted.counts.items():
        quantity = gathering.edition.quantities[code]
        if quantity.maximum is None or quantity.kind.bounded_by_base:
            continue
        count, base = (_by_unit(one, rows, len(units.units)) for one in (counts, counted.bases[code]))
        most = float(quantity.maximum)
        for row in np.flatnonzero(count > most * (base if quantity.kind.has_base else 1)).tolist():
            key = units.organisations[units.units[row].organisation].key
            shown = {"value": f"{count[row]:g}", "base": f"{base[row]:g}", "maximum": f"{most:g}"}
            found.append(problem("ANSWERS-13", Place(name), quantity=code, organisation=key, **shown))
    return found[:SHOWN]


def _add(gathering: Gathering, counted: Tally, rows: Rows) -> None:
    size = len(gathering.units.units)
    used = np.flatnonzero(np.bincount(rows, minlength=size))
    # Groups of one unit (a form written in one row, left out in another) add up: counts are additive.
    for code in counted.counts:
        count = _by_unit(counted.counts[code], rows, size)
        base = _by_unit(counted.bases[code], rows, size)
        per_recipient = gathering.edition.quantities[code].per_recipient
        gathering.add_counts(code, used, count[used], None if per_recipient else base[used])
    gathering.add_counts(FORMS, used, _by_unit(counted.forms, rows, size)[used], None)


def _joint(
    frame: pl.LazyFrame, plan: Sequence[Measure], by: list[str], counted: Tally, rows: Rows, edition: Edition
) -> JointCounts | None:
    """Who answered what together, of the quantities whose errors are wanted; of a whole nation nobody counts it."""
    sampled = [measure for measure in plan if is_sampled(edition.quantities[measure.quantity])]
    if not sampled or counted.forms.sum() > MOST_COUNTED_TOGETHER:
        return None
    used, group_of = np.unique(rows, return_inverse=True)
    groups = pl.DataFrame({key: counted.keys[key] for key in by} | {GROUP: group_of.astype(np.int64)})
    found = count_together(frame, sampled, by, groups, len(used))
    return JointCounts(found.quantities, used, found.sizes, found.products)


def _by_unit(counts: Integers, rows: Rows, size: int) -> Floats:
    return np.asarray(np.bincount(rows, counts, size), dtype=np.float64)


def _breakdown(counted: Tally, column: str) -> list[BreakdownShare]:
    forms = counted.keys.get(FORM) or [""] * len(counted.forms)
    found = [
        BreakdownShare(column, group, str(key), form or "", code, int(count[index]), int(counted.bases[code][index]))
        for index, (key, form, group) in enumerate(zip(counted.keys[KEY], forms, counted.keys[column], strict=True))
        if group is not None and group != ""
        for code, count in counted.counts.items()
    ]
    return sorted(found, key=lambda one: (one.organisation, one.form, one.quantity, str(one.group)))
