"""What formulas over named sub-items share: they differ only in how the parts become a value."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from merilo.assessment.methodology.formulas.formula import Item
from merilo.assessment.methodology.formulas.working import Columns, Evidence, EvidenceColumns, Working


@dataclass(frozen=True, slots=True)
class OfItems(ABC):
    """A formula over `parts`, each a named item with a formula of its own."""

    parts: tuple[Item, ...]
    kind: ClassVar[str]

    def quantities(self) -> tuple[str, ...]:
        """Those of all sub-items."""
        return tuple(quantity for part in self.parts for quantity in part.formula.quantities())

    def items(self) -> tuple[Item, ...]:
        """The sub-items and what is inside them."""
        return tuple(item for part in self.parts for item in part.with_nested())

    def attainable_values(self) -> frozenset[Fraction] | None:
        """Too many to list."""
        return None

    @abstractmethod
    def high(self) -> Fraction:
        """The most it can give."""

    @abstractmethod
    def exact(self, evidence: Evidence) -> Working:
        """The exact result for one unit."""

    @abstractmethod
    def columns(self, evidence: EvidenceColumns) -> Columns:
        """The result for all units."""
