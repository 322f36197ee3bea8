"""The register of organisations: a sequence of organisations kept as columns, for there may be 120 thousand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import overload


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
class Register(Sequence[Organisation]):
    """Columns of equal length; an Organisation is made when it is asked for."""

    keys: Sequence[str]
    names: Sequence[str]
    categories: Mapping[str, Sequence[tuple[str, ...]]]
    recipients: Sequence[int | None]
    details: Mapping[str, Sequence[str]]

    def __len__(self) -> int:
        return len(self.keys)

    @overload
    def __getitem__(self, index: int) -> Organisation: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Organisation]: ...
    def __getitem__(self, index: int | slice) -> Organisation | Sequence[Organisation]:
        if isinstance(index, slice):
            return [self[row] for row in range(*index.indices(len(self)))]
        return Organisation(
            self.keys[index],
            self.names[index],
            {category: values[index] for category, values in self.categories.items()},
            self.recipients[index],
            {column: values[index] for column, values in self.details.items()},
        )

    def __iter__(self) -> Iterator[Organisation]:
        return (self[index] for index in range(len(self)))


def register_of(organisations: Iterable[Organisation]) -> Register:
    """A register from organisations one by one."""
    found = list(organisations)
    categories = dict.fromkeys(category for one in found for category in one.categories)
    details = dict.fromkeys(column for one in found for column in one.details)
    return Register(
        keys=[one.key for one in found],
        names=[one.name for one in found],
        categories={category: [one.categories.get(category, ()) for one in found] for category in categories},
        recipients=[one.recipients for one in found],
        details={column: [one.details.get(column, "") for one in found] for column in details},
    )
