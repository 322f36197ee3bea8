"""The result tables beside the scores: shortcomings, norms, published figures, shares by groups of respondents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from merilo.assessment.pipeline import Assessment
from merilo.assessment.rounding import RoundingMode, round_exact
from merilo.folder.assessment_folder import OpenedFolder
from merilo.folder.domain_estimates import DomainEstimate, domain_estimates, group_names
from merilo.folder.result_table import SHARE_DIGITS, Kind, ResultTable, TableMaker


def shortcomings_table(assessment: Assessment) -> ResultTable:
    """One row per shortcoming: in how many organisations of those it was examined in, and in which."""
    found = assessment.shortcomings
    names = row_names(assessment)
    table = TableMaker("shortcomings", assessment.rated.digits)
    table.texts("code", [one.code for one in found])
    table.texts("text", [one.text for one in found])
    table.wholes("numerator", [one.numerator for one in found])
    table.wholes("base", [one.base for one in found])
    table.numbers("share", [_share(one.numerator, one.base) for one in found], Kind.SHARE)
    table.texts("organisations", [_joined(names, one.found_in) for one in found])
    table.texts("recommendation", [one.recommendation for one in found])
    return table.finish()


def norms_table(assessment: Assessment) -> ResultTable:
    """One row per norm: how many organisations meet it, do not, or have no value to compare."""
    found, names = assessment.norms, row_names(assessment)
    table = TableMaker("norms", assessment.rated.digits)
    table.texts("code", [check.norm.code for check in found])
    table.texts("name", [check.norm.name for check in found])
    table.texts("subject", [check.norm.subject for check in found])
    table.texts("comparison", [check.norm.comparison.value for check in found])
    table.numbers("bound", [float(check.norm.bound) for check in found])
    table.texts("unit", [check.norm.unit for check in found])
    table.wholes("met", [len(check.met) for check in found])
    table.wholes("not_met", [len(check.not_met) for check in found])
    table.wholes("unknown", [len(check.unknown) for check in found])
    table.texts("met_organisations", [_joined(names, check.met) for check in found])
    table.texts("not_met_organisations", [_joined(names, check.not_met) for check in found])
    table.texts("unknown_organisations", [_joined(names, check.unknown) for check in found])
    return table.finish()


def compared_table(assessment: Assessment) -> ResultTable | None:
    """One row per published figure: it, ours with as many decimals, the difference; None where none was published."""
    found = assessment.compared
    if not found:
        return None
    keys = assessment.case.table.units.organisations.keys
    published = [_decimal(one.published.value, one.published.decimals) for one in found]
    ours = [None if one.ours is None else _decimal(one.ours, one.published.decimals) for one in found]
    pairs = list(zip(published, ours, strict=True))
    table = TableMaker("compared", assessment.rated.digits)
    table.texts("organisation", [keys[one.published.organisation] for one in found])
    table.texts("subject", [one.published.subject for one in found])
    table.as_given("published", published)
    table.as_given("ours", ours)
    table.numbers("ours_unrounded", [None if one.ours is None else float(one.ours) for one in found])
    table.as_given("difference", [None if mine is None else mine - theirs for theirs, mine in pairs])
    table.texts("verdict", [one.verdict.value for one in found])
    return table.finish()


def breakdowns_table(opened: OpenedFolder, assessment: Assessment) -> ResultTable | None:
    """One row per group of respondents, unit and quantity, with its share and interval; small groups are hidden.

    None where nothing was broken down.
    """
    found = domain_estimates(opened)
    if not found:
        return None
    table = TableMaker("breakdowns", assessment.rated.digits)
    table.texts("column", [one.column for one in found])
    table.texts("group", [one.group for one in found])
    table.texts("group_name", _group_names(opened, found))
    table.texts("organisation", [one.organisation for one in found])
    only = _only_forms(assessment)
    table.texts("form", [one.form or only.get(one.organisation, "") for one in found])
    table.texts("quantity", [one.quantity for one in found])
    table.wholes("count", [one.count for one in found])
    table.wholes("base", [one.base for one in found])
    table.numbers(
        "share", [_share(one.count, one.base) if one.share is not None else None for one in found], Kind.SHARE
    )
    table.numbers("low", [_digits(one.low) for one in found], Kind.SHARE)
    table.numbers("high", [_digits(one.high) for one in found], Kind.SHARE)
    table.texts("status", ["hidden" if one.is_hidden else "shown" for one in found])
    return table.finish()


def _only_forms(assessment: Assessment) -> dict[str, str]:
    """Organisation → its form where it has but one: a questionnaire need not name it."""
    units = assessment.case.table.units
    times = Counter(units.keys())
    return {key: form for key, form in zip(units.keys(), units.units.forms, strict=True) if times[key] == 1}


def row_names(assessment: Assessment) -> list[str]:
    """The key of every rated row; `key/form` where an organisation has a row for each of its forms."""
    units, rows = assessment.case.table.units, assessment.rated.rows
    keys = [units.organisations.keys[index] for index in rows.organisation.tolist()]
    if len(set(keys)) == len(keys):
        return keys
    several = {key for key, times in Counter(keys).items() if times > 1}
    return [f"{key}/{form}" if key in several else key for key, form in zip(keys, rows.forms, strict=True)]


def _joined(names: Sequence[str], rows: Iterable[int]) -> str:
    return ";".join(names[row] for row in rows)


def _share(count: int | None, base: int | None) -> float | None:
    """A share to four decimals; None of nobody."""
    return float(_decimal(Fraction(count or 0, base), SHARE_DIGITS)) if base else None


def _digits(value: float | None) -> float | None:
    """A bound of an interval with as many decimals as a share."""
    return None if value is None else float(_decimal(Fraction(value), SHARE_DIGITS))


def _decimal(value: Fraction, digits: int) -> Decimal:
    return round_exact(value, digits, RoundingMode.HALF_UP)


def _group_names(opened: OpenedFolder, found: Sequence[DomainEstimate]) -> list[str]:
    """The names behind the stored groups of each column; a group itself where it has no other name."""
    named = {column: group_names(opened.pack, column) for column in {one.column for one in found}}
    return [named[one.column].get(one.group, one.group) for one in found]
