"""The JSON Schema of editions: shipped files fit it, its closed lists are the code's, misspelt keys are refused."""

from __future__ import annotations

import copy
import json
from datetime import date
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from merilo.assessment.errors import Place
from merilo.assessment.instrument.questionnaire import QuestionKind
from merilo.assessment.located import Mapping, Reader
from merilo.assessment.methodology import edition, policies, quantity
from merilo.assessment.methodology.formulas.formula import Formula
from merilo.assessment.methodology.formulas.kinds import KINDS
from merilo.assessment.methodology.formulas.ratio import Ratio
from merilo.assessment.rounding import RoundingMode, RoundingStage
from merilo.shelf import EDITIONS
from tools.make_schema import SCHEMA, schema_text

FILES = sorted(EDITIONS.glob("*/**/*.yaml"))
MODEL = EDITIONS / "ru-344n-2018"

# Where each closed list of the code stands in the schema.
LISTS: list[tuple[type[Enum], str]] = [
    (edition.Standing, "edition_file/properties/status"),
    (edition.OverallValue, "edition_file/properties/overall"),
    (edition.StateEffect, "edition_file/properties/states/items/properties/effect"),
    (edition.Comparison, "edition_file/properties/norms/items/properties/comparison"),
    (edition.Comparison, "edition_file/properties/findings/items/properties/comparison"),
    (edition.SchemeKind, "edition_file/properties/weights/items/properties/kind"),
    (edition.CriterionValue, "edition_file/properties/criteria/items/properties/value"),
    (edition.Standing, "indicator/properties/status"),
    (quantity.QuantityKind, "edition_file/properties/quantities/items/properties/kind"),
    (quantity.Source, "edition_file/properties/quantities/items/properties/source"),
    (QuestionKind, "edition_file/properties/questionnaire/properties/questions/items/properties/kind"),
    (policies.EmptyGroup, "policies/properties/empty_group/anyOf/0"),
    (policies.EmptyPart, "policies/properties/empty_part/anyOf/0"),
    (policies.Denominator, "policies/properties/denominator/anyOf/0"),
    (policies.NoData, "policies/properties/no_data/anyOf/0"),
    (policies.Bases, "policies/properties/bases"),
    (policies.FormsOfService, "policies/properties/forms"),
    (policies.Ties, "policies/properties/ties"),
    (policies.RankOn, "policies/properties/rank_on"),
    (RoundingStage, "policies/properties/rounding/properties/stage"),
    (RoundingMode, "policies/properties/rounding/properties/mode"),
]

MISSPELT = [
    ("criteria.yaml", ("criteria", 0), "lable"),
    ("criteria.yaml", ("criteria", 0, "indicators", 0), "wieght"),
    ("criteria.yaml", ("criteria", 0, "indicators", 1, "formula"), "pionts"),
    ("criteria.yaml", ("criteria", 1, "indicators", 1, "formula", "cases", "health", "items", 0, "formula"), "halv"),
    ("quantities.yaml", ("quantities", 0), "sorce"),
    ("quantities.yaml", ("findings", 0), "recomendation"),
    ("questionnaire.yaml", ("questionnaire", "questions", 1), "askedif"),
    ("questionnaire.yaml", ("questionnaire", "answer_scales", "yes_no", "options", 0), "txt"),
    ("edition.yaml", (), "titel"),
    ("edition.yaml", ("policies",), "emptygroup"),
    ("edition.yaml", ("policies", "rounding"), "digit"),
    ("edition.yaml", ("weights", 0), "criterions"),
    ("examples/organisation-a.yaml", ("examples", 0), "expected"),
    ("examples/organisation-a.yaml", ("examples", 0, "observations", "timely"), "bsae"),
]

WRONG = [
    ("criteria.yaml", ("criteria", 0, "indicators", 0, "formula", "kind"), "ratioo"),
    ("criteria.yaml", ("criteria", 0, "indicators", 0, "weight"), "треть"),
    ("criteria.yaml", ("criteria", 0, "indicators", 0, "status"), "proven"),
    ("quantities.yaml", ("quantities", 0, "kind"), "percentage"),
    ("questionnaire.yaml", ("questionnaire", "questions", 15, "answers"), "yes_no"),
    ("edition.yaml", ("valid_from",), "22.10.2018"),
    ("edition.yaml", ("weights", 0, "criteria"), None),
]


@cache
def schema() -> dict[str, Any]:
    return dict(json.loads(SCHEMA.read_text(encoding="utf-8")))


def as_json(node: object) -> Any:
    """What an editor hands to the schema: YAML 1.2 knows no dates, and JSON keys are texts."""
    if isinstance(node, dict):
        return {str(key): as_json(value) for key, value in node.items()}
    if isinstance(node, list):
        return [as_json(value) for value in node]
    return node.isoformat() if isinstance(node, date) else node


def read(path: Path) -> Any:
    return as_json(yaml.safe_load(path.read_text(encoding="utf-8")))


def complaints(document: object) -> list[str]:
    validator = jsonschema.Draft202012Validator(schema())
    return [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(document)]


def at(node: Any, path: tuple[str | int, ...]) -> Any:
    for key in path:
        node = node[key]
    return node


def test_the_schema_is_a_schema_and_the_shipped_one_is_current() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    assert SCHEMA.read_text(encoding="utf-8") == schema_text(), "run python -m tools.make_schema"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(EDITIONS).as_posix())
def test_every_shipped_file_fits_the_schema(path: Path) -> None:
    assert complaints(read(path)) == []


@pytest.mark.parametrize(("choices", "where"), LISTS, ids=lambda value: value if isinstance(value, str) else "")
def test_closed_lists_are_those_of_the_code(choices: type[Enum], where: str) -> None:
    keys = tuple(int(key) if key.isdigit() else key for key in where.split("/"))
    assert at(schema()["$defs"], keys)["enum"] == [choice.value for choice in choices]


def test_no_closed_list_of_the_code_is_left_out() -> None:
    modules = (edition, policies, quantity)
    every = {
        found
        for module in modules
        for found in vars(module).values()
        if isinstance(found, type) and issubclass(found, Enum) and found.__module__ == module.__name__
    }
    assert every - {choices for choices, _ in LISTS} == set()


def test_formula_kinds_are_those_of_the_code() -> None:
    definitions = schema()["$defs"]
    assert sorted(definitions["formula"]["properties"]["kind"]["enum"]) == sorted(KINDS)
    assert {name for name in definitions if name.startswith("formula_")} == {f"formula_{kind}" for kind in KINDS}


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_keys_of_a_formula_are_those_the_code_reads(kind: str) -> None:
    reader = Reader(Mapping({}, Place("nowhere")), [])

    def nested(inner: Reader, key: str) -> Formula:
        inner.take(key)
        return Ratio("")

    KINDS[kind].read(reader, nested)
    assert set(schema()["$defs"][f"formula_{kind}"]["properties"]) == {"kind", *reader.taken}


@pytest.mark.parametrize(("file", "where", "key"), MISSPELT)
def test_a_misspelt_key_is_refused(file: str, where: tuple[str | int, ...], key: str) -> None:
    document = copy.deepcopy(read(MODEL / file))
    at(document, where)[key] = "1"
    assert any(key in complaint for complaint in complaints(document))


@pytest.mark.parametrize(("file", "where", "value"), WRONG)
def test_a_wrong_value_is_refused(file: str, where: tuple[str | int, ...], value: object) -> None:
    document = copy.deepcopy(read(MODEL / file))
    if value is None:
        del at(document, where[:-1])[where[-1]]
    else:
        at(document, where[:-1])[where[-1]] = value
    assert complaints(document) != []
