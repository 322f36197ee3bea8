"""A published report in few words, for worked examples: cells, relations, claims."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction as F

from merilo.assessment.errors import Place
from merilo.assessment.methodology.edition import Weight
from merilo.assessment.recheck.claims import Claim, Scope, Statistic
from merilo.assessment.recheck.printed import PrintedNumber
from merilo.assessment.recheck.publication import PrintedCell, PrintedPlace, Publication, PublishedSubject
from merilo.assessment.recheck.relations import Relation, RelationKind, RelationPart

COUNTED = ("place", "sample", "population")


def number(text: str, *, exact: bool = False) -> PrintedNumber:
    bare = text.replace("%", "").replace("+", "").strip()
    return PrintedNumber(text, F(bare), len(bare.partition(".")[2]), text.endswith("%"), exact)


def published(table: Mapping[str, Mapping[str, str]], **rules: object) -> Publication:
    """`{unit: {subject: text}}`; an empty text is an empty cell, one with letters cannot be read."""
    cells = []
    for row, (unit, texts) in enumerate(table.items(), start=1):
        for subject, text in texts.items():
            readable = bool(text) and not any(letter.isalpha() or letter == "\\" for letter in text)
            value = number(text, exact=subject in COUNTED) if readable else None
            where = PrintedPlace("table 1", Place("scores.csv", row + 1, subject), row, subject)
            cells.append(PrintedCell(unit, subject, text, value, where, bool(text) and not readable))
    subjects = {cell.subject: PublishedSubject(cell.subject, "", F(0), F(100)) for cell in cells}
    for code in COUNTED:
        subjects[code] = PublishedSubject(code, "")
    known: dict[str, object] = {"names": {}, "attributes": {}, "subjects": subjects, **rules}
    return Publication(cells=tuple(cells), **known)  # type: ignore[arg-type]


def mean_of(whole: str, *parts: str, **weights: object) -> Relation:
    """A weighted mean of parts: equal weights, or those given by name."""
    if weights:
        return Relation(
            whole,
            RelationKind.WEIGHTED_MEAN,
            tuple(RelationPart(part, Weight(F(str(weight)))) for part, weight in weights.items()),
        )
    return Relation(whole, RelationKind.WEIGHTED_MEAN, tuple(RelationPart(part) for part in parts))


def sum_of(whole: str, *parts: str) -> Relation:
    return Relation(whole, RelationKind.SUM, tuple(RelationPart(part) for part in parts))


def claim(statistic: Statistic, text: str = "", subject: str = "a", **rest: object) -> Claim:
    names = statistic.names_units or statistic.names_subjects
    where = PrintedPlace("section 1", Place("claims.csv", 2, "value"))
    known: dict[str, object] = {
        "value": None if names or not text else number(text),
        "named": tuple(text.split(";")) if names else (),
        "scope": Scope(),
        **rest,
    }
    return Claim(statistic, subject, known.pop("scope"), where, text, **known)  # type: ignore[arg-type]


def units(*keys: str) -> Scope:
    return Scope(units=keys)
