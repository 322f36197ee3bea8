"""What an edition must satisfy beyond its form: every reference resolves, weights add up, values fit the scale."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product

from merilo.assessment.errors import Problem, problem
from merilo.assessment.located import Lines
from merilo.assessment.methodology.edition import CriterionValue, Edition, OverallValue, SchemeKind
from merilo.assessment.methodology.formulas.bands import Bands
from merilo.assessment.methodology.formulas.by_category import ByCategory
from merilo.assessment.methodology.formulas.formula import Formula
from merilo.assessment.methodology.formulas.normalise import Normalise
from merilo.assessment.methodology.policies import EmptyGroup, PerCode, Policies
from merilo.assessment.methodology.quantity import QuantityKind


def check_edition(edition: Edition, lines: Lines) -> list[Problem]:
    """Every problem of an edition, each at the line that is wrong."""
    checks = (_references, _codes, _categories, _weights, _scale, _quantities, _policies, _dates)
    return [found for check in checks for found in check(edition, lines)]


def _references(edition: Edition, lines: Lines) -> Iterator[Problem]:
    known = set(edition.quantities)
    for code, item in edition.items.items():
        for quantity in item.formula.quantities():
            if quantity and quantity not in known:
                yield problem("EDITION-10", lines.of(code), item=code, quantity=quantity)
    criteria = {criterion.code for criterion in edition.criteria}
    subjects = known | set(edition.items) | criteria | {"overall"}
    for section, code, subject in [
        *(("norms", norm.code, norm.subject) for norm in edition.norms),
        *(("findings", rule.code, rule.subject.partition(":")[0].split(".")[0]) for rule in edition.findings),
    ]:
        if subject not in subjects:
            yield problem("EDITION-11", lines.of(code), section=section, code=code, subject=subject)
    for scheme in edition.schemes:
        for code, _ in scheme.weights:
            if code not in criteria:
                yield problem("EDITION-12", lines.of(scheme.code), scheme=scheme.code, criterion=code)
        for code, quantity in scheme.quantities:
            if code not in criteria or quantity not in known:
                yield problem("EDITION-12", lines.of(scheme.code), scheme=scheme.code, criterion=code)


def _codes(edition: Edition, lines: Lines) -> Iterator[Problem]:
    seen: set[str] = set(edition.quantities)
    every = [item.code for indicator in edition.indicators for item in indicator.item.with_nested()]
    every += [criterion.code for criterion in edition.criteria]
    for code in every:
        if code in seen:
            yield problem("EDITION-06", lines.of(code), code=code)
        seen.add(code)


def _categories(edition: Edition, lines: Lines) -> Iterator[Problem]:
    known = {category.code: {value.code for value in category.values} for category in edition.categories}
    apart = [category.code for category in edition.categories if category.splits]
    if len(apart) > 1:
        yield problem("EDITION-13", lines.of("categories"), categories=", ".join(apart))
    conditions = [
        (item.code, category, value)
        for item in edition.items.values()
        for category, values in (*item.applies.only, *item.applies.never)
        for value in values
    ]
    conditions += [
        (indicator.code, indicator.weight.category, value)
        for indicator in edition.indicators
        for value, _ in indicator.weight.cases
    ]
    conditions += [
        (scheme.code, weight.category, value)
        for scheme in edition.schemes
        for _, weight in scheme.weights
        for value, _ in weight.cases
    ]
    conditions += [
        (item.code, formula.category, value)
        for item in edition.items.values()
        for formula in _by_category(item.formula)
        for value, _ in formula.cases
    ]
    conditions += [
        (rule.code, category, value)
        for rule in edition.sampling
        for category, values in (*rule.applies.only, *rule.applies.never)
        for value in values
    ]
    for code, category, value in conditions:
        if category not in known or (known[category] and value not in known[category]):
            yield problem("EDITION-14", lines.of(code), code=code, category=category, value=value)
    for category in edition.ranking_within:
        if category not in known:
            yield problem("EDITION-27", lines.of("ranking_within"), category=category, known=", ".join(known) or "–")


def _by_category(formula: Formula) -> Iterator[ByCategory]:
    """The choices by category inside a formula, those of named sub-items left out: each is asked by itself."""
    match formula:
        case ByCategory():
            yield formula
            for _, inner in formula.cases:
                yield from _by_category(inner)
        case Bands() | Normalise():
            yield from _by_category(formula.of)
        case _:
            pass


def _combinations(edition: Edition) -> Iterator[dict[str, str]]:
    """Every combination of category values that weights may depend on."""
    names = [category.code for category in edition.categories if category.values]
    values = [[value.code for value in category.values] for category in edition.categories if category.values]
    for combination in product(*values):
        yield dict(zip(names, combination, strict=True))


def _weights(edition: Edition, lines: Lines) -> Iterator[Problem]:
    """Indicator weights of a criterion add up to 1 where they are not plainly equal; so do fixed criterion weights."""
    for criterion in edition.criteria:
        if criterion.value is CriterionValue.SUM:
            continue
        if all(indicator.weight.default == 1 and not indicator.weight.cases for indicator in criterion.indicators):
            continue
        for attributes in _combinations(edition):
            applying = [one for one in criterion.indicators if one.item.applies.holds(attributes)]
            total = sum((one.weight.of(attributes) for one in applying), Fraction(0))
            if applying and total != 1:
                named = ", ".join(f"{key}={value}" for key, value in attributes.items())
                yield problem(
                    "EDITION-15",
                    lines.of(criterion.code),
                    criterion=criterion.code,
                    total=float(total),
                    case=named or "–",
                )
                break  # one wrong weight would be told for every form of service
    if edition.overall is not OverallValue.WEIGHTED_MEAN:
        return
    for scheme in edition.schemes:
        if scheme.kind is not SchemeKind.FIXED:
            continue
        for attributes in _combinations(edition):
            total = sum((weight.of(attributes) for _, weight in scheme.weights), Fraction(0))
            if total != 1:
                named = ", ".join(f"{key}={value}" for key, value in attributes.items())
                yield problem(
                    "EDITION-16", lines.of(scheme.code), scheme=scheme.code, total=float(total), case=named or "–"
                )
                break


def _scale(edition: Edition, lines: Lines) -> Iterator[Problem]:
    """Indicators of a weighted mean must reach to the edition's scale and no further."""
    for criterion in edition.criteria:
        if criterion.value is not CriterionValue.WEIGHTED_MEAN or edition.overall is OverallValue.NONE:
            continue
        for indicator in criterion.indicators:
            if indicator.item.formula.high() != edition.high:
                yield problem(
                    "EDITION-17",
                    lines.of(indicator.code),
                    indicator=indicator.code,
                    reaches=float(indicator.item.formula.high()),
                    scale=float(edition.high),
                )
    if edition.low != 0 or edition.high <= 0:
        yield problem("EDITION-18", lines.of("scale"), low=float(edition.low), high=float(edition.high))


