"""A made-up region of 27 organisations under 344н of which everybody's answers are known, and surveys of it.

Every survey of a region is 27 units of one table, so that thousands of surveys are scored in one pass.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from merilo.assessment.methodology.edition import Edition
from merilo.assessment.observations.joint import JointCounts
from merilo.assessment.observations.register import Register
from merilo.assessment.observations.table import ObservationTable, RawColumn
from merilo.assessment.observations.units import UnitRows, UnitTable
from merilo.assessment.scoring.rules import Rules
from merilo.assessment.scoring.weights import criterion_weights
from merilo.pack import find_pack, open_pack

Floats = NDArray[np.float64]
ORGANISATIONS = 27
# Quantity → how many of all respondents belong to its group.
ASKED = {
    "satisfied_stand": 0.6,
    "satisfied_site": 0.4,
    "timely": 1.0,
    "satisfied_comfort": 1.0,
    "satisfied_accessibility": 0.25,
    "polite_first_contact": 1.0,
    "polite_service": 1.0,
    "polite_remote": 0.3,
    "would_recommend": 1.0,
    "satisfied_organisation": 1.0,
    "satisfied_overall": 1.0,
}
SEEN = {"stand_items": (16, 18), "site_items": (15, 20), "remote_ways": (3, 5), "comfort_items": (4, 7)}
BUILT = {"premises_items": (3, 5), "service_items": (4, 6)}


@dataclass(frozen=True)
class Region:
    """What everybody would answer, y and n (people, 11) an organisation, and how many are asked in each."""

    people: tuple[tuple[Floats, Floats], ...]
    sizes: NDArray[np.int64]

    @property
    def populations(self) -> list[int]:
        return [len(y) for y, _ in self.people]


def made_up(seed: int, level: float, spread: float, mood: float = 0.7) -> Region:
    """`level` of satisfaction (1.0: about 80 %, 2.0: about 95 %), how much organisations differ in it, and how much a
    person's answers hang together (0.7: answers correlate by about 0.2, 2.0: by about 0.6)."""
    rng = np.random.default_rng(seed)
    groups = np.array(list(ASKED.values()))
    people = []
    for count in rng.integers(60, 400, ORGANISATIONS):
        own = level + spread * rng.normal() + rng.normal(0, 0.3, len(groups))
        own_mood = mood * rng.normal(size=(int(count), 1))
        n = (rng.random((int(count), len(groups))) < groups).astype(np.float64)
        n[0] = 1.0
        people.append(((own + own_mood + rng.normal(size=n.shape) > 0) * n, n))
    return Region(tuple(people), rng.integers(19, 25, ORGANISATIONS))


def surveys(region: Region, times: int, seed: int) -> ObservationTable:
    """The region surveyed so many times: samples without replacement, survey after survey."""
    rng = np.random.default_rng(seed)
    answers = []
    for _ in range(times):
        for (y, n), size in zip(region.people, region.sizes, strict=True):
            asked = rng.permutation(len(y))[:size]
            answers.append(np.concatenate([y[asked], n[asked]], axis=1))
    return table_of(answers, region.populations * times)


def census(region: Region) -> ObservationTable:
    """Everybody asked: what the surveys estimate."""
    return table_of([np.concatenate(both, axis=1) for both in region.people], region.populations)


def table_of(answers: list[Floats], populations: list[int]) -> ObservationTable:
    """One unit for every set of answers (respondents, 22): y of the eleven quantities, then n."""
    units, size, half = _units(populations), len(answers), len(ASKED)
    totals = np.stack([one.sum(axis=0) for one in answers])
    products = np.stack([one.T @ one for one in answers])
    there = np.ones(size, dtype=np.bool_)
    columns = {code: RawColumn(totals[:, at], totals[:, half + at], there) for at, code in enumerate(ASKED)}
    for code, (found, applicable) in (SEEN | BUILT).items():
        columns[code] = RawColumn(np.full(size, float(found)), np.full(size, float(applicable)), there)
    sizes = np.array([len(one) for one in answers], dtype=np.float64)
    joint = JointCounts(tuple(ASKED), np.arange(size), sizes, products)
    return ObservationTable(units, columns, {}, {}, joint)


def _units(populations: list[int]) -> UnitTable:
    keys = [f"{number:06}" for number in range(len(populations))]
    register = Register(keys, keys, {"sector": [("social",)] * len(keys)}, populations, {})
    return UnitTable(register, UnitRows(np.arange(len(keys)), [""] * len(keys)), "form")


@cache
def edition() -> Edition:
    where = find_pack("ru-344n-2018", None)
    assert where is not None
    pack = open_pack(where, [])
    assert pack is not None
    return pack.edition


def rules(table: ObservationTable) -> Rules:
    scheme = edition().schemes[0]
    return Rules(edition(), edition().policies, scheme, criterion_weights(edition(), scheme, table))
