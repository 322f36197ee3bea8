"""Formulas in words: how an indicator's value comes about, in one phrase with its constants."""

from __future__ import annotations

from fractions import Fraction

from merilo.assessment.methodology.formulas.bands import Band, Bands
from merilo.assessment.methodology.formulas.by_category import ByCategory
from merilo.assessment.methodology.formulas.choice import Choice
from merilo.assessment.methodology.formulas.count_capped import CountCapped
from merilo.assessment.methodology.formulas.formula import Applicability, Formula, Item
from merilo.assessment.methodology.formulas.mean import Mean
from merilo.assessment.methodology.formulas.mean_of import MeanOf
from merilo.assessment.methodology.formulas.mean_of_maximum import MeanOfMaximum
from merilo.assessment.methodology.formulas.mean_of_ratios import MeanOfRatios
from merilo.assessment.methodology.formulas.normalise import Normalise
from merilo.assessment.methodology.formulas.rate_per_100 import RatePer100
from merilo.assessment.methodology.formulas.ratio import Ratio
from merilo.assessment.methodology.formulas.steps import Steps
from merilo.assessment.methodology.formulas.sum_of import SumOf
from merilo.assessment.methodology.policies import Bases
from merilo.assessment.reporting.facts import ReportFacts, category_value_name


def labelled_parts(item: Item) -> tuple[Item, ...]:
    """The sub-items that an act numbers itself; those without a number of their own are told within the formula."""
    return tuple(part for part in item.formula.items() if part.label and part.label != item.label)


def item_in_words(item: Item, facts: ReportFacts) -> str:
    """How an item's value comes about, and whom it is for."""
    return _Teller(facts).formula(item.formula, item.label) + applicability_in_words(item.applies, facts)


def applicability_in_words(applies: Applicability, facts: ReportFacts) -> str:
    """`; кроме: На дому`; nothing where a thing is for all."""
    told = ""
    for code, conditions in (("REPORT-ONLY-FOR", applies.only), ("REPORT-NOT-FOR", applies.never)):
        for category, values in conditions:
            names = ", ".join(category_value_name(facts.edition, value, category) for value in values)
            told += facts.say(code, values=names)
    return told


class _Teller:
    """Tells formulas of one edition."""

    def __init__(self, facts: ReportFacts) -> None:
        self.facts, self.say = facts, facts.say

    def formula(self, formula: Formula, label: str) -> str:
        """One formula; `label` is the number of the item it belongs to."""
        match formula:
            case Ratio() | RatePer100() | Mean() | MeanOfMaximum() | CountCapped() | Choice():
                return self._one(formula)
            case MeanOfRatios():
                return self._mean_of_ratios(formula)
            case Bands():
                bands = "; ".join(self._band(band) for band in formula.bands)
                return self.say("REPORT-FORMULA-BANDS", bands=bands, inner=self.formula(formula.of, label))
            case Steps():
                return self._steps(formula)
            case MeanOf() | SumOf():
                code = "REPORT-FORMULA-MEAN-OF" if isinstance(formula, MeanOf) else "REPORT-FORMULA-SUM-OF"
                return self._parts(code, formula.parts, label)
            case Normalise():
                return self.say(
                    "REPORT-FORMULA-NORMALISE",
                    inner=self.formula(formula.of, label),
                    worst=self._number(formula.worst),
                    best=self._number(formula.best),
                    scale=self._number(formula.scale),
                )
            case ByCategory():
                return self._by_category(formula, label)
            case _:
                return self.say("REPORT-FORMULA-OTHER", names=self._names(formula.quantities()))

    def _one(self, formula: Ratio | RatePer100 | Mean | MeanOfMaximum | CountCapped | Choice) -> str:
        name = self._names((formula.quantity,))
        match formula:
            case Ratio():
                code = "REPORT-FORMULA-SHARE" if formula.scale == 1 else "REPORT-FORMULA-RATIO"
                return self.say(code, name=name, scale=self._number(formula.scale))
            case RatePer100():
                return self.say("REPORT-FORMULA-RATE", name=name)
            case Mean():
                return self.say("REPORT-FORMULA-MEAN", name=name)
            case MeanOfMaximum():
                maximum, scale = self._number(formula.maximum), self._number(formula.scale)
                return self.say("REPORT-FORMULA-MEAN-OF-MAXIMUM", name=name, maximum=maximum, scale=scale)
            case CountCapped():
                points, cap = self._number(formula.points), self._number(formula.cap)
                return self.say("REPORT-FORMULA-COUNT", name=name, points=points, cap=cap)
            case Choice():
                options = "; ".join(self._number(points) for points in formula.points)
                return self.say("REPORT-FORMULA-CHOICE", name=name, options=options)

    def _mean_of_ratios(self, formula: MeanOfRatios) -> str:
        names = self._names(formula.shares)
        if formula.common_base and self.facts.policies.bases is Bases.COMMON:
            return self.say("REPORT-FORMULA-COMMON-BASE", names=names, base=self._names((formula.common_base,)))
        return self.say("REPORT-FORMULA-MEAN-OF-RATIOS", names=names)

    def _band(self, band: Band) -> str:
        points = self._number(band.points)
        if band.edge is None:
            return self.say("REPORT-BAND-REST", points=points)
        code = "REPORT-BAND-AT-MOST" if band.inclusive else "REPORT-BAND-BELOW"
        return self.say(code, edge=self._number(band.edge), points=points)

    def _steps(self, formula: Steps) -> str:
        steps = "; ".join(
            self.say("REPORT-STEP", shorter=self._number(by), points=self._number(points))
            for by, points in formula.shorter
        )
        return self.say(
            "REPORT-FORMULA-STEPS",
            name=self._names((formula.quantity,)),
            norm=self._names((formula.norm,)),
            half=self._number(formula.half),
            steps=steps,
        )

    def _parts(self, code: str, parts: tuple[Item, ...], label: str) -> str:
        if len(parts) == 1:
            return self.formula(parts[0].formula, label)
        told = [self._part(part, label) for part in parts]
        only_numbers = all(text == part.label for text, part in zip(told, parts, strict=True))
        return self.say(code, parts=(", " if only_numbers else "; ").join(told))

    def _part(self, part: Item, label: str) -> str:
        if part.label and part.label != label:
            return part.label
        return f"{self.facts.quoted(part.name)} ({self.formula(part.formula, label)})"

    def _by_category(self, formula: ByCategory, label: str) -> str:
        return "; ".join(
            self.say(
                "REPORT-FORMULA-CASE",
                value=category_value_name(self.facts.edition, value, formula.category),
                inner=self.formula(inner, label),
            )
            for value, inner in formula.cases
        )

    def _names(self, codes: tuple[str, ...]) -> str:
        quantities = self.facts.edition.quantities
        names = (quantities[code].name if code in quantities else code for code in codes)
        return "; ".join(self.facts.quoted(name) for name in names)

    def _number(self, value: Fraction) -> str:
        return self.facts.numbers.constant(value)
