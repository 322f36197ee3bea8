"""What a report needs of an assessment: the pipeline's result fits, and the report need not know the pipeline."""

from __future__ import annotations

from typing import Protocol

from merilo.assessment.findings.detect import Shortcoming
from merilo.assessment.observations.table import ObservationTable
from merilo.assessment.provenance import Stamp
from merilo.assessment.rating.grades import NormCheck
from merilo.assessment.rating.place_sets import RatedSets
from merilo.assessment.rating.ranking import Places
from merilo.assessment.recheck.compare import ComparedFigure
from merilo.assessment.scoring.errors import AllErrors
from merilo.assessment.scoring.organisations import RatedScores
from merilo.assessment.scoring.rules import Rules
from merilo.assessment.stats.uncertainty_settings import UncertaintySettings


class AssessedCase(Protocol):
    """What was assessed, and by which rules."""

    @property
    def rules(self) -> Rules:
        """Edition, policies and weights in force."""
        ...

    @property
    def table(self) -> ObservationTable:
        """The observations."""
        ...

    @property
    def ranking_within(self) -> tuple[str, ...]:
        """The categories places are given within."""
        ...

    @property
    def uncertainty(self) -> UncertaintySettings:
        """How sure is sure."""
        ...

    @property
    def stamp(self) -> Stamp:
        """What the results were computed from and with."""
        ...


class Assessed(Protocol):
    """The results a report is made of."""

    @property
    def case(self) -> AssessedCase:
        """What was assessed."""
        ...

    @property
    def rated(self) -> RatedScores:
        """The scores of all rated rows."""
        ...

    @property
    def groups(self) -> tuple[str, ...]:
        """What each row is ranked within."""
        ...

    @property
    def places(self) -> Places:
        """The place of every row."""
        ...

    @property
    def last_places(self) -> Places:
        """The last of the places that equal scores share."""
        ...

    @property
    def errors(self) -> AllErrors:
        """How sure every score is."""
        ...

    @property
    def place_sets(self) -> RatedSets:
        """Which places every row may truly have."""
        ...

    @property
    def norms(self) -> tuple[NormCheck, ...]:
        """Norms met and not met."""
        ...

    @property
    def shortcomings(self) -> tuple[Shortcoming, ...]:
        """Shortcomings over all rows."""
        ...

    @property
    def compared(self) -> tuple[ComparedFigure, ...]:
        """Published figures beside ours."""
        ...

    def attributes(self, row: int) -> dict[str, str]:
        """The category values of a rated row."""
        ...

    def key(self, row: int) -> str:
        """The registry key of a rated row's organisation."""
        ...
