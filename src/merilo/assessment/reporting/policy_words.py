"""The policies in force, each a question and the rule that answers it, and who chose the rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

from merilo.assessment.methodology.policies import PerCode, Policies
from merilo.assessment.reporting.facts import ReportFacts
from merilo.assessment.rounding import Rounding, RoundingStage

E = TypeVar("E", bound=Enum)


@dataclass(frozen=True, slots=True)
class PolicyLine:
    """One rule: what it decides, how, and whether this assessment departs from its methodology."""

    question: str
    rule: str
    departs: bool


def policy_lines(facts: ReportFacts) -> Iterator[PolicyLine]:
    """Every policy in force, none left out."""
    used, own = facts.policies, facts.edition.policies
    yield _per_code(facts, "EMPTY-GROUP", used.empty_group, own.empty_group)
    yield _per_code(facts, "EMPTY-PART", used.empty_part, own.empty_part)
    yield _per_code(facts, "NO-DATA", used.no_data, own.no_data)
    yield _per_code(facts, "DENOMINATOR", used.denominator, own.denominator)
    for name, now, then in _plain_rules(used, own):
        yield PolicyLine(facts.say(f"REPORT-ASK-{name}"), facts.word(name, now), now is not then)
    departs = used.rounding != own.rounding
    yield PolicyLine(facts.say("REPORT-ASK-ROUNDING"), rounding_in_words(used.rounding, facts), departs)


def _plain_rules(used: Policies, own: Policies) -> Iterator[tuple[str, Enum, Enum]]:
    yield "BASES", used.bases, own.bases
    yield "FORMS", used.forms, own.forms
    yield "TIES", used.ties, own.ties
    yield "RANK-ON", used.rank_on, own.rank_on


def _per_code(facts: ReportFacts, name: str, used: PerCode[E], own: PerCode[E]) -> PolicyLine:
    rule = facts.word(name, used.default)
    for code, exception in used.exceptions.items():
        rule += " " + facts.say("REPORT-EXCEPTION", name=_name_of(facts, code), rule=facts.word(name, exception))
    departs = used.default is not own.default or dict(used.exceptions) != dict(own.exceptions)
    return PolicyLine(facts.say(f"REPORT-ASK-{name}"), rule, departs)


def _name_of(facts: ReportFacts, code: str) -> str:
    """An indicator, sub-item or quantity as readers know it: by its number, else by its name."""
    item = facts.edition.items.get(code)
    if item is not None:
        return item.label or facts.quoted(item.name)
    quantity = facts.edition.quantities.get(code)
    return facts.quoted(quantity.name if quantity else code)


def rounding_in_words(rounding: Rounding, facts: ReportFacts) -> str:
    """What is rounded when, how many digits are printed, and what happens to a half."""
    stage = facts.word("STAGE", rounding.stage)
    if rounding.stage is not RoundingStage.NONE:
        stage += " " + facts.say("REPORT-STAGE-DIGITS", digits=rounding.digits)
    printed = facts.say("REPORT-PRINTED-DIGITS", digits=rounding.printed)
    return " ".join((stage, printed, facts.word("MODE", rounding.mode)))
