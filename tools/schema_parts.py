"""Small pieces of JSON Schema in which the schema of editions is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any

Schema = dict[str, Any]

NUMBER_TEXT = r"^\s*-?[0-9][0-9 ]*(\.[0-9]+)?(\s*/\s*[0-9]+)?\s*$"


def text(description: str) -> Schema:
    """A single value read as text: what YAML takes for a number or a flag is text as well."""
    return {"type": ["string", "number", "boolean"], "description": description}


def number(description: str) -> Schema:
    """An exact number: `0.3`, `14`, `1/5`."""
    return {
        "description": f"{description} Число: 0.3, 14 или дробь 1/5.",
        "anyOf": [{"type": "number"}, {"type": "string", "pattern": NUMBER_TEXT}],
    }


def whole(description: str) -> Schema:
    """A whole number."""
    return {"description": description, "anyOf": [{"type": "integer"}, {"type": "string", "pattern": "^-?[0-9]+$"}]}


def numbers(description: str) -> Schema:
    """A list of whole numbers; a single number is a list of one."""
    one = {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": "^-?[0-9]+$"}]}
    return {"description": description, "anyOf": [one, {"type": "array", "items": one}]}


def flag(description: str) -> Schema:
    """`true` or `false`."""
    return {"type": "boolean", "description": description}


def day(description: str) -> Schema:
    """A date, or nothing."""
    return {
        "description": f"{description} Дата вида 2018-10-22 или null.",
        "anyOf": [{"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}, {"type": "null"}],
    }


def texts(description: str) -> Schema:
    """A list of texts; a single text is a list of one."""
    one = {"type": ["string", "number", "boolean"]}
    return {"description": description, "anyOf": [one, {"type": "array", "items": one}]}


def one_of(choices: type[Enum], description: str, meanings: Mapping[str, str]) -> Schema:
    """A member of a closed list; every member must have its meaning in words."""
    values = [str(choice.value) for choice in choices]
    listed = "; ".join(f"{value} – {meanings[value]}" for value in values)
    return {"enum": values, "description": f"{description} {listed}."}


def per_code(choices: type[Enum], description: str, meanings: Mapping[str, str]) -> Schema:
    """A rule for all, or `default` with exceptions by code."""
    plain = one_of(choices, description, meanings)
    values = {"enum": plain["enum"]}
    described = {**values, "description": "Правило для всех остальных кодов."}
    by_code = {"type": "object", "properties": {"default": described}, "additionalProperties": values}
    return {
        "description": f"{plain['description']} Вместо слова – отображение «код: правило» с ключом default.",
        "anyOf": [values, by_code],
    }


def listing(items: Schema, description: str) -> Schema:
    """A list."""
    return {"type": "array", "items": items, "description": description}


def by_name(values: Schema, description: str) -> Schema:
    """Names given by the author → values of one shape."""
    return {"type": "object", "additionalProperties": values, "description": description}


def strict(description: str, required: Iterable[str], properties: Mapping[str, Schema]) -> Schema:
    """A mapping that takes these keys and no others."""
    return {
        "type": "object",
        "description": description,
        "required": list(required),
        "properties": dict(properties),
        "additionalProperties": False,
    }


def ref(name: str, description: str = "") -> Schema:
    """A definition by name."""
    found: Schema = {"$ref": f"#/$defs/{name}"}
    return {**found, "description": description} if description else found


def when(key: str, values: Iterable[str], then: Schema) -> Schema:
    """`then` holds where `key` is written and has one of these values."""
    return {"if": {"required": [key], "properties": {key: {"enum": list(values)}}}, "then": then}


CODE = text("Код: латиница, не меняется между редакциями.")
NAME = text("Название.")
ALSO = texts("Другие написания, которые встречаются в файлах.")
CLAUSE = text("Место в акте и как оно проверено.")
