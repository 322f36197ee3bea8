"""The sample plan: how many to ask in every stratum, by a named rule or from a budget, with quotas and a reserve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from merilo.assessment.errors import Place, Problem, problem, warning
from merilo.assessment.methodology.edition import SampleRule
from merilo.assessment.methodology.size_rule import LEVEL, SizeKind, SizeScope, coefficient
from merilo.assessment.sampling.allocation import Allocation, allocate, allocation_weights
from merilo.assessment.sampling.frame import Stratum
from merilo.assessment.sampling.quotas import divide
from merilo.assessment.sampling.size import error_of_share, required_size, rounded_up


@dataclass(frozen=True, slots=True)
class PlanChoices:
    """What decides a plan.

    `rules`: the first that applies to a stratum gives its size. With a `budget` the sizes come from it instead, by
    `allocation` (`power` is the exponent of the power allocation), `forms` first dividing it among forms of service.
    `least` respondents a stratum at any rate; `channels` and `forms` are names with shares that add up to 1; `reserve`
    is the share of a size drawn besides. `place` is where they were written, for problems.
    """

    rules: tuple[SampleRule, ...]
    place: Place
    least: int = 0
    budget: int | None = None
    allocation: Allocation = Allocation.PROPORTIONAL
    power: Fraction = Fraction(1, 2)
    channels: tuple[tuple[str, Fraction], ...] = ()
    forms: tuple[tuple[str, Fraction], ...] = ()
    reserve: Fraction = Fraction(0)

    def rule_of(self, stratum: Stratum) -> SampleRule | None:
        """The rule for a stratum."""
        return next((rule for rule in self.rules if rule.applies.holds(stratum.attributes)), None)


@dataclass(frozen=True, slots=True)
class PlannedStratum:
    """One line of a plan: what the rule demands (None without a rule), the size, the error of a share that it leaves
    (0…1, at the rule's share and coefficient, else at one half and 95 %), the quotas in the order of the channels."""

    stratum: Stratum
    rule: SampleRule | None
    required: int | None
    size: int
    error: float | None
    reserve: int
    quotas: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SamplePlan:
    """A whole plan, in the order of the register."""

    choices: PlanChoices
    rows: tuple[PlannedStratum, ...]

    @property
    def size(self) -> int:
        """All interviews."""
        return sum(row.size for row in self.rows)


def plan_sample(strata: Sequence[Stratum], choices: PlanChoices, problems: list[Problem]) -> SamplePlan | None:
    """A plan; None, with every reason in `problems`, where there can be none."""
    before = len(problems)
    required = _required(strata, choices)
    if choices.budget is None:
        for stratum, size in zip(strata, required, strict=True):
            if size is None:
                key, form = stratum.organisation, stratum.form or "–"
                problems.append(problem("SAMPLE-10", choices.place, organisation=key, form=form))
        sizes = [max(size or 0, min(choices.least, one.population)) for one, size in zip(strata, required, strict=True)]
    else:
        sizes = _from_budget(strata, choices, choices.budget, problems) or [0] * len(strata)
    if len(problems) > before:
        return None
    short = [index for index, size in enumerate(required) if size is not None and sizes[index] < size]
    if short:
        lacking = sum((required[index] or 0) - sizes[index] for index in short)
        problems.append(warning("SAMPLE-11", choices.place, strata=len(short), lacking=lacking))
    quotas = divide(sizes, [share for _, share in choices.channels]) if choices.channels else [()] * len(strata)
    rows = [
        PlannedStratum(
            stratum, choices.rule_of(stratum), required[index], size, _error(stratum, size, choices),
            min(rounded_up(size * choices.reserve), stratum.population - size), quotas[index],
        )
        for index, (stratum, size) in enumerate(zip(strata, sizes, strict=True))
    ]  # fmt: skip
    return SamplePlan(choices, tuple(rows))


def _required(strata: Sequence[Stratum], choices: PlanChoices) -> list[int | None]:
    """What the rule of each stratum demands; a size for a whole organisation is shared by its forms in proportion."""
    required: list[int | None] = [None] * len(strata)
    shared: dict[tuple[str, SampleRule], list[int]] = {}
    for row, stratum in enumerate(strata):
        rule = choices.rule_of(stratum)
        if rule is not None and rule.size.scope is SizeScope.ORGANISATION:
            shared.setdefault((stratum.organisation, rule), []).append(row)
        elif rule is not None:
            required[row] = required_size(stratum.population, rule.size)
    for (_, rule), rows in shared.items():
        people = [strata[row].population for row in rows]
        # People who use two forms are counted once, where their number is known.
        whole = strata[rows[0]].whole
        size = required_size(sum(people) if whole is None else min(whole, sum(people)), rule.size)
        parts = allocate(size, [Fraction(number) for number in people], [0] * len(rows), people)
        for row, part in zip(rows, parts, strict=True):
            required[row] = part
    return required


def _error(stratum: Stratum, size: int, choices: PlanChoices) -> float | None:
    rule = choices.rule_of(stratum)
    share, t = Fraction(1, 2), coefficient(LEVEL)
    if rule is not None:
        t = rule.size.t
        share = rule.size.share if rule.size.kind is SizeKind.FINITE_POPULATION else share
    return error_of_share(size, stratum.population, share=share, t=t)


def _from_budget(
    strata: Sequence[Stratum], choices: PlanChoices, budget: int, problems: list[Problem]
) -> list[int] | None:
    """The sizes a budget gives, form by form where the forms have their shares."""
    unknown = [one for one in strata if choices.allocation.needs_deviations and one.deviation is None]
    for one in unknown:
        problems.append(problem("SAMPLE-12", choices.place, organisation=one.organisation, form=one.form or "–"))
    least = [min(choices.least, one.population) for one in strata]
    most = [one.population for one in strata]
    parts = _form_parts(strata, choices, budget, problems)
    if unknown or parts is None:
        return None
    weights = allocation_weights(strata, choices.allocation, choices.power)
    sizes = [0] * len(strata)
    for form, part, rows in parts:
        low, high = sum(least[row] for row in rows), sum(most[row] for row in rows)
        if not low <= part <= high:
            named = form or "–"
            problems.append(problem("SAMPLE-13", choices.place, form=named, budget=part, least=low, most=high))
            continue
        shares = allocate(
            part, [weights[row] for row in rows], [least[row] for row in rows], [most[row] for row in rows]
        )
        for row, share in zip(rows, shares, strict=True):
            sizes[row] = share
    return sizes


def _form_parts(
    strata: Sequence[Stratum], choices: PlanChoices, budget: int, problems: list[Problem]
) -> list[tuple[str, int, list[int]]] | None:
    """Form, its part of the budget, its strata; one part of all where forms have no shares of their own."""
    if not choices.forms:
        return [("", budget, list(range(len(strata))))]
    names, shares = [name for name, _ in choices.forms], [share for _, share in choices.forms]
    missing = dict.fromkeys(one.form for one in strata if one.form not in names)
    for form in missing:
        problems.append(problem("SAMPLE-14", choices.place, form=form or "–", known=", ".join(names)))
    parts = allocate(budget, shares, [0] * len(names), [budget] * len(names))
    rows = [[row for row, one in enumerate(strata) if one.form == name] for name in names]
    return None if missing else list(zip(names, parts, rows, strict=True))
