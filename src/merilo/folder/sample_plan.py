"""A sample plan from an assessment folder: the methodology's rule, what `sample:` and the options put in its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from merilo.assessment.errors import Problem, has_errors
from merilo.assessment.located import Mapping, Reader
from merilo.assessment.rounding import RoundingMode, round_exact
from merilo.assessment.sampling.load_choices import SIZE_KEYS, read_choices
from merilo.assessment.sampling.plan import PlannedStratum, SamplePlan, plan_sample
from merilo.assessment.scoring.score import OVERALL
from merilo.folder.sample_frame import OpenedFrame, read_frame
from merilo.folder.sample_previous import read_previous
from merilo.formats.writing import Cell, write_csv

PLAN_NAME = "sample_plan"
CSV, XLSX = "csv", "xlsx"
PLAN_FORMATS = frozenset({CSV, XLSX})
COLUMNS = ("organisation", "name", "form", "recipients", "rule", "required", "size", "percent", "error", "reserve")
QUOTA = "quota:"
EXCLUSIVE = {"t": "level", "level": "t"}


@dataclass(frozen=True, slots=True)
class OpenedPlan:
    """A plan and the frame it was made from."""

    frame: OpenedFrame
    plan: SamplePlan


def make_plan(
    folder: Path, options: Mapping, problems: list[Problem], previous: Path | None = None
) -> OpenedPlan | None:
    """The plan of a folder; None, with every reason in `problems`. `options` are keys of `sample:` that win over it;
    `previous` is a folder whose results give the spread of answers where no deviation was given."""
    populations = getattr(options.entries.get("populations"), "text", "")
    frame = read_frame(folder, populations, problems)
    if frame is None:
        return None
    choices = read_choices(Reader(_joined(frame.settings.sample, options), problems), frame.pack.edition)
    if has_errors(problems):
        return None
    if previous is not None:
        frame = _with_deviations(frame, previous, problems)
    if has_errors(problems):
        return None
    plan = plan_sample(frame.strata, choices, problems)
    return None if plan is None else OpenedPlan(frame, plan)


def _with_deviations(frame: OpenedFrame, previous: Path, problems: list[Problem]) -> OpenedFrame:
    """The frame with deviations from earlier results, to six decimals: the last bits of a float must move no size."""
    found = read_previous(previous, OVERALL, problems, needs_spread=True)
    if found is None:
        return frame
    opened, spread = found
    units = opened.case.table.units
    known = {
        (key, form): Fraction(round_exact(Fraction(float(deviation)), 6, RoundingMode.HALF_UP))
        for key, form, deviation in zip(units.keys(), units.units.forms, spread.deviations, strict=True)
        if deviation > 0
    }
    strata = [
        one if one.deviation is not None else replace(one, deviation=known.get((one.organisation, one.form)))
        for one in frame.strata
    ]
    return replace(frame, strata=tuple(strata))


def _joined(written: Mapping, options: Mapping) -> Mapping:
    """The choices as written with the options in their place; a rule asked for takes nothing from the written one."""
    kept = dict(written.entries)
    dropped = [EXCLUSIVE[key] for key in options.entries if key in EXCLUSIVE]
    dropped += SIZE_KEYS if "rule" in options.entries else ()
    for key in dropped:
        kept.pop(key, None)
    return Mapping({**kept, **options.entries}, written.place)


def plan_header(plan: SamplePlan) -> tuple[str, ...]:
    """The columns of a plan; a quota for every channel at the end."""
    return (*COLUMNS, *(f"{QUOTA}{name}" for name, _ in plan.choices.channels))


def plan_rows(plan: SamplePlan) -> list[tuple[Cell, ...]]:
    """The rows of a plan: shares in per cent and errors in percentage points, both to one decimal."""
    return [_row(row) for row in plan.rows]


def _row(row: PlannedStratum) -> tuple[Cell, ...]:
    stratum = row.stratum
    share = one_decimal(Fraction(100 * row.size, stratum.population)) if stratum.population else None
    return (
        stratum.organisation,
        stratum.name,
        stratum.form,
        stratum.population,
        "" if row.rule is None else row.rule.code,
        row.required,
        row.size,
        share,
        None if row.error is None else one_decimal(Fraction(100 * row.error)),
        row.reserve,
        *row.quotas,
    )


def one_decimal(value: Fraction) -> Decimal:
    """A number as a plan prints it."""
    return round_exact(value, 1, RoundingMode.HALF_UP)


def write_plan(plan: SamplePlan, rules: Sequence[str], out: Path, formats: frozenset[str]) -> list[Path]:
    """Write the plan as CSV and as a workbook whose second sheet has the `rules`, one a row; the files written."""
    out.mkdir(parents=True, exist_ok=True)
    header, rows = plan_header(plan), plan_rows(plan)
    written = []
    if CSV in formats:
        written.append(out / f"{PLAN_NAME}.csv")
        write_csv(written[-1], header, rows)
    if XLSX in formats:
        from merilo.formats.xlsx_tables import Sheet, write_workbook

        written.append(out / f"{PLAN_NAME}.xlsx")
        numbers = {"percent": "0.0", "error": "0.0"}
        sheets = [Sheet("plan", header, rows, numbers), Sheet("rules", ("rules",), [(line,) for line in rules])]
        write_workbook(written[-1], sheets)
    return written
