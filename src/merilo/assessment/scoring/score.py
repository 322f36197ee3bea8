"""An exact score and the working behind it: a score that keeps its parts is its own explanation."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from merilo.assessment.methodology.formulas.working import Status, Working

OVERALL = "overall"


@dataclass(frozen=True, slots=True)
class IndicatorScore:
    """One indicator in its criterion.

    `working` is what the formula gave; `value` is what counts after policies and rounding (None: it does
    not count); `weight` is its weight as the edition gives it; `policy` names the rule that decided, where
    the formula gave nothing.
    """

    code: str
    working: Working
    value: Fraction | None
    weight: Fraction
    policy: str = ""

    @property
    def status(self) -> Status:
        """The status of the formula's result."""
        return self.working.status


@dataclass(frozen=True, slots=True)
class CriterionScore:
    """One criterion: its value, what could be attained (in points), its weight in the overall score."""

    code: str
    status: Status
    value: Fraction | None
    high: Fraction
    weight: Fraction
    parts: tuple[IndicatorScore, ...]


@dataclass(frozen=True, slots=True)
class UnitScore:
    """The overall score of one unit."""

    status: Status
    value: Fraction | None
    criteria: tuple[CriterionScore, ...]

    def indicator(self, code: str) -> IndicatorScore | None:
        """One indicator's score by code."""
        found = (part for criterion in self.criteria for part in criterion.parts if part.code == code)
        return next(found, None)
