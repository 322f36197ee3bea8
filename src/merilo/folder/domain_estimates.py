"""Shares by group of respondents with their intervals, small groups hidden so that no total gives them away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from merilo.assessment.stats.disclosure import protect_list, protect_table
from merilo.assessment.stats.proportions import wilson
from merilo.folder.assessment_folder import OpenedFolder
from merilo.folder.survey_result import BreakdownShare
from merilo.pack import Pack

Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class DomainEstimate:
    """A quantity in one group of respondents of an organisation (an empty key: of all together).

    `count` of `base` answers, both None where they are hidden. `share`, `low` and `high` (0…1) also where the
    quantity is no share, or nobody answered; the interval is Wilson's for an endless population.
    """

    column: str
    group: str
    organisation: str
    form: str
    quantity: str
    count: int | None
    base: int | None
    share: float | None
    low: float | None
    high: float | None

    @property
    def is_hidden(self) -> bool:
        """Whether it must not be published."""
        return self.base is None


def domain_estimates(opened: OpenedFolder) -> list[DomainEstimate]:
    """The estimates of every group the edition tells apart, and of every form of service: for each column and quantity
    first those of all organisations together, then those of every unit.

    An organisation with fewer answers than the minimum base is not broken down: its result is published as it is.
    """
    minimum = opened.settings.uncertainty.minimum_base
    apart: dict[tuple[str, str], list[BreakdownShare]] = {}
    for one in opened.survey.breakdowns:
        apart.setdefault((one.column, one.quantity), []).append(one)
    found = list(_by_form(opened, minimum))
    for (column, quantity), shares in apart.items():
        found += _estimates(column, quantity, shares, minimum, is_share=_is_share(opened, quantity))
    return found


def group_names(pack: Pack, column: str) -> dict[str, str]:
    """The texts of answers by their stored numbers, the names of the values of a category by their codes."""
    question, category = pack.questionnaire.questions.get(column), pack.edition.category(column)
    if question is not None:
        return {str(option.value): option.text for option in question.options}
    return {value.code: value.name for value in category.values} if category is not None else {}


def _is_share(opened: OpenedFolder, quantity: str) -> bool:
    known = opened.pack.edition.quantities.get(quantity)
    return known is not None and known.kind.bounded_by_base


def _estimates(
    column: str, quantity: str, shares: Sequence[BreakdownShare], minimum: int, *, is_share: bool
) -> Iterator[DomainEstimate]:
    units = list(dict.fromkeys((one.organisation, one.form) for one in shares))
    groups = sorted({str(one.group) for one in shares})
    row_of, column_of = ({key: place for place, key in enumerate(keys)} for keys in (units, groups))
    counts, bases = (np.zeros((len(units) + 1, len(groups)), dtype=np.int64) for _ in range(2))
    is_given = np.zeros(bases.shape, dtype=np.bool_)
    for one in shares:
        cell = row_of[one.organisation, one.form], column_of[str(one.group)]
        counts[cell], bases[cell], is_given[cell] = one.count, one.base, True
    # An organisation of fewer answers is not broken down at all.
    answers = bases[:-1].sum(axis=1)
    is_given[:-1] &= ((answers == 0) | (answers >= minimum))[:, None]
    hidden = np.zeros(bases.shape, dtype=np.bool_)
    if len(groups) > 1:  # a single group is the organisation itself
        found = protect_table(bases[:-1], minimum, rows_are_public=True)
        hidden[:-1], hidden[-1] = found.cells, found.columns
    counts[-1], bases[-1], is_given[-1] = counts.sum(axis=0), bases.sum(axis=0), True
    units.append(("", ""))
    cells = _Cells(counts, bases, hidden, is_share=is_share)
    for row in (len(units) - 1, *range(len(units) - 1)):
        for place in np.flatnonzero(is_given[row]).tolist():
            yield cells.estimate((column, groups[place], *units[row], quantity), (row, place))


class _Cells:
    """Counts and bases (units, groups) with what is hidden of them, and the intervals of their shares."""

    def __init__(self, counts: Counts, bases: Counts, hidden: NDArray[np.bool_], *, is_share: bool) -> None:
        self.counts, self.bases, self.hidden, self.is_share = counts, bases, hidden, is_share
        self.shares = np.divide(counts, bases, out=np.zeros(counts.shape), where=(bases > 0) & is_share)
        self.intervals = wilson(self.shares, bases)

    def estimate(self, of: tuple[str, str, str, str, str], cell: tuple[int, int]) -> DomainEstimate:
        """One cell as an estimate."""
        if self.hidden[cell]:
            return DomainEstimate(*of, None, None, None, None, None)
        count, base = int(self.counts[cell]), int(self.bases[cell])
        if not self.is_share or not base:
            return DomainEstimate(*of, count, base, None, None, None)
        share, low, high = (float(one[cell]) for one in (self.shares, self.intervals.low, self.intervals.high))
        return DomainEstimate(*of, count, base, share, low, high)


def _by_form(opened: OpenedFolder, minimum: int) -> Iterator[DomainEstimate]:
    """The shares of all units of a form of service together."""
    splitting, table = opened.pack.edition.splitting, opened.case.table
    forms = np.array(table.units.units.forms)
    groups = [one for one in (value.code for value in splitting.values) if one in forms] if splitting else []
    if splitting is None or len(groups) < 2:
        return
    for code, quantity in opened.pack.edition.quantities.items():
        raw = table.columns.get(code)
        if raw is None or not quantity.from_questions or not quantity.kind.bounded_by_base:
            continue
        inside = [forms == group for group in groups]
        counts = np.array([[int(np.nansum(raw.count[mine])) for mine in inside]])
        bases = np.array([[int(np.nansum(raw.base[mine])) for mine in inside]])
        cells = _Cells(counts, bases, protect_list(bases[0], minimum)[None, :], is_share=True)
        for place, group in enumerate(groups):
            yield cells.estimate((splitting.code, group, "", group, code), (0, place))
