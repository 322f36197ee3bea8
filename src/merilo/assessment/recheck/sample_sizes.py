"""Published sample sizes against the rule the report declares."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from merilo.assessment.methodology.size_rule import SizeKind, SizeRounding, SizeRule
from merilo.assessment.recheck.defect import Certainty, Defect, DefectKind, defect_at
from merilo.assessment.recheck.printed import exactly
from merilo.assessment.recheck.publication import POPULATION, SAMPLE, Publication
from merilo.assessment.sampling.size import finite_population_size, nearest, rounded_up


def unrounded_size(declared: SizeRule, population: int) -> Fraction:
    """The size that a declared rule asks of a population, before it is made whole."""
    size = population * declared.share
    if declared.kind is SizeKind.FINITE_POPULATION:
        size = finite_population_size(population, share=declared.share, margin=declared.margin, t=declared.t)
    return size if declared.cap is None else min(size, Fraction(declared.cap))


def check_sample_sizes(publication: Publication) -> Iterator[Defect]:
    """Every printed sample size whose population is printed too: a size that is another whole number."""
    declared = publication.sample
    if declared is None:
        return
    for cell in publication.column(SAMPLE):
        population = publication.cell(cell.unit, POPULATION)
        if population is None or population.number is None or cell.number is None:
            continue
        if population.number.value.denominator != 1 or population.number.value < 0:
            continue
        size = unrounded_size(declared, int(population.number.value))
        whole = {SizeRounding.UP: rounded_up(size), SizeRounding.NEAREST: nearest(size)}
        expected, printed = whole[declared.rounding], cell.number.value
        if printed == expected:
            continue
        otherwise = printed in (*whole.values(), size // 1)
        more = printed > expected
        certainty = Certainty.LIKELY if otherwise else Certainty.HINT if more else Certainty.EXACT
        reason = "SIZE-ROUNDED-OTHERWISE" if otherwise else "SIZE-LARGER" if more else ""
        yield defect_at(
            cell,
            DefectKind.SAMPLE_SIZE,
            certainty,
            expected=exactly(expected),
            reason=reason,
            others=(population.where,),
            population=population.text,
        )
