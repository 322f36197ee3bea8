"""Opening an assessment folder for a command: its problems shown, or everything it holds."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from merilo.assessment.errors import InputError, Problem
from merilo.folder.assessment_folder import OpenedFolder, open_folder


def opened(arguments: Namespace) -> tuple[OpenedFolder, list[Problem]]:
    """The folder named on the command line and its warnings; InputError with every problem where it will not do."""
    problems: list[Problem] = []
    found = open_folder(Path(arguments.folder), problems)
    if found is None:
        raise InputError(problems)
    return found, problems
