"""The part of the JSON Schema for the rules of the sample size."""

from __future__ import annotations

from merilo.assessment.methodology.size_rule import SizeKind, SizeRounding, SizeScope
from tools.schema_parts import CLAUSE, CODE, NAME, Schema, number, one_of, ref, strict, when, whole


def sample_rule(status: Schema) -> Schema:
    """One rule; `status` is the schema of standings."""
    kinds = {"finite_population": "t²·w(1−w)·N / (N·Δ² + t²·w(1−w))", "share": "доля получателей"}
    roundings = {"up": "до следующего целого", "nearest": "до ближайшего целого"}
    scopes = {"form": "каждая форма отдельно", "organisation": "организация целиком, объем делится по формам"}
    properties = {
        "code": CODE,
        "name": NAME,
        "kind": one_of(SizeKind, "Как из числа получателей следует объем.", kinds),
        "share": number("w или доля получателей: 40 процентов – это 0.4."),
        "margin": number("Предельная ошибка доли Δ: 10 процентов – это 0.1."),
        "t": number("Коэффициент доверительной вероятности."),
        "level": number("Доверительная вероятность, если t не задан; без того и другого 0.95."),
        "cap": whole("Больше этого не опрашивают."),
        "rounding": one_of(SizeRounding, "Округление объема; без ключа up.", roundings),
        "scope": one_of(SizeScope, "Чьи получатели считаются; без ключа form.", scopes),
        "applies_to": ref("applicability", "Только для этих значений категорий."),
        "not_for": ref("applicability", "Не для этих значений категорий."),
        "clause": CLAUSE,
        "status": status,
    }
    needs_margin = when("kind", [SizeKind.FINITE_POPULATION.value], {"required": ["margin"]})
    required = ("code", "name", "kind", "share", "clause", "status")
    return strict("Правило объема выборки.", required, properties) | {"allOf": [needs_margin]}
