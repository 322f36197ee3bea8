"""A published report as values: printed cells by unit and subject, where each stands, and the rules it declares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from merilo.assessment.errors import Place
from merilo.assessment.methodology.policies import RankOn, Ties
from merilo.assessment.methodology.size_rule import SizeRule
from merilo.assessment.recheck.printed import PrintedNumber, Reading, Span
from merilo.assessment.recheck.relations import Relation
from merilo.assessment.rounding import RoundingMode

OVERALL, PLACE, POPULATION, SAMPLE = "overall", "place", "population", "sample"


@dataclass(frozen=True, slots=True)
class PrintedPlace:
    """Where something is printed: how the document calls the place («таблица 8»), which data row of the table (from
    1) and under which header; and the cell of the file handed in."""

    document: str
    cell: Place
    row: int | None = None
    column: str = ""


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """One printed value of one unit. `number` is None where nothing is printed, a state stands in words, or what
    stands there is no number (`unreadable`)."""

    unit: str
    subject: str
    text: str
    number: PrintedNumber | None
    where: PrintedPlace
    unreadable: bool = False


@dataclass(frozen=True, slots=True)
class PublishedSubject:
    """What is measured: its name, its range, its closed list of values where it has one."""

    code: str
    name: str
    low: Fraction | None = None
    high: Fraction | None = None
    values: tuple[Fraction, ...] = ()
    percent: bool = False

    @property
    def range(self) -> Span | None:
        """All values it may have, where the range is known."""
        return None if self.low is None or self.high is None else Span(self.low, self.high)


@dataclass(frozen=True, slots=True)
class DeclaredShares:
    """Subjects that are shares of whole numbers of answers. `base` is a subject or a number; `whole` is what 100 %
    is printed as; `exactly` that all of the base answered, otherwise at most so many."""

    subjects: tuple[str, ...]
    base: str
    whole: Fraction
    exactly: bool


@dataclass(frozen=True, slots=True)
class DeclaredRanking:
    """What the document says of its places; None where it says nothing. `within` is a text column."""

    ties: Ties | None = None
    on: RankOn | None = None
    within: str = ""


@dataclass(frozen=True, slots=True)
class NamedWeights:
    """A way to weigh the parts of a whole that has a name: a weighting scheme, or one column of it."""

    whole: str
    name: str
    weights: tuple[tuple[str, Fraction], ...]


@dataclass(frozen=True)
class Publication:
    """Everything a report printed and declared. `cells` hold every printing of a figure, in the order of tables;
    `attributes` the text columns of units; `categories` the values of categories that rules depend on."""

    cells: tuple[PrintedCell, ...]
    names: Mapping[str, str]
    attributes: Mapping[str, Mapping[str, str]]
    subjects: Mapping[str, PublishedSubject]
    relations: tuple[Relation, ...] = ()
    categories: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    other_weights: tuple[NamedWeights, ...] = ()
    ranking: DeclaredRanking = DeclaredRanking()
    sample: SizeRule | None = None
    shares: tuple[DeclaredShares, ...] = ()
    rounding: RoundingMode | None = None

    @cached_property
    def _by_key(self) -> Mapping[tuple[str, str], PrintedCell]:
        """Of several printings the first that can be read counts; that they agree is checked apart."""
        found: dict[tuple[str, str], PrintedCell] = {}
        for cell in self.cells:
            key = (cell.unit, cell.subject)
            if key not in found or (found[key].number is None and cell.number is not None):
                found[key] = cell
        return found

    def cell(self, unit: str, subject: str) -> PrintedCell | None:
        """The cell of a unit's subject, readable or not."""
        return self._by_key.get((unit, subject))

    def number(self, unit: str, subject: str) -> PrintedNumber | None:
        """The printed number, or None."""
        cell = self.cell(unit, subject)
        return cell.number if cell else None

    def column(self, subject: str) -> list[PrintedCell]:
        """The readable cells of a subject, one a unit, in the order of the tables."""
        return [cell for unit in self.units if (cell := self.cell(unit, subject)) and cell.number is not None]

    @cached_property
    def units(self) -> tuple[str, ...]:
        """The keys of all units in the order they were printed."""
        return tuple(dict.fromkeys(cell.unit for cell in self.cells))

    @cached_property
    def printed_subjects(self) -> tuple[str, ...]:
        """The subjects that have a cell, in the order they were printed."""
        return tuple(dict.fromkeys(cell.subject for cell in self.cells))

    @property
    def reading(self) -> Reading:
        """How printed numbers are taken before anything is called wrong."""
        return Reading.CUT if self.rounding is RoundingMode.TRUNCATE else Reading.ROUNDED

    def name(self, subject: str) -> str:
        """The name of a subject; its code where it has none."""
        known = self.subjects.get(subject)
        return known.name if known and known.name else subject
