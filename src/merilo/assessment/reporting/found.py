"""Shortcomings that were found, from the most frequent, and the criterion each belongs to."""

from __future__ import annotations

from fractions import Fraction

from merilo.assessment.findings.detect import Shortcoming
from merilo.assessment.methodology.edition import Criterion
from merilo.assessment.reporting.facts import ReportFacts


def found_shortcomings(facts: ReportFacts) -> list[Shortcoming]:
    """Those found at least once; the greatest share first, then the greatest number, then the edition's order."""
    found = [one for one in facts.assessment.shortcomings if one.numerator]
    return sorted(found, key=lambda one: (-(one.share or Fraction(0)), -one.numerator))


def found_in_criterion(facts: ReportFacts, criterion: Criterion) -> list[Shortcoming]:
    """The found ones whose subject belongs to a criterion."""
    subjects = {criterion.code}
    for indicator in criterion.indicators:
        subjects.update(item.code for item in indicator.item.with_nested())
        subjects.update(indicator.item.formula.quantities())
    return [one for one in found_shortcomings(facts) if _subject(facts, one) in subjects]


def found_in_row(facts: ReportFacts, row: int) -> list[Shortcoming]:
    """The shortcomings of one rated row, in the edition's order."""
    return [one for one in facts.assessment.shortcomings if one.found[row]]


def _subject(facts: ReportFacts, shortcoming: Shortcoming) -> str:
    """What a shortcoming is about: its rule's subject, or the checklist its cell belongs to."""
    rule = next((rule for rule in facts.edition.findings if rule.code == shortcoming.code), None)
    return rule.subject if rule is not None else shortcoming.code.partition(".")[0]
