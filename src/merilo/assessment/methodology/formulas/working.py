"""What a formula reads and what it returns, exact for one unit and columnar for all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from merilo.assessment.methodology.policies import Policies

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Statuses = NDArray[np.int8]


class Status(IntEnum):
    """How a value came out. 0 of 0 is never 0 and never 100: it is one of the last two."""

    SCORED = 0
    NOT_APPLICABLE = 1
    NO_RESPONDENTS = 2
    NO_DATA = 3


@dataclass(frozen=True, slots=True)
class Observed:
    """What was observed of one quantity in one unit. `state` is the edition's word where there was
    nothing to count («регистрация отсутствует»)."""

    quantity: str
    count: Fraction | None
    base: Fraction | None
    status: Status
    state: str = ""


@dataclass(frozen=True, slots=True)
class ObservedColumn:
    """The same for all units: counts and bases are NaN where the status is not SCORED."""

    count: Floats
    base: Floats
    status: Statuses


@dataclass(frozen=True, slots=True)
class Working:
    """An exact calculation that keeps its inputs and parts: it is its own explanation.

    `kind` names the formula, or "given" where the value was handed in ready. `high` is the most that
    could be attained. `factors` are the constants that went in, in the order the formula reads them.
    """

    kind: str
    status: Status
    value: Fraction | None
    high: Fraction
    inputs: tuple[Observed, ...] = ()
    parts: tuple[tuple[str, Working], ...] = ()
    factors: tuple[Fraction, ...] = ()
    computed: Fraction | None = None  # what the formula gave, where a later rule replaced it

    @property
    def base(self) -> Fraction | None:
        """The smallest base behind the value: the n its reliability hangs on."""
        bases = [found.base for found in self.inputs if found.status is Status.SCORED and found.base]
        bases += [part.base for _, part in self.parts if part.status is Status.SCORED and part.base]
        return min(bases, default=None)

    @property
    def numerator(self) -> Fraction | None:
        """The count behind the value; None where several quantities went in."""
        if self.parts:
            return self.parts[0][1].numerator if len(self.parts) == 1 else None
        return self.inputs[0].count if len(self.inputs) == 1 else None


@dataclass(frozen=True, slots=True)
class Columns:
    """The columnar twin of Working: one entry per unit; `value` is NaN where not SCORED."""

    value: Floats
    status: Statuses
    high: Floats
    count: Floats
    base: Floats


class Evidence(Protocol):
    """What an exact formula may read about one unit."""

    @property
    def attributes(self) -> Mapping[str, str]:
        """The unit's category values: form of service, sector."""
        ...

    @property
    def policies(self) -> Policies:
        """The policies in force."""
        ...

    def observed(self, quantity: str) -> Observed:
        """What was observed of a quantity; status NO_DATA where nothing was."""
        ...

    def given(self, code: str) -> Fraction | None:
        """A value handed in ready for an indicator or sub-item."""
        ...


class EvidenceColumns(Protocol):
    """What a columnar formula may read about all units."""

    @property
    def size(self) -> int:
        """How many units there are."""
        ...

    @property
    def policies(self) -> Policies:
        """The policies in force."""
        ...

    def attribute_in(self, category: str, values: Sequence[str]) -> Flags:
        """Which units have one of these values."""
        ...

    def observed(self, quantity: str) -> ObservedColumn:
        """A quantity's counts, bases and statuses."""
        ...

    def given(self, code: str) -> Floats | None:
        """Values handed in ready, NaN where there is none; None where no unit has one."""
        ...


def attainable(status: Status, high: Fraction) -> Fraction:
    """What could be attained: nothing where the thing does not apply (Karelia 2017: an absent channel lowers it)."""
    return Fraction(0) if status is Status.NOT_APPLICABLE else high


def smallest(bases: Sequence[Floats]) -> Floats:
    """The smallest base that is there, elementwise; NaN where there is none."""
    infinite = [np.where(base > 0, base, np.inf) for base in bases]
    found = np.minimum.reduce(infinite)
    return np.where(np.isfinite(found), found, np.nan)