def _quantities(edition: Edition, lines: Lines) -> Iterator[Problem]:
    states = {state.code for state in edition.states}
    for quantity in edition.quantities.values():
        for state in quantity.states:
            if state not in states:
                yield problem("EDITION-19", lines.of(quantity.code), quantity=quantity.code, state=state)
        if quantity.kind is QuantityKind.CHOICE and not quantity.options and not quantity.question:
            yield problem("EDITION-20", lines.of(quantity.code), quantity=quantity.code)


def _policies(edition: Edition, lines: Lines) -> Iterator[Problem]:
    for policy, code in unknown_exceptions(edition.policies, edition):
        yield problem("EDITION-26", lines.of("policies"), policy=policy, code=code)


def unknown_exceptions(policies: Policies, edition: Edition) -> Iterator[tuple[str, str]]:
    """Policy and code of every exception made for what the edition does not have."""
    known = {*edition.items, *edition.quantities}
    for policy in ("empty_group", "empty_part", "denominator", "no_data"):
        rule: PerCode[EmptyGroup] = getattr(policies, policy)
        for code in rule.exceptions:
            if code not in known:
                yield policy, code


def _dates(edition: Edition, lines: Lines) -> Iterator[Problem]:
    if edition.valid_from and edition.valid_to and edition.valid_to < edition.valid_from:
        yield problem("EDITION-21", lines.of("valid_to"), first=edition.valid_from, last=edition.valid_to)
