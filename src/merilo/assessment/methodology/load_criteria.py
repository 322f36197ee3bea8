"""Reading criteria, indicators and weighting schemes of an edition."""

from __future__ import annotations

from fractions import Fraction

from merilo.assessment.located import Mapping, Reader
from merilo.assessment.methodology.edition import (
    Criterion,
    CriterionValue,
    Indicator,
    SchemeKind,
    Standing,
    Weight,
    WeightScheme,
)
from merilo.assessment.methodology.formulas.formula import Item, read_applicability
from merilo.assessment.methodology.formulas.kinds import read_formula


def read_criteria(reader: Reader) -> tuple[Criterion, ...]:
    """The list under `criteria`."""
    return tuple(_criterion(inner) for inner in reader.readers("criteria"))


def _criterion(reader: Reader) -> Criterion:
    name = reader.text("name")
    criterion = Criterion(
        code=reader.text("code"),
        label=reader.text("label", ""),
        name=name,
        short_name=reader.text("short_name", name),
        value=reader.one_of("value", CriterionValue, CriterionValue.WEIGHTED_MEAN),
        indicators=tuple(_indicator(inner) for inner in reader.readers("indicators")),
    )
    reader.finish()
    return criterion


def _indicator(reader: Reader) -> Indicator:
    name = reader.text("name")
    item = Item(
        code=reader.text("code"),
        label=reader.text("label", ""),
        name=name,
        formula=read_formula(reader, "formula"),
        applies=read_applicability(reader),
    )
    indicator = Indicator(
        item=item,
        weight=read_weight(reader, "weight"),
        clause=reader.text("clause"),
        standing=reader.one_of("status", Standing),
        short_name=reader.text("short_name", name),
    )
    reader.finish()
    return indicator


def read_weight(reader: Reader, key: str) -> Weight:
    """`0.3`, or `{by: sector, social: 0.3, culture: 0.5}`; absent, every indicator weighs the same."""
    if not isinstance(reader.node.entries.get(key), Mapping):
        return Weight(reader.number(key, Fraction(1)))
    inner = reader.sub(reader.node.entries[key])
    reader.taken.add(key)
    category = inner.text("by")
    cases = tuple((value, inner.number(value)) for value in inner.node.entries if value != "by")
    inner.finish()
    return Weight(None, category, cases)


def read_schemes(reader: Reader) -> tuple[WeightScheme, ...]:
    """The list under `weights`; without one, criteria weigh the same."""
    schemes = tuple(_scheme(inner) for inner in reader.readers("weights"))
    return schemes or (WeightScheme("equal", "", SchemeKind.EQUAL, Standing.INFERRED),)


def _scheme(reader: Reader) -> WeightScheme:
    kind = reader.one_of("kind", SchemeKind)
    weights, quantities = reader.reader("criteria"), reader.reader("quantities")
    scheme = WeightScheme(
        code=reader.text("code"),
        name=reader.text("name"),
        kind=kind,
        standing=reader.one_of("status", Standing),
        clause=reader.text("clause", ""),
        weights=tuple((code, read_weight(weights, code)) for code in weights.node.entries) if weights else (),
        quantities=tuple((code, quantities.text(code)) for code in quantities.node.entries) if quantities else (),
    )
    if kind is SchemeKind.FIXED and not scheme.weights:
        reader.note("EDITION-01", reader.place("criteria"), key="criteria", least=1)
    if kind is SchemeKind.IMPORTANCE and not scheme.quantities:
        reader.note("EDITION-01", reader.place("quantities"), key="quantities", least=1)
    reader.finish()
    return scheme
