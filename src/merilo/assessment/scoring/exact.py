"""The exact score of one unit, in fractions: what `explain` prints and what settles rounding ties."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from merilo.assessment.methodology.edition import Criterion, CriterionValue, Indicator, OverallValue
from merilo.assessment.methodology.formulas.working import Status, Working
from merilo.assessment.methodology.policies import EmptyGroup, NoData
from merilo.assessment.observations.table import ObservationTable
from merilo.assessment.rounding import RoundingStage, round_exact
from merilo.assessment.scoring.evidence import UnitEvidence, unit_evidence
from merilo.assessment.scoring.rules import Rules
from merilo.assessment.scoring.score import OVERALL, CriterionScore, IndicatorScore, UnitScore

ZERO = Fraction(0)


def score_unit(rules: Rules, table: ObservationTable, row: int) -> UnitScore:
    """The score of the unit in this row of the unit table."""
    evidence = unit_evidence(rules.edition, rules.policies, table, row)
    criteria = tuple(_criterion(criterion, rules, evidence) for criterion in rules.edition.criteria)
    status, value = _overall(criteria, rules)
    return UnitScore(status, _rounded(value, RoundingStage.ALL, rules), criteria)


def score_subject(rules: Rules, table: ObservationTable, row: int, subject: str) -> Fraction | None:
    """One number of a unit: an indicator or sub-item as its formula gave it, a criterion, or `overall`; nothing
    else is computed than it needs."""
    if subject == OVERALL:
        return score_unit(rules, table, row).value
    evidence = unit_evidence(rules.edition, rules.policies, table, row)
    for criterion in rules.edition.criteria:
        if criterion.code == subject:
            return _criterion(criterion, rules, evidence).value
    return rules.edition.items[subject].exact(evidence).value


def item_working(rules: Rules, table: ObservationTable, row: int, code: str) -> Working:
    """What the formula of one indicator or sub-item gave in a unit, with its inputs and parts."""
    return rules.edition.items[code].exact(unit_evidence(rules.edition, rules.policies, table, row))


def counted_value(rules: Rules, table: ObservationTable, row: int, indicator: Indicator) -> Fraction | None:
    """What one indicator counts for in a unit, after policies and rounding."""
    return _indicator(indicator, rules, unit_evidence(rules.edition, rules.policies, table, row)).value


def _rounded(value: Fraction | None, stage: RoundingStage, rules: Rules) -> Fraction | None:
    rounding = rules.policies.rounding
    if value is None or not rounding.keeps(stage):
        return value
    return Fraction(round_exact(value, rounding.digits, rounding.mode))


def _criterion(criterion: Criterion, rules: Rules, evidence: UnitEvidence) -> CriterionScore:
    parts = tuple(_indicator(indicator, rules, evidence) for indicator in criterion.indicators)
    weight = rules.weights[criterion.code].of(evidence.attributes) if criterion.code in rules.weights else ZERO
    status = _criterion_status(parts, rules)
    high = sum((part.working.high for part in parts if part.value is not None), ZERO)
    if status is not Status.SCORED:
        return CriterionScore(criterion.code, status, None, high, weight, parts)
    value = sum((part.value for part in parts if part.value is not None), ZERO)
    if criterion.value is CriterionValue.WEIGHTED_MEAN:
        value = _mean([(part.weight, part.value) for part in parts if part.value is not None])
        high = rules.edition.high
    return CriterionScore(criterion.code, status, _rounded(value, RoundingStage.CRITERION, rules), high, weight, parts)


def _mean(parts: Sequence[tuple[Fraction, Fraction]]) -> Fraction:
    return sum((weight * value for weight, value in parts), ZERO) / sum((weight for weight, _ in parts), ZERO)


def _indicator(indicator: Indicator, rules: Rules, evidence: UnitEvidence) -> IndicatorScore:
    working = indicator.item.exact(evidence)
    weight = indicator.weight.of(evidence.attributes)
    value, policy = _as_counted(indicator, working, rules)
    if weight == 0:
        value, policy = None, ""
    return IndicatorScore(indicator.code, working, _rounded(value, RoundingStage.INDICATOR, rules), weight, policy)


def _as_counted(indicator: Indicator, working: Working, rules: Rules) -> tuple[Fraction | None, str]:
    """What an indicator counts for, and the policy that decided where its formula gave no value."""
    match working.status:
        case Status.SCORED:
            return working.value, ""
        case Status.NOT_APPLICABLE:
            return None, ""
        case Status.NO_RESPONDENTS:
            rule = rules.policies.empty_group.of(indicator.code)
            match rule:
                case EmptyGroup.ZERO:
                    return ZERO, rule.value
                case EmptyGroup.FULL:
                    return indicator.item.formula.high(), rule.value
                case EmptyGroup.RENORMALISE | EmptyGroup.DROP_CRITERION:
                    return None, rule.value
        case Status.NO_DATA:
            missing = rules.policies.no_data.of(indicator.code)
            return (ZERO if missing is NoData.ZERO else None), missing.value


def _criterion_status(parts: Sequence[IndicatorScore], rules: Rules) -> Status:
    """NO_DATA outweighs all, then a dropped criterion; else it is scored if anything counts."""
    weighed = [part for part in parts if part.weight != 0]
    if any(part.policy == NoData.NOT_SCORED.value for part in weighed):
        return Status.NO_DATA
    if any(part.policy == EmptyGroup.DROP_CRITERION.value for part in weighed):
        return Status.NO_RESPONDENTS
    if any(part.value is not None for part in weighed):
        return Status.SCORED
    return max((part.status for part in weighed), default=Status.NOT_APPLICABLE)


def _overall(criteria: Sequence[CriterionScore], rules: Rules) -> tuple[Status, Fraction | None]:
    if rules.edition.overall is OverallValue.NONE:
        return Status.NOT_APPLICABLE, None
    if rules.edition.overall is OverallValue.SHARE_OF_ATTAINABLE:
        weighed = list(criteria)
    else:
        weighed = [criterion for criterion in criteria if criterion.weight != 0]
    missing = rules.policies.no_data.default
    if missing is NoData.NOT_SCORED and any(criterion.status is Status.NO_DATA for criterion in weighed):
        return Status.NO_DATA, None
    scored = [(criterion, criterion.value) for criterion in weighed if criterion.value is not None]
    if not scored:
        return max((criterion.status for criterion in weighed), default=Status.NOT_APPLICABLE), None
    if rules.edition.overall is OverallValue.SHARE_OF_ATTAINABLE:
        attainable = sum((criterion.high for criterion, _ in scored), ZERO)
        points = sum((value for _, value in scored), ZERO)
        return Status.SCORED, rules.edition.high * points / attainable
    return Status.SCORED, _mean([(criterion.weight, value) for criterion, value in scored])
