"""A score as the working a person can follow: formula, numbers, inputs, down to the quantities it came from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from merilo.assessment.methodology.edition import CriterionValue, Edition, OverallValue
from merilo.assessment.methodology.formulas.working import Observed, Status, Working
from merilo.assessment.rounding import RoundingMode, round_exact
from merilo.assessment.scoring.rules import Rules
from merilo.assessment.scoring.score import CriterionScore, IndicatorScore, UnitScore
from merilo.assessment.wording import Wording

SHORT = 4


@dataclass(frozen=True, slots=True)
class ExplainedLine:
    """One line of an explanation: how deep it stands, its text, and the quantity or item whose rows stand behind it."""

    depth: int
    text: str
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Explainer:
    """Writes out the working of one unit's score in the user's language."""

    rules: Rules
    wording: Wording

    @property
    def _edition(self) -> Edition:
        return self.rules.edition

    def unit(self, score: UnitScore) -> Iterator[ExplainedLine]:
        """The overall score and everything under it."""
        if self._edition.overall is OverallValue.NONE:
            yield ExplainedLine(0, self.wording.say("EXPLAIN-NO-OVERALL"))
        else:
            yield ExplainedLine(0, self._headline("EXPLAIN-OVERALL", score.value, score.status))
            if score.value is not None:
                yield ExplainedLine(1, f"= {self._overall_sum(score)}")
            if self._edition.overall is OverallValue.WEIGHTED_MEAN:
                scheme = self.rules.scheme
                named = f"{scheme.name} [{scheme.code}]" if scheme.name else scheme.code
                yield ExplainedLine(1, self.wording.say("EXPLAIN-SCHEME", scheme=named))
        for criterion in score.criteria:
            yield from self.criterion(criterion)

    def indicator(self, part: IndicatorScore, depth: int = 0) -> Iterator[ExplainedLine]:
        """One indicator and everything under it."""
        indicator = next(one for one in self._edition.indicators if one.code == part.code)
        name = f"{indicator.item.label} {indicator.item.name}".strip()
        yield ExplainedLine(depth, f"{name} [{part.code}]")
        headline = self._result(part.working)
        yield ExplainedLine(depth + 1, self.wording.say("EXPLAIN-CLAUSE", clause=indicator.clause))
        yield ExplainedLine(depth + 1, headline)
        if part.policy:
            counted = self.wording.say("NOT-COUNTED") if part.value is None else self._number(part.value)
            yield ExplainedLine(depth + 1, self.wording.say("EXPLAIN-POLICY", policy=part.policy, counted=counted))
        yield from self._working(part.working, depth + 1, part.code)

    def item(self, code: str, working: Working) -> Iterator[ExplainedLine]:
        """One sub-item, the indicator it belongs to, and everything under it."""
        item = self._edition.items[code]
        yield ExplainedLine(0, f"{item.label} {item.name} [{code}]".strip())
        owner = next(one for one in self._edition.indicators if item in one.item.with_nested())
        named = f"{owner.item.label} {owner.item.name} [{owner.code}]".strip()
        yield ExplainedLine(1, self.wording.say("EXPLAIN-PART-OF", indicator=named))
        yield ExplainedLine(1, self.wording.say("EXPLAIN-CLAUSE", clause=owner.clause))
        yield ExplainedLine(1, self._result(working))
        yield from self._working(working, 1, code)

    def mean_of_forms(
        self, printed: Decimal | None, status: Status, values: Sequence[Fraction | None]
    ) -> Iterator[ExplainedLine]:
        """A value of an organisation over its forms of service: as rated, and what it is the mean of."""
        counted = [value for value in values if value is not None]
        if printed is None or not counted:
            reason = self.wording.say(f"STATUS-{status.name}")
            yield ExplainedLine(0, self.wording.say("EXPLAIN-MEAN-OF-FORMS-NONE", count=len(values), status=reason))
            return
        said = self.wording.say("EXPLAIN-MEAN-OF-FORMS", count=len(values), printed=printed)
        yield ExplainedLine(0, said)
        yield ExplainedLine(1, f"= ({' + '.join(map(self._number, counted))}) / {len(counted)}")

    def _headline(self, code: str, value: Fraction | None, status: Status) -> str:
        if value is None:
            return self.wording.say(f"{code}-NONE", status=self.wording.say(f"STATUS-{status.name}"))
        rounding = self.rules.policies.rounding
        printed = round_exact(value, rounding.printed, rounding.mode)
        return self.wording.say(code, printed=printed, exact=self._number(value))

    def _overall_sum(self, score: UnitScore) -> str:
        scored = [one for one in score.criteria if one.value is not None]
        if self._edition.overall is OverallValue.SHARE_OF_ATTAINABLE:
            points = " + ".join(self._number(one.value) for one in scored)
            highs = " + ".join(self._number(one.high) for one in scored)
            return f"{self._number(self._edition.high)} × ({points}) / ({highs})"
        return self._weighted([(one.weight, one.value) for one in scored if one.weight])

    def _weighted(self, parts: Sequence[tuple[Fraction, Fraction | None]]) -> str:
        terms = " + ".join(f"{self._number(weight)} × {self._number(value)}" for weight, value in parts)
        total = sum((weight for weight, _ in parts), Fraction(0))
        return terms if total == 1 else f"({terms}) / {self._number(total)}"

    def criterion(self, criterion: CriterionScore) -> Iterator[ExplainedLine]:
        """One criterion and everything under it."""
        named = next(one for one in self._edition.criteria if one.code == criterion.code)
        yield ExplainedLine(0, f"{named.label} {named.name} [{criterion.code}]".strip())
        yield ExplainedLine(1, self._headline("EXPLAIN-CRITERION", criterion.value, criterion.status))
        counted = [(part.weight, part.value) for part in criterion.parts if part.value is not None]
        if counted and named.value is CriterionValue.SUM:
            yield ExplainedLine(1, "= " + " + ".join(self._number(value) for _, value in counted))
        elif counted:
            yield ExplainedLine(1, f"= {self._weighted(counted)}")
        for part in criterion.parts:
            yield from self.indicator(part, 1)

    def _result(self, working: Working) -> str:
        if working.value is None:
            return self.wording.say("EXPLAIN-VALUE-NONE", status=self.wording.say(f"STATUS-{working.status.name}"))
        return self.wording.say("EXPLAIN-VALUE", value=self._number(working.value))

    def _working(self, working: Working, depth: int, code: str) -> Iterator[ExplainedLine]:
        """How a value came about, then its inputs, then its parts."""
        if working.kind == "given":
            yield ExplainedLine(depth, self.wording.say("EXPLAIN-GIVEN"), code)
            return
        if working.value is not None:
            yield ExplainedLine(depth, f"= {self._arithmetic(working)}")
        for observed in working.inputs:
            yield ExplainedLine(depth + 1, self._input(observed), observed.quantity)
        for part_code, part in working.parts:
            if part_code:
                item = self._edition.items[part_code]
                name = f"{item.label} {item.name} [{part_code}]".strip()
                yield ExplainedLine(depth + 1, f"{name}: {self._result(part)}")
                yield from self._working(part, depth + 2, part_code)
            else:
                yield from self._working(part, depth + 1, code)

    def _arithmetic(self, working: Working) -> str:
        number, factors = self._number, [self._number(factor) for factor in working.factors]
        first = working.inputs[0] if working.inputs else None
        values = [part.value for _, part in working.parts if part.value is not None]
        count, base = (number(first.count), number(first.base)) if first else ("", "")
        match working.kind:
            case "ratio" | "rate_per_100":
                return f"{factors[0]} × {count} / {base}"
            case "mean":
                return f"{count} / {base}"
            case "mean_of_maximum":
                return f"{factors[0]} × {count} / ({base} × {factors[1]})"
            case "count_capped":
                return f"min({factors[0]} × {count}; {factors[1]})"
            case "choice":
                return self.wording.say("EXPLAIN-CHOICE", value=count, options="; ".join(factors))
            case "bands":
                return self.wording.say("EXPLAIN-BANDS", inner=number(values[0]), edges="; ".join(factors))
            case "steps":
                norm = number(working.inputs[1].count)
                return self.wording.say("EXPLAIN-STEPS", average=factors[0], norm=norm)
            case "mean_of":
                return f"({' + '.join(number(value) for value in values)}) / {len(values)}"
            case "sum_of":
                return " + ".join(number(value) for value in values)
            case "normalise":
                worst, best, scale = factors
                return f"({number(values[0])} − {worst}) / ({best} − {worst}) × {scale}"
            case "mean_of_ratios":
                return self._mean_of_ratios(working, factors)
            case _:
                return number(working.value)

    def _mean_of_ratios(self, working: Working, factors: list[str]) -> str:
        number = self._number
        if len(factors) == 2:
            counts = " + ".join(number(one.count) for one in working.inputs[:-1] if one.count is not None)
            return f"100 × ({counts}) / ({factors[0]} × {factors[1]})"
        shares = [f"{number(one.count)}/{number(one.base)}" for one in working.inputs if one.status is Status.SCORED]
        return f"100 × ({' + '.join(shares)}) / {factors[0]}"

    def _input(self, observed: Observed) -> str:
        quantity = self._edition.quantities[observed.quantity]
        name = f"{quantity.name} [{quantity.code}]"
        if observed.state:
            state = self._edition.state(observed.state)
            return f"{name}: «{state.name if state else observed.state}»"
        if observed.count is None:
            return f"{name}: {self.wording.say(f'STATUS-{observed.status.name}')}"
        if observed.base is None:
            return f"{name}: {self._number(observed.count)}"
        return self.wording.say(
            "EXPLAIN-OF", name=name, count=self._number(observed.count), base=self._number(observed.base)
        )

    def _number(self, value: Fraction | None) -> str:
        """A short decimal where it is exact; else four decimals with the exact fraction beside them."""
        if value is None:
            return "–"
        short = round_exact(value, SHORT, RoundingMode.HALF_UP)
        if Fraction(short) == value:
            return self.wording.number(short.normalize() if short else Decimal(0))
        return f"{self.wording.number(short)} ({value.numerator}/{value.denominator})"
