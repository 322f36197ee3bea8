"""From an opened folder to the head of its report: titles, questionnaires, remarks."""

from __future__ import annotations

import re

from merilo.assessment.reporting.report_head import Remark, ReportHead
from merilo.folder.assessment_folder import OpenedFolder

YEAR = re.compile(r"\b(?:19|20)\d{2}\b")


def report_head(opened: OpenedFolder) -> ReportHead:
    """What the report says besides results; the year is the last one its period names."""
    settings, units = opened.settings, opened.case.table.units
    years = YEAR.findall(settings.period)
    return ReportHead(
        title=settings.title,
        period=settings.period,
        operator=settings.operator,
        authority=settings.authority,
        place=settings.place,
        year=years[-1] if years else "",
        notes=settings.notes,
        questionnaires=opened.survey.forms,
        conflicts=tuple(opened.survey.conflicts.items()),
        remarks=tuple(
            Remark(units.organisations[units.units[found.unit].organisation].key, found.code, found.note)
            for found in opened.observations
            if found.note
        ),
    )
