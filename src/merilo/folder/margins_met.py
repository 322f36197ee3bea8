"""Respondents weighted so that they meet the margins of a file, or every reason why that cannot be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np

from merilo.assessment.errors import InputError, Place, Problem, has_errors, problem
from merilo.assessment.responses.calibrated import Calibration, calibrate
from merilo.assessment.responses.respondents import Respondents
from merilo.assessment.rounding import RoundingMode, round_exact
from merilo.folder.margins import CATEGORY, Bands, WrittenMargins, find_margins
from merilo.folder.respondent_columns import RespondentColumns

Trim = tuple[Fraction, Fraction]
UNTRIMMED = (0.0, np.inf)


@dataclass(frozen=True, slots=True)
class MarginsMet:
    """A calibration with the file it follows; `names` are those of its margins for people,
    `warnings` those of its reading, `farthest` is the
    category of the largest remaining gap as the file has it, `bounds` those of the
    weights in mean weights, if any were asked for."""

    calibration: Calibration
    file: str
    sha256: str
    names: tuple[str, ...]
    warnings: tuple[Problem, ...]
    farthest: str
    bounds: Trim | None


def meet_margins(
    written: WrittenMargins,
    columns: RespondentColumns,
    of: Respondents,
    bands: Bands,
    bounds: Trim | None,
    problems: list[Problem],
) -> MarginsMet:
    """The respondents with weights that meet the file; `problems` are those its reading found already.

    Raises InputError with every problem, also where the weights did not arrive: then with the largest gap.
    """
    margins = find_margins(written, columns, bands, of.weights, problems)
    if has_errors(problems):
        raise InputError(problems)
    lower, upper = (float(one) for one in bounds or UNTRIMMED)
    calibration = calibrate(of, margins, lower=lower, upper=upper)
    if not calibration.has_arrived:
        free = calibrate(of, margins) if bounds is not None else calibration
        not_met = _not_trimmed(calibration, written, bounds) if bounds and free.has_arrived else _not_met(free, written)
        raise InputError([not_met])
    names = tuple(
        " × ".join(columns.variable(code, bands.get(code, ())).variable.name for code in one.columns)
        for one in written.margins
    )
    return MarginsMet(
        calibration, written.file, written.sha256, names, tuple(problems), _farthest(calibration, written)[1], bounds
    )


def _not_trimmed(found: Calibration, written: WrittenMargins, bounds: Trim) -> Problem:
    """Where the weights stand that did not come within their bounds."""
    return problem(
        "MARGINS-16",
        Place(written.file),
        lower=_short(bounds[0]),
        upper=_short(bounds[1]),
        rounds=found.raked.trims,
        respondents=int(np.count_nonzero(found.raked.beyond)),
        smallest=_short(Fraction(found.diagnostics.smallest)),
        largest=_short(Fraction(found.diagnostics.largest)),
        gap=_short(Fraction(abs(found.raked.gap.gap))),
    )


def _not_met(found: Calibration, written: WrittenMargins) -> Problem:
    """Where the raking stands that did not arrive."""
    raked, gap = found.raked, found.raked.gap
    row, category = _farthest(found, written)
    return problem(
        "MARGINS-15",
        Place(written.file, row, CATEGORY),
        sweeps=raked.sweeps,
        variable=gap.margin,
        value=category,
        gap=_short(Fraction(abs(gap.gap))),
    )


def _farthest(found: Calibration, written: WrittenMargins) -> tuple[int, str]:
    """The row of the largest remaining gap, and its category as the file has it."""
    margin = next(one for one in written.margins if one.name == found.raked.gap.margin)
    row = margin.rows[found.raked.gap.category]
    return row.row, "*".join(row.texts)


def _short(value: Fraction) -> str:
    return format(round_exact(value, 3, RoundingMode.HALF_UP), "f")


def calibration_record(met: MarginsMet) -> Mapping[str, object]:
    """How the weights were made and what they cost, as plain values."""
    found, of = met.calibration.diagnostics, met.calibration.of
    raked = met.calibration.raked
    return {
        "file": Path(met.file).name,
        "sha256": met.sha256,
        "method": "post_stratification" if len(of.margins) == 1 else "raking",
        "margins": [one.name for one in of.margins],
        "trim": None if met.bounds is None else [float(one) for one in met.bounds],
        "respondents": found.respondents,
        "recipients": int(met.calibration.recipients),
        "recipients_by_design": met.calibration.recipients_before,
        "design_effect": found.design_effect,
        "effective_size": found.effective_size,
        "smallest_weight": found.smallest,
        "largest_weight": found.largest,
        "weight_ratio": found.largest / found.smallest,
        "trimmed_share": found.trimmed_share,
        "sweeps": raked.sweeps,
        "largest_gap": {"variable": raked.gap.margin, "category": met.farthest, "recipients": raked.gap.gap},
    }
