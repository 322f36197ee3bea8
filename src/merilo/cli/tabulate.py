"""`merilo tabulate`: frequencies, cross-tables, correlations and drivers, on the screen and into files."""

from __future__ import annotations

import sys
from argparse import Namespace
from fractions import Fraction
from pathlib import Path

from merilo.assessment.errors import MeriloError
from merilo.assessment.pipeline import assess
from merilo.assessment.responses.cross_table import ShareOf
from merilo.assessment.responses.respondents import Weighting
from merilo.assessment.wording import Wording
from merilo.cli.opening import opened
from merilo.cli.option_numbers import exact_number
from merilo.cli.plain import show_json
from merilo.cli.problems import as_json, problem_words, show_problems
from merilo.cli.score import asked_names
from merilo.cli.screen import progress
from merilo.cli.screen_tables import show_tables
from merilo.folder.assessment_folder import OUT, OpenedFolder
from merilo.folder.tabulation import Asked, Tabulation, tabulate_correlations, tabulate_drivers, tabulate_respondents
from merilo.shelf import wording

FORMATS = frozenset({"xlsx", "docx"})
STEM = "tabulate"


def run(arguments: Namespace) -> int:
    """Make the tables asked for, show them, write them where files were asked for."""
    formats = asked_names(arguments, arguments.format, FORMATS) if arguments.format.strip() else frozenset()
    words = wording(arguments.lang, "tabulate", "margins", "cli", "report")
    _refuse_mixtures(arguments, words)
    with progress(words.say("STEP-READ")):
        found, problems = opened(arguments)
    if problems and not arguments.json:
        show_problems(problems, arguments)
    with progress(words.say("STEP-SCORE")):
        made = _made(found, arguments, words)
    if made.problems and not arguments.json:
        show_problems(made.problems, arguments)
    written = _written(made, found, Path(arguments.folder) / OUT, formats, words)
    if arguments.json:
        notes = as_json([*problems, *made.problems], problem_words(arguments.lang))
        show_json({**made.record, "written": [str(path) for path in written], "problems": notes})
        return 0
    show_tables([one for one in made.tables if not one.is_detail], made.filters, words)
    if written:
        print(words.say("WRITTEN"), ", ".join(str(path) for path in written), file=sys.stderr)
    return 0


def _refuse_mixtures(arguments: Namespace, words: Wording) -> None:
    """Options of one kind of table that would be ignored in another; a base of nobody."""
    if arguments.minimum_base is not None and arguments.minimum_base < 1:
        raise MeriloError(words.say("TABULATE-BAD-MINIMUM", asked=arguments.minimum_base), "TABULATE-BAD-MINIMUM")
    if arguments.trim and not arguments.margins:
        raise MeriloError(words.say("TABULATE-TRIM-ALONE"), "TABULATE-TRIM-ALONE")
    respondents = {"QUESTION": arguments.questions, "--by": arguments.by, "--margins": arguments.margins}
    drivers = {"--drivers": arguments.drivers}
    more = {"--where": arguments.where, "--bands": arguments.bands, "--with": arguments.predictors}
    if arguments.correlations:
        first, others = "--correlations", respondents | drivers | more
    elif arguments.drivers:
        first, others = "--drivers", respondents
    elif arguments.margins:
        first, others = "--margins", {"--weights none": arguments.weights == Weighting.NONE.value}
    else:
        first, others = "--with", {"QUESTION": bool(arguments.predictors)}
    for second, value in others.items():
        if value:
            raise MeriloError(words.say("TABULATE-ONE-MODE", first=first, second=second), "TABULATE-ONE-MODE")


def _made(found: OpenedFolder, arguments: Namespace, words: Wording) -> Tabulation:
    if arguments.correlations:
        return tabulate_correlations(found, assess(found.case), words)
    asked = Asked(
        questions=tuple(arguments.questions),
        by=arguments.by,
        shares=ShareOf(arguments.shares),
        where=tuple(arguments.where),
        weighting=Weighting(arguments.weights),
        bands=tuple(arguments.bands),
        drivers=arguments.drivers,
        minimum_base=arguments.minimum_base,
        predictors=tuple(one.strip() for one in arguments.predictors.split(",") if one.strip()),
        margins=Path(arguments.margins) if arguments.margins else None,
        bounds=_bounds(arguments.trim, words) if arguments.trim else None,
    )
    make = tabulate_drivers if asked.drivers else tabulate_respondents
    return make(found, Path(arguments.folder), asked, words)


def _bounds(written: str, words: Wording) -> tuple[Fraction, Fraction]:
    """Two numbers; a semicolon between them lets them have decimal commas."""
    parts = [exact_number(one) for one in written.split(";" if ";" in written else ",")]
    numbers = [one for one in parts if one is not None]
    if len(parts) != 2 or len(numbers) != 2 or not 0 <= numbers[0] < 1 < numbers[1]:
        raise MeriloError(words.say("TABULATE-BAD-TRIM", asked=written), "TABULATE-BAD-TRIM")
    return numbers[0], numbers[1]


def _written(made: Tabulation, found: OpenedFolder, out: Path, formats: frozenset[str], words: Wording) -> list[Path]:
    settings, written = found.settings, []
    if formats:
        out.mkdir(parents=True, exist_ok=True)
        from merilo.assessment.reporting.tabulation_outputs import tabulation_document, tabulation_workbook
    if "docx" in formats:
        from merilo.render.docx import write_docx

        head = (settings.operator, settings.title, settings.period)
        write_docx(tabulation_document(made.tables, head, made.filters, words), out / f"{STEM}.docx")
        written.append(out / f"{STEM}.docx")
    if "xlsx" in formats:
        from merilo.render.scores_workbook import write_scores_workbook

        workbook = tabulation_workbook(made.tables, settings.title, made.filters, words)
        write_scores_workbook(workbook, out / f"{STEM}.xlsx")
        written.append(out / f"{STEM}.xlsx")
    return written
