"""The made-up folders in examples/: built anew they are the same, and each opens without an error."""

from __future__ import annotations

from pathlib import Path

import pytest

from merilo.assessment.errors import Problem, has_errors
from merilo.folder.assessment_folder import OpenedFolder, open_folder
from tools.build_fictional import EXAMPLES, build

FOLDERS = sorted({name.partition("/")[0] for name in build()})


def opened(folder: str) -> OpenedFolder:
    problems: list[Problem] = []
    found = open_folder(EXAMPLES / folder, problems)
    assert not has_errors(problems), problems
    assert found is not None
    return found


def test_building_anew_gives_the_files_that_are_here() -> None:
    here = {
        path.relative_to(EXAMPLES).as_posix(): path.read_bytes()
        for path in EXAMPLES.glob("fictional-*/**/*")
        if path.is_file() and "out" not in path.parts
    }
    assert build() == here, "run python -m tools.build_fictional"


def test_building_twice_gives_the_same_bytes() -> None:
    assert build() == build()


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_folder_opens(folder: str) -> None:
    assert opened(folder).survey.forms > 0


def test_oddities_are_listed_and_not_counted() -> None:
    assert "satisfied_stand" in opened("fictional-344n-2024").survey.conflicts
    assert "queue_rating" in opened("fictional-kaluga").survey.conflicts
    assert "waited_minutes" in opened("fictional-995n").survey.conflicts
    assert opened("fictional-karelia").survey.conflicts == {"appeals_registered": 1}


@pytest.mark.parametrize("folder", FOLDERS)
def test_one_file_of_each_folder_is_an_old_office_export(folder: str) -> None:
    old = [path for path in Path(EXAMPLES, folder, "responses").glob("*.csv") if not _is_utf8(path)]
    assert len(old) == 1
    assert b";" in old[0].read_bytes().splitlines()[0]


def _is_utf8(path: Path) -> bool:
    try:
        path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return False
    return True
