"""Laws every score obeys, on 344н with random counts, against a slow reference written apart from the engine."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction as F

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from merilo.assessment.errors import Problem
from merilo.assessment.methodology.policies import EmptyGroup, PerCode
from merilo.assessment.observations.register import Organisation
from merilo.assessment.observations.table import ObservationTable, RawColumn
from merilo.assessment.observations.units import split_units
from merilo.assessment.scoring.bulk import score_all
from merilo.assessment.scoring.exact import score_unit
from merilo.assessment.scoring.rules import Rules
from merilo.assessment.scoring.weights import criterion_weights
from merilo.pack import Pack, find_pack, open_pack

SHARES = (
    "satisfied_stand satisfied_site timely satisfied_comfort satisfied_accessibility polite_first_contact "
    "polite_service polite_remote would_recommend satisfied_organisation satisfied_overall"
).split()
CHECKLISTS = {"stand_items": 12, "site_items": 20, "remote_ways": 5, "comfort_items": 7}
CHECKLISTS |= {"premises_items": 5, "service_items": 6}
Counts = dict[str, tuple[int, int]]


def opened() -> Pack:
    problems: list[Problem] = []
    where = find_pack("ru-344n-2018", None)
    pack = open_pack(where, problems) if where else None
    assert pack is not None, problems
    return pack


PACK = opened()


@st.composite
def organisations(draw: st.DrawFn) -> Counts:
    """Counts of one organisation; any respondent group may be empty."""
    found: Counts = {}
    for code in SHARES:
        base = draw(st.integers(0, 300))
        found[code] = (draw(st.integers(0, base)), base)
    for code, most in CHECKLISTS.items():
        base = draw(st.integers(1, most))
        found[code] = (draw(st.integers(0, base)), base)
    return found


def table(several: list[Counts]) -> ObservationTable:
    register = [Organisation(f"{row:04}", "", {"sector": ("social",)}) for row in range(len(several))]
    seen = np.ones(len(several), dtype=np.bool_)
    columns = {
        code: RawColumn(
            np.array([float(one[code][0]) for one in several]), np.array([float(one[code][1]) for one in several]), seen
        )
        for code in several[0]
    }
    return ObservationTable(split_units(register, "form"), columns, {}, {})


def rules(several: list[Counts], empty: EmptyGroup) -> Rules:
    policies = replace(PACK.edition.policies, empty_group=PerCode(empty))
    scheme = PACK.edition.schemes[0]
    return Rules(PACK.edition, policies, scheme, criterion_weights(PACK.edition, scheme, table(several)))


def overall(counts: Counts, empty: EmptyGroup) -> F | None:
    return score_unit(rules([counts], empty), table([counts]), 0).value


def reference(counts: Counts, empty: EmptyGroup) -> F | None:
    """344н for social services as a person would compute it, sharing nothing with the engine."""

    def ratio(code: str) -> F | None:
        count, base = counts[code]
        return F(100 * count, base) if base else None

    def mean(*codes: str) -> F | None:
        found = [one for code in codes if (one := ratio(code)) is not None]
        return sum(found, F(0)) / len(found) if found else None

    def points(code: str, each: int) -> F:
        return F(min(each * counts[code][0], 100))

    weighed = [
        [
            (3, mean("stand_items", "site_items")),
            (3, points("remote_ways", 30)),
            (4, mean("satisfied_stand", "satisfied_site")),
        ],
        [(3, points("comfort_items", 20)), (4, ratio("timely")), (3, ratio("satisfied_comfort"))],
        [(3, points("premises_items", 20)), (4, points("service_items", 20)), (3, ratio("satisfied_accessibility"))],
        [(4, ratio("polite_first_contact")), (4, ratio("polite_service")), (2, ratio("polite_remote"))],
        [(3, ratio("would_recommend")), (2, ratio("satisfied_organisation")), (5, ratio("satisfied_overall"))],
    ]
    criteria = []
    for parts in weighed:
        if empty is EmptyGroup.DROP_CRITERION and any(value is None for _, value in parts):
            continue
        filled = {EmptyGroup.ZERO: F(0), EmptyGroup.FULL: F(100)}.get(empty)
        counted = [(weight, filled if value is None else value) for weight, value in parts]
        known = [(weight, value) for weight, value in counted if value is not None]
        if known:
            total = sum(weight for weight, _ in known)
            criteria.append(sum((weight * value for weight, value in known), F(0)) / total)
    return sum(criteria, F(0)) / len(criteria) if criteria else None


policies = st.sampled_from(list(EmptyGroup))


@given(organisations(), policies)
def test_the_engine_equals_the_slow_reference(counts: Counts, empty: EmptyGroup) -> None:
    assert overall(counts, empty) == reference(counts, empty)


@given(st.lists(organisations(), min_size=1, max_size=6), policies)
def test_columns_equal_exact_scores(several: list[Counts], empty: EmptyGroup) -> None:
    columns = score_all(rules(several, empty), table(several)).overall.value
    for row, found in enumerate(columns):
        exact = score_unit(rules(several, empty), table(several), row).value
        assert found == pytest.approx(np.nan if exact is None else float(exact), abs=1e-9, nan_ok=True)


@given(organisations(), policies)
def test_a_score_lies_on_the_scale(counts: Counts, empty: EmptyGroup) -> None:
    value = overall(counts, empty)
    assert value is None or 0 <= value <= 100


@given(organisations(), policies, st.data())
def test_one_more_satisfied_respondent_or_item_never_lowers_a_score(
    counts: Counts, empty: EmptyGroup, data: st.DataObject
) -> None:
    code = data.draw(st.sampled_from(sorted(counts)))
    count, base = counts[code]
    if count == base:
        return
    before, after = overall(counts, empty), overall({**counts, code: (count + 1, base)}, empty)
    assert before is None or (after is not None and after >= before)


@given(organisations())
def test_the_policies_are_ordered(counts: Counts) -> None:
    zero, middle, full = (
        overall(counts, empty) for empty in (EmptyGroup.ZERO, EmptyGroup.RENORMALISE, EmptyGroup.FULL)
    )
    assert middle is None or (zero is not None and full is not None and zero <= middle <= full)


@given(st.lists(organisations(), min_size=2, max_size=6), st.randoms())
def test_the_order_of_organisations_does_not_matter(several: list[Counts], random: object) -> None:
    order = list(range(len(several)))
    random.shuffle(order)  # type: ignore[attr-defined]
    shuffled = [several[row] for row in order]
    direct = score_all(rules(several, EmptyGroup.RENORMALISE), table(several)).overall.value
    again = score_all(rules(shuffled, EmptyGroup.RENORMALISE), table(shuffled)).overall.value
    np.testing.assert_array_equal(again, direct[order])
