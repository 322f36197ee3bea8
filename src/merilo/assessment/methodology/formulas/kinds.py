"""The register of formula kinds: the name written in an edition → the class that carries it out."""

from __future__ import annotations

from merilo.assessment.located import Reader
from merilo.assessment.methodology.formulas.bands import Bands
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

KINDS: dict[str, type[Formula]] = {
    kind.kind: kind
    for kind in (
        Ratio,
        Mean,
        MeanOfRatios,
        MeanOfMaximum,
        CountCapped,
        Choice,
        Bands,
        Steps,
        MeanOf,
        SumOf,
        RatePer100,
        Normalise,
        ByCategory,
    )
}


def read_formula(reader: Reader, key: str) -> Formula:
    """The formula under a key; an unknown kind is noted and read as a ratio of nothing."""
    inner = reader.reader(key)
    if inner is None:
        reader.note("YAML-03", reader.node.place, key=key)
        return Ratio("")
    kind = inner.text("kind")
    if kind not in KINDS:
        reader.note("EDITION-02", inner.place("kind"), kind=kind, known=", ".join(sorted(KINDS)))
        return Ratio("")
    formula = KINDS[kind].read(inner, read_formula)
    inner.finish()
    return formula
