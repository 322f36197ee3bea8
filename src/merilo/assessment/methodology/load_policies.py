"""Reading policies: those of an edition, and those an assessment puts in their place."""

from __future__ import annotations

from enum import Enum
from typing import TypeVar

from merilo.assessment.located import Mapping, Reader, Scalar
from merilo.assessment.methodology.policies import (
    Bases,
    Denominator,
    EmptyGroup,
    EmptyPart,
    FormsOfService,
    NoData,
    PerCode,
    Policies,
    RankOn,
    Ties,
)
from merilo.assessment.rounding import Rounding, RoundingMode, RoundingStage

E = TypeVar("E", bound=Enum)
MOST_DIGITS = 10


def read_policies(reader: Reader, standing: Policies) -> Policies:
    """The standing policies with those written here in their place."""
    policies = Policies(
        empty_group=_per_code(reader, "empty_group", EmptyGroup, standing.empty_group),
        empty_part=_per_code(reader, "empty_part", EmptyPart, standing.empty_part),
        denominator=_per_code(reader, "denominator", Denominator, standing.denominator),
        bases=reader.one_of("bases", Bases, standing.bases),
        no_data=_per_code(reader, "no_data", NoData, standing.no_data),
        forms=reader.one_of("forms", FormsOfService, standing.forms),
        ties=reader.one_of("ties", Ties, standing.ties),
        rank_on=reader.one_of("rank_on", RankOn, standing.rank_on),
        rounding=_rounding(reader, standing.rounding),
    )
    reader.finish()
    return policies


def _per_code(reader: Reader, key: str, choices: type[E], standing: PerCode[E]) -> PerCode[E]:
    """`empty_group: zero`, or `empty_group: {default: zero, access_satisfaction: full}`."""
    node = reader.node.entries.get(key)
    if not isinstance(node, Mapping):
        return PerCode(reader.one_of(key, choices, standing.default), standing.exceptions)
    reader.taken.add(key)
    inner = reader.sub(node)
    default = inner.one_of("default", choices, standing.default)
    codes = [code for code, value in node.entries.items() if code != "default" and isinstance(value, Scalar)]
    exceptions = {code: inner.one_of(code, choices) for code in codes}
    for code, value in node.entries.items():
        if not isinstance(value, Scalar):
            inner.note("YAML-05", value.place, key=code)
    return PerCode(default, {**standing.exceptions, **exceptions})


def _rounding(reader: Reader, standing: Rounding) -> Rounding:
    inner = reader.reader("rounding")
    if inner is None:
        return standing
    rounding = Rounding(
        stage=inner.one_of("stage", RoundingStage, standing.stage),
        digits=_digits(inner, "digits", standing.digits),
        mode=inner.one_of("mode", RoundingMode, standing.mode),
        printed=_digits(inner, "printed", standing.printed),
    )
    inner.finish()
    return rounding


def _digits(reader: Reader, key: str, standing: int) -> int:
    """A number of decimal places; more than a float can hold, or fewer than none, is noted."""
    found = reader.whole(key, standing)
    if 0 <= found <= MOST_DIGITS:
        return found
    reader.note("YAML-21", reader.place(key), key=key, value=found, low=0, high=MOST_DIGITS)
    return standing
