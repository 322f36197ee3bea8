"""`merilo score`: indicators, criteria, overall scores and the rating, on the screen and in DIR/out."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from merilo.assessment.errors import MeriloError, Problem
from merilo.assessment.pipeline import Assessment, assess
from merilo.cli.opening import opened
from merilo.cli.problems import as_json, problem_words, show_problems
from merilo.cli.screen import progress, show_rating
from merilo.folder.assessment_folder import OUT, OpenedFolder
from merilo.folder.tables import EVERY_TABLE, FORMATS, write_results
from merilo.shelf import wording

# A workbook of more rows helps nobody and takes minutes; CSV and Parquet are written all the same.
MOST_ROWS_IN_XLSX = 20_000


def run(arguments: Namespace) -> int:
    """Score a folder, write the tables, show the rating."""
    formats = asked_names(arguments, arguments.format, FORMATS)
    tables = asked_names(arguments, arguments.tables, EVERY_TABLE)
    scored, assessment, problems = score_folder(arguments)
    out = Path(arguments.folder) / OUT
    words = wording(arguments.lang, "cli")
    if len(assessment.rated.rows) > MOST_ROWS_IN_XLSX and "xlsx" in formats:
        print(words.say("TOO-LONG-FOR-XLSX", rows=len(assessment.rated.rows), most=MOST_ROWS_IN_XLSX), file=sys.stderr)
        formats -= {"xlsx"}
    with progress(words.say("STEP-WRITE")):
        written = write_results(scored, assessment, out, formats, tables)
    show_rating(scored, assessment, arguments, beside_rating(arguments, written, problems))
    if scored.exclusions and not arguments.json:
        show_exclusions(scored, assessment, arguments)
    if not arguments.json:
        print(words.say("WRITTEN"), ", ".join(str(path) for path in written), file=sys.stderr)
    return 0


def show_exclusions(scored: OpenedFolder, assessment: Assessment, arguments: Namespace) -> None:
    """The rating with and without the exclusions: for people, so beside the table and not in it."""
    from merilo.cli.exclusion_lines import exclusion_lines
    from merilo.folder.quality_results import flag_words

    for line in exclusion_lines(scored, assessment, flag_words(scored, wording(arguments.lang, "quality"))):
        print(line, file=sys.stderr)


def asked_names(arguments: Namespace, written: str, known: frozenset[str]) -> frozenset[str]:
    """The names listed in an option, all of them without one; MeriloError names the one that is not known."""
    asked = [name.strip().lower() for name in written.split(",") if name.strip()]
    for name in asked:
        if name not in known:
            words = wording(arguments.lang, "cli")
            raise MeriloError(words.say("UNKNOWN-NAME", asked=name, known=", ".join(sorted(known))), "UNKNOWN-NAME")
    return frozenset(asked) or known


def beside_rating(arguments: Namespace, written: list[Path], problems: list[Problem]) -> dict[str, object]:
    """What a program is told besides the rating: the files written and the warnings."""
    found = as_json(problems, problem_words(arguments.lang))
    return {"written": [str(path) for path in written], "problems": found}


def score_folder(arguments: Namespace) -> tuple[OpenedFolder, Assessment, list[Problem]]:
    """Open a folder, show its warnings, score it; the warnings come along for JSON."""
    words = wording(arguments.lang, "cli")
    with progress(words.say("STEP-READ")):
        found, problems = opened(arguments)
    if problems and not arguments.json:
        show_problems(problems, arguments)
    with progress(words.say("STEP-SCORE")):
        assessment = assess(found.case)
    return found, assessment, problems
