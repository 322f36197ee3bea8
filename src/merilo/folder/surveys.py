"""From response files to counts: read, tallied in one pass, added to the gathering."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl

from merilo.assessment.errors import Place, Problem, has_errors, problem
from merilo.assessment.instrument.measures import Measure, measures
from merilo.assessment.observations.gather import FORMS, Gathering
from merilo.assessment.observations.units import UnitTable
from merilo.engines.tally import Tally, tally
from merilo.folder.responses import FORM, KEY, ResponseReader
from merilo.folder.settings import Settings
from merilo.folder.survey_result import BreakdownShare, SurveyResult
from merilo.pack import Pack


def add_surveys(
    gathering: Gathering, files: list[tuple[Path, str]], settings: Settings, pack: Pack, problems: list[Problem]
) -> SurveyResult:
    """Tally every response file into the gathering."""
    columns = tuple(breakdown.column for breakdown in pack.edition.breakdowns)
    reader = ResponseReader(pack.edition, pack.questionnaire, gathering.units, settings.columns, columns, problems)
    before = len(problems)
    frames = [frame for path, name in files if (frame := reader.read(path, name)) is not None]
    if has_errors(problems[before:]) or not frames:
        return SurveyResult(tuple(name for _, name in files))
    frame = pl.concat(frames, how="diagonal_relaxed") if len(frames) > 1 else frames[0]
    plan = measures(pack.edition, pack.questionnaire, settings.policies.denominator)
    by = [KEY, FORM] if FORM in frame.collect_schema().names() else [KEY]
    counted = tally(frame, plan, by)
    rows = _rows(counted, gathering.units, problems, files[0][1] if files else "")
    if rows is None:
        return SurveyResult(tuple(name for _, name in files))
    _add(gathering, counted, rows, plan)
    result = SurveyResult(tuple(name for _, name in files), int(counted.forms.sum()))
    result.conflicts = {code: int(found.sum()) for code, found in counted.conflicts.items() if found.sum()}
    present = set(frame.collect_schema().names())
    for column in columns:
        if column in present:
            result.breakdowns += _breakdown(tally(frame, plan, [*by, column]), column)
    return result


def _rows(
    counted: Tally, units: UnitTable, problems: list[Problem], name: str
) -> np.ndarray[tuple[int], np.dtype[np.int64]] | None:
    """The unit row of every tallied group; a group that belongs to no unit is noted."""
    row_of = {(units.organisations[unit.organisation].key, unit.form): row for row, unit in enumerate(units.units)}
    only = _only_forms(units)
    forms = counted.keys.get(FORM) or [""] * len(counted.keys[KEY])
    rows = np.full(len(counted.forms), -1, dtype=np.int64)
    for index, (key, form) in enumerate(zip(counted.keys[KEY], forms, strict=True)):
        text = "" if key is None else str(key)
        row = row_of.get((text, form or only.get(text, "")))
        if row is not None:
            rows[index] = row
        elif text not in only:
            problems.append(problem("ANSWERS-08", Place(name), key=text or "–", count=int(counted.forms[index])))
        else:
            problems.append(
                problem("ANSWERS-09", Place(name), key=text, form=form or "–", count=int(counted.forms[index]))
            )
    return rows if (rows >= 0).all() else None


def _only_forms(units: UnitTable) -> dict[str, str]:
    """Organisation → its form, where it has but one (or none); several are an empty text."""
    found: dict[str, str] = {}
    for unit in units.units:
        key = units.organisations[unit.organisation].key
        found[key] = unit.form if key not in found else ""
    return found


def _add(
    gathering: Gathering, counted: Tally, rows: np.ndarray[tuple[int], np.dtype[np.int64]], plan: tuple[Measure, ...]
) -> None:
    for code in counted.counts:
        # Groups of one unit (a form written and left out) add up: counts are additive.
        count, base = np.zeros(len(gathering.units.units)), np.zeros(len(gathering.units.units))
        np.add.at(count, rows, counted.counts[code])
        np.add.at(base, rows, counted.bases[code])
        used = np.unique(rows)
        gathering.add_counts(code, used, count[used], base[used])
    if FORMS in gathering.edition.quantities:
        forms = np.zeros(len(gathering.units.units))
        np.add.at(forms, rows, counted.forms)
        used = np.unique(rows)
        gathering.add_counts(FORMS, used, forms[used], None)


def _breakdown(counted: Tally, column: str) -> list[BreakdownShare]:
    forms = counted.keys.get(FORM) or [""] * len(counted.forms)
    found = [
        BreakdownShare(column, group, str(key), form or "", code, int(count[index]), int(counted.bases[code][index]))
        for index, (key, form, group) in enumerate(zip(counted.keys[KEY], forms, counted.keys[column], strict=True))
        if group is not None and group != ""
        for code, count in counted.counts.items()
    ]
    return sorted(found, key=lambda one: (one.organisation, one.form, one.quantity, str(one.group)))
