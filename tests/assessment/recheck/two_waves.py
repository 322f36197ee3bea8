"""Waves written by hand: the values and errors of the overall score and one criterion, organisation by organisation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np

from merilo.assessment.methodology.edition import Edition
from merilo.assessment.methodology.policies import Policies
from merilo.assessment.recheck.comparability import Yardstick
from merilo.assessment.recheck.waves import Standings, Wave
from merilo.assessment.scoring.errors import ScoreErrors
from merilo.assessment.scoring.organisations import RatedRows, RatedScores, Values
from merilo.assessment.scoring.rules import Rules
from merilo.assessment.scoring.score import OVERALL
from tests.assessment.reporting.mini_assessment import mini_edition

HUNDRED = replace(mini_edition(), high=Fraction(100))
Estimate = tuple[float, float]  # value, standard error


def yardstick(
    edition: Edition = HUNDRED, constants: Mapping[str, Fraction] | None = None, **policies: Any
) -> Yardstick:
    rules = Rules(edition, replace(Policies(), **policies), edition.schemes[0], {})
    return Yardstick(rules, constants or {})


def wave(
    overall: Mapping[str, Estimate],
    openness: Mapping[str, Estimate] | None = None,
    *,
    degrees: float = np.inf,
    by: Yardstick | None = None,
    period: str = "",
) -> Wave:
    """A wave of the organisations named by `overall`, whose errors have so many degrees of freedom."""
    keys = list(overall)
    nothing = dict.fromkeys(keys, (np.nan, np.nan))
    given = {OVERALL: overall, "openness": openness or nothing, "courtesy": nothing}
    columns = {code: np.array([column[key] for key in keys], dtype=np.float64) for code, column in given.items()}
    values = {code: _values(column[:, 0]) for code, column in columns.items()}
    errors = {code: _errors(column[:, 1], degrees) for code, column in columns.items()}
    criteria = {code: values[code] for code in ("openness", "courtesy")}
    rows = RatedRows(np.arange(len(keys)), [""] * len(keys), np.arange(len(keys)), {})
    places = np.arange(1, len(keys) + 1)
    return Wave(
        period=period,
        yardstick=by or yardstick(),
        rated=RatedScores(rows, {}, {}, criteria, values[OVERALL], 2, lambda code, row: None),
        errors=errors,
        keys=[(key, "") for key in keys],
        names=keys,
        sizes={OVERALL: np.full(len(keys), degrees + 1)},
        standings=Standings(places, places, places, places),
    )


def _values(column: Any) -> Values:
    return Values(column, np.zeros(len(column), dtype=np.int8), lambda values: np.round(values, 2))


def _errors(error: Any, degrees: float) -> ScoreErrors:
    found = np.full(len(error), degrees)
    return ScoreErrors(error, error, error, error, found, error)


def shuffled(one: Mapping[str, Estimate], order: Sequence[str]) -> dict[str, Estimate]:
    return {key: one[key] for key in order}
