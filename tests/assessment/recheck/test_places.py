"""Places against scores."""

from __future__ import annotations

import pytest

from merilo.assessment.methodology.policies import RankOn, Ties
from merilo.assessment.recheck.defect import Certainty, DefectKind
from merilo.assessment.recheck.places import check_places
from merilo.assessment.recheck.publication import DeclaredRanking, Publication
from tests.assessment.recheck.printed_values import published

WRONG, EQUALS, MISSING = DefectKind.PLACE_WRONG, DefectKind.PLACES_OF_EQUALS, DefectKind.PLACE_MISSING


def report(scores: str, places: str, **ranking: object) -> Publication:
    rows = {
        str(key): {"overall": score, "place": "" if place == "_" else place}
        for key, (score, place) in enumerate(zip(scores.split(), places.split(), strict=True), start=1)
    }
    return published(rows, ranking=DeclaredRanking(**ranking))  # type: ignore[arg-type]


def found(publication: Publication) -> list[tuple[DefectKind, str, Certainty]]:
    return [(one.kind, one.unit, one.certainty) for one in check_places(publication)]


@pytest.mark.parametrize("places", ["1 2 3 4", "1 2 2 4", "1 2 2 3", "1 3 2 4"])
def test_every_rule_of_ties_is_possible_where_none_is_declared(places: str) -> None:
    assert all(kind is EQUALS for kind, _, _ in found(report("9.8 9.6 9.6 9.0", places)))


@pytest.mark.parametrize(
    ("places", "wrong"),
    [("1 2 4 3", {"3", "4"}), ("1 2 2 4", {"3"}), ("1 2 3 5", {"4"}), ("2 2 3 4", {"1"}), ("1 1 2 3", {"2", "3", "4"})],
)
def test_places_that_no_rule_gives(places: str, wrong: set[str]) -> None:
    defects = found(report("9.8 9.6 9.4 9.0", places))
    assert {unit for _, unit, _ in defects} == wrong
    assert {(kind, certainty) for kind, _, certainty in defects} == {(WRONG, Certainty.EXACT)}


@pytest.mark.parametrize(
    ("ties", "good", "bad"),
    [
        (Ties.ORDINAL, "1 2 3 4", "1 2 2 4"),
        (Ties.COMPETITION, "1 2 2 4", "1 2 2 3"),
        (Ties.DENSE, "1 2 2 3", "1 2 2 4"),
    ],
)
def test_the_declared_rule_of_ties_is_kept(ties: Ties, good: str, bad: str) -> None:
    scores = "9.8 9.6 9.6 9.0"
    assert found(report(scores, good, ties=ties, on=RankOn.PRINTED)) == []
    assert {(kind, certainty) for kind, _, certainty in found(report(scores, bad, ties=ties))} == {
        (WRONG, Certainty.EXACT)
    }


def test_equal_scores_in_different_places() -> None:
    scores, places = "9.8 9.6 9.6 9.0", "1 2 3 4"
    assert found(report(scores, places)) == [(EQUALS, "3", Certainty.HINT)]
    assert found(report(scores, places, ties=Ties.ORDINAL)) == []
    assert found(report(scores, places, on=RankOn.UNROUNDED)) == []
    declared = report(scores, places, ties=Ties.COMPETITION, on=RankOn.PRINTED)
    assert found(declared) == [(EQUALS, "3", Certainty.EXACT)]


def test_one_rule_must_hold_for_the_whole_table() -> None:
    """1–1–2 is dense, 4–4–6 leaves places out; and 2–2–2 is possible for each of three equals, but by no rule."""
    assert (WRONG, "3", Certainty.EXACT) in found(report("9.8 9.8 9.6 9.4 9.4 9.0", "1 1 2 4 4 6"))
    assert found(report("9.8 9.8 9.8", "2 2 2"))[0] == (WRONG, "1", Certainty.LIKELY)
    # Unrounded scores of equals may differ: 1–1 and 4–5 go together.
    assert {kind for kind, _, _ in found(report("9.8 9.8 9.6 9.4 9.4 9.0", "1 1 3 4 5 6"))} == {EQUALS}


def test_a_missing_place_and_the_order_of_the_others() -> None:
    assert found(report("9.8 9.6 9.4", "1 _ 3")) == [(MISSING, "2", Certainty.EXACT)]
    assert [kind for kind, _, _ in found(report("9.8 9.6 9.4 9.2", "3 _ 2 4"))] == [MISSING, WRONG]


def test_a_table_without_places_misses_none() -> None:
    assert found(published({"1": {"overall": "9.8"}, "2": {"overall": "9.6"}})) == []


def test_places_are_given_within_groups() -> None:
    rows = {"1": {"overall": "9.8", "place": "1"}, "2": {"overall": "9.0", "place": "1"}}
    ranking = DeclaredRanking(within="form")
    apart = {"1": {"form": "day"}, "2": {"form": "home"}}
    assert found(published(rows, ranking=ranking, attributes=apart)) == []
    assert found(published(rows)) == [(WRONG, "2", Certainty.EXACT)]
