"""Two assessment folders opened, assessed and compared, for the commands that tell what changed."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import dataclass, replace
from pathlib import Path

from merilo.assessment.errors import InputError, Place, Problem, has_errors, problem
from merilo.assessment.pipeline import Assessment, assess
from merilo.assessment.recheck.comparability import Link
from merilo.assessment.recheck.waves import WaveChanges, compare_assessed
from merilo.cli.problems import show_problems
from merilo.cli.screen import progress
from merilo.folder.assessment_folder import OpenedFolder, open_folder
from merilo.folder.links import read_links
from merilo.folder.settings import SETTINGS
from merilo.folder.waves import wave_of, yardstick_of
from merilo.shelf import wording


@dataclass(frozen=True, slots=True)
class ComparedFolders:
    """Both waves, what changed between them, and the warnings of both folders."""

    earlier: tuple[OpenedFolder, Assessment]
    later: tuple[OpenedFolder, Assessment]
    changes: WaveChanges
    problems: list[Problem]


def compared_folders(arguments: Namespace, earlier: Path, later: Path, link: str | None) -> ComparedFolders:
    """Open, assess and compare. InputError carries the problems of both folders and of the link file together; each
    names its folder."""
    words = wording(arguments.lang, "cli")
    problems: list[Problem] = []
    with progress(words.say("STEP-READ")):
        before, after = _opened(earlier, problems), _opened(later, problems)
        links = _links(before, after, link, later, problems)
    if before is None or after is None or has_errors(problems):
        raise InputError(problems)
    if problems and not arguments.json:
        show_problems(problems, arguments)
    with progress(words.say("STEP-SCORE")):
        first, second = assess(before.case), assess(after.case)
        level = after.case.uncertainty.level
        changes = compare_assessed(wave_of(before, first), wave_of(after, second), links, level=level)
    return ComparedFolders((before, first), (after, second), changes, problems)


def _opened(folder: Path, problems: list[Problem]) -> OpenedFolder | None:
    """A folder whose problems are named with it: two folders have files of the same names."""
    found: list[Problem] = []
    opened = open_folder(folder, found)
    for one in found:
        name = one.place.file if one.place.file == str(folder) else str(folder / one.place.file)
        problems.append(replace(one, place=replace(one.place, file=name)))
    return opened


def _links(
    before: OpenedFolder | None, after: OpenedFolder | None, link: str | None, later: Path, problems: list[Problem]
) -> dict[str, Link]:
    if before is None or after is None:
        return {}
    if yardstick_of(before).are_forms_apart != yardstick_of(after).are_forms_apart:
        problems.append(problem("WAVES-01", Place(str(later / SETTINGS), column="policies")))
    return {} if link is None else read_links(Path(link), before.pack.edition, after.pack.edition, problems)
