"""The whole assessment on one page: read this first. Each line is a room; open the room to see how."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from merilo.assessment.findings.detect import Shortcoming, detect
from merilo.assessment.methodology.policies import FormsOfService, RankOn
from merilo.assessment.observations.table import ObservationTable
from merilo.assessment.provenance import Stamp
from merilo.assessment.rating.grades import NormCheck, check_norm
from merilo.assessment.rating.place_sets import RatedSets, place_sets
from merilo.assessment.rating.ranking import Places, last_places, rank_within
from merilo.assessment.recheck.compare import ComparedFigure, PublishedFigure, compare
from merilo.assessment.scoring.bulk import UnitScores, score_all
from merilo.assessment.scoring.errors import AllErrors, ScoreErrors, estimate_errors
from merilo.assessment.scoring.organisations import RatedScores, rate_rows
from merilo.assessment.scoring.rules import Rules
from merilo.assessment.scoring.score import OVERALL
from merilo.assessment.stats.uncertainty_settings import UncertaintySettings

NOISE = 1e-9


@dataclass(frozen=True, slots=True)
class Case:
    """Everything an assessment is computed from."""

    rules: Rules
    table: ObservationTable
    ranking_within: tuple[str, ...]
    published: Sequence[PublishedFigure]
    stamp: Stamp
    uncertainty: UncertaintySettings = field(default_factory=UncertaintySettings)


@dataclass(frozen=True)
class Assessment:
    """Everything that follows. `groups` name what each rated row is ranked within. What only some outputs need
    is computed when it is first asked for."""

    case: Case
    scores: UnitScores
    rated: RatedScores
    groups: tuple[str, ...]
    places: Places

    @cached_property
    def errors(self) -> AllErrors:
        """How sure every score is: standard errors and intervals."""
        return self._estimated()

    @cached_property
    def overall_errors(self) -> ScoreErrors:
        """How sure the overall score is."""
        return self.errors_of(OVERALL)

    def errors_of(self, subject: str) -> ScoreErrors:
        """How sure one score is; of a nation nobody waits for the errors of everything else."""
        known: AllErrors | None = self.__dict__.get("errors")
        return (known or self._estimated(subject)).rows[subject]

    def _estimated(self, *only: str) -> AllErrors:
        case = self.case
        found, level = (case.rules, case.table, self.scores, self.rated), case.uncertainty.level
        return estimate_errors(*found, groups=self.groups, level=level, only=only)

    @cached_property
    def last_places(self) -> Places:
        """The last of the places that equal scores share: 5 and 6 for the two fifths of 5, 5, 7."""
        return last_places(self.groups, self.places, self.case.rules.policies.ties)

    @cached_property
    def place_sets(self) -> RatedSets:
        """Which places every row may truly have."""
        overall, errors = self.rated.overall.value, self.overall_errors
        return place_sets(self.groups, overall, errors, self.places, self.last_places, self.case.uncertainty)

    @cached_property
    def norms(self) -> tuple[NormCheck, ...]:
        """Every norm of the edition against the rated rows."""
        checked = ((norm, self.rated.subject(norm.subject)) for norm in self.case.rules.edition.norms)
        return tuple(check_norm(norm, values.value, values.status) for norm, values in checked if values is not None)

    @cached_property
    def shortcomings(self) -> tuple[Shortcoming, ...]:
        """Every shortcoming the edition knows, with where it was found and examined."""
        rules, table = self.case.rules, self.case.table
        return tuple(detect(rules.edition, rules.policies, table, self.scores, self.rated.rows))

    @cached_property
    def compared(self) -> tuple[ComparedFigure, ...]:
        """Every published figure beside ours."""
        return tuple(compare(self.case.published, self.rated, self.places))

    def attributes(self, row: int) -> dict[str, str]:
        """The category values of a rated row."""
        return self.case.table.units.attributes(self.rated.rows[row].units[0])

    def key(self, row: int) -> str:
        """The registry key of a rated row's organisation."""
        return self.case.table.units.organisations[self.rated.rows[row].organisation].key


def assess(case: Case) -> Assessment:
    """One assessment, from observations to scores and places; norms, shortcomings and the comparison follow from it."""
    scores = score_all(case.rules, case.table)
    rated = rate_rows(case.rules, case.table, scores)
    groups = _groups(case, rated)
    return Assessment(case, scores, rated, groups, _places(case, rated, groups))


def _groups(case: Case, rated: RatedScores) -> tuple[str, ...]:
    """What every row is ranked within: its values of the ranking categories, and its form where forms are apart."""
    within, splitting = list(case.ranking_within), case.table.units.splitting
    if case.rules.policies.forms is FormsOfService.SEPARATE and splitting and splitting not in within:
        within.append(splitting)
    columns = [case.table.units.column(category) for category in within]
    first = rated.rows.first.tolist()
    if len(columns) == 1:
        return tuple(columns[0][unit] for unit in first)
    return tuple(" / ".join(column[unit] for column in columns) for unit in first)


def _places(case: Case, rated: RatedScores, groups: Sequence[str]) -> Places:
    policies = case.rules.policies
    # Unrounded scores that differ by less than floats can tell are equal.
    unrounded = np.floor(rated.overall.value / NOISE + 0.5) * NOISE
    ranked_on = rated.overall.printed if policies.rank_on is RankOn.PRINTED else unrounded
    keys = [case.table.units.organisations.keys[index] for index in rated.rows.organisation.tolist()]
    return rank_within(groups, ranked_on, policies.ties, tie_break=unrounded, keys=keys)
