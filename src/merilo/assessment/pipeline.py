"""The whole assessment on one page: read this first. Each line is a room; open the room to see how."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from merilo.assessment.findings.detect import Shortcoming, detect
from merilo.assessment.methodology.policies import RankOn
from merilo.assessment.observations.table import ObservationTable
from merilo.assessment.provenance import Stamp
from merilo.assessment.rating.grades import NormCheck, check_norm
from merilo.assessment.rating.ranking import Places, rank_within
from merilo.assessment.recheck.compare import ComparedFigure, PublishedFigure, compare
from merilo.assessment.scoring.bulk import UnitScores, score_all
from merilo.assessment.scoring.organisations import RatedScores, rate_rows
from merilo.assessment.scoring.rules import Rules


@dataclass(frozen=True, slots=True)
class Case:
    """Everything an assessment is computed from."""

    rules: Rules
    table: ObservationTable
    ranking_within: tuple[str, ...]
    published: Sequence[PublishedFigure]
    stamp: Stamp


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everything that follows. `groups` name what each rated row is ranked within."""

    case: Case
    scores: UnitScores
    rated: RatedScores
    groups: tuple[str, ...]
    places: Places
    norms: tuple[NormCheck, ...]
    shortcomings: tuple[Shortcoming, ...]
    compared: tuple[ComparedFigure, ...]

    def attributes(self, row: int) -> dict[str, str]:
        """The category values of a rated row."""
        return self.case.table.units.attributes(self.rated.rows[row].units[0])

    def key(self, row: int) -> str:
        """The registry key of a rated row's organisation."""
        return self.case.table.units.organisations[self.rated.rows[row].organisation].key


def assess(case: Case) -> Assessment:
    """One assessment, from observations to places, norms, shortcomings and the comparison with what was published."""
    rules, table = case.rules, case.table
    scores = score_all(rules, table)
    rated = rate_rows(rules, table, scores)
    groups = _groups(case, rated)
    places = _places(case, rated, groups)
    norms = tuple(
        check_norm(norm, values.value, values.status)
        for norm in rules.edition.norms
        if (values := rated.subject(norm.subject)) is not None
    )
    shortcomings = tuple(detect(rules.edition, rules.policies, table, scores, rated.rows))
    compared = tuple(compare(case.published, rated, places))
    return Assessment(case, scores, rated, groups, places, norms, shortcomings, compared)


def _groups(case: Case, rated: RatedScores) -> tuple[str, ...]:
    """What every row is ranked within: its values of the ranking categories."""
    columns = [case.table.units.column(category) for category in case.ranking_within]
    first = rated.rows.first.tolist()
    return tuple(" / ".join(column[unit] for column in columns) for unit in first)


def _places(case: Case, rated: RatedScores, groups: Sequence[str]) -> Places:
    policies = case.rules.policies
    ranked_on = rated.overall.printed if policies.rank_on is RankOn.PRINTED else rated.overall.value
    keys = [case.table.units.organisations.keys[index] for index in rated.rows.organisation.tolist()]
    return rank_within(groups, ranked_on, policies.ties, tie_break=rated.overall.value, keys=keys)
