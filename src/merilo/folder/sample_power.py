"""What a planned survey will be able to tell, from an assessment folder: sizes, last year's scores and their spread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from merilo.assessment.errors import Place, Problem, has_errors, problem, warning
from merilo.assessment.located import Mapping as Located
from merilo.assessment.methodology.edition import Edition
from merilo.assessment.methodology.policies import FormsOfService
from merilo.assessment.sampling.forecast import GroupForecast, RankedRow, forecast_group
from merilo.assessment.sampling.power import PowerDesign, ScoreSpread, even_scores, without_chance
from merilo.assessment.scoring.organisations import rated_rows
from merilo.assessment.scoring.score import OVERALL
from merilo.folder.assessment_folder import OpenedFolder
from merilo.folder.sample_frame import OpenedFrame, read_frame
from merilo.folder.sample_plan import make_plan
from merilo.folder.sample_plan_file import read_plan_sizes
from merilo.folder.sample_previous import read_previous

Floats = NDArray[np.float64]
Key = tuple[str, str]
DESIGN = PowerDesign()
# All pairs are looked at in every replication.
MOST_TOGETHER = 2000


@dataclass(frozen=True, slots=True)
class PowerChoices:
    """What is asked. `size` respondents everywhere, or those of a `plan` file, else of the folder's own plan.
    `previous` is the folder of last year's results; `deviation` or `expected` (a share) stand for the spread, and
    `between` for the scores, where there are none. `distance` and `chance`: what the needed size is for."""

    size: int | None = None
    plan: Path | None = None
    previous: Path | None = None
    subject: str = OVERALL
    deviation: float | None = None
    expected: float | None = None
    between: float | None = None
    distance: float | None = None
    chance: float = 0.8
    design: PowerDesign = DESIGN


@dataclass(frozen=True, slots=True)
class _Known:
    """What last year's results say of one rated row; `asked` is how many answered, 0 where that is not known."""

    score: float
    deviation: float
    asked: float


def forecast_folder(
    folder: Path, choices: PowerChoices, problems: list[Problem]
) -> tuple[OpenedFrame, list[GroupForecast]] | None:
    """The forecasts of all groups; None, with every reason in `problems`."""
    planned = _sizes(folder, choices, problems)
    if planned is None:
        return None
    frame, sizes = planned
    top = scale_of(frame.pack.edition, choices.subject)
    if top is None:
        known = ", ".join(one.code for one in frame.pack.edition.criteria)
        problems.append(problem("SAMPLE-54", Place("--subject"), subject=choices.subject, known=known))
        return None
    results = None if choices.between is not None else _results(choices.previous or folder, choices, problems)
    if has_errors(problems):
        return None
    found, alone = [], []
    for group, rows in _groups(frame, sizes, problems).items():
        if len(rows) == 1:
            alone.append(_group_name(frame, group))
            continue
        if len(rows) > MOST_TOGETHER:
            where = Place(str(folder))
            details = {"group": group or "–", "count": len(rows), "most": MOST_TOGETHER}
            problems.append(problem("SAMPLE-57", where, **details))
            continue
        spread = _spread(rows, results, choices, top, folder, problems)
        if spread is not None:
            distance = top / 20 if choices.distance is None else choices.distance
            found.append(
                forecast_group(
                    (group, _group_name(frame, group)), rows, spread, distance, choices.chance, choices.design
                )
            )
    if not found and not has_errors(problems):
        problems.append(problem("SAMPLE-53", Place(str(folder))))
    elif alone:
        problems.append(warning("SAMPLE-59", Place(str(folder)), groups=", ".join(alone)))
    return None if has_errors(problems) else (frame, found)


def scale_of(edition: Edition, subject: str) -> float | None:
    """The width of the scale of the overall score, a criterion or an indicator; None for anything else."""
    if subject == OVERALL or any(one.code == subject for one in edition.criteria):
        return float(edition.high - edition.low)
    return next((float(one.item.formula.high()) for one in edition.indicators if one.code == subject), None)


def _sizes(folder: Path, choices: PowerChoices, problems: list[Problem]) -> tuple[OpenedFrame, dict[Key, int]] | None:
    """How many are asked in every stratum."""
    if choices.size is None and choices.plan is None:
        made = make_plan(folder, Located({}, Place("--")), problems)
        if made is None:
            return None
        rows = made.plan.rows
        return made.frame, {(row.stratum.organisation, row.stratum.form): row.size for row in rows}
    frame = read_frame(folder, "", problems)
    if frame is None:
        return None
    if choices.plan is None:
        return frame, {(one.organisation, one.form): choices.size or 0 for one in frame.strata}
    planned = read_plan_sizes(choices.plan, problems, by_form=True)
    if planned is None or has_errors(problems):
        return None
    return frame, {key: size for key, (size, _) in planned.items()}


