"""Every flag can be said in both languages, with its figures and without a leftover of the template."""

from __future__ import annotations

import re

import pytest

from merilo.assessment.reporting.quality_words import FlagWords, rows_text
from merilo.assessment.responses.flags import FieldworkQuality, FlagKind, QualityCheck
from merilo.assessment.responses.quality import check_fieldwork
from merilo.shelf import wording
from tests.assessment.responses.fieldwork_worlds import honest

FACTS = {FlagKind.SAME_ID, FlagKind.FINISHED_BEFORE_STARTED, FlagKind.TOO_FAST, FlagKind.OVERLAPPING}


def spoilt() -> FieldworkQuality:
    """A check in which every kind occurs: honest but for a few facts, flagged at any level."""
    world = honest(3)
    rows = [row for row in world.of(4) if world.organisation[row] == 2]
    for row in rows[:2]:
        world.finished[row] = world.started[row] + 20
    world.finished[rows[2]] = world.started[rows[2]] - 60
    world.started[rows[4]], world.finished[rows[4]] = world.started[rows[3]] + 5, world.started[rows[3]] + 400
    for row in range(1, 7):
        world.copy(0, row)
    world.started[rows[6]], world.finished[rows[6]] = 3 * 3600.0, 3 * 3600.0 + 400
    world.id[0] = world.id[1]
    return check_fieldwork(world.fieldwork())


QUALITY = spoilt()
ONE_OF_EACH = {one.kind: one for one in QUALITY.checks}


def test_every_kind_is_there() -> None:
    assert set(ONE_OF_EACH) == set(FlagKind)
    assert {kind for kind, one in ONE_OF_EACH.items() if one.is_fact} == FACTS


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("kind", list(FlagKind), ids=lambda kind: kind.value)
def test_every_flag_can_be_said(language: str, kind: FlagKind) -> None:
    words = FlagWords(wording(language, "quality"), {f"o{n:02}": f"Центр «{n}»" for n in range(8)}, {"age": "Возраст"})
    check = ONE_OF_EACH[kind]
    said = [words.title(kind), words.says(check), words.probable(check), words.honest(kind)]
    for one in said:
        assert not re.search(r"[{}]|None|nan", one), one
    if language == "ru":
        assert not re.search(r"\d\.\d", re.sub(r"\d\d\.\d\d\.\d{4}", "", words.says(check)))
    assert check.interviewer in said[1]
    if check.organisation:
        assert "Центр «" in said[1]


def test_probabilities_in_words() -> None:
    words = FlagWords(wording("ru", "quality"), {}, {})
    check = QualityCheck(FlagKind.NIGHT, (), (), 0.00001, adjusted=0.0123)
    assert words.probable(check) == (
        "Если все в порядке, столь же заметное отличие встретилось бы с вероятностью меньше 0,0001; "
        "с поправкой на число проверок – 0,0123."
    )


def test_rows_in_words() -> None:
    words = wording("ru", "quality")
    assert rows_text("a.csv", [7], words) == "a.csv, строка 7"
    assert rows_text("a.csv", [9, 7], words) == "a.csv, строки 7, 9"
    assert rows_text("a.csv", range(1, 6), words, 2) == "a.csv, строки 1, 2, и еще 3"


def test_hours_and_days_in_words() -> None:
    words = FlagWords(wording("ru", "quality"), {}, {})
    figures = (("questionnaires", 30.0), ("cells", 5.0), ("involved", 12.0), ("mean_of_others", 1.25))
    hour = QualityCheck(FlagKind.BURST_IN_AN_HOUR, (), figures, 0.001, "o1", subject=str(24 * 366 + 2))
    assert "за час 02.01.1971 02:00–02:59 пришло 12 из 30 анкет" in words.says(hour)
    assert "в среднем 1,3" in words.says(hour)
    day = QualityCheck(FlagKind.BURST_IN_A_DAY, (), figures, 0.001, interviewer="А-1", subject="366")
    assert "12 анкет за день 02.01.1971" in words.says(day)
