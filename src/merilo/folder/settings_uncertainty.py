"""The section `uncertainty` of assessment.yaml: how sure is sure."""

from __future__ import annotations

from fractions import Fraction

from merilo.assessment.located import Reader
from merilo.assessment.scoring.errors import Confidence

LEAST_LEVEL, FEWEST_DRAWS, MOST_DRAWS = Fraction(1, 2), 100, 100_000


def read_confidence(reader: Reader) -> Confidence:
    """The section, or the usual values; a number that cannot be is noted and the usual one stands in."""
    usual = Confidence()
    inner = reader.reader("uncertainty")
    if inner is None:
        return usual
    level = inner.number("level", Fraction(str(usual.level)))
    if not LEAST_LEVEL < level < 1:
        inner.note("UNCERTAIN-01", inner.place("level"), value=f"{float(level):g}")
        level = Fraction(str(usual.level))
    found = Confidence(
        level=float(level),
        best=_at_least(inner, "best", usual.best, 1),
        draws=min(_at_least(inner, "draws", usual.draws, FEWEST_DRAWS), MOST_DRAWS),
        seed=_at_least(inner, "seed", usual.seed, 0),
    )
    inner.finish()
    return found


def _at_least(reader: Reader, key: str, usual: int, least: int) -> int:
    found = reader.whole(key, usual)
    if found >= least:
        return found
    reader.note("UNCERTAIN-02", reader.place(key), key=key, value=found, least=least)
    return usual
