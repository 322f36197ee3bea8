"""Planted fabrications are found, with the right rows; and what only looks odd is left alone."""

from __future__ import annotations

import numpy as np
import pytest

from merilo.assessment.responses.fieldwork import Fieldwork
from merilo.assessment.responses.flags import FieldworkQuality, FlagKind, QualityCheck
from merilo.assessment.responses.quality import check_fieldwork
from tests.assessment.responses.fieldwork_worlds import DAY, FIELD, HOUR, World, honest

pytestmark = pytest.mark.slow

COPIER = 4


def flagged(work: Fieldwork, kind: FlagKind) -> list[QualityCheck]:
    return [one for one in check_fieldwork(work).flags if one.kind is kind]


def kinds(quality: FieldworkQuality) -> set[FlagKind]:
    return {one.kind for one in quality.flags}


def figure(check: QualityCheck, name: str) -> float:
    return dict(check.figures)[name]


@pytest.fixture
def world() -> World:
    found = honest(7)
    assert not check_fieldwork(found.fieldwork()).flags
    return found


def test_an_interviewer_who_copies_forms(world: World) -> None:
    mine = [row for row in world.of(COPIER) if world.organisation[row] == 2]
    source, copies = mine[0], mine[3::2]
    for row in copies:
        world.copy(source, row)
    (found,) = flagged(world.fieldwork(), FlagKind.COPIED_FORMS)
    assert found.interviewer == f"i{COPIER:02}"
    assert set(copies) <= set(found.rows)
    assert figure(found, "involved") == figure(found, "equal") == len(copies) + 1
    assert figure(found, "expected") < figure(found, "involved") / 2


def test_an_interviewer_who_copies_answers_and_invents_people(world: World) -> None:
    mine = [row for row in world.of(COPIER) if world.organisation[row] == 2]
    source = next(row for row in mine if 3 < sum(world.answers[row]) < 12)
    for row in mine[2::2]:
        world.copy(source, row, people=False)
    (found,) = flagged(world.fieldwork(), FlagKind.COPIED_ANSWERS)
    assert found.interviewer == f"i{COPIER:02}"


def test_one_form_entered_many_times(world: World) -> None:
    rows = [row for row, one in enumerate(world.organisation) if one == 3][10:16]
    for row in rows[1:]:
        world.copy(rows[0], row)
    found = check_fieldwork(world.fieldwork())
    assert {FlagKind.ALIKE_NEIGHBOURS, FlagKind.REPEATED_BLOCK} <= kinds(found)
    for one in found.flags:
        if one.kind in (FlagKind.ALIKE_NEIGHBOURS, FlagKind.REPEATED_BLOCK):
            assert one.organisation == "o03"
            assert set(rows) <= set(one.rows)


def test_a_block_pasted_again(world: World) -> None:
    rows = [row for row, one in enumerate(world.organisation) if one == 5]
    for source, target in zip(rows[0:12], rows[30:42], strict=True):
        world.copy(source, target)
    (found,) = flagged(world.fieldwork(), FlagKind.REPEATED_BLOCK)
    assert found.organisation == "o05"
    assert figure(found, "length") >= 12
    assert set(rows[0:12]) | set(rows[30:42]) <= set(found.rows)


def test_a_night_burst(world: World) -> None:
    rows = [row for row, one in enumerate(world.organisation) if one == 1 and world.channel[row] == FIELD]
    for number, row in enumerate(rows[:20]):
        world.started[row] = 400 * DAY + 2 * HOUR + number * 150
        world.finished[row] = world.started[row] + 140
    quality = check_fieldwork(world.fieldwork())
    assert {FlagKind.NIGHT, FlagKind.BURST_IN_AN_HOUR} <= kinds(quality)
    (burst,) = [one for one in quality.flags if one.kind is FlagKind.BURST_IN_AN_HOUR]
    assert (burst.organisation, burst.subject, burst.rows) == ("o01", str(400 * 24 + 2), tuple(rows[:20]))
    (night,) = [one for one in quality.flags if one.kind is FlagKind.NIGHT]
    assert set(night.rows) >= set(rows[:20])


def test_heaped_ages(world: World) -> None:
    rows = world.of(COPIER)
    for row in rows:
        world.age[row] = 5 * round(world.age[row] / 5)
    (found,) = flagged(world.fieldwork(), FlagKind.ROUND_AGES)
    assert found.interviewer == f"i{COPIER:02}"
    assert figure(found, "involved") > 2 * figure(found, "expected")


