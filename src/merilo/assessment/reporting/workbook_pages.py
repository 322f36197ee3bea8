"""The sheets of a workbook that hold no scores: the register, the rules in words, shortcomings, the comparison."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import TypeVar

from merilo.assessment.methodology.edition import Edition
from merilo.assessment.methodology.policies import FormsOfService, PerCode, Policies
from merilo.assessment.reporting.facts import category_value_name
from merilo.assessment.reporting.report_head import ReportHead
from merilo.assessment.reporting.workbook_cells import (
    FormulaCell,
    NumberCell,
    SheetCell,
    WorkbookColumn,
    WorkbookSheet,
    own_row,
    width_of,
)
from merilo.assessment.reporting.workbook_scores import ScoredUnits, titled
from merilo.assessment.rounding import RoundingMode, RoundingStage, round_exact
from merilo.assessment.wording import Wording

E = TypeVar("E", bound=Enum)
LONGEST_TEXT = 30_000  # a cell holds 32,767; the rest is for what a text is wrapped in
PERCENT_DIGITS = 1


def organisations_sheet(of: ScoredUnits) -> WorkbookSheet:
    """The register as it was handed in, categories by their names."""
    edition, words = of.assessment.case.rules.edition, of.words
    organisations = of.assessment.case.table.units.organisations
    details = list(dict.fromkeys(name for one in organisations for name in one.details))
    headers = [words.say("WORKBOOK-KEY"), words.say("WORKBOOK-ORGANISATION")]
    headers += [category.name for category in edition.categories]
    headers += [words.say("WORKBOOK-RECIPIENTS"), *details]
    rows: list[tuple[SheetCell, ...]] = []
    for one in organisations:
        categories = [_category_names(edition, category.code, one.categories) for category in edition.categories]
        recipients = None if one.recipients is None else NumberCell(one.recipients, 0)
        rows.append((one.key, one.name, *categories, recipients, *(one.details.get(name, "") for name in details)))
    texts = [[str(row[place]) for row in rows if isinstance(row[place], str)] for place in range(len(headers))]
    columns = tuple(WorkbookColumn(header, width_of(found)) for header, found in zip(headers, texts, strict=True))
    return WorkbookSheet(words.say("WORKBOOK-SHEET-ORGANISATIONS"), columns, rows, 2)


def _category_names(edition: Edition, code: str, categories: Mapping[str, tuple[str, ...]]) -> str:
    return ", ".join(category_value_name(edition, value, code) for value in categories.get(code, ()))


def rules_sheet(of: ScoredUnits, head: ReportHead) -> WorkbookSheet:
    """What was assessed, by which methodology and rules, from which files: one statement a row."""
    words = of.words
    rows = [(words.say(f"WORKBOOK-{code}"), text) for code, text in _statements(of, head) if text]
    columns = (WorkbookColumn(words.say("WORKBOOK-WHAT"), 42), WorkbookColumn(words.say("WORKBOOK-SAYS"), 100))
    return WorkbookSheet(words.say("WORKBOOK-SHEET-RULES"), columns, rows)


def _statements(of: ScoredUnits, head: ReportHead) -> Iterator[tuple[str, str]]:
    case, words = of.assessment.case, of.words
    edition, rules = case.rules.edition, case.rules
    yield "TITLE", head.title
    yield "PERIOD", head.period
    yield (
        "EDITION",
        f"{edition.code} {edition.version}: {edition.title if words.language == 'ru' else edition.title_en}",
    )
    yield "STANDING", words.say(f"WORKBOOK-STANDING-{edition.standing.name}")
    for basis in edition.legal_basis:
        found = ", ".join(part for part in (basis.act, basis.clause) if part)
        yield "BASIS", f"{found} ({words.say(f'WORKBOOK-STANDING-{basis.standing.name}')})"
    scheme = ": ".join(part for part in (rules.scheme.code, rules.scheme.name) if part)
    yield "SCHEME", f"{scheme} ({words.say(f'WORKBOOK-STANDING-{rules.scheme.standing.name}')})"
    within = [category.name for category in edition.categories if category.code in case.ranking_within]
    yield "RANKING-WITHIN", ", ".join(within) or words.say("WORKBOOK-RANKING-ALL")
    yield from _policies(rules.policies, words)
    yield "NOTE", words.say("WORKBOOK-NOTE-FORMULAS")
    yield "NOTE", words.say("WORKBOOK-NOTE-COUNTED")
    if of.rounding.mode is RoundingMode.HALF_EVEN:
        yield "NOTE", words.say("WORKBOOK-NOTE-HALF_EVEN")
    if of.rounding.mode is not RoundingMode.HALF_UP:
        yield "NOTE", words.say("WORKBOOK-NOTE-SHOWN-DIGITS")
    for note in edition.notes:
        yield "EDITION-NOTE", note
    yield "PROGRAM", case.stamp.program
    yield "FINGERPRINT", case.stamp.fingerprint
    yield "EDITION-SHA", case.stamp.edition_sha256
    for one in case.stamp.inputs:
        yield "INPUT", words.say("WORKBOOK-INPUT-SAYS", name=one.name, sha=one.sha256)


def _policies(policies: Policies, words: Wording) -> Iterator[tuple[str, str]]:
    yield "EMPTY_GROUP", _rule("EMPTY_GROUP", policies.empty_group, words)
    yield "EMPTY_PART", _rule("EMPTY_PART", policies.empty_part, words)
    yield "NO_DATA", _rule("NO_DATA", policies.no_data, words)
    yield "DENOMINATOR", _rule("DENOMINATOR", policies.denominator, words)
    yield "BASES", words.say(f"WORKBOOK-BASES-{policies.bases.name}")
    yield "FORMS", words.say(f"WORKBOOK-FORMS-{policies.forms.name}")
    yield "TIES", words.say(f"WORKBOOK-TIES-{policies.ties.name}")
    yield "RANK_ON", words.say(f"WORKBOOK-RANK_ON-{policies.rank_on.name}")
    rounding = policies.rounding
    mode = words.say(f"WORKBOOK-ROUNDING-{rounding.mode.name}")
    digits = "" if rounding.stage is RoundingStage.NONE else rounding.digits
    stage = words.say(f"WORKBOOK-STAGE-{rounding.stage.name}", digits=digits)
    yield "ROUNDING", words.say("WORKBOOK-ROUNDING-SAYS", mode=mode, printed=rounding.printed, stage=stage)


def _rule(name: str, rule: PerCode[E], words: Wording) -> str:
    said = words.say(f"WORKBOOK-{name}-{rule.default.name}")
    for code, other in sorted(rule.exceptions.items()):
        said = words.say(
            "WORKBOOK-EXCEPTION", rule=said, subject=code, other=words.say(f"WORKBOOK-{name}-{other.name}")
        )
    return said


def shortcomings_sheet(of: ScoredUnits) -> WorkbookSheet | None:
    """Every shortcoming with numerator, base and the share as a formula; None where the edition knows none."""
    words, found = of.words, of.assessment.shortcomings
    if not found:
        return None
    rows: list[tuple[SheetCell, ...]] = []
    for row, one in enumerate(found, start=1):
        share: SheetCell = None
        if one.share is not None:
            formula = f"100*{own_row(1, row)}/{own_row(2, row)}"
            share = FormulaCell(formula, float(100 * one.share), PERCENT_DIGITS)
        where = _listed([_row_name(of, index) for index in one.found_in], words)
        rows.append((one.text, NumberCell(one.numerator, 0), NumberCell(one.base, 0), share, where, one.recommendation))
    named = ("SHORTCOMING", "FOUND-IN", "EXAMINED-IN", "SHARE", "WHERE", "RECOMMENDATION")
    widths = (60, 14, 14, 10, 60, 60)
    columns = tuple(WorkbookColumn(words.say(f"WORKBOOK-{code}"), w) for code, w in zip(named, widths, strict=True))
    return WorkbookSheet(words.say("WORKBOOK-SHEET-SHORTCOMINGS"), columns, rows, 1)


def _row_name(of: ScoredUnits, index: int) -> str:
    row = of.assessment.rated.rows[index]
    organisation = of.assessment.case.table.units.organisations[row.organisation]
    name = organisation.name or organisation.key
    if of.assessment.case.rules.policies.forms is not FormsOfService.SEPARATE or not row.form:
        return name
    return f"{name} ({category_value_name(of.assessment.case.rules.edition, row.form)})"


def _listed(names: list[str], words: Wording) -> str:
    """Names as far as a cell holds them, and how many more there are."""
    length = 0
    for place, name in enumerate(names):
        length += len(name) + 2
        if length > LONGEST_TEXT:
            return "; ".join([*names[:place], words.say("WORKBOOK-AND-MORE", n=len(names) - place)])
    return "; ".join(names)


def compared_sheet(of: ScoredUnits) -> WorkbookSheet | None:
    """Published figures beside ours; None where there are none."""
    words, found = of.words, of.assessment.compared
    if not found:
        return None
    organisations = of.assessment.case.table.units.organisations
    named = _subject_names(of)
    rows: list[tuple[SheetCell, ...]] = []
    for row, one in enumerate(found, start=1):
        figure, digits = one.published, one.published.decimals
        ours: SheetCell = None
        difference: SheetCell = None
        if one.ours is not None:
            rounded = round_exact(one.ours, digits, RoundingMode.HALF_UP)
            ours, gap = NumberCell(float(rounded), digits), rounded - _decimal(figure.value, digits)
            difference = FormulaCell(f"ROUND({own_row(4, row)}-{own_row(3, row)},{digits})", float(gap), digits)
        organisation = organisations[figure.organisation]
        texts = (organisation.key, organisation.name, named.get(figure.subject, figure.subject))
        published = NumberCell(float(figure.value), digits)
        rows.append((*texts, published, ours, difference, words.say(f"WORKBOOK-VERDICT-{one.verdict.name}")))
    codes = ("KEY", "ORGANISATION", "SUBJECT", "PUBLISHED", "OURS", "DIFFERENCE", "VERDICT")
    widths = (14, 50, 50, 16, 16, 12, 34)
    columns = tuple(WorkbookColumn(words.say(f"WORKBOOK-{code}"), w) for code, w in zip(codes, widths, strict=True))
    return WorkbookSheet(words.say("WORKBOOK-SHEET-COMPARED"), columns, rows, 2)


def _decimal(value: Fraction, digits: int) -> Decimal:
    return round_exact(value, digits, RoundingMode.HALF_UP)


def _subject_names(of: ScoredUnits) -> dict[str, str]:
    edition, words = of.assessment.case.rules.edition, of.words
    named = {code: titled(item.label, item.name) for code, item in edition.items.items()}
    named |= {criterion.code: titled(criterion.label, criterion.name) for criterion in edition.criteria}
    return {**named, "overall": words.say("WORKBOOK-OVERALL"), "place": words.say("WORKBOOK-PLACE")}
