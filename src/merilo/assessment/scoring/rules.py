"""What one assessment scores by: an edition, the policies and weights in force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from merilo.assessment.methodology.edition import Edition, Weight, WeightScheme
from merilo.assessment.methodology.policies import Policies


@dataclass(frozen=True, slots=True)
class Rules:
    """An edition as it holds for one assessment."""

    edition: Edition
    policies: Policies
    scheme: WeightScheme
    weights: Mapping[str, Weight]
