"""The formula kinds of the JSON Schema: what each does and which keys it takes."""

from __future__ import annotations

from tools.schema_parts import Schema, by_name, flag, listing, number, ref, strict, text, texts

QUANTITY = text("Код величины, которую читает формула.")
ITEMS = listing(ref("sub_item"), "Подпоказатели, каждый со своей формулой.")

# kind → (what it does, required keys, keys)
FORMULAS: dict[str, tuple[str, tuple[str, ...], dict[str, Schema]]] = {
    "ratio": (
        "Доля: scale × числитель / база.",
        ("quantity",),
        {"quantity": QUANTITY, "scale": number("Чего стоит полная доля; без ключа 100.")},
    ),
    "mean": (
        "Среднее: сумма / база, в единицах самой величины.",
        ("quantity", "maximum"),
        {"quantity": QUANTITY, "maximum": number("Наибольшее возможное среднее.")},
    ),
    "mean_of_ratios": (
        "Простое среднее нескольких долей.",
        ("quantities",),
        {
            "quantities": listing({"type": ["string", "number"]}, "Коды величин, не меньше двух.") | {"minItems": 2},
            "common_base": text("Величина, которая служит общей базой, когда действует правило bases: common."),
        },
    ),
    "mean_of_maximum": (
        "Средняя оценка в долях наибольшей: 3 из 5 – это 60 %. Не доля довольных.",
        ("quantity",),
        {
            "quantity": QUANTITY,
            "maximum": number("Наибольшая оценка; без ключа 5."),
            "scale": number("Чего стоит наибольшая оценка; без ключа 100."),
        },
    ),
    "count_capped": (
        "Столько-то баллов за каждую найденную единицу, но не больше cap.",
        ("quantity", "points"),
        {
            "quantity": QUANTITY,
            "points": number("Баллы за единицу."),
            "cap": number("Потолок; без ключа 100."),
        },
    ),
    "choice": (
        "Баллы за один из закрытого перечня вариантов.",
        ("quantity",),
        {"quantity": QUANTITY, "points": texts("Допустимые значения вариантов; без ключа 0 и 1.")},
    ),
    "bands": (
        "Баллы по тому, в какой промежуток попало значение.",
        ("of", "bands"),
        {
            "of": ref("formula", "Формула, значение которой раскладывается по промежуткам."),
            "bands": listing(ref("band"), "Промежутки по возрастанию верхней границы; последний без границы."),
        },
    ),
    "steps": (
        "Баллы за среднее время ожидания против норматива.",
        ("quantity", "norm", "half", "shorter_by"),
        {
            "quantity": text("Величина – время ожидания (сумма и число случаев)."),
            "norm": text("Величина – норматив."),
            "half": number("Баллы, если ждали не больше половины норматива."),
            "shorter_by": by_name(number("Баллы."), "На сколько единиц короче норматива → баллы."),
            "whole_units": flag("Округлять ли среднее до целых единиц; без ключа да."),
        },
    ),
    "mean_of": ("Простое среднее подпоказателей.", ("items",), {"items": ITEMS}),
    "sum_of": ("Сумма баллов подпоказателей.", ("items",), {"items": ITEMS}),
    "rate_per_100": ("Столько-то на 100 единиц базы.", ("quantity",), {"quantity": QUANTITY}),
    "normalise": (
        "Перевод значения на общую шкалу между худшим и лучшим.",
        ("of", "worst", "best", "scale"),
        {
            "of": ref("formula", "Формула, значение которой переводится."),
            "worst": number("Худшее значение: 0 баллов."),
            "best": number("Лучшее значение: scale баллов; меньше худшего, если меньше – лучше."),
            "scale": number("Наибольшее значение новой шкалы."),
        },
    ),
    "by_category": (
        "Своя формула для каждого значения категории; где формулы нет, показатель неприменим.",
        ("category", "cases"),
        {
            "category": text("Код категории."),
            "cases": by_name(ref("formula"), "Значение категории → формула.") | {"minProperties": 1},
        },
    ),
}


def formula_schemas() -> dict[str, Schema]:
    """The definitions `formula`, one `formula_<kind>` for every kind, `band` and `sub_item`."""
    kinds = {"kind": {"enum": list(FORMULAS), "description": f"Вид формулы. {_kinds_in_words()}"}}
    branches = [
        {"if": {"required": ["kind"], "properties": {"kind": {"const": kind}}}, "then": ref(f"formula_{kind}")}
        for kind in FORMULAS
    ]
    found: dict[str, Schema] = {
        "formula": {
            "type": "object",
            "description": "Формула показателя: закрытый перечень видов.",
            "required": ["kind"],
            "properties": kinds,
            "allOf": branches,
        }
    }
    for kind, (description, required, properties) in FORMULAS.items():
        keys = {"kind": {"const": kind, "description": description}, **properties}
        found[f"formula_{kind}"] = strict(description, ("kind", *required), keys)
    return found | {"band": _band(), "sub_item": _sub_item()}


def _kinds_in_words() -> str:
    return " ".join(f"{kind}: {description}" for kind, (description, _, _) in FORMULAS.items())


def _band() -> Schema:
    properties = {
        "below": number("Верхняя граница, сама в промежуток не входит."),
        "at_most": number("Верхняя граница, входит в промежуток."),
        "points": number("Баллы за попадание в промежуток."),
    }
    both = {"not": {"required": ["below", "at_most"]}}
    return strict("Промежуток.", ("points",), properties) | both


def _sub_item() -> Schema:
    properties = {
        "code": text("Код подпоказателя: не меняется между редакциями."),
        "label": text("Номер, как он напечатан в акте."),
        "name": text("Полное название."),
        "formula": ref("formula"),
        "applies_to": ref("applicability"),
        "not_for": ref("applicability"),
    }
    return strict("Подпоказатель.", ("code", "name", "formula"), properties)
