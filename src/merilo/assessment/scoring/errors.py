"""The standard error and interval of every score: from the slopes, the sample, and who answered what together."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields

import numpy as np

from merilo.assessment.methodology.formulas.slopes import Loose, Partial, Slopes
from merilo.assessment.methodology.formulas.working import Flags, Floats
from merilo.assessment.observations.sample import SurveySample, survey_sample
from merilo.assessment.observations.table import ObservationTable
from merilo.assessment.scoring.bulk import UnitScores
from merilo.assessment.scoring.evidence import AllEvidence
from merilo.assessment.scoring.organisations import RatedRows, RatedScores
from merilo.assessment.scoring.rules import Rules
from merilo.assessment.scoring.score import OVERALL
from merilo.assessment.scoring.sensitivity import SampledEvidence, subject_slopes
from merilo.assessment.stats.bounded import (
    TAKEN_FOR_GRANTED,
    Movable,
    bounded_errors,
    bounded_intervals,
    pooled_correlation,
)
from merilo.assessment.stats.linearisation import CoOccurrence

BLOCK = 2048


@dataclass(frozen=True, slots=True)
class ScoreErrors:
    """How sure one number is, for every rated row (or every unit), in the unit of the number.

    `error`: its standard error, 0 where nothing in it was sampled, NaN where the error is not known; `linear`: as
    linearisation alone gives it, before few answers and the least error of `stats/bounded.py` are seen to; `low`,
    `high`: its interval; `degrees` of freedom; `reach`: how much of the number hangs on the respondents.
    """

    error: Floats
    linear: Floats
    low: Floats
    high: Floats
    degrees: Floats
    reach: Floats

    @property
    def is_sampled(self) -> Flags:
        """Where the number hangs on a sample at all."""
        return self.reach > 0


@dataclass(frozen=True, slots=True)
class AllErrors:
    """The errors of rated rows and of units, by sub-item, indicator and criterion code, and `overall`."""

    rows: Mapping[str, ScoreErrors]
    units: Mapping[str, ScoreErrors]


def estimate_errors(
    rules: Rules,
    table: ObservationTable,
    scores: UnitScores,
    rated: RatedScores,
    *,
    groups: Sequence[str],
    level: float,
    only: Collection[str] = (),
) -> AllErrors:
    """The errors of every score, or of the subjects in `only`.

    `groups` name what each rated row is ranked within: in a group it is found together how far the answers of one
    person hang together. Forms of service of an organisation are strata of its sample: their variances add up.
    Organisations are independent of each other.
    """
    sample = survey_sample(rules.edition, table)
    sampled = SampledEvidence(AllEvidence(rules.edition, rules.policies, table), sample)
    slopes = {code: one for code, one in subject_slopes(rules, scores, sampled).items() if not only or code in only}
    values = _unit_values(rules, scores, sampled, slopes)
    movable = _movable(slopes, sample)
    _, row_pool = np.unique(np.array(groups, dtype=np.str_), return_inverse=True)
    pool, known = row_pool[rated.rows.row_of_units(table.size)], table.joint is not None
    units, rows = {}, {}
    for code, own in movable.items():
        correlation = pooled_correlation(own.movable, pool) if known else np.full(table.size, TAKEN_FOR_GRANTED)
        units[code] = _errors(own, values[code], correlation, level)
        found = rated.subject(code)
        if found is not None:
            rows[code] = _errors(
                _of_rows(own, rated.rows, ~np.isnan(values[code])), found.value, correlation[rated.rows.first], level
            )
    return AllErrors(rows, units)


def _unit_values(
    rules: Rules, scores: UnitScores, sampled: SampledEvidence, codes: Collection[str]
) -> dict[str, Floats]:
    """The values of some subjects for every unit; sub-items were not kept with the scores."""
    known = {code: one.result.value for code, one in scores.indicators.items()}
    known |= {code: one.value for code, one in scores.criteria.items()}
    known[OVERALL] = scores.overall.value
    items = rules.edition.items
    return {code: known[code] if code in known else items[code].columns(sampled).value for code in codes}


@dataclass(frozen=True, slots=True)
class _Moved:
    """What hangs on the respondents, and its variance as linearisation alone gives it."""

    linear: Floats
    movable: Movable


def _movable(slopes: Mapping[str, Slopes], sample: SurveySample) -> dict[str, _Moved]:
    """What of every subject hangs on the respondents, per unit."""
    linear, careful = _variances(slopes, sample)
    asked = np.maximum(sample.sizes, sample.asked)
    freedom = np.maximum(asked - 1, 0.0)
    rest = np.maximum(sample.rest, 0.0)
    found = {}
    for (code, one), plain, variance in zip(slopes.items(), linear, careful, strict=True):
        parts: list[tuple[Partial | Loose, Floats]] = [(part, part.size * rest) for part in one.loose]
        for quantity, partial in one.partials.items():
            parts.append((partial, np.nan_to_num(sample.table.columns[quantity].base)))
        reach, above, apart, each, unsure = (np.zeros_like(variance) for _ in range(5))
        for part, answers in parts:
            reach, above = reach + part.reach, above + part.above
            own = np.where(answers > 0, part.reach**2 * rest / np.where(answers > 0, answers, 1.0), 0.0)
            apart, each = apart + own, each + np.sqrt(own)
            unsure = unsure + own**2 / np.maximum(answers - 1, 1.0)
        for loose in one.loose:
            plain, variance = plain + loose.variance, variance + loose.variance
        # Satterthwaite over the questions: one behind a filter is as sure as those who were let through can make it.
        degrees = np.where(unsure > 0, apart**2 / np.where(unsure > 0, unsure, 1.0), freedom)
        movable = Movable(reach, above, variance, apart, each**2, np.minimum(degrees, freedom))
        found[code] = _Moved(np.where(reach > 0, plain, 0.0), movable)
    return found


def _variances(slopes: Mapping[str, Slopes], sample: SurveySample) -> tuple[Floats, Floats]:
    """The variances of all subjects from who answered what together, (k, u): linearised, and with shares of few
    answers made up for.

    Linearisation divides by n of all respondents where a share has only its own n_q to be measured from; each slope is
    stretched by √(n_q (n − 1) / ((n_q − 1) n)), which leaves questions that everybody answered as they are.
    """
    half, size = len(sample.quantities), sample.table.size
    linear, careful = np.zeros((len(slopes), size)), np.zeros((len(slopes), size))
    at = {code: number for number, code in enumerate(sample.quantities)}
    for start in range(0, size if half else 0, BLOCK):
        block = slice(start, min(start + BLOCK, size))
        gradient = np.zeros((block.stop - start, len(slopes), 2 * half))
        for number, one in enumerate(slopes.values()):
            for code, partial in one.partials.items():
                gradient[:, number, at[code]] = partial.count[block]
                gradient[:, number, half + at[code]] = partial.base[block]
        together = sample.together(block)
        spread = together.centred()
        for found, stretched in ((linear, gradient), (careful, gradient * _stretch(together)[:, None, :])):
            variance = np.einsum("ukq,ukq->uk", np.matmul(stretched, spread), stretched)
            variance *= sample.factors[block, None]
            found[:, block] = np.where(gradient.any(axis=2), np.maximum(variance, 0.0), 0.0).T
    return linear, np.maximum(linear, careful)


def _stretch(together: CoOccurrence) -> Floats:
    """What makes up for shares of few answers, (u, 2q)."""
    size = np.maximum(together.sizes, 2.0)[:, None]
    base = np.clip(together.totals[:, together.shares :], 2.0, size)
    stretch = np.sqrt(base * (size - 1) / ((base - 1) * size))
    return np.concatenate([stretch, stretch], axis=1)


def _of_rows(moved: _Moved, rows: RatedRows, scored: Flags) -> _Moved:
    """A row's number is the mean over its scored units, which were sampled apart: variances add up."""
    own, first = moved.movable, rows.first
    names = [field.name for field in fields(Movable)]
    found = Movable(**{name: getattr(own, name)[first].copy() for name in names})
    linear = moved.linear[first].copy()
    for index, behind in rows.several.items():
        units = np.array([unit for unit in behind if scored[unit]], dtype=np.int64)
        count = max(len(units), 1)
        found.reach[index], found.above[index] = own.reach[units].sum() / count, own.above[units].sum() / count
        for name in ("variance", "apart", "together"):
            getattr(found, name)[index] = getattr(own, name)[units].sum() / count**2
        found.degrees[index] = _pooled_degrees(own.variance[units], own.degrees[units])
        linear[index] = moved.linear[units].sum() / count**2
    return _Moved(linear, found)


def _pooled_degrees(variances: Floats, degrees: Floats) -> float:
    """Degrees of freedom of a sum of variances (Satterthwaite 1946, Biometrics Bulletin 2)."""
    known = (variances > 0) & (degrees > 0)
    if not known.any():
        return float(degrees.sum())
    return float(variances[known].sum() ** 2 / (variances[known] ** 2 / degrees[known]).sum())


def _errors(moved: _Moved, value: Floats, correlation: Floats, level: float) -> ScoreErrors:
    movable, there = moved.movable, ~np.isnan(value)
    error = np.where(there, bounded_errors(movable, correlation), np.nan)
    linear = np.where(there, np.sqrt(moved.linear), np.nan)
    interval = bounded_intervals(value, movable, correlation, level=level)
    return ScoreErrors(error, linear, interval.low, interval.high, movable.degrees, np.where(there, movable.reach, 0.0))
