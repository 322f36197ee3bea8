"""From two opened and assessed folders to two waves that can be compared."""

from __future__ import annotations

from merilo.assessment.pipeline import Assessment
from merilo.assessment.recheck.answers_behind import answers_behind
from merilo.assessment.recheck.comparability import Yardstick
from merilo.assessment.recheck.waves import Standings, Wave
from merilo.folder.assessment_folder import OpenedFolder


def yardstick_of(opened: OpenedFolder) -> Yardstick:
    """What a folder is measured by."""
    return Yardstick(opened.case.rules, opened.settings.values)


def wave_of(opened: OpenedFolder, assessment: Assessment) -> Wave:
    """An assessment as one of two waves."""
    yardstick = yardstick_of(opened)
    rows, organisations = assessment.rated.rows, assessment.case.table.units.organisations
    forms = rows.forms if yardstick.are_forms_apart else [""] * len(rows)
    indexes = rows.organisation.tolist()
    sets = assessment.place_sets
    return Wave(
        period=opened.settings.period,
        yardstick=yardstick,
        rated=assessment.rated,
        errors=assessment.errors.rows,
        keys=[(organisations.keys[index], form) for index, form in zip(indexes, forms, strict=True)],
        names=[organisations.names[index] or organisations.keys[index] for index in indexes],
        sizes=answers_behind(
            assessment.case.rules.edition, assessment.case.table, assessment.scores, rows, assessment.errors.rows
        ),
        standings=Standings(assessment.places, assessment.last_places, sets.first, sets.last),
    )
