"""The section `uncertainty` of assessment.yaml: how sure is sure, and from how many answers on a group is published."""

from __future__ import annotations

from fractions import Fraction

from merilo.assessment.located import Reader
from merilo.assessment.stats.uncertainty_settings import UncertaintySettings

LEAST_LEVEL, FEWEST_DRAWS, MOST_DRAWS = Fraction(1, 2), 100, 100_000


def read_uncertainty(reader: Reader) -> UncertaintySettings:
    """The section's values, the usual ones where it says nothing; a number that cannot be is noted."""
    usual = UncertaintySettings()
    inner = reader.reader("uncertainty")
    if inner is None:
        return usual
    level = inner.number("level", Fraction(str(usual.level)))
    if not LEAST_LEVEL < level < 1:
        inner.note("UNCERTAIN-01", inner.place("level"), value=f"{float(level):g}")
    found = UncertaintySettings(
        level=float(level),
        best=inner.whole("best", usual.best),
        draws=inner.whole("draws", usual.draws),
        seed=inner.whole("seed", usual.seed),
        minimum_base=inner.whole("minimum_base", usual.minimum_base),
    )
    least = {"best": 1, "draws": FEWEST_DRAWS, "seed": 0, "minimum_base": 1}
    for key, bound in least.items():
        if getattr(found, key) < bound:
            inner.note("UNCERTAIN-02", inner.place(key), key=key, value=getattr(found, key), least=bound)
    if found.draws > MOST_DRAWS:
        inner.note("UNCERTAIN-04", inner.place("draws"), value=found.draws, most=MOST_DRAWS)
    inner.finish()
    return found
