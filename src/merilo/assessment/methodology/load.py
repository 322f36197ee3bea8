"""Plain text values of an edition's files → Edition. Every problem names file and line."""

from __future__ import annotations

from merilo.assessment.errors import Problem
from merilo.assessment.located import Mapping, Reader
from merilo.assessment.methodology.edition import (
    Breakdown,
    Category,
    CategoryValue,
    Comparison,
    Edition,
    FindingRule,
    Grade,
    LegalBasis,
    Norm,
    OverallValue,
    SampleRule,
    Standing,
    State,
    StateEffect,
)
from merilo.assessment.methodology.formulas.formula import read_applicability
from merilo.assessment.methodology.load_criteria import read_criteria, read_schemes
from merilo.assessment.methodology.load_policies import read_policies
from merilo.assessment.methodology.load_quantities import read_quantities
from merilo.assessment.methodology.policies import Policies
from merilo.assessment.methodology.size_rule import read_size_rule


def read_edition(node: Mapping, problems: list[Problem]) -> Edition:
    """An edition from the merged mapping of its files; problems are added to the list."""
    reader = Reader(node, problems)
    scale = reader.reader("scale") or reader.sub(Mapping({}, node.place))
    edition = Edition(
        code=reader.text("id"),
        version=reader.text("version"),
        title=reader.text("title"),
        title_en=reader.text("title_en"),
        legal_basis=tuple(_legal(inner) for inner in reader.readers("legal_basis")),
        valid_from=reader.day("valid_from"),
        valid_to=reader.day("valid_to"),
        standing=reader.one_of("status", Standing),
        notes=reader.texts("notes"),
        low=scale.number("min"),
        high=scale.number("max"),
        unit=scale.texts("unit"),
        categories=tuple(_category(inner) for inner in reader.readers("categories")),
        states=tuple(_state(inner) for inner in reader.readers("states")),
        policies=_policies(reader),
        quantities={quantity.code: quantity for quantity in read_quantities(reader)},
        criteria=read_criteria(reader),
        overall=reader.one_of("overall", OverallValue, OverallValue.WEIGHTED_MEAN),
        schemes=read_schemes(reader),
        ranking_within=reader.texts("ranking_within"),
        norms=tuple(_norm(inner) for inner in reader.readers("norms")),
        grades=tuple(_grade(inner) for inner in reader.readers("grades")),
        findings=tuple(_finding(inner) for inner in reader.readers("findings")),
        breakdowns=tuple(_breakdown(inner) for inner in reader.readers("breakdowns")),
        sampling=tuple(_sample_rule(inner) for inner in reader.readers("sampling")),
    )
    scale.finish()
    reader.finish()
    return edition


def _policies(reader: Reader) -> Policies:
    inner = reader.reader("policies")
    return Policies() if inner is None else read_policies(inner, Policies())


def _legal(reader: Reader) -> LegalBasis:
    basis = LegalBasis(reader.text("act"), reader.text("clause", ""), reader.one_of("status", Standing))
    reader.finish()
    return basis


def _category(reader: Reader) -> Category:
    values = tuple(_category_value(inner) for inner in reader.readers("values"))
    category = Category(
        reader.text("code"), reader.text("name"), values, reader.flag("required"), reader.flag("scored_apart")
    )
    reader.finish()
    return category


def _category_value(reader: Reader) -> CategoryValue:
    value = CategoryValue(reader.text("code"), reader.text("name"), reader.texts("also"))
    reader.finish()
    return value


def _state(reader: Reader) -> State:
    state = State(reader.text("code"), reader.text("name"), reader.one_of("effect", StateEffect), reader.texts("also"))
    reader.finish()
    return state


def _norm(reader: Reader) -> Norm:
    norm = Norm(
        code=reader.text("code"),
        name=reader.text("name"),
        subject=reader.text("subject"),
        comparison=reader.one_of("comparison", Comparison),
        bound=reader.number("value"),
        unit=reader.text("unit", ""),
        clause=reader.text("clause"),
        standing=reader.one_of("status", Standing),
    )
    reader.finish()
    return norm


def _grade(reader: Reader) -> Grade:
    grade = Grade(reader.text("name"), reader.number("from"))
    reader.finish()
    return grade


def _finding(reader: Reader) -> FindingRule:
    rule = FindingRule(
        code=reader.text("code"),
        text=reader.text("text"),
        subject=reader.text("subject"),
        comparison=reader.one_of("comparison", Comparison),
        bound=reader.number("value"),
        recommendation=reader.text("recommendation", ""),
    )
    reader.finish()
    return rule


def _breakdown(reader: Reader) -> Breakdown:
    breakdown = Breakdown(reader.text("column"), reader.text("name"))
    reader.finish()
    return breakdown


def _sample_rule(reader: Reader) -> SampleRule:
    rule = SampleRule(
        code=reader.text("code"),
        name=reader.text("name"),
        size=read_size_rule(reader),
        applies=read_applicability(reader),
        clause=reader.text("clause"),
        standing=reader.one_of("status", Standing),
    )
    reader.finish()
    return rule
