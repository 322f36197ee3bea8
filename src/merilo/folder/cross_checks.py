"""What two pieces of evidence say of each other: values that are not used, totals their parts contradict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from merilo.assessment.errors import Place, Problem, warning
from merilo.assessment.methodology.edition import Edition
from merilo.assessment.methodology.formulas.working import Status
from merilo.assessment.methodology.policies import Policies
from merilo.assessment.observations.observation import Observation
from merilo.assessment.observations.sample import survey_sample
from merilo.assessment.observations.table import ObservationTable
from merilo.assessment.scoring.evidence import AllEvidence

NOISE = 1e-9


def cross_checks(
    edition: Edition, policies: Policies, table: ObservationTable, observations: Sequence[Observation]
) -> Iterator[Problem]:
    """Warnings about values given ready: for what does not apply, or against what their parts give."""
    evidence = AllEvidence(edition, policies, table)
    places = {(found.unit, found.code): found.place for found in observations}
    for code, item in edition.items.items():
        given = table.given.get(code)
        if given is None:
            continue
        applies, computed = item.applies.flags(evidence), item.formula.columns(evidence)
        has_value = ~np.isnan(given)
        for row in np.flatnonzero(has_value & ~applies):
            yield warning("FOLDER-32", _place(places, int(row), code), item=code, organisation=_key(table, int(row)))
        differs = has_value & applies & (computed.status == Status.SCORED) & (np.abs(computed.value - given) > NOISE)
        for row in np.flatnonzero(differs):
            yield warning(
                "FOLDER-33",
                _place(places, int(row), code),
                item=code,
                organisation=_key(table, int(row)),
                given=f"{given[row]:.15g}",
                computed=f"{computed.value[row]:.15g}",
            )


def more_asked_than_there_are(edition: Edition, table: ObservationTable, register: str) -> Iterator[Problem]:
    """Warnings about organisations of which more people answered than the register has recipients."""
    units, asked = table.units, survey_sample(edition, table).respondents_of_organisations()
    for organisation, recipients in enumerate(units.organisations.recipients):
        if recipients is not None and asked[organisation] > recipients:
            key, number = units.organisations.keys[organisation], int(asked[organisation])
            yield warning("UNCERTAIN-03", Place(register), organisation=key, asked=number, recipients=recipients)


def _place(places: dict[tuple[int, str], Place], row: int, code: str) -> Place:
    return places.get((row, code), Place("observations"))


def _key(table: ObservationTable, row: int) -> str:
    return table.units.organisations[table.units.units[row].organisation].key
