"""What was left out and what that does to the rating, as records, a table and lines of the run."""

from __future__ import annotations

from collections.abc import Sequence

from merilo.assessment.pipeline import Assessment, assess
from merilo.assessment.recheck.exclusion_effect import ExclusionEffect, exclusion_effects
from merilo.folder.assessment_folder import OpenedFolder
from merilo.folder.result_table import Kind, ResultTable, TableMaker


def effects_of(opened: OpenedFolder, assessment: Assessment) -> tuple[ExclusionEffect, ...]:
    """The rated rows that exclusions touch; nothing where nothing is left out, or where the folder cannot be scored
    with everything counted."""
    if opened.unexcluded is None:
        return ()
    before = assess(opened.unexcluded.case)
    keys = assessment.case.table.units.organisations.keys
    rated, unexcluded = (assessment.rated, assessment.places), (before.rated, before.places)
    return exclusion_effects(opened.exclusions, keys, rated, unexcluded)


def exclusions_record(opened: OpenedFolder) -> list[dict[str, object]]:
    """Every decision as plain values."""
    return [
        {
            "file": one.file,
            "row": one.row,
            "id": one.id,
            "organisation": one.organisation,
            "reason": one.reason,
            "decided_by": one.decided_by,
            "date": one.date,
        }
        for one in opened.exclusions
    ]


def effects_record(effects: Sequence[ExclusionEffect], assessment: Assessment) -> list[dict[str, object]]:
    """The rated rows that exclusions touch as plain values."""
    return [
        {
            "organisation": one.organisation,
            "form": assessment.rated.rows.forms[one.row],
            "excluded": one.excluded,
            "place": one.place,
            "place_unexcluded": one.place_unexcluded,
            "overall": one.overall,
            "overall_unexcluded": one.overall_unexcluded,
        }
        for one in effects
    ]


def exclusions_table(opened: OpenedFolder, assessment: Assessment) -> ResultTable | None:
    """The rating with and without the exclusions; None where they touch nothing."""
    effects = effects_of(opened, assessment)
    if not effects:
        return None
    names = {one.key: one.name for one in assessment.case.table.units.organisations}
    table = TableMaker("exclusion_effects", assessment.rated.digits)
    table.texts("organisation", [one.organisation for one in effects])
    table.texts("name", [names[one.organisation] for one in effects])
    table.texts("form", [assessment.rated.rows.forms[one.row] for one in effects])
    table.wholes("excluded", [one.excluded for one in effects])
    table.wholes("place", [one.place for one in effects])
    table.wholes("place_unexcluded", [one.place_unexcluded for one in effects])
    table.numbers("overall", [one.overall for one in effects], Kind.PRINTED)
    table.numbers("overall_unexcluded", [one.overall_unexcluded for one in effects], Kind.PRINTED)
    return table.finish()
