"""What is sampled from: an organisation in one form of service, and how many recipients it has there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Stratum:
    """One organisation in one form of service (empty: undivided) and its number of recipients.

    `attributes` are its category values. `deviation` is the standard deviation of one respondent's share in the score
    or of the answer that matters, in any one unit for all strata, None where it is not known. `whole` are the
    recipients of the organisation over all its forms, each person counted once, None where that is not known.
    """

    organisation: str
    name: str
    form: str
    population: int
    attributes: Mapping[str, str]
    deviation: Fraction | None = None
    whole: int | None = None
