"""What is scored: an organisation, or an organisation in one form of service where the edition keeps them apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import overload

import numpy as np
from numpy.typing import NDArray

from merilo.assessment.observations.register import Organisation, Register, register_of

Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Unit:
    """One scored unit: the index of its organisation and its form of service (empty: undivided)."""

    organisation: int
    form: str


@dataclass(frozen=True, slots=True)
class UnitRows(Sequence[Unit]):
    """All units, kept as two columns; a Unit is made when it is asked for."""

    organisation_of: Rows
    forms: Sequence[str]

    def __len__(self) -> int:
        return len(self.organisation_of)

    @overload
    def __getitem__(self, index: int) -> Unit: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Unit]: ...
    def __getitem__(self, index: int | slice) -> Unit | Sequence[Unit]:
        if isinstance(index, slice):
            return [self[row] for row in range(*index.indices(len(self)))]
        return Unit(int(self.organisation_of[index]), self.forms[index])


@dataclass(frozen=True, slots=True)
class UnitTable:
    """All units in the order of the register, and the attributes the rules depend on."""

    organisations: Register
    units: UnitRows
    splitting: str

    def attributes(self, row: int) -> dict[str, str]:
        """The category values of one unit."""
        register, index = self.organisations, int(self.units.organisation_of[row])
        found = {category: next(iter(values[index]), "") for category, values in register.categories.items()}
        return {**found, self.splitting: self.units.forms[row]} if self.splitting else found

    def organisation_rows(self) -> Rows:
        """For every unit the index of its organisation."""
        return self.units.organisation_of

    def keys(self) -> list[str]:
        """The registry key of every unit's organisation."""
        return [self.organisations.keys[index] for index in self.units.organisation_of.tolist()]

    def coded(self, category: str) -> tuple[list[str], Rows]:
        """A category's distinct values, and for every unit the index of its value among them."""
        if category == self.splitting:
            return _codes(self.units.forms)
        values = self.organisations.categories.get(category)
        if values is None:
            return [""], np.zeros(len(self.units), dtype=np.int64)
        distinct, codes = _codes([value[0] if value else "" for value in values])
        return distinct, codes[self.units.organisation_of]

    def column(self, category: str) -> list[str]:
        """A category's value for every unit."""
        distinct, codes = self.coded(category)
        return [distinct[code] for code in codes.tolist()]


def _codes(values: Sequence[str]) -> tuple[list[str], Rows]:
    numbers: dict[str, int] = {}
    codes = [numbers.setdefault(value, len(numbers)) for value in values]
    return list(numbers) or [""], np.array(codes, dtype=np.int64)


def split_units(organisations: Sequence[Organisation], splitting: str) -> UnitTable:
    """One unit per organisation and form of service; one without forms is one unit."""
    register = organisations if isinstance(organisations, Register) else register_of(organisations)
    forms = register.categories.get(splitting) if splitting else None
    if forms is None:
        return UnitTable(register, UnitRows(np.arange(len(register)), [""] * len(register)), splitting)
    written = [found or ("",) for found in forms]
    lengths = np.array([len(found) for found in written], dtype=np.int64)
    organisation_of = np.repeat(np.arange(len(register)), lengths)
    return UnitTable(register, UnitRows(organisation_of, list(chain.from_iterable(written))), splitting)
