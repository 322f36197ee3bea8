"""`merilo quality`: how the questionnaires were collected, what deserves a look, what exclusions do to the rating."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

from merilo.assessment.errors import MeriloError, Problem
from merilo.assessment.pipeline import Assessment
from merilo.assessment.reporting.quality_words import FlagWords
from merilo.assessment.responses.flags import FieldworkQuality
from merilo.assessment.responses.quality import check_fieldwork
from merilo.assessment.wording import Wording
from merilo.cli.exclusion_lines import exclusion_lines
from merilo.cli.plain import show_json
from merilo.cli.problems import as_json, problem_words, show_problems
from merilo.cli.score import score_folder
from merilo.cli.screen import progress
from merilo.folder.assessment_folder import OUT, OpenedFolder
from merilo.folder.exclusion_results import effects_of, effects_record, exclusions_record
from merilo.folder.quality_results import (
    flag_words,
    flags_text,
    quality_record,
    quality_tables,
    write_proposal,
    write_quality,
)
from merilo.folder.result_run import run_record
from merilo.shelf import wording

# Every questionnaire is looked at whole and in memory; a district is checked better than a country anyway.
MOST_FORMS = 500_000


def run(arguments: Namespace) -> int:
    """Check the field work, write the flags with their questionnaires into DIR/out, show them."""
    words = wording(arguments.lang, "cli", "quality")
    level = _level(arguments.level, words)
    opened, assessment, problems = score_folder(arguments)
    if not opened.survey.files:
        raise MeriloError(words.say("QUALITY-NO-RESPONSES"), "QUALITY-NO-RESPONSES")
    if opened.survey.forms > MOST_FORMS:
        raise MeriloError(words.say("QUALITY-TOO-MANY", n=opened.survey.forms, most=MOST_FORMS), "QUALITY-TOO-MANY")
    from merilo.folder.fieldwork import read_fieldwork

    folder, noted = Path(arguments.folder), list[Problem]()
    with progress(words.say("STEP-QUALITY")):
        work = read_fieldwork(opened, folder, noted)
        quality = check_fieldwork(work, level=level)
    if noted and not arguments.json:
        show_problems(noted, arguments)
    said = flag_words(opened, words)
    written = write_quality(quality_tables(work, quality, said), opened, assessment, folder / OUT)
    if arguments.propose:
        written.append(write_proposal(work, quality, said, folder / OUT))
    if arguments.json:
        show_json(_record(arguments, opened, assessment, quality, said, written, [*problems, *noted]))
        return 0
    if sys.stdout.isatty():
        _print([*_summary(quality, said), *_flags(quality, said)], sys.stdout)
    else:
        sys.stdout.write(flags_text(quality, said))
        _print(_summary(quality, said), sys.stderr)
    beside = [*_promise(quality, said), *(exclusion_lines(opened, assessment, said) if opened.exclusions else ())]
    _print(beside, sys.stdout if sys.stdout.isatty() else sys.stderr)
    if arguments.propose:
        print(words.say("QUALITY-PROPOSED", path=written[-1]), file=sys.stderr)
    print(words.say("WRITTEN"), ", ".join(str(path) for path in written), file=sys.stderr)
    return 0


def _level(text: str, words: Wording) -> float:
    try:
        level = float(text.replace(",", "."))
    except ValueError:
        level = 0.0
    if not 0 < level < 1:
        raise MeriloError(words.say("QUALITY-BAD-LEVEL", value=text), "QUALITY-BAD-LEVEL")
    return level


def _record(
    arguments: Namespace,
    opened: OpenedFolder,
    assessment: Assessment,
    quality: FieldworkQuality,
    said: FlagWords,
    written: list[Path],
    problems: list[Problem],
) -> dict[str, object]:
    return {
        "run": run_record(opened, assessment),
        **quality_record(quality, said),
        "exclusions": exclusions_record(opened),
        "rating_with_and_without": effects_record(effects_of(opened, assessment), assessment),
        "written": [str(path) for path in written],
        "problems": as_json(problems, problem_words(arguments.lang)),
    }


def _print(lines: Iterable[str], stream: TextIO) -> None:
    for line in lines:
        print(line, file=stream)


def _summary(quality: FieldworkQuality, said: FlagWords) -> Iterator[str]:
    code = "QUALITY-FOUND" if quality.flags else "QUALITY-NOTHING"
    yield said.wording.say(code, n=quality.size, flags=len(quality.flags))


def _flags(quality: FieldworkQuality, said: FlagWords) -> Iterator[str]:
    """Each flag with its probability, what it may be, and its questionnaires."""
    for number, one in enumerate(quality.flags, start=1):
        yield ""
        yield f"{number}. {said.title(one.kind)}. {said.says(one)}"
        yield f"   {said.probable(one)} {said.honest(one.kind)}"
        if one.rows:
            yield f"   {said.where(one, quality)}"
    yield ""


def _promise(quality: FieldworkQuality, said: FlagWords) -> Iterator[str]:
    """What a flag is and is not, how sure, and what could not be checked."""
    if quality.flags:
        yield said.wording.say("QUALITY-NOT-A-VERDICT")
    if quality.tested:
        yield said.level(quality)
    if quality.lacking:
        yield said.lacking(quality)
