"""What a report says of the field work: its check, the exclusions and their effect, gathered from an opened folder."""

from __future__ import annotations

from pathlib import Path

from merilo.assessment.pipeline import Assessment
from merilo.assessment.reporting.report_head import FieldworkHead
from merilo.assessment.responses.flags import FieldworkQuality
from merilo.assessment.responses.quality import check_fieldwork
from merilo.folder.assessment_folder import OpenedFolder
from merilo.folder.exclusion_results import effects_of

# A report is not kept waiting by millions of questionnaires; `merilo quality` checks more.
MOST_IN_REPORT = 20_000


def fieldwork_head(opened: OpenedFolder, assessment: Assessment, folder: Path) -> FieldworkHead:
    """Everything there is; no check where the folder has no response files, or very many questionnaires."""
    questions = {code: question.text for code, question in opened.pack.questionnaire.questions.items()}
    quantities = {code: quantity.name for code, quantity in opened.pack.edition.quantities.items()}
    return FieldworkHead(
        quality=_quality(opened, folder),
        exclusions=opened.exclusions,
        effects=None if opened.unexcluded is None else effects_of(opened, assessment),
        questions=questions | quantities,
    )


def _quality(opened: OpenedFolder, folder: Path) -> FieldworkQuality | None:
    if not opened.survey.files or opened.survey.forms > MOST_IN_REPORT:
        return None
    from merilo.folder.fieldwork import read_fieldwork  # polars: only where there are questionnaires

    return check_fieldwork(read_fieldwork(opened, folder, []))
