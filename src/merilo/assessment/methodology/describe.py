"""An edition in words: what `merilo methodology show` prints."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import TypeVar

from merilo.assessment.methodology.arithmetic import arithmetic
from merilo.assessment.methodology.edition import (
    Edition,
    Indicator,
    OverallValue,
    SampleRule,
    Standing,
    Weight,
    WeightScheme,
)
from merilo.assessment.methodology.formulas.formula import Item
from merilo.assessment.methodology.policies import PerCode, Policies
from merilo.assessment.wording import Wording

E = TypeVar("E", bound=Enum)


@dataclass(frozen=True, slots=True)
class DescribedLine:
    """One line of a description and how deep it stands."""

    depth: int
    text: str


def describe(edition: Edition, words: Wording) -> Iterator[DescribedLine]:
    """The whole edition, from its title to its policies."""
    title = edition.title if words.language == "ru" else edition.title_en
    yield DescribedLine(0, f"{edition.code} {edition.version}: {title}")
    yield DescribedLine(0, words.say("METHODOLOGY-STANDING", standing=_standing(edition.standing, words)))
    if edition.valid_from or edition.valid_to:
        yield DescribedLine(0, validity(edition, words))
    yield from _section(words, "METHODOLOGY-BASIS", _basis(edition, words))
    yield from _section(words, "METHODOLOGY-NOTES", iter(edition.notes))
    yield DescribedLine(0, words.say("METHODOLOGY-CRITERIA"))
    for criterion in edition.criteria:
        yield DescribedLine(1, f"{criterion.label} {criterion.name} [{criterion.code}]".strip())
        for indicator in criterion.indicators:
            yield from _indicator(indicator, words)
    schemes = (_scheme(scheme, words) for scheme in edition.schemes)
    yield from _section(words, "METHODOLOGY-WEIGHTS", schemes if edition.overall is not OverallValue.NONE else iter(()))
    yield from _section(words, "METHODOLOGY-SAMPLING", (_sample_rule(rule, words) for rule in edition.sampling))
    yield from _section(words, "METHODOLOGY-POLICIES", policy_lines(edition.policies))


def validity(edition: Edition, words: Wording) -> str:
    """From when to when an edition is valid, as far as either day is known; empty where neither is."""
    days = {"start": edition.valid_from, "end": edition.valid_to}
    known = {name: _day(day, words) for name, day in days.items() if day is not None}
    code = {
        ("start", "end"): "METHODOLOGY-VALID",
        ("start",): "METHODOLOGY-VALID-FROM",
        ("end",): "METHODOLOGY-VALID-TO",
    }
    return words.say(code[tuple(known)], **known) if known else ""


def _day(day: date, words: Wording) -> str:
    return f"{day:%d.%m.%Y}" if words.language == "ru" else day.isoformat()


def _section(words: Wording, code: str, lines: Iterator[str]) -> Iterator[DescribedLine]:
    found = list(lines)
    if found:
        yield DescribedLine(0, words.say(code))
        yield from (DescribedLine(1, line) for line in found)


def _standing(standing: Standing, words: Wording) -> str:
    return words.say(f"STANDING-{standing.name}")


def _basis(edition: Edition, words: Wording) -> Iterator[str]:
    for basis in edition.legal_basis:
        clause = f", {basis.clause}" if basis.clause else ""
        yield f"{basis.act}{clause} ({_standing(basis.standing, words)})"


def _indicator(indicator: Indicator, words: Wording) -> Iterator[DescribedLine]:
    named = f"{indicator.item.label} {indicator.item.name} [{indicator.code}]".strip()
    yield DescribedLine(2, named)
    yield DescribedLine(3, words.say("METHODOLOGY-WEIGHT", weight=_weight(indicator.weight, words)))
    yield DescribedLine(3, f"{indicator.clause} ({_standing(indicator.standing, words)})")
    yield DescribedLine(3, _formula(indicator.item, words))
    for item in indicator.item.formula.items():
        yield DescribedLine(4, f"{item.label} {item.name} [{item.code}]: {_formula(item, words)}".strip())


def _formula(item: Item, words: Wording) -> str:
    conditions = [f"{category}: {'/'.join(values)}" for category, values in item.applies.only]
    conditions += [f"{category} ≠ {'/'.join(values)}" for category, values in item.applies.never]
    applies = f"; {'; '.join(conditions)}" if conditions else ""
    return words.say("METHODOLOGY-FORMULA", formula=arithmetic(item.formula, words), applies=applies)


def _weight(weight: Weight, words: Wording) -> str:
    if weight.category:
        return "; ".join(f"{value} – {words.exact(share)}" for value, share in weight.cases)
    return words.exact(weight.default or Fraction(0))


def _scheme(scheme: WeightScheme, words: Wording) -> str:
    weights = "; ".join(f"{code}: {_weight(weight, words)}" for code, weight in scheme.weights)
    named = f"{scheme.code}: {scheme.name}" if scheme.name else scheme.code
    return " – ".join(part for part in (f"{named} ({_standing(scheme.standing, words)})", weights) if part)


def _sample_rule(rule: SampleRule, words: Wording) -> str:
    return f"{rule.code}: {rule.name} – {rule.clause} ({_standing(rule.standing, words)})"


def policy_lines(policies: Policies) -> Iterator[str]:
    """Every policy as `name: value`, exceptions beside it."""
    yield _per_code("empty_group", policies.empty_group)
    yield _per_code("empty_part", policies.empty_part)
    yield _per_code("denominator", policies.denominator)
    yield _per_code("no_data", policies.no_data)
    yield f"bases: {policies.bases.value}"
    yield f"forms: {policies.forms.value}"
    yield f"ties: {policies.ties.value}"
    yield f"rank_on: {policies.rank_on.value}"
    rounding = policies.rounding
    yield (
        f"rounding: stage {rounding.stage.value}, digits {rounding.digits}, mode {rounding.mode.value}, "
        f"printed {rounding.printed}"
    )


def _per_code(name: str, rule: PerCode[E]) -> str:
    exceptions = "".join(f"; {code}: {one.value}" for code, one in sorted(rule.exceptions.items()))
    return f"{name}: {rule.default.value}{exceptions}"
