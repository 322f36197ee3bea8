"""`merilo report`: the Word document, the Excel workbook and the PDF of an assessment, from one document model."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from merilo.assessment.errors import MeriloError, Problem
from merilo.assessment.pipeline import Assessment
from merilo.assessment.recheck.waves import WaveChanges
from merilo.assessment.reporting.regional_report import regional_report
from merilo.assessment.reporting.workbook import scores_workbook
from merilo.cli.plain import show_json
from merilo.cli.score import asked_names, beside_rating, score_folder
from merilo.cli.screen import progress
from merilo.cli.two_waves import compared_folders
from merilo.folder.assessment_folder import OUT, OpenedFolder
from merilo.folder.fieldwork_head import fieldwork_head
from merilo.folder.report_head import report_head
from merilo.shelf import wording

FORMATS = frozenset({"docx", "xlsx", "pdf"})
NAMES = {"docx": "report.docx", "xlsx": "report.xlsx", "pdf": "report.pdf"}


def run(arguments: Namespace) -> int:
    """Write the documents asked for into DIR/out and name them."""
    formats = asked_names(arguments, arguments.format, FORMATS)
    scored, assessment, problems, changes = _assessed(arguments)
    written = write_documents(scored, assessment, Path(arguments.folder) / OUT, formats, arguments, changes)
    if arguments.json:
        show_json(beside_rating(arguments, written, problems))
        return 0
    words = wording(arguments.lang, "cli")
    print(words.say("WRITTEN"))
    for path in written:
        print(f"  {path}")
    return 0


def _assessed(arguments: Namespace) -> tuple[OpenedFolder, Assessment, list[Problem], WaveChanges | None]:
    """The folder scored, and what changed since the previous wave where one was named."""
    if arguments.previous is None:
        if arguments.link is not None:
            raise MeriloError(wording(arguments.lang, "cli").say("LINK-WITHOUT-PREVIOUS"), "LINK-WITHOUT-PREVIOUS")
        return *score_folder(arguments), None
    found = compared_folders(arguments, Path(arguments.previous), Path(arguments.folder), arguments.link)
    return *found.later, found.problems, found.changes


def write_documents(
    scored: OpenedFolder,
    assessment: Assessment,
    out: Path,
    formats: frozenset[str],
    arguments: Namespace,
    changes: WaveChanges | None = None,
) -> list[Path]:
    """Compose the report once and write it in every format; each file is replaced whole or not at all."""
    out.mkdir(parents=True, exist_ok=True)
    words = wording(arguments.lang, "cli", "report", "workbook", "quality")
    written = []
    if formats & {"docx", "pdf"}:
        with progress(words.say("STEP-QUALITY")):
            head = report_head(scored, fieldwork_head(scored, assessment, out.parent))
        with progress(words.say("STEP-COMPOSE")):
            document = regional_report(assessment, head, words, changes)
    with progress(words.say("STEP-RENDER")):
        if "docx" in formats:
            from merilo.render.docx import write_docx

            pictures = getattr(arguments, "charts_as_pictures", False)
            write_docx(document, out / NAMES["docx"], charts_as_pictures=pictures)
            written.append(out / NAMES["docx"])
        if "pdf" in formats:
            from merilo.render.pdf import write_pdf

            write_pdf(document, out / NAMES["pdf"])
            written.append(out / NAMES["pdf"])
        if "xlsx" in formats:
            from merilo.render.scores_workbook import write_scores_workbook

            write_scores_workbook(scores_workbook(assessment, words, report_head(scored)), out / NAMES["xlsx"])
            written.append(out / NAMES["xlsx"])
    return written
