"""Shares by group of respondents as published: no hidden base follows from the totals of organisations and groups."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pytest

from merilo.assessment.errors import Problem
from merilo.assessment.stats.disclosure import Suppression
from merilo.folder.assessment_folder import OpenedFolder, open_folder
from merilo.folder.domain_estimates import DomainEstimate, domain_estimates
from tests.assessment.stats.test_disclosure import table_ranges
from tests.house.tree import ROOT

pytestmark = pytest.mark.slow

EXAMPLES = ["fictional-344n-2024", "fictional-995n", "fictional-krasnoyarsk", "fictional-kemerovo", "fictional-kaluga"]


def example(name: str) -> OpenedFolder:
    problems: list[Problem] = []
    opened = open_folder(ROOT / "examples" / name, problems)
    assert opened is not None, problems
    return opened


def apart(found: list[DomainEstimate]) -> dict[tuple[str, str], dict[tuple[str, str, str], DomainEstimate]]:
    """Estimates by column and quantity, then by organisation, form and group."""
    tables: dict[tuple[str, str], dict[tuple[str, str, str], DomainEstimate]] = defaultdict(dict)
    for one in found:
        tables[one.column, one.quantity][one.organisation, one.form, one.group] = one
    return tables


@pytest.mark.parametrize("name", EXAMPLES)
def test_no_hidden_base_follows_from_totals(name: str) -> None:
    opened = example(name)
    minimum = opened.settings.uncertainty.minimum_base
    truth = {
        (one.column, one.quantity, one.organisation, one.form, str(one.group)): one for one in opened.survey.breakdowns
    }
    hidden_anywhere = 0
    for (column, quantity), cells in apart(domain_estimates(opened)).items():
        mine = [key[2:] for key in truth if key[:2] == (column, quantity)]
        units, groups = sorted({key[:2] for key in mine}), sorted({key[2] for key in mine})
        if len(groups) < 2:
            continue
        bases, hidden = (np.zeros((len(units), len(groups)), np.int64) for _ in range(2))
        for row, unit in enumerate(units):
            for place, group in enumerate(groups):
                known = truth.get((column, quantity, *unit, group))
                bases[row, place] = known.base if known else 0
        small = (bases.sum(axis=1) > 0) & (bases.sum(axis=1) < minimum)
        for row, unit in enumerate(units):
            for place, group in enumerate(groups):
                shown = cells.get((*unit, group))
                assert shown is None or not small[row], "a small organisation is not broken down"
                hidden[row, place] = small[row] or (shown is not None and shown.is_hidden)
        totals = np.array([cells["", "", group].is_hidden for group in groups])
        found = Suppression(hidden.astype(np.bool_), np.zeros(len(units), np.bool_), totals)
        assert found.cells[(bases > 0) & (bases < minimum)].all()
        veiled = np.broadcast_to(small[:, None], bases.shape)
        assert all(high - low >= 1 - 1e-6 for low, high in table_ranges(bases, found, veiled))
        hidden_anywhere += int(hidden.sum())
    assert hidden_anywhere or name == "fictional-kaluga"


def test_shown_estimates_are_the_counts_with_wilsons_interval() -> None:
    opened = example("fictional-344n-2024")
    truth = {
        (one.column, one.quantity, one.organisation, one.form, str(one.group)): one for one in opened.survey.breakdowns
    }
    for one in domain_estimates(opened):
        if one.is_hidden:
            assert (one.count, one.share, one.low, one.high) == (None, None, None, None)
            continue
        assert one.base is not None
        if one.organisation:
            known = truth[one.column, one.quantity, one.organisation, one.form, one.group]
            assert (one.count, one.base) == (known.count, known.base)
        if one.share is not None and one.low is not None and one.high is not None:
            assert 0 <= one.low <= one.share <= one.high <= 1
            assert one.high > one.low


def test_forms_of_service_together_are_their_units() -> None:
    opened = example("fictional-995n")
    table = opened.case.table
    found = [one for one in domain_estimates(opened) if one.column == "form" and not one.is_hidden]
    assert {one.group for one in found} == {"residential", "day", "home"}
    forms = np.array(table.units.units.forms)
    for one in found:
        column = table.columns[one.quantity]
        assert one.base == np.nansum(column.base[forms == one.group])
        assert one.count == np.nansum(column.count[forms == one.group])
