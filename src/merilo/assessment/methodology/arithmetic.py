"""A formula as arithmetic over the codes of an edition: `100 × (stand_items / base + site_items / base) / 2`."""

from __future__ import annotations

from merilo.assessment.methodology.formulas.bands import Band, Bands
from merilo.assessment.methodology.formulas.by_category import ByCategory
from merilo.assessment.methodology.formulas.choice import Choice
from merilo.assessment.methodology.formulas.count_capped import CountCapped
from merilo.assessment.methodology.formulas.formula import Formula
from merilo.assessment.methodology.formulas.mean import Mean
from merilo.assessment.methodology.formulas.mean_of import MeanOf
from merilo.assessment.methodology.formulas.mean_of_maximum import MeanOfMaximum
from merilo.assessment.methodology.formulas.mean_of_ratios import MeanOfRatios
from merilo.assessment.methodology.formulas.normalise import Normalise
from merilo.assessment.methodology.formulas.rate_per_100 import RatePer100
from merilo.assessment.methodology.formulas.ratio import Ratio
from merilo.assessment.methodology.formulas.steps import Steps
from merilo.assessment.methodology.formulas.sum_of import SumOf
from merilo.assessment.wording import Wording


def arithmetic(formula: Formula, words: Wording) -> str:
    """The kind of a formula, as editions write it, and what it computes."""
    return f"{formula.kind}: {_said(formula, words)}"


def _said(formula: Formula, words: Wording) -> str:
    exact, base = words.exact, words.say("METHODOLOGY-BASE")
    match formula:
        case Ratio():
            scale = "" if formula.scale == 1 else f"{exact(formula.scale)} × "
            return f"{scale}{formula.quantity} / {base}"
        case RatePer100():
            return f"100 × {formula.quantity} / {base}"
        case Mean():
            return f"{formula.quantity} / {base}"
        case MeanOfMaximum():
            return f"{exact(formula.scale)} × {formula.quantity} / ({base} × {exact(formula.maximum)})"
        case CountCapped():
            return f"min({exact(formula.points)} × {formula.quantity}; {exact(formula.cap)})"
        case Choice():
            options = "; ".join(map(exact, formula.points))
            return words.say("METHODOLOGY-ONE-OF", quantity=formula.quantity, options=options)
        case MeanOfRatios():
            return _mean_of_ratios(formula, words)
        case MeanOf():
            return words.say("METHODOLOGY-MEAN-OF", parts="; ".join(part.code for part in formula.parts))
        case SumOf():
            return " + ".join(part.code for part in formula.parts)
        case Normalise():
            worst, best = exact(formula.worst), exact(formula.best)
            return f"({_said(formula.of, words)} − {worst}) / ({best} − {worst}) × {exact(formula.scale)}"
        case _:
            return _by_cases(formula, words)


def _by_cases(formula: Formula, words: Wording) -> str:
    exact = words.exact
    match formula:
        case Bands():
            bands = "; ".join(_band(band, words) for band in formula.bands)
            return f"x = {_said(formula.of, words)}: {bands}"
        case Steps():
            steps = "; ".join(f"T − t ≥ {exact(by)} → {exact(points)}" for by, points in formula.shorter)
            average = f"{formula.quantity} / {words.say('METHODOLOGY-BASE')}"
            if formula.whole_units:
                average = words.say("METHODOLOGY-WHOLE", average=average)
            return f"t = {average}, T = {formula.norm}: t ≤ T/2 → {exact(formula.half)}; {steps}; t > T → 0"
        case ByCategory():
            return "; ".join(
                f"{formula.category} = {value} → {arithmetic(inner, words)}" for value, inner in formula.cases
            )
        case _:
            return ", ".join(formula.quantities())


def _mean_of_ratios(formula: MeanOfRatios, words: Wording) -> str:
    base, many = words.say("METHODOLOGY-BASE"), len(formula.shares)
    said = f"100 × ({' + '.join(f'{share} / {base}' for share in formula.shares)}) / {many}"
    if not formula.common_base:
        return said
    common = f"100 × ({' + '.join(formula.shares)}) / ({many} × {formula.common_base})"
    return words.say("METHODOLOGY-COMMON", separate=said, common=common)


def _band(band: Band, words: Wording) -> str:
    if band.edge is None:
        return words.say("METHODOLOGY-ELSE", points=words.exact(band.points))
    return f"x {'≤' if band.inclusive else '<'} {words.exact(band.edge)} → {words.exact(band.points)}"
