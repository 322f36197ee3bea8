"""How often "снизилась" is written of a region in which nothing changed: two surveys of the same people."""

from __future__ import annotations

import numpy as np
import pytest

from merilo.assessment.observations.table import ObservationTable
from merilo.assessment.recheck.answers_behind import answers_behind
from merilo.assessment.recheck.comparability import Yardstick
from merilo.assessment.recheck.waves import Standings, SubjectChange, Wave, compare_assessed
from merilo.assessment.scoring.bulk import score_all
from merilo.assessment.scoring.errors import estimate_errors
from merilo.assessment.scoring.organisations import rate_rows
from merilo.assessment.scoring.score import OVERALL
from merilo.assessment.stats.change import ChangeVerdict, WaveEstimates, compare_waves
from merilo.assessment.stats.multiple_tests import holm
from tests.assessment.scoring.surveyed_regions import ORGANISATIONS, made_up, rules, surveys

FIELDS = ("values", "errors", "degrees")


def wave(table: ObservationTable, times: int) -> Wave:
    """Many surveys of one region as one wave; each survey is a group of its own."""
    scores = score_all(rules(table), table)
    rated = rate_rows(rules(table), table, scores)
    groups = [str(turn) for turn in range(times) for _ in range(ORGANISATIONS)]
    errors = estimate_errors(rules(table), table, scores, rated, groups=groups, level=0.95)
    places = np.zeros(table.size, dtype=np.int64)
    keys = [(key, "") for key in table.units.organisations.keys]
    names, yardstick = table.units.organisations.names, Yardstick(rules(table), {})
    sizes = answers_behind(rules(table).edition, table, scores, rated.rows, errors.rows)
    return Wave("", yardstick, rated, errors.rows, keys, names, sizes, Standings(places, places, places, places))


def false_words(level: float, times: int, mood: float = 0.7) -> dict[str, tuple[float, float, float]]:
    """By subject: how often one organisation is said to have fallen, before Holm; how often after Holm any of a region
    is said to have changed; how often the mean of the region is said to have changed."""
    region = made_up(3, level, 0.3, mood=mood)
    first, second = (wave(surveys(region, times, seed=seed), times) for seed in (5, 6))
    found = compare_assessed(first, second, {}, level=0.95)
    assert all(row.earlier == row.later for row in found.rows)
    told = {}
    for one in found.subjects:
        tested = ~np.isnan(one.p_single) & (one.changes.errors > 0)
        if not tested.any():
            continue
        fell = (one.p_single < 0.05) & (one.changes.difference < 0)
        by_region = np.where(tested, one.p_single, np.nan).reshape(times, ORGANISATIONS)
        any_of_region = np.mean([np.nanmin(holm(own)) < 0.05 for own in by_region])
        told[one.counterpart.subject] = (float(fell[tested].mean()), float(any_of_region), means_changed(one, times))
    return told


def means_changed(one: SubjectChange, times: int) -> float:
    """How often the mean of a region is said to have changed."""
    of_region = np.repeat(np.arange(times), ORGANISATIONS)
    both = one.earlier.is_known & one.later.is_known
    means = [[side.mean(both & (of_region == turn)) for turn in range(times)] for side in (one.earlier, one.later)]
    before, after = (
        WaveEstimates(*(np.concatenate([getattr(mean, name) for mean in own]) for name in FIELDS)) for own in means
    )
    verdicts = compare_waves(before, after).verdicts
    return sum(verdict in (ChangeVerdict.ROSE, ChangeVerdict.FELL) for verdict in verdicts) / times


def test_a_small_simulation_keeps_the_level() -> None:
    told = false_words(2.0, 40)
    assert max(fell for fell, _, _ in told.values()) <= 0.05
    assert told[OVERALL][1] <= 0.125  # 5 % of 40 regions, and two standard errors


@pytest.mark.slow
@pytest.mark.parametrize("mood", [0.7, 2.0])
@pytest.mark.parametrize("level", [1.0, 2.0, 2.6])
def test_a_fall_is_rarely_written_where_nothing_changed(level: float, mood: float) -> None:
    told = false_words(level * max(1.0, mood) ** 0.5, 1000, mood)
    worst = [100 * max(one[at] for one in told.values()) for at in range(3)]
    own = [100 * share for share in told[OVERALL]]
    print(f"\nlevel {level}, mood {mood}: highest {np.round(worst, 1)}, overall {np.round(own, 1)} %")
    assert max(fell for fell, _, _ in told.values()) <= 0.05
    assert max(changed for _, changed, _ in told.values()) <= 0.05
    assert max(changed for _, _, changed in told.values()) <= 0.065  # 5 % of 1,000 regions, and two standard errors


def test_a_region_that_fell_is_seen() -> None:
    before, after = (wave(surveys(made_up(3, level, 0.3), 5, seed=5), 5) for level in (2.0, 0.3))
    found = compare_assessed(before, after, {}, level=0.95).of(OVERALL)
    assert found is not None
    assert found.count(ChangeVerdict.FELL) > 100
    assert found.count(ChangeVerdict.ROSE) == 0
    assert found.of_both.verdict is ChangeVerdict.FELL
