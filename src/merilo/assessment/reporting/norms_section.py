"""Norms: how many organisations meet each, who does not, and what could not be checked."""

from __future__ import annotations

from collections.abc import Iterator

from merilo.assessment.methodology.edition import Indicator, Norm
from merilo.assessment.rating.grades import NormCheck
from merilo.assessment.reporting.document import Block, Bullets, Heading, Paragraph
from merilo.assessment.reporting.facts import ReportFacts
from merilo.assessment.wording import NO_BREAK


def norms_section(facts: ReportFacts) -> Iterator[Block]:
    """Every norm of the edition; nothing where it has none."""
    if not facts.edition.norms:
        return
    yield Heading(1, facts.say("REPORT-NORMS"), "norms")
    checked = {check.norm.code: check for check in facts.assessment.norms}
    for norm in facts.edition.norms:
        yield Heading(2, norm.name, f"norm-{norm.code}")
        yield Paragraph(_demand(facts, norm))
        yield from _check(facts, checked[norm.code])


def _demand(facts: ReportFacts, norm: Norm) -> str:
    comparison = facts.word("DEMAND", norm.comparison)
    bound = " ".join(part for part in (facts.numbers.constant(norm.bound), norm.unit) if part)
    return facts.say(
        "REPORT-NORM-DEMAND",
        comparison=comparison,
        bound=bound,
        clause=norm.clause,
        standing=facts.word("STANDING", norm.standing),
    )


def _check(facts: ReportFacts, check: NormCheck) -> Iterator[Block]:
    known = len(check.met) + len(check.not_met)
    if not known:
        yield Paragraph(facts.say("REPORT-NORM-UNKNOWN"))
        return
    sentences = [facts.say("REPORT-NORM-MET", met=facts.of_organisations(len(check.met), known))]
    if check.unknown:
        sentences.append(facts.say("REPORT-NORM-NO-VALUE", organisations=facts.organisations(len(check.unknown))))
    outside = len(facts.names) - known - len(check.unknown)
    if outside:
        sentences.append(facts.say("REPORT-NORM-OUTSIDE", organisations=facts.organisations(outside)))
    if not check.not_met:
        yield Paragraph(" ".join(sentences))
        return
    sentences.append(facts.say("REPORT-NORM-NOT-MET", organisations=facts.organisations(len(check.not_met))))
    yield Paragraph(" ".join(sentences))
    yield Bullets(tuple(_failing(facts, check.norm, row) for row in check.not_met))


def _indicators(facts: ReportFacts, subject: str) -> list[Indicator]:
    """The indicators behind a norm's subject: those of a criterion, or the one it is or is a part of."""
    criterion = facts.criterion(subject)
    if criterion is not None:
        return list(criterion.indicators)
    return [one for one in facts.edition.indicators if subject in {item.code for item in one.item.with_nested()}]


def _failing(facts: ReportFacts, norm: Norm, row: int) -> str:
    """The organisation and the value it fell short with, and how many answers that rests on."""
    value = facts.printed(norm.subject, row)
    if value == "–":
        return facts.names[row]
    asked = facts.asked(_indicators(facts, norm.subject), row)
    sign = f"{NO_BREAK}%" if norm.unit == "%" else ""
    behind = f" (n{NO_BREAK}={NO_BREAK}{facts.numbers.count(asked)})" if asked is not None else ""
    return f"{facts.names[row]} – {value}{sign}{behind}"
