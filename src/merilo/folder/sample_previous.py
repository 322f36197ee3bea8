"""Last year's results as a sample needs them: scores, and how far one respondent moves them."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from merilo.assessment.errors import Place, Problem, has_errors, problem
from merilo.assessment.scoring.respondent_spread import RespondentSpread, respondent_spread
from merilo.folder.assessment_folder import OpenedFolder, open_folder


def read_previous(
    folder: Path, subject: str, problems: list[Problem], *, needs_spread: bool
) -> tuple[OpenedFolder, RespondentSpread] | None:
    """The results of a folder; None, with the reasons in `problems`, where there are none, or no spread and it is
    needed."""
    noted: list[Problem] = []
    opened = open_folder(folder, noted)
    # Warnings about last year's evidence belong to `check` there, not to this year's sample.
    problems += [one for one in noted if has_errors([one])]
    if opened is None:
        return None
    found = respondent_spread(opened.case.rules, opened.case.table, subject)
    place = Place(str(folder))
    if found is None or not bool(np.isfinite(found.scores).any()):
        problems.append(problem("SAMPLE-50", place, subject=subject))
        return None
    if needs_spread and not bool((found.deviations > 0).any()):
        problems.append(problem("SAMPLE-51", place))
        return None
    return opened, found
