"""Random evidence for one formula: exact for one unit, columnar for the same unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from merilo.assessment.methodology.formulas.working import Observed, ObservedColumn, Status
from merilo.assessment.methodology.policies import Policies


@dataclass
class OneUnit:
    """A unit with some quantities observed; what is not observed has no data."""

    quantities: Mapping[str, Observed]
    policies: Policies = field(default_factory=Policies)
    attributes: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Fraction] = field(default_factory=dict)

    def observed(self, quantity: str) -> Observed:
        return self.quantities.get(quantity, Observed(quantity, None, None, Status.NO_DATA))

    def given(self, code: str) -> Fraction | None:
        return self.values.get(code)


@dataclass
class OneUnitColumns:
    """The same unit as columns of length one."""

    unit: OneUnit

    @property
    def size(self) -> int:
        return 1

    @property
    def policies(self) -> Policies:
        return self.unit.policies

    def attribute_in(self, category: str, values: Sequence[str]) -> NDArray[np.bool_]:
        return np.array([self.unit.attributes.get(category, "") in values])

    def observed(self, quantity: str) -> ObservedColumn:
        found = self.unit.observed(quantity)
        return ObservedColumn(_column(found.count), _column(found.base), np.array([found.status], dtype=np.int8))

    def given(self, code: str) -> NDArray[np.float64] | None:
        value = self.unit.values.get(code)
        return None if value is None else _column(value)


def _column(value: Fraction | None) -> NDArray[np.float64]:
    return np.array([np.nan if value is None else float(value)])


def share(quantity: str, count: int, base: int) -> Observed:
    """A share of a survey: nobody to ask where the base is 0."""
    status = Status.SCORED if base else Status.NO_RESPONDENTS
    return Observed(quantity, Fraction(count), Fraction(base), status)


def number(quantity: str, value: Fraction | int) -> Observed:
    """A number without a base."""
    return Observed(quantity, Fraction(value), None, Status.SCORED)
