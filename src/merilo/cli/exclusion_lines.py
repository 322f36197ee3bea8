"""What was left out of the tally and what that does to the rating, in lines for a screen."""

from __future__ import annotations

from collections.abc import Iterator

from merilo.assessment.pipeline import Assessment
from merilo.assessment.reporting.quality_words import FlagWords, printed
from merilo.folder.assessment_folder import OpenedFolder
from merilo.folder.exclusion_results import effects_of


def exclusion_lines(opened: OpenedFolder, assessment: Assessment, said: FlagWords) -> Iterator[str]:
    """How many questionnaires were left out, and the rating with and without, a line a rated row."""
    words, digits = said.wording, assessment.rated.digits
    yield words.say("QUALITY-EXCLUSIONS-INTRO", n=len(opened.exclusions))
    if opened.unexcluded is None:
        yield words.say("QUALITY-NO-EFFECT")
        return
    yield words.say("QUALITY-RATING-HEAD")
    for one in effects_of(opened, assessment):
        yield "  " + words.say(
            "QUALITY-RATING-ROW",
            organisation=said.organisation(one.organisation),
            excluded=one.excluded,
            place=printed(one.place, 0, words),
            place_unexcluded=printed(one.place_unexcluded, 0, words),
            overall=printed(one.overall, digits, words),
            overall_unexcluded=printed(one.overall_unexcluded, digits, words),
        )
