"""From an opened folder to the head of its report: titles, questionnaires, remarks, shares by group."""

from __future__ import annotations

import re
from collections.abc import Iterator

from merilo.assessment.methodology.quantity import Quantity
from merilo.assessment.reporting.report_head import BreakdownShares, FieldworkHead, GroupShare, Remark, ReportHead
from merilo.folder.assessment_folder import OpenedFolder
from merilo.folder.domain_estimates import domain_estimates, group_names

YEAR = re.compile(r"\b(?:19|20)\d{2}\b")


def report_head(opened: OpenedFolder, fieldwork: FieldworkHead | None = None) -> ReportHead:
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
        breakdowns=tuple(_breakdowns(opened)),
        minimum_base=settings.uncertainty.minimum_base,
        fieldwork=fieldwork or FieldworkHead(),
    )


def _breakdowns(opened: OpenedFolder) -> Iterator[BreakdownShares]:
    """Shares by group of respondents and by form of service, over all organisations together."""
    edition = opened.pack.edition
    found = [one for one in domain_estimates(opened) if not one.organisation]
    splitting = edition.splitting
    columns = [(splitting.code, splitting.name)] if splitting else []
    columns += [(breakdown.column, breakdown.name) for breakdown in edition.breakdowns]
    for column, name in columns:
        names = group_names(opened.pack, column)
        told = [one for one in found if one.column == column and _is_told(edition.quantities[one.quantity], column)]
        shares = [
            GroupShare(names.get(one.group, one.group), one.quantity, one.count, one.base, one.low, one.high)
            for one in told
        ]
        if shares:
            yield BreakdownShares(name, tuple(sorted(shares, key=lambda one: _rank(one.group, list(names.values())))))


def _is_told(quantity: Quantity, column: str) -> bool:
    """Whether shares of a quantity say something by group: not where the groups are its own answers."""
    return quantity.kind.bounded_by_base and quantity.question != column


def _rank(group: str, options: list[str]) -> tuple[int, str]:
    """Answers in the order of the questionnaire, other groups by their names."""
    return (options.index(group), "") if group in options else (len(options), group)
