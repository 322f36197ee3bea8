"""Wholes against their parts, and the weights that would make them meet."""

from __future__ import annotations

from fractions import Fraction as F

import pytest

from merilo.assessment.methodology.edition import Weight
from merilo.assessment.recheck.defect import Certainty, Defect, DefectKind
from merilo.assessment.recheck.publication import NamedWeights, Publication
from merilo.assessment.recheck.relations import Relation, RelationKind, RelationPart
from merilo.assessment.recheck.wholes import check_wholes
from merilo.assessment.rounding import RoundingMode
from tests.assessment.recheck.printed_values import mean_of, published, sum_of


def found(publication: Publication) -> list[Defect]:
    return check_wholes(publication)[0]


@pytest.mark.parametrize(
    ("overall", "kind", "certainty"),
    [
        ("85.00", None, None),
        ("85.05", None, None),  # the parts may be 80.05 and 90.05
        ("84.95", None, None),
        ("85.06", DefectKind.NOT_FROM_PARTS, Certainty.LIKELY),  # parts cut off: 80.1 and 90.1 at most
        ("85.20", DefectKind.NOT_FROM_PARTS, Certainty.EXACT),
        ("84.94", DefectKind.NOT_FROM_PARTS, Certainty.LIKELY),  # 84.9499… cut
        ("84.80", DefectKind.NOT_FROM_PARTS, Certainty.EXACT),
    ],
)
def test_an_overall_score_is_only_wrong_beyond_every_rounding(
    overall: str, kind: DefectKind | None, certainty: Certainty | None
) -> None:
    report = published({"1": {"overall": overall, "a": "80.0", "b": "90.0"}}, relations=(mean_of("overall", "a", "b"),))
    defects = found(report)
    assert [(one.kind, one.certainty) for one in defects] == ([(kind, certainty)] if kind else [])
    for one in defects:
        assert (one.where.cell.row, one.where.cell.column) == (2, "overall")
        assert [where.cell.column for where in one.others] == ["a", "b"]


def test_a_declared_cut_is_read_as_one() -> None:
    rows = {"1": {"overall": "84.9", "a": "80.9", "b": "89.0"}}
    relations = (mean_of("overall", "a", "b"),)
    assert found(published(rows, relations=relations, rounding=RoundingMode.TRUNCATE)) == []


@pytest.mark.parametrize(("total", "certainty"), [("1.80", None), ("1.81", None), ("1.00", Certainty.EXACT)])
def test_a_sum_may_be_off_by_the_roundings_of_its_parts(total: str, certainty: Certainty | None) -> None:
    report = published({"1": {"total": total, "a": "1.00", "b": "0.80"}}, relations=(sum_of("total", "a", "b"),))
    assert [one.certainty for one in found(report)] == ([certainty] if certainty else [])


def test_a_difference_has_its_sign() -> None:
    relation = Relation("change", RelationKind.DIFFERENCE, (RelationPart("after"), RelationPart("before")))
    rows = {"1": {"change": "-6.25", "after": "84.72", "before": "90.97"}}
    assert found(published(rows, relations=(relation,))) == []
    rows["1"]["change"] = "6.25"
    assert [one.kind for one in found(published(rows, relations=(relation,)))] == [DefectKind.NOT_FROM_PARTS]


@pytest.mark.parametrize(("overall", "wrong"), [("40.0", False), ("90.0", False), ("30.0", True), ("95.0", True)])
def test_a_part_that_is_not_printed_may_be_anything_on_its_scale(overall: str, wrong: bool) -> None:
    report = published({"1": {"overall": overall, "a": "80.0", "b": ""}}, relations=(mean_of("overall", "a", "b"),))
    assert bool(found(report)) is wrong


def test_a_whole_without_printed_parts_is_listed_as_unchecked() -> None:
    relation = mean_of("overall", "a", "b")
    defects, checked = check_wholes(published({"1": {"overall": "80.0"}}, relations=(relation,)))
    assert (defects, checked.compared, checked.unchecked) == ([], 0, [relation])


def test_one_wrong_part_explains_its_whole() -> None:
    """Criterion a follows neither from its indicators nor into the overall score: it alone is pointed at."""
    relations = (mean_of("overall", "a", "b"), mean_of("a", "a1", "a2"))
    rows = {"1": {"overall": "85.0", "a": "60.0", "b": "90.0", "a1": "70.0", "a2": "90.0"}}
    defects = found(published(rows, relations=relations))
    assert [(one.where.cell.column, one.reason) for one in defects] == [("a", "WHOLE-CONFIRMS")]
    assert [where.cell.column for where in defects[0].others] == ["overall", "a1", "a2"]


