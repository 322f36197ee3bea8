"""The spread of one respondent: against the formula by hand, and against surveys simulated from the same shares."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from merilo.assessment.methodology.quantity import QuantityKind, Source
from merilo.assessment.observations.table import ObservationTable, RawColumn
from merilo.assessment.scoring.bulk import score_all
from merilo.assessment.scoring.respondent_spread import respondent_spread
from merilo.folder.assessment_folder import OpenedFolder
from tests.folder.small_folder import build, opened


@pytest.fixture
def folder(tmp_path: Path) -> OpenedFolder:
    found, problems = opened(build(tmp_path))
    assert found is not None, problems
    return found


def test_an_indicator_that_is_one_share_spreads_as_a_share(folder: OpenedFolder) -> None:
    found = respondent_spread(folder.case.rules, folder.case.table, "overall_satisfaction")
    assert found is not None
    quantity = next(iter(folder.pack.edition.items["overall_satisfaction"].formula.quantities()))
    raw = folder.case.table.columns[quantity]
    share = (raw.count + 1) / (raw.base + 2)
    expected = 100 * np.sqrt(share * (1 - share) * found.respondents / raw.base)
    assert found.deviations == pytest.approx(expected, rel=1e-9)


def test_the_error_is_that_of_simulated_surveys(folder: OpenedFolder) -> None:
    """Every share drawn anew from its binomial distribution, scores computed, their spread compared with S/√n."""
    rules, table = folder.case.rules, folder.case.table
    survey = [
        one.code
        for one in rules.edition.quantities.values()
        if one.source is Source.SURVEY and one.kind is QuantityKind.SHARE
    ]
    big = _enlarged(table, survey, 200)
    found = respondent_spread(rules, big)
    assert found is not None
    rng = np.random.default_rng(11)
    drawn = np.array([score_all(rules, _redrawn(big, survey, rng)).overall.value for _ in range(150)])
    expected = found.deviations / np.sqrt(found.respondents)
    # A standard deviation from 150 draws has an error of 6 %; added yes and no hardly matter with 1,000 answers.
    assert drawn.std(axis=0, ddof=1) == pytest.approx(expected, rel=0.24)


def test_what_no_survey_moves_has_no_spread(folder: OpenedFolder) -> None:
    found = respondent_spread(folder.case.rules, folder.case.table, "remote_feedback")
    assert found is not None
    assert found.deviations.tolist() == [0.0] * 4
    assert (found.respondents > 0).all()


def test_twenty_of_twenty_still_have_a_spread(folder: OpenedFolder) -> None:
    table = folder.case.table
    full = replace(
        table,
        columns={code: RawColumn(raw.base, raw.base, raw.seen, raw.states) for code, raw in table.columns.items()},
    )
    found = respondent_spread(folder.case.rules, full, "overall_satisfaction")
    assert found is not None
    assert (found.deviations > 0).all()


def test_there_is_no_spread_of_what_the_edition_lacks(folder: OpenedFolder) -> None:
    assert respondent_spread(folder.case.rules, folder.case.table, "no_such_thing") is None


def _enlarged(table: ObservationTable, codes: list[str], times: int) -> ObservationTable:
    columns = dict(table.columns)
    for code in codes:
        raw = columns[code]
        columns[code] = RawColumn(raw.count * times, raw.base * times, raw.seen, raw.states)
    return replace(table, columns=columns)


def _redrawn(table: ObservationTable, codes: list[str], rng: np.random.Generator) -> ObservationTable:
    columns = dict(table.columns)
    for code in codes:
        raw = columns[code]
        base = np.nan_to_num(raw.base).astype(np.int64)
        share = np.nan_to_num(raw.count) / np.maximum(base, 1)
        columns[code] = RawColumn(rng.binomial(base, share).astype(float), raw.base, raw.seen, raw.states)
    return replace(table, columns=columns)