def test_ages_heaped_by_everybody_in_an_organisation(world: World) -> None:
    for row, organisation in enumerate(world.organisation):
        if organisation == 6 and row % 2:
            world.age[row] = 10 * round(world.age[row] / 10)
    (found,) = flagged(world.fieldwork(), FlagKind.AGE_HEAPING)
    assert found.organisation == "o06"
    assert all(world.age[row] % 5 == 0 for row in found.rows)


def test_an_interviewer_who_ticks_one_column(world: World) -> None:
    for row in world.of(COPIER):
        world.answers[row] = [1] * 15
    (found,) = flagged(world.fieldwork(), FlagKind.STRAIGHT_LINES)
    assert found.interviewer == f"i{COPIER:02}"
    assert figure(found, "involved") == figure(found, "questionnaires")


def test_too_fast_and_two_at_a_time_and_backwards(world: World) -> None:
    rows = [row for row in world.of(COPIER) if world.organisation[row] == 2]
    for row in rows[1:8]:
        world.finished[row] = world.started[row] + 20
    world.started[rows[9]] = world.started[rows[8]] + 10
    world.finished[rows[9]] = world.started[rows[9]] + 100
    world.finished[rows[12]] = world.started[rows[12]] - 60
    quality = check_fieldwork(world.fieldwork())
    by_kind = {one.kind: one for one in quality.flags}
    assert set(by_kind[FlagKind.TOO_FAST].rows) == set(rows[1:8])
    assert by_kind[FlagKind.TOO_FAST].p is None
    assert figure(by_kind[FlagKind.TOO_FAST], "fastest_seconds") == pytest.approx(20)
    assert by_kind[FlagKind.FAST_INTERVIEWER].interviewer == f"i{COPIER:02}"
    assert {rows[8], rows[9]} <= set(by_kind[FlagKind.OVERLAPPING].rows)
    assert by_kind[FlagKind.FINISHED_BEFORE_STARTED].rows == (rows[12],)


def test_an_interviewer_whose_respondents_answer_otherwise(world: World) -> None:
    for row in world.of(COPIER):
        world.answers[row][4] = 0
    (found,) = flagged(world.fieldwork(), FlagKind.INTERVIEWER_EFFECT)
    assert found.subject == "q4"
    assert figure(found, "correlation") > 0.1
    assert figure(found, "lowest") < -0.3


def test_a_channel_with_other_answers(world: World) -> None:
    rng = np.random.default_rng(5)
    for row, channel in enumerate(world.channel):
        if channel != FIELD and rng.random() < 0.7:
            world.answers[row][8] = 0
    found = flagged(world.fieldwork(), FlagKind.CHANNEL_EFFECT)
    assert [one.subject for one in found] == ["q8"]


def test_the_same_number_in_two_files(world: World) -> None:
    rows = [row for row, one in enumerate(world.organisation) if one == 0][:4]
    for row in rows[:2]:
        world.id[row], world.file[row] = "7", row % 2
    world.copy(rows[0], rows[1])
    world.id[rows[2]] = world.id[rows[3]] = "8"
    (found,) = flagged(world.fieldwork(), FlagKind.SAME_ID)
    assert found.rows == tuple(rows)
    assert (figure(found, "numbers"), figure(found, "alike")) == (2, 1)


def test_everybody_says_yes_to_everything_and_nobody_is_flagged(world: World) -> None:
    for row in range(len(world.answers)):
        world.answers[row] = [1] * 15
    assert not check_fieldwork(world.fieldwork()).flags


def test_organisations_that_differ_are_not_suspected(world: World) -> None:
    for row, organisation in enumerate(world.organisation):
        if organisation == 2:
            world.answers[row] = [1] * 15
    assert not check_fieldwork(world.fieldwork()).flags


def test_the_same_survey_gives_the_same_answer(world: World) -> None:
    world.copy(0, 1)
    first, second = (check_fieldwork(world.fieldwork()) for _ in range(2))
    assert first == second


def test_what_the_files_do_not_tell_is_said() -> None:
    world = honest(1, organisations=2)
    world.interviewer = [-1] * len(world.interviewer)
    world.started = world.finished = [float("nan")] * len(world.started)
    quality = check_fieldwork(world.fieldwork())
    assert quality.lacking == ("interviewer", "time", "duration")
    assert not any(one.interviewer for one in quality.checks)
