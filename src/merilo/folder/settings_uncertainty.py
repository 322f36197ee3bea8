"""The section `uncertainty` of assessment.yaml: from how many answers on a group of respondents is published."""

from __future__ import annotations

from merilo.assessment.located import Reader
from merilo.assessment.stats.uncertainty_settings import UncertaintySettings


def read_uncertainty(reader: Reader) -> UncertaintySettings:
    """The section's values, the usual ones where it says nothing."""
    inner = reader.reader("uncertainty")
    usual = UncertaintySettings()
    if inner is None:
        return usual
    minimum_base = inner.whole("minimum_base", usual.minimum_base)
    if minimum_base < 1:
        inner.note("TABULATE-05", inner.place("minimum_base"), value=minimum_base)
    inner.finish()
    return UncertaintySettings(minimum_base=minimum_base)
