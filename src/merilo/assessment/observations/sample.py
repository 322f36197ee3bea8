"""The sample behind an assessment, unit by unit: how many were asked of how many, and how their answers hang together.

Where questionnaires were read, their joint counts are known. Where only counts came in, a share's own spread is known
(y of n), a rating's and a waiting time's is bounded or assumed, and nothing here says how answers to different
questions hang together: they stand as independent, and who computes errors adds what is usual (`stats/bounded.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from merilo.assessment.methodology.edition import Edition
from merilo.assessment.methodology.formulas.working import Floats
from merilo.assessment.methodology.quantity import Quantity, QuantityKind, Source
from merilo.assessment.observations.gather import FORMS
from merilo.assessment.observations.table import ObservationTable
from merilo.assessment.observations.units import Rows
from merilo.assessment.stats.linearisation import CoOccurrence, SampleDesign

OF_FORM = "recipients:"  # the register's columns with the recipients of a form of service
ASKED = "sample"  # the register's column with how many were asked, where neither answers nor counts say so


def is_sampled(quantity: Quantity) -> bool:
    """Whether a quantity's totals come from a sample of people: a survey's shares, ratings and measures.

    What was observed, reported or registered has no sampling error, nor has the number of people polled itself.
    Control calls and messages are no random sample of anything either.
    """
    return quantity.source is Source.SURVEY and quantity.kind.has_base and not quantity.per_recipient


@dataclass(frozen=True)
class SurveySample:
    """What is known of the sample of every unit; `quantities` are those that people were asked."""

    edition: Edition
    table: ObservationTable
    quantities: tuple[str, ...]

    @cached_property
    def sizes(self) -> Floats:
        """How many people answered in each unit, (u): questionnaires, else the largest base; 0 where nobody did."""
        found = np.zeros(self.table.size)
        for code in (*self.quantities, FORMS):
            column = self.table.columns.get(code)
            if column is not None:
                found = np.maximum(found, np.nan_to_num(column.count if code == FORMS else column.base))
        return found

    @cached_property
    def populations(self) -> Floats:
        """How many recipients stand behind each unit, (u); inf where that is not known, or where more have answered.

        The register knows recipients of an organisation; of its forms of service where it has columns for them.
        """
        units = self.table.units
        recipients = np.array([np.inf if one is None else one for one in units.organisations.recipients], np.float64)
        organisation = units.organisation_rows()
        alone = np.bincount(organisation, minlength=len(recipients)) == 1
        found = np.where(alone, recipients, np.inf)[organisation]
        forms = np.array(units.units.forms, dtype=np.str_)
        for form in np.unique(forms).tolist():
            written = units.organisations.details.get(f"{OF_FORM}{form}")
            if form and written is not None:
                of_form = np.array([float(text) if text.strip().isdecimal() else np.inf for text in written])
                mine = forms == form
                found[mine] = np.where(
                    np.isfinite(of_form[organisation[mine]]), of_form[organisation[mine]], found[mine]
                )
        return np.where(found >= np.maximum(self.sizes, self.asked), found, np.inf)

    @cached_property
    def asked(self) -> Floats:
        """How many people the register says were asked in each unit, (u); 0 where it does not."""
        units = self.table.units
        written = units.organisations.details.get(ASKED, [""] * len(units.organisations))
        numbers = np.array([float(text) if text.strip().isdecimal() else 0.0 for text in written])
        alone = np.bincount(units.organisation_rows(), minlength=len(numbers)) == 1
        return np.where(alone, numbers, 0.0)[units.organisation_rows()]

    def respondents_of_organisations(self) -> Floats:
        """How many people answered in each organisation, over all its forms of service."""
        units = self.table.units
        asked = np.maximum(self.sizes, self.asked)
        return np.bincount(units.organisation_rows(), asked, len(units.organisations)).astype(np.float64)

    @cached_property
    def factors(self) -> Floats:
        """(1 − f) n / (n − 1) per unit, (u): 0 for a census and where nobody answered, NaN for one of several."""
        return SampleDesign(self.populations).factors(self.sizes)

    @cached_property
    def rest(self) -> Floats:
        """1 − f, the share of the recipients who were not asked, (u)."""
        return 1 - np.maximum(self.sizes, self.asked) / np.maximum(self.populations, 1.0)

    @cached_property
    def _joint_of(self) -> Rows:
        joint = self.table.joint
        return np.full(self.table.size, -1, np.int64) if joint is None else joint.of_unit(self.table.size)

    def own_products(self, code: str) -> tuple[Floats, Floats, Floats]:
        """Σ y², Σ y n and Σ n² of one quantity in every unit, (u) each."""
        count, base = self._totals(code, slice(None))
        found = [*_own_products(self.edition.quantities[code], count, base)]
        joint, mine = self.table.joint, self._joint_of >= 0
        if joint is not None and code in joint.quantities:
            at, half = joint.quantities.index(code), len(joint.quantities)
            rows = self._joint_of[mine]
            for one, (y, n) in zip(found, ((at, at), (at, half + at), (half + at, half + at)), strict=True):
                one[mine] = joint.products[rows, y, n]
        return found[0], found[1], found[2]

    def together(self, block: slice) -> CoOccurrence:
        """The co-occurrence of all `quantities` in some units: counted where answers are there, else independent."""
        pairs = [self._totals(code, block) for code in self.quantities]
        totals = np.stack([*(count for count, _ in pairs), *(base for _, base in pairs)], axis=1)
        sizes = self.sizes[block]
        products = totals[:, :, None] * totals[:, None, :] / np.maximum(sizes, 1.0)[:, None, None]
        half = len(self.quantities)
        for at, code in enumerate(self.quantities):
            squares, mixed, bases = (one[block] for one in self.own_products(code))
            products[:, at, at], products[:, half + at, half + at] = squares, bases
            products[:, at, half + at] = products[:, half + at, at] = mixed
        self._put_counted(products, block)
        return CoOccurrence(sizes, totals, products)

    def _put_counted(self, products: Floats, block: slice) -> None:
        """What was counted together in place of what was taken as independent."""
        joint, where = self.table.joint, self._joint_of[block]
        mine = np.flatnonzero(where >= 0)
        if joint is None or not len(mine):
            return
        shared = [code for code in self.quantities if code in joint.quantities]
        theirs = np.array([joint.quantities.index(code) for code in shared], dtype=np.int64)
        ours = np.array([self.quantities.index(code) for code in shared], dtype=np.int64)
        theirs = np.concatenate([theirs, theirs + len(joint.quantities)])
        ours = np.concatenate([ours, ours + len(self.quantities)])
        products[np.ix_(mine, ours, ours)] = joint.products[np.ix_(where[mine], theirs, theirs)]

    def _totals(self, code: str, block: slice) -> tuple[Floats, Floats]:
        column = self.table.columns[code]
        return np.nan_to_num(column.count[block]), np.nan_to_num(column.base[block])


def survey_sample(edition: Edition, table: ObservationTable) -> SurveySample:
    """The sample behind a table of observations."""
    asked = [code for code, one in edition.quantities.items() if is_sampled(one) and code in table.columns]
    return SurveySample(edition, table, tuple(asked))


def _own_products(quantity: Quantity, count: Floats, base: Floats) -> tuple[Floats, Floats, Floats]:
    """Σ y², Σ y n and Σ n² where only the totals are known.

    A share's answers are 0 or 1: Σ y² = Σ y. A rating of 0…maximum: Σ y² is at most maximum × Σ y (Bhatia & Davis
    2000). A waiting time is taken to vary as much as its mean, as times in a queue do (exponential): Σ y² is
    2 (Σ y)² / n.
    """
    if quantity.kind is QuantityKind.MEASURE:
        return 2 * count**2 / np.maximum(base, 1.0), count.copy(), base.copy()
    if quantity.kind is QuantityKind.RATING and quantity.maximum is not None:
        return float(quantity.maximum) * count, count.copy(), base.copy()
    return count.copy(), count.copy(), base.copy()
