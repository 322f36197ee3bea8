"""Made-up cases of any shipped edition: every status occurs, equal scores occur, several forms of service occur."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np

from merilo.assessment.errors import Problem
from merilo.assessment.methodology.quantity import Quantity, QuantityKind, Source
from merilo.assessment.observations.register import Organisation
from merilo.assessment.observations.table import ObservationTable, RawColumn
from merilo.assessment.observations.units import split_units
from merilo.assessment.pipeline import Assessment, Case, assess
from merilo.assessment.provenance import InputFile, Stamp
from merilo.assessment.recheck.compare import PublishedFigure
from merilo.assessment.scoring.rules import Rules
from merilo.assessment.scoring.weights import criterion_weights
from merilo.pack import find_pack, open_pack

ORGANISATIONS = 12


def made(edition_code: str = "ru-344n-2018", *, scheme: str = "", **policies: Any) -> Assessment:
    """An assessment of twelve organisations; `policies` take the place of the edition's own."""
    problems: list[Problem] = []
    where = find_pack(edition_code, None)
    assert where is not None
    pack = open_pack(where, problems)
    assert pack is not None, problems
    edition, chance = pack.edition, np.random.default_rng(7)
    splitting = edition.splitting
    organisations = []
    for number in range(ORGANISATIONS):
        categories = {}
        for category in edition.categories:
            values = [value.code for value in category.values] or [""]
            wanted = 2 if category.splits and number % 3 == 0 else 1
            categories[category.code] = tuple(values[(number + extra) % len(values)] for extra in range(wanted))
        organisations.append(Organisation(f"77{number:02d}", f"=Организация «{number}»", categories, 100 + number))
    units = split_units(organisations, splitting.code if splitting else "")
    table = ObservationTable(
        units,
        {code: _column(quantity, len(units.units), chance) for code, quantity in edition.quantities.items()},
        {},
        {},
    )
    chosen = edition.scheme(scheme)
    assert chosen is not None
    rules = Rules(edition, replace(edition.policies, **policies), chosen, criterion_weights(edition, chosen, table))
    published = [PublishedFigure(0, "overall", Fraction(805, 10), 1, 2), PublishedFigure(1, "place", Fraction(1), 0, 3)]
    stamp = Stamp(f"{edition.code} 1", pack.sha256, "merilo 0", (InputFile("observations.csv", 10, "ab" * 32),))
    return assess(Case(rules, table, edition.ranking_within, published, stamp))


def _column(quantity: Quantity, size: int, chance: np.random.Generator) -> RawColumn:
    base = chance.integers(8, 40, size).astype(float)
    count = np.floor(base * chance.uniform(0.4, 1.0, size))
    # The last rows are alike: their scores are equal, whatever the formula.
    base[-3:], count[-3:] = 16, 10
    if quantity.source is Source.SURVEY:
        empty = chance.random(size) < 0.04
        base, count = np.where(empty, 0, base), np.where(empty, 0, count)
    if quantity.kind is QuantityKind.CHOICE:
        values = [float(option.value) for option in quantity.options]
        count = np.array([values[int(place) % len(values)] for place in base])
    if quantity.kind is QuantityKind.NORM:
        count = np.full(size, 14.0)
    if not quantity.kind.has_base:
        base = np.full(size, np.nan)
    seen = chance.random(size) > 0.02
    return RawColumn(np.where(seen, count, np.nan), np.where(seen, base, np.nan), seen)