def _groups(frame: OpenedFrame, sizes: Mapping[Key, int], problems: list[Problem]) -> dict[str, list[RankedRow]]:
    """The rows ranked together, by group; those nobody is asked about are left out, and that is told."""
    apart = frame.settings.policies.forms is FormsOfService.SEPARATE
    within = list(frame.settings.ranking_within)
    rows: dict[Key, RankedRow] = {}
    group_of: dict[Key, str] = {}
    for one in frame.strata:
        key = (one.organisation, one.form if apart else "")
        size = min(sizes.get((one.organisation, one.form), 0), one.population)
        before = rows.get(key, RankedRow(*key, one.name, 0, 0))
        rows[key] = replace(before, size=before.size + size, population=before.population + one.population)
        values = [one.attributes.get(category, "") for category in within]
        group_of[key] = " / ".join([*values, one.form] if apart and one.form else values)
    left_out = [row.organisation for row in rows.values() if not row.size]
    if left_out:
        place = Place(frame.settings.organisations)
        problems.append(warning("SAMPLE-58", place, count=len(left_out), keys=", ".join(left_out[:10])))
    groups: dict[str, list[RankedRow]] = {}
    for key, row in rows.items():
        if row.size:
            groups.setdefault(group_of[key], []).append(row)
    return groups


def _group_name(frame: OpenedFrame, group: str) -> str:
    """The names of the category values that a group has in common."""
    edition = frame.pack.edition
    names = {value.code: value.name for category in edition.categories for value in category.values}
    return " / ".join(names.get(code, code) for code in group.split(" / "))


def _results(previous: Path, choices: PowerChoices, problems: list[Problem]) -> dict[Key, _Known] | None:
    """Last year's scores and spreads by organisation (and form where forms are ranked apart)."""
    needs_spread = choices.deviation is None and choices.expected is None
    found = read_previous(previous, choices.subject, problems, needs_spread=needs_spread)
    if found is None:
        return None
    opened, spread = found
    return _by_row(opened, spread.scores, spread.deviations, spread.respondents)


def _by_row(opened: OpenedFolder, scores: Floats, deviations: Floats, respondents: Floats) -> dict[Key, _Known]:
    """Units merged into rated rows: the score of several forms is their mean, its error that of the mean."""
    units = opened.case.table.units
    rows = rated_rows(units, opened.case.rules.policies.forms)
    known: dict[Key, _Known] = {}
    for row in rows:
        behind = np.array(row.units)
        score = float(scores[behind].mean())
        asked = respondents[behind]
        total = float(asked.sum())
        variance = float((deviations[behind] ** 2 / np.maximum(asked, 1)).sum()) / len(behind) ** 2
        apart = opened.case.rules.policies.forms is FormsOfService.SEPARATE
        key = (units.organisations.keys[row.organisation], row.form if apart else "")
        if np.isfinite(score):
            known[key] = _Known(score, float(np.sqrt(variance * max(total, 1))), total)
    return known


def _spread(
    rows: list[RankedRow],
    results: Mapping[Key, _Known] | None,
    choices: PowerChoices,
    top: float,
    folder: Path,
    problems: list[Problem],
) -> ScoreSpread | None:
    """The vectors the simulation starts from; a new organisation is taken for an average one."""
    populations = np.array([row.population for row in rows], dtype=np.float64)
    assumed = choices.deviation
    if assumed is None and choices.expected is not None:
        assumed = top * float(np.sqrt(choices.expected * (1 - choices.expected)))
    if results is None:
        if assumed is None:
            problems.append(problem("SAMPLE-56", Place("--between")))
            return None
        scores = even_scores(len(rows), choices.between or 0.0)
        return ScoreSpread(scores, np.full(len(rows), assumed), populations)
    found = [results.get((row.organisation, row.form)) for row in rows]
    there = [one for one in found if one is not None]
    if not there:
        problems.append(problem("SAMPLE-50", Place(str(choices.previous or folder)), subject=choices.subject))
        return None
    absent = [row.organisation for row, one in zip(rows, found, strict=True) if one is None]
    if absent:
        problems.append(warning("SAMPLE-52", Place(str(choices.previous or folder)), keys=", ".join(absent[:10])))
    average = _Known(*np.mean([[one.score, one.deviation, one.asked] for one in there], axis=0).tolist())
    whole = [one or average for one in found]
    deviations = np.array([one.deviation for one in whole]) if assumed is None else np.full(len(rows), assumed)
    asked = np.minimum([one.asked for one in whole], populations)
    rest = np.where(asked > 0, (1 - asked / populations) / np.maximum(asked, 1), 0.0)
    errors = deviations * np.sqrt(choices.design.design_effect * rest)
    scores = without_chance(np.array([one.score for one in whole]), errors)
    return ScoreSpread(scores, deviations, populations)
