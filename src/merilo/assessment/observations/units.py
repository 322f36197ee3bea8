"""What is scored: an organisation, or an organisation in one form of service where the edition keeps them apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Organisation:
    """One line of the register: key, name, category values (several only for the splitting category),
    population (recipients), and whatever else the register says."""

    key: str
    name: str
    categories: Mapping[str, tuple[str, ...]]
    recipients: int | None = None
    details: Mapping[str, str] = field(default_factory=dict)

    def value(self, category: str) -> str:
        """The first value of a category, or an empty text."""
        return next(iter(self.categories.get(category, ())), "")


@dataclass(frozen=True, slots=True)
class Unit:
    """One scored unit: the index of its organisation and its form of service (empty: undivided)."""

    organisation: int
    form: str


@dataclass(frozen=True, slots=True)
class UnitTable:
    """All units in the order of the register, and the attributes the rules depend on."""

    organisations: Sequence[Organisation]
    units: Sequence[Unit]
    splitting: str

    def attributes(self, row: int) -> dict[str, str]:
        """The category values of one unit."""
        unit = self.units[row]
        found = {category: values[0] if values else "" for category, values in self._of(unit).categories.items()}
        return {**found, self.splitting: unit.form} if self.splitting else found

    def _of(self, unit: Unit) -> Organisation:
        return self.organisations[unit.organisation]

    def column(self, category: str) -> NDArray[np.str_]:
        """A category's value for every unit."""
        if category == self.splitting:
            return np.array([unit.form for unit in self.units], dtype=np.str_)
        return np.array([self._of(unit).value(category) for unit in self.units], dtype=np.str_)

    def organisation_rows(self) -> NDArray[np.int64]:
        """For every unit the index of its organisation."""
        return np.array([unit.organisation for unit in self.units], dtype=np.int64)


def split_units(organisations: Sequence[Organisation], splitting: str) -> UnitTable:
    """One unit per organisation and form of service; one without forms is one unit."""
    units = [
        Unit(index, form)
        for index, organisation in enumerate(organisations)
        for form in (organisation.categories.get(splitting) or ("",) if splitting else ("",))
    ]
    return UnitTable(organisations, units, splitting)
