"""Every shipped edition has an assessment in examples/ down to single answers, and scores the same every time."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from merilo.assessment.errors import Problem, has_errors
from merilo.assessment.methodology.edition import OverallValue
from merilo.assessment.methodology.formulas.working import Status
from merilo.assessment.pipeline import Assessment, assess
from merilo.folder.assessment_folder import OpenedFolder, open_folder
from merilo.folder.tables import result_tables
from merilo.pack import shipped
from tests.house.tree import ROOT

pytestmark = pytest.mark.slow

EXAMPLES = ROOT / "examples"
FOLDERS = sorted(path.parent.name for path in EXAMPLES.glob("*/assessment.yaml"))


def opened(folder: str) -> OpenedFolder:
    problems: list[Problem] = []
    found = open_folder(EXAMPLES / folder, problems)
    assert not has_errors(problems), problems
    assert found is not None
    return found


@cache
def scored(folder: str) -> tuple[OpenedFolder, Assessment]:
    found = opened(folder)
    return found, assess(found.case)


def test_every_edition_has_one() -> None:
    found = {scored(folder)[0].pack.edition.code for folder in FOLDERS if scored(folder)[0].survey.forms}
    assert found == set(shipped())


@pytest.mark.parametrize("folder", FOLDERS)
def test_it_scores(folder: str) -> None:
    found, assessment = scored(folder)
    if found.pack.edition.overall is OverallValue.NONE:
        assert assessment.shortcomings or assessment.norms
    else:
        assert (assessment.places > 0).sum() > len(assessment.rated.rows) // 2


@pytest.mark.parametrize("folder", FOLDERS)
def test_two_runs_give_the_same_numbers(folder: str) -> None:
    first, again = scored(folder), opened(folder)
    second = assess(again.case)
    assert first[1].case.stamp == second.case.stamp
    pairs = list(zip(result_tables(*first), result_tables(again, second), strict=True))
    assert pairs
    for one, other in pairs:
        assert one.name == other.name
        assert one.frame.equals(other.frame), one.name
    np.testing.assert_array_equal(first[1].rated.overall.value, second.rated.overall.value)


def status_of(folder: str, organisation: str, form: str, code: str) -> tuple[Status, float]:
    _, assessment = scored(folder)
    rows, units = assessment.rated.rows, assessment.case.table.units
    for row in range(len(rows)):
        if units.organisations.keys[rows.organisation[row]] == organisation and form in ("", rows.forms[row]):
            values = assessment.rated.subject(code)
            assert values is not None
            return Status(int(values.status[row])), float(values.value[row])
    raise AssertionError(f"{organisation} {form}")


def test_calls_of_1_1_and_1_1_and_none_are_2_of_2_and_no_data_t31() -> None:
    """T31: 0 of 0 is neither 0 nor 100 %: of the three forms two answered every call, the third got none."""
    found, _ = scored("fictional-karelia")
    table = found.case.table
    mine = [row for row, key in enumerate(table.units.keys()) if key == "ОЗ-1"]
    calls = table.columns["calls"]
    pairs = {table.units.units[row].form: (calls.count[row], calls.base[row]) for row in mine}
    assert pairs["residential"] == pairs["day"] == (1, 1)
    assert np.isnan(pairs["home"]).all()
    assert np.nansum(calls.count[mine]) == np.nansum(calls.base[mine]) == 2
    assert status_of("fictional-karelia", "ОЗ-1", "residential", "effective_calls") == (Status.SCORED, 1)
    assert status_of("fictional-karelia", "ОЗ-1", "day", "effective_calls") == (Status.SCORED, 1)
    assert status_of("fictional-karelia", "ОЗ-1", "home", "effective_calls")[0] is Status.NO_DATA
    assert status_of("fictional-karelia", "ОЗ-1", "home", "overall")[0] is Status.NO_DATA


@pytest.mark.parametrize(
    ("organisation", "form", "code"),
    [
        ("ОЗ-2", "residential", "complaints"),
        ("ОЗ-3", "home", "effective_calls"),
        ("ОЗ-3", "day", "effective_appeals"),
    ],
)
def test_words_in_place_of_numbers_lower_what_can_be_attained(organisation: str, form: str, code: str) -> None:
    assert status_of("fictional-karelia", organisation, form, code)[0] is Status.NOT_APPLICABLE
    assert status_of("fictional-karelia", organisation, form, "overall")[0] is Status.SCORED


def test_every_state_of_the_edition_is_used() -> None:
    found, _ = scored("fictional-karelia")
    used = {state for column in found.case.table.columns.values() for state in column.states.values()}
    assert used == {state.code for state in found.pack.edition.states}


def test_places_are_given_within_the_form_where_forms_are_apart() -> None:
    _, assessment = scored("fictional-karelia")
    assert set(assessment.groups) == {"residential", "day", "home"}
    assert assessment.places.tolist().count(1) == 3


def test_nobody_waited_is_nobody_to_ask() -> None:
    """Nobody of the fifth organisation came to see a specialist: indicator 14 is left out, not 0 and not 10."""
    assert status_of("fictional-995n", "ЛЧ-5", "", "waiting_minutes")[0] is Status.NO_RESPONDENTS
    assert status_of("fictional-995n", "ЛЧ-5", "", "waiting")[0] is Status.SCORED
    assert status_of("fictional-995n", "ЛЧ-1", "", "waiting_minutes")[0] is Status.NOT_APPLICABLE


def test_a_norm_counts_only_those_it_is_for() -> None:
    found, assessment = scored("fictional-995n")
    (check,) = [one for one in assessment.norms if one.norm.code == "waiting_601"]
    keys = found.case.table.units.organisations.keys
    unknown = [keys[assessment.rated.rows.organisation[row]] for row in check.unknown]
    assert unknown == ["ЛЧ-5"]
    assert len(check.met) + len(check.not_met) == 3


def test_weights_follow_what_the_recipients_said() -> None:
    found, assessment = scored("fictional-995n")
    assert found.settings.scheme.code == "importance_recipients"
    columns = {criterion: found.case.table.columns[code] for criterion, code in found.settings.scheme.quantities}
    means = {code: np.nansum(column.count) / np.nansum(column.base) for code, column in columns.items()}
    weights = {code: float(weight.of({})) for code, weight in assessment.case.rules.weights.items()}
    assert weights == pytest.approx({code: mean / sum(means.values()) for code, mean in means.items()})
    assert len(set(weights.values())) == 5