def test_no_weights_give_a_mean_outside_its_parts() -> None:
    report = published({"1": {"overall": "95.0", "a": "80.0", "b": "90.0"}}, relations=(mean_of("overall", "a", "b"),))
    assert [one.reason for one in found(report)] == ["NO-WEIGHTS"]


def test_an_assumed_relation_is_never_exact() -> None:
    parts = (RelationPart("a"), RelationPart("b"))
    relation = Relation("overall", RelationKind.MEAN, parts, assumed=True)
    report = published({"1": {"overall": "88.0", "a": "80.0", "b": "90.0"}}, relations=(relation,))
    assert [(one.certainty, one.reason) for one in found(report)] == [(Certainty.LIKELY, "ASSUMED")]


SCORES = [
    (80, 90, 60),
    (70, 95, 88),
    (93, 61, 75),
    (66, 70, 91),
    (85, 55, 99),
    (74, 83, 62),
    (91, 77, 58),
    (59, 92, 84),
]


def scored(*weights: str) -> dict[str, dict[str, str]]:
    rows = {}
    for key, parts in enumerate(SCORES, start=1):
        overall = sum(F(weight) * part for weight, part in zip(weights, parts, strict=True))
        row = {code: f"{part}.00" for code, part in zip("abc", parts, strict=True)}
        rows[str(key)] = {"overall": f"{float(overall):.2f}", **row}
    return rows


DECLARED = mean_of("overall", a="0.2", b="0.3", c="0.5")


def test_the_declared_weights_need_no_others() -> None:
    assert found(published(scored("0.2", "0.3", "0.5"), relations=(DECLARED,))) == []


def test_equal_weights_are_recognised_and_exceptions_stay() -> None:
    rows = scored("1/3", "1/3", "1/3")
    rows["4"]["overall"] = "90.00"
    defects = found(published(rows, relations=(DECLARED,)))
    summary = next(one for one in defects if one.kind is DefectKind.OTHER_WEIGHTS)
    details = dict(summary.details)
    assert summary.reason == "EQUAL"
    assert (details["reproduced"], details["of"]) == (7, 8)
    rest = [one for one in defects if one is not summary]
    assert [(one.kind, one.unit) for one in rest] == [(DefectKind.NOT_FROM_PARTS, "4")]


def test_the_weights_of_another_column_are_recognised() -> None:
    column = NamedWeights("overall", "column 2", (("a", F("0.6")), ("b", F("0.3")), ("c", F("0.1"))))
    rows = scored("0.6", "0.3", "0.1")
    defects = found(published(rows, relations=(DECLARED,), other_weights=(column,)))
    assert [(one.kind, one.reason) for one in defects] == [(DefectKind.OTHER_WEIGHTS, "SCHEME")]
    assert dict(defects[0].details)["name"] == "column 2"
    assert len(defects[0].others) == 7


def test_weights_are_found_by_least_squares_and_said_to_be_found() -> None:
    defects = found(published(scored("0.55", "0.35", "0.10"), relations=(DECLARED,)))
    assert [(one.kind, one.reason) for one in defects] == [(DefectKind.OTHER_WEIGHTS, "FOUND")]
    details = dict(defects[0].details)
    assert details["weights"] == ("a=11/20", "b=7/20", "c=1/10")
    assert details["residual"] == 0


def test_no_weights_are_found_from_too_few_wholes() -> None:
    rows = {key: row for key, row in scored("0.55", "0.35", "0.10").items() if int(key) <= 4}
    assert {one.kind for one in found(published(rows, relations=(DECLARED,)))} == {DefectKind.NOT_FROM_PARTS}


def test_a_unit_of_unknown_form_follows_if_it_does_in_some_form() -> None:
    weights = {code: Weight(None, "form", cases) for code, cases in (("a", (("day", F(1)), ("home", F(0)))),)}
    other = Weight(None, "form", (("day", F(0)), ("home", F(1))))
    parts = (RelationPart("a", weights["a"]), RelationPart("b", other))
    relation = Relation("overall", RelationKind.WEIGHTED_MEAN, parts)
    categories = {"form": ("day", "home")}
    row = {"overall": "90.0", "a": "80.0", "b": "90.0"}
    assert found(published({"1": row}, relations=(relation,), categories=categories)) == []
    known = published({"1": row}, relations=(relation,), categories=categories, attributes={"1": {"form": "day"}})
    assert [one.certainty for one in found(known)] == [Certainty.EXACT]
