"""The scores of all units at once, in columns; rounding ties are settled by the exact score."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from merilo.assessment.methodology.edition import Criterion, CriterionValue, Indicator, OverallValue, Weight
from merilo.assessment.methodology.formulas.working import Columns, Flags, Floats, Status, Statuses
from merilo.assessment.methodology.policies import EmptyGroup, NoData
from merilo.assessment.observations.table import ObservationTable
from merilo.assessment.rounding import RoundingStage, round_columns
from merilo.assessment.scoring.evidence import AllEvidence
from merilo.assessment.scoring.exact import counted_value, score_subject
from merilo.assessment.scoring.rules import Rules
from merilo.assessment.scoring.score import OVERALL


@dataclass(frozen=True, slots=True)
class IndicatorColumns:
    """One indicator for all units: `result` as the formula gave it, `value` as it counts (NaN: it does not),
    `weight` as the edition gives it."""

    result: Columns
    value: Floats
    weight: Floats


@dataclass(frozen=True, slots=True)
class CriterionColumns:
    """One criterion, or the overall score, for all units."""

    value: Floats
    status: Statuses
    high: Floats
    weight: Floats


@dataclass(frozen=True, slots=True)
class UnitScores:
    """The scores of all units, by indicator and criterion code."""

    indicators: Mapping[str, IndicatorColumns]
    criteria: Mapping[str, CriterionColumns]
    overall: CriterionColumns


def score_all(rules: Rules, table: ObservationTable) -> UnitScores:
    """The scores of every unit of the table."""
    evidence = AllEvidence(rules.edition, rules.policies, table)
    indicators: dict[str, IndicatorColumns] = {}
    criteria: dict[str, CriterionColumns] = {}
    for criterion in rules.edition.criteria:
        parts = [_indicator(indicator, rules, evidence) for indicator in criterion.indicators]
        indicators.update(zip((indicator.code for indicator in criterion.indicators), parts, strict=True))
        criteria[criterion.code] = _criterion(criterion, parts, rules, evidence)
    return UnitScores(indicators, criteria, _overall(criteria, rules, evidence))


def weight_column(weight: Weight, evidence: AllEvidence) -> Floats:
    """A weight for every unit."""
    column = np.full(evidence.size, float(weight.default or 0))
    for value, share in weight.cases:
        column = np.where(evidence.attribute_in(weight.category, (value,)), float(share), column)
    return column


def _indicator(indicator: Indicator, rules: Rules, evidence: AllEvidence) -> IndicatorColumns:
    result = indicator.item.columns(evidence)
    weight = weight_column(indicator.weight, evidence)
    value = np.where(result.status == Status.SCORED, result.value, np.nan)
    match rules.policies.empty_group.of(indicator.code):
        case EmptyGroup.ZERO:
            value = np.where(result.status == Status.NO_RESPONDENTS, 0.0, value)
        case EmptyGroup.FULL:
            full = float(indicator.item.formula.high())
            value = np.where(result.status == Status.NO_RESPONDENTS, full, value)
        case EmptyGroup.RENORMALISE | EmptyGroup.DROP_CRITERION:
            pass
    if rules.policies.no_data.of(indicator.code) is NoData.ZERO:
        value = np.where(result.status == Status.NO_DATA, 0.0, value)
    value = np.where(weight == 0, np.nan, value)
    if rules.policies.rounding.keeps(RoundingStage.INDICATOR):
        value = _settled(value, rules, lambda row: counted_value(rules, evidence.table, row, indicator))
    return IndicatorColumns(result, value, weight)


def _settled(value: Floats, rules: Rules, exact: Callable[[int], Fraction | None]) -> Floats:
    """A column rounded for further use, by the rounding rule of the edition."""
    rounding = rules.policies.rounding
    return round_columns(value, rounding.digits, rounding.mode, lambda row: exact(row) or Fraction(0))


def _criterion(
    criterion: Criterion, parts: Sequence[IndicatorColumns], rules: Rules, evidence: AllEvidence
) -> CriterionColumns:
    values, weights = np.stack([part.value for part in parts]), np.stack([part.weight for part in parts])
    counted = ~np.isnan(values)
    status = _criterion_status(criterion, parts, counted, rules)
    high = np.where(counted, np.stack([part.result.high for part in parts]), 0.0).sum(axis=0)
    value = np.where(counted, values, 0.0).sum(axis=0)
    if criterion.value is CriterionValue.WEIGHTED_MEAN:
        value, high = _mean(values, weights, counted), np.full(evidence.size, float(rules.edition.high))
    value = np.where(status == Status.SCORED, value, np.nan)
    if rules.policies.rounding.keeps(RoundingStage.CRITERION):
        value = _settled(value, rules, lambda row: score_subject(rules, evidence.table, row, criterion.code))
    weight = rules.weights.get(criterion.code, Weight(Fraction(0)))
    return CriterionColumns(value, status, high, weight_column(weight, evidence))


def _mean(values: Floats, weights: Floats, counted: Flags) -> Floats:
    total = np.where(counted, weights, 0.0).sum(axis=0)
    summed = np.where(counted, weights * np.nan_to_num(values), 0.0).sum(axis=0)
    return np.asarray(summed / np.where(total > 0, total, np.nan))


def _criterion_status(
    criterion: Criterion, parts: Sequence[IndicatorColumns], counted: Flags, rules: Rules
) -> Statuses:
    """NO_DATA outweighs all, then a dropped criterion; else it is scored if anything counts."""
    weighed = np.stack([part.weight for part in parts]) != 0
    statuses = np.stack([part.result.status for part in parts])
    policies = rules.policies
    codes = [indicator.code for indicator in criterion.indicators]
    strict = np.array([policies.no_data.of(code) is NoData.NOT_SCORED for code in codes])[:, None]
    drops = np.array([policies.empty_group.of(code) is EmptyGroup.DROP_CRITERION for code in codes])[:, None]
    missing = (weighed & strict & (statuses == Status.NO_DATA)).any(axis=0)
    dropped = (weighed & drops & (statuses == Status.NO_RESPONDENTS)).any(axis=0)
    rest = np.where(weighed, statuses, np.int8(Status.SCORED)).max(axis=0)
    rest = np.where(weighed.any(axis=0), rest, np.int8(Status.NOT_APPLICABLE))
    status = np.where((counted & weighed).any(axis=0), np.int8(Status.SCORED), rest)
    status = np.where(dropped, np.int8(Status.NO_RESPONDENTS), status)
    return np.where(missing, np.int8(Status.NO_DATA), status).astype(np.int8)


def _overall(criteria: Mapping[str, CriterionColumns], rules: Rules, evidence: AllEvidence) -> CriterionColumns:
    size, high = evidence.size, np.full(evidence.size, float(rules.edition.high))
    if rules.edition.overall is OverallValue.NONE or not criteria:
        nothing = np.full(size, Status.NOT_APPLICABLE, dtype=np.int8)
        return CriterionColumns(np.full(size, np.nan), nothing, high, np.zeros(size))
    found = list(criteria.values())
    by_points = rules.edition.overall is OverallValue.SHARE_OF_ATTAINABLE
    weights = np.ones((len(found), size)) if by_points else np.stack([one.weight for one in found])
    values, statuses = np.stack([one.value for one in found]), np.stack([one.status for one in found])
    counted = ~np.isnan(values) & (weights != 0)
    if by_points:
        attainable = np.where(counted, np.stack([one.high for one in found]), 0.0).sum(axis=0)
        points = np.where(counted, values, 0.0).sum(axis=0)
        value = high * points / np.where(attainable > 0, attainable, np.nan)
    else:
        value = _mean(values, weights, counted)
    status = _overall_status(statuses, weights != 0, counted, rules)
    value = np.where(status == Status.SCORED, value, np.nan)
    if rules.policies.rounding.keeps(RoundingStage.ALL):
        value = _settled(value, rules, lambda row: score_subject(rules, evidence.table, row, OVERALL))
    return CriterionColumns(value, status, high, np.ones(size))


def _overall_status(statuses: NDArray[np.int8], weighed: Flags, counted: Flags, rules: Rules) -> Statuses:
    rest = np.where(weighed, statuses, np.int8(Status.SCORED)).max(axis=0)
    rest = np.where(weighed.any(axis=0), rest, np.int8(Status.NOT_APPLICABLE))
    status = np.where(counted.any(axis=0), np.int8(Status.SCORED), rest)
    if rules.policies.no_data.default is NoData.NOT_SCORED:
        missing = (weighed & (statuses == Status.NO_DATA)).any(axis=0)
        status = np.where(missing, np.int8(Status.NO_DATA), status)
    return status.astype(np.int8)
