"""What every kind of formula offers, and the named items formulas are applied to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import ClassVar, Protocol

import numpy as np

from merilo.assessment.located import Reader
from merilo.assessment.methodology.formulas.slopes import SampledColumns, Slopes, added, given_ready
from merilo.assessment.methodology.formulas.working import (
    Columns,
    Evidence,
    EvidenceColumns,
    Flags,
    Floats,
    Status,
    Working,
)

ReadFormula = Callable[[Reader, str], "Formula"]


class Formula(Protocol):
    """One named kind of calculation. Adding a kind is one file here, one line in kinds.py, one test."""

    kind: ClassVar[str]

    @classmethod
    def read(cls, reader: Reader, nested: ReadFormula) -> Formula:
        """The formula as written in an edition; `nested` reads a formula inside it by its key.
        What is wrong is noted in the reader."""
        ...

    def quantities(self) -> tuple[str, ...]:
        """The quantities it reads, its parts' included."""
        ...

    def items(self) -> tuple[Item, ...]:
        """The named sub-items it is made of, nested ones included."""
        ...

    def high(self) -> Fraction:
        """The most it can give."""
        ...

    def attainable_values(self) -> frozenset[Fraction] | None:
        """The only values it can give, or None where any value of its range is possible."""
        ...

    def exact(self, evidence: Evidence) -> Working:
        """The exact result for one unit."""
        ...

    def columns(self, evidence: EvidenceColumns) -> Columns:
        """The result for all units."""
        ...

    def slopes(self, sample: SampledColumns) -> Slopes:
        """How the result moves with what people answered, for all units; none where nobody was asked."""
        ...


@dataclass(frozen=True, slots=True)
class Applicability:
    """For which units a thing is assessed: category → values it is only for, category → values it is never for."""

    only: tuple[tuple[str, tuple[str, ...]], ...] = ()
    never: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def holds(self, attributes: Mapping[str, str]) -> bool:
        """Whether it applies to a unit with these attributes."""
        inside = all(attributes.get(category, "") in values for category, values in self.only)
        return inside and not any(attributes.get(category, "") in values for category, values in self.never)

    def within(self, outer: Applicability) -> Applicability:
        """Where both this and what stands around it apply."""
        only, never = (dict.fromkeys(both) for both in (outer.only + self.only, outer.never + self.never))
        return Applicability(tuple(only), tuple(never))

    def flags(self, evidence: EvidenceColumns) -> Flags:
        """The same for all units."""
        flags = np.ones(evidence.size, dtype=np.bool_)
        for category, values in self.only:
            flags &= evidence.attribute_in(category, values)
        for category, values in self.never:
            flags &= ~evidence.attribute_in(category, values)
        return flags


EVERYWHERE = Applicability()


@dataclass(frozen=True, slots=True)
class Item:
    """A named thing with a formula: an indicator or a sub-item. Stable code, the act's label, full name."""

    code: str
    label: str
    name: str
    formula: Formula
    applies: Applicability = EVERYWHERE

    def exact(self, evidence: Evidence) -> Working:
        """The exact result for one unit: evidence first, then a value given ready."""
        if not self.applies.holds(evidence.attributes):
            return Working(self.formula.kind, Status.NOT_APPLICABLE, None, Fraction(0))
        working = self.formula.exact(evidence)
        given = evidence.given(self.code)
        if working.status is Status.NO_DATA and given is not None:
            return Working("given", Status.SCORED, given, self.formula.high())
        return working

    def columns(self, evidence: EvidenceColumns) -> Columns:
        """The same for all units."""
        found = self.formula.columns(evidence)
        given = evidence.given(self.code)
        if given is not None:
            found = _use_given(found, given, float(self.formula.high()))
        applies = self.applies.flags(evidence)
        if applies.all():
            return found
        return replace(
            found,
            value=np.where(applies, found.value, np.nan),
            status=np.where(applies, found.status, np.int8(Status.NOT_APPLICABLE)),
            high=np.where(applies, found.high, 0.0),
            count=np.where(applies, found.count, np.nan),
            base=np.where(applies, found.base, np.nan),
        )

    def slopes(self, sample: SampledColumns) -> Slopes:
        """How the value moves with what people answered; a value given ready has an error of its own."""
        found = self.formula.slopes(sample)
        given = sample.given(self.code)
        if given is not None and any(map(sample.is_sampled, self.formula.quantities())):
            used = (self.formula.columns(sample).status == Status.NO_DATA) & ~np.isnan(given)
            ready = given_ready(given, used, float(self.formula.high()), sample.respondents)
            found = added([found.scaled(np.where(used, 0.0, 1.0)), ready])
        return found.scaled(self.applies.flags(sample).astype(np.float64))

    def with_nested(self) -> tuple[Item, ...]:
        """The item and every named item inside its formula; what is inside applies only where the item does."""
        inside = (replace(item, applies=item.applies.within(self.applies)) for item in self.formula.items())
        return (self, *inside)


def read_item(reader: Reader, nested: ReadFormula) -> Item:
    """A sub-item of a `mean_of` or `sum_of`."""
    item = Item(
        code=reader.text("code"),
        label=reader.text("label", ""),
        name=reader.text("name"),
        formula=nested(reader, "formula"),
        applies=read_applicability(reader),
    )
    reader.finish()
    return item


def read_items(reader: Reader, nested: ReadFormula) -> tuple[Item, ...]:
    """The list under `items`; an empty one is noted."""
    items = tuple(read_item(inner, nested) for inner in reader.readers("items"))
    if not items:
        reader.note("EDITION-01", reader.place("items"), key="items", least=1)
    return items


def read_positive(reader: Reader, key: str, default: Fraction | None = None) -> Fraction:
    """A number that must be greater than 0: points for one thing, a cap, a scale. Another is noted and read as 1."""
    found = reader.number(key, default)
    if found > 0:
        return found
    reader.note("EDITION-28", reader.place(key), key=key, value=str(found))
    return Fraction(1)


def read_applicability(reader: Reader) -> Applicability:
    """`applies_to: {form: [day, home]}` and `not_for: {form: [home]}`."""
    return Applicability(_conditions(reader, "applies_to"), _conditions(reader, "not_for"))


def _conditions(reader: Reader, key: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    inner = reader.reader(key)
    if inner is None:
        return ()
    return tuple((category, inner.texts(category)) for category in inner.node.entries)


def _use_given(found: Columns, given: Floats, high: float) -> Columns:
    use = (found.status == Status.NO_DATA) & ~np.isnan(given)
    if not use.any():
        return found
    return replace(
        found,
        value=np.where(use, given, found.value),
        status=np.where(use, np.int8(Status.SCORED), found.status),
        high=np.where(use, high, found.high),
        count=np.where(use, np.nan, found.count),
        base=np.where(use, np.nan, found.base),
    )
