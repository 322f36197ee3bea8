"""What an audited document is to obey: subjects and relations of its methodology, and those audit.yaml declares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from merilo.assessment.located import Mapping as Located
from merilo.assessment.located import Reader, Scalar, parse_number
from merilo.assessment.methodology.edition import CriterionValue, Edition, SchemeKind, Weight, WeightScheme
from merilo.assessment.recheck.publication import OVERALL, PLACE, POPULATION, SAMPLE, NamedWeights, PublishedSubject
from merilo.assessment.recheck.relations import (
    ONE,
    Relation,
    RelationKind,
    RelationPart,
    relations_of,
    scheme_weights,
)

COUNTED = (PLACE, POPULATION, SAMPLE)
PERCENT = "percent"
ZERO = Fraction(0)


def methodology_subjects(edition: Edition | None) -> dict[str, PublishedSubject]:
    """What a document of this methodology may print: scores, places, sizes."""
    found = {code: PublishedSubject(code, "") for code in (OVERALL, *COUNTED)}
    if edition is None:
        return found
    found[OVERALL] = PublishedSubject(OVERALL, "", edition.low, edition.high)
    for criterion in edition.criteria:
        is_mean = criterion.value is CriterionValue.WEIGHTED_MEAN
        high = sum((one.item.formula.high() for one in criterion.indicators), ZERO)
        low, high = (edition.low, edition.high) if is_mean else (ZERO, high)
        found[criterion.code] = PublishedSubject(criterion.code, criterion.short_name, low, high)
    for item in edition.items.values():
        values = item.formula.attainable_values()
        is_numbered = f" {item.label} " in f" {item.name.replace(',', ' ')} "
        name = item.name if is_numbered else f"{item.label} {item.name}".strip()
        found[item.code] = PublishedSubject(item.code, name, ZERO, item.formula.high(), tuple(sorted(values or ())))
    return found


def own_subjects(
    reader: Reader, known: Mapping[str, PublishedSubject], relations: Sequence[Relation]
) -> tuple[dict[str, PublishedSubject], dict[str, int]]:
    """The subjects with what `subjects` and `relations` of audit.yaml add; and the decimals it gives."""
    subjects, decimals = dict(known), {}
    for code, node in reader.named("subjects").items():
        inner = reader.sub(node)
        before = subjects.get(code, PublishedSubject(code, ""))
        subjects[code] = PublishedSubject(
            code,
            inner.text("name", before.name),
            inner.number("low") if inner.has("low") else before.low,
            inner.number("high") if inner.has("high") else before.high,
            tuple(sorted(inner.numbers("values"))) or before.values,
            inner.text("unit", "") == PERCENT,
        )
        if inner.has("decimals"):
            decimals[code] = inner.whole("decimals")
        inner.taken |= {"low", "high", "decimals"}
        inner.finish()
    for relation in relations:
        for code in (relation.whole, *(part.subject for part in relation.parts)):
            subjects.setdefault(code, PublishedSubject(code, ""))
    return subjects, decimals


def methodology_relations(reader: Reader, edition: Edition | None) -> tuple[list[Relation], tuple[NamedWeights, ...]]:
    """The relations of the methodology under the declared weights, and what else it weighs criteria by. Without a
    methodology `weights` says of what the overall score is the mean."""
    if edition is not None:
        weights = _declared_weights(reader, edition)
        return list(relations_of(edition, weights)), tuple(_named_weights(edition))
    node = reader.take("weights")
    if not isinstance(node, Located):
        if node is not None:
            reader.note("AUDIT-19", node.place)
        return [], ()
    parts = tuple(RelationPart(code, Weight(_weight(reader, code, one))) for code, one in node.entries.items())
    return [Relation(OVERALL, RelationKind.WEIGHTED_MEAN, parts)], ()


def _declared_weights(reader: Reader, edition: Edition) -> dict[str, Weight]:
    node = reader.take("weights")
    if isinstance(node, Located):
        found = {}
        criteria = [criterion.code for criterion in edition.criteria]
        for code, inner in node.entries.items():
            if code not in criteria:
                reader.note("AUDIT-05", inner.place, subject=code, close=", ".join(criteria))
            found[code] = Weight(_weight(reader, code, inner))
        return found
    asked = reader.text("weights", "")
    scheme = (
        WeightScheme("equal", "", SchemeKind.EQUAL, edition.standing) if asked == "equal" else edition.scheme(asked)
    )
    if scheme is None:
        known = ", ".join(["equal", *(one.code for one in edition.schemes)])
        reader.note("FOLDER-03", reader.place("weights"), asked=asked, known=known)
        return {}
    weights = scheme_weights(edition, scheme)
    if weights is None:
        reader.note("AUDIT-17", reader.place("weights"), scheme=scheme.code)
    return weights or {}


def _named_weights(edition: Edition) -> Iterator[NamedWeights]:
    """Every fixed scheme, and every column of one whose weights differ by a category."""
    for scheme in edition.schemes:
        if scheme.kind is not SchemeKind.FIXED:
            continue
        name, weights = scheme.name or scheme.code, dict(scheme.weights)
        columns = {(one.category, value) for one in weights.values() for value, _ in one.cases}
        for category, value in sorted(columns) or [("", "")]:
            column = tuple((code, weight.of({category: value})) for code, weight in weights.items())
            yield NamedWeights(OVERALL, f"{name}: {_value_name(edition, category, value)}" if value else name, column)


def _value_name(edition: Edition, category: str, value: str) -> str:
    found = edition.category(category)
    return next((one.name for one in found.values if one.code == value), value) if found else value


def declared_relations(reader: Reader, known: Sequence[Relation]) -> tuple[Relation, ...]:
    """The relations of audit.yaml, then those of the methodology whose whole it does not declare itself."""
    own = []
    for inner in reader.readers("relations"):
        relation = _relation(inner)
        if relation is not None:
            own.append(relation)
        inner.finish()
    replaced = {relation.whole for relation in own}
    return (*own, *(relation for relation in known if relation.whole not in replaced))


def _relation(inner: Reader) -> Relation | None:
    whole, kind = inner.text("whole"), inner.one_of("kind", RelationKind)
    weights = _part_weights(inner)
    is_difference = kind is RelationKind.DIFFERENCE
    if not weights or (is_difference and len(weights) != 2):
        inner.note("AUDIT-12", inner.place("parts"), whole=whole, least=2 if is_difference else 1)
        return None
    if kind is RelationKind.WEIGHTED_MEAN and sum(weights.values()) <= 0:
        inner.note("AUDIT-13", inner.place("parts"), whole=whole)
        return None
    is_weighted = kind in (RelationKind.WEIGHTED_MEAN, RelationKind.SUM)
    parts = tuple(RelationPart(code, Weight(weight) if is_weighted else ONE) for code, weight in weights.items())
    return Relation(whole, kind, parts, assumed=inner.flag("assumed"))


def _part_weights(inner: Reader) -> dict[str, Fraction]:
    """Subject → weight, from a mapping; 1 for each of a list."""
    node = inner.take("parts")
    if isinstance(node, Located):
        return {code: _weight(inner, code, weight) for code, weight in node.entries.items()}
    return {code: Fraction(1) for code in inner.texts("parts")}


def _weight(reader: Reader, code: str, node: object) -> Fraction:
    if isinstance(node, Scalar):
        try:
            weight = parse_number(node.text)
        except (ValueError, ZeroDivisionError):
            weight = None
        if weight is not None and weight >= 0:
            return weight
        reader.note("AUDIT-18", node.place, code=code, value=node.text)
    return ZERO
