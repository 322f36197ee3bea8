"""The reference pages name what the code reads: every key, every value of every closed list, in both languages."""

from __future__ import annotations

import re
from enum import Enum

import pytest

from merilo.assessment.instrument.questionnaire import QuestionKind
from merilo.assessment.methodology import policies
from merilo.assessment.methodology.edition import (
    Comparison,
    CriterionValue,
    OverallValue,
    SchemeKind,
    Standing,
    StateEffect,
)
from merilo.assessment.methodology.formulas.kinds import KINDS
from merilo.assessment.methodology.formulas.working import Status
from merilo.assessment.methodology.quantity import QuantityKind, Source
from merilo.assessment.methodology.size_rule import SizeKind, SizeRounding, SizeScope
from merilo.assessment.recheck.compare import Verdict
from merilo.assessment.rounding import RoundingMode, RoundingStage
from merilo.assessment.sampling.allocation import Allocation
from merilo.assessment.sampling.draw import DrawMethod
from merilo.assessment.sampling.load_choices import SIZE_KEYS
from merilo.folder import evidence, exclusions, organisations, published, sample_frame, settings
from tests.docs.pages import METHODOLOGY, PAIRS, first_cells, keys, markers, page, rows

ENUMS: dict[str, type[Enum]] = {
    found.__name__: found
    for found in (
        Allocation,
        Comparison,
        CriterionValue,
        DrawMethod,
        OverallValue,
        QuantityKind,
        QuestionKind,
        RoundingMode,
        RoundingStage,
        SchemeKind,
        SizeKind,
        SizeRounding,
        SizeScope,
        Source,
        Standing,
        StateEffect,
        Status,
        Verdict,
        *(getattr(policies, name) for name in ("EmptyGroup", "EmptyPart", "Denominator", "Bases", "NoData")),
        *(getattr(policies, name) for name in ("FormsOfService", "Ties", "RankOn")),
    )
}
LOAD = f"{METHODOLOGY}/load.py"
CRITERIA = f"{METHODOLOGY}/load_criteria.py"
QUANTITIES = f"{METHODOLOGY}/load_quantities.py"
POLICIES = f"{METHODOLOGY}/load_policies.py"
ITEM = f"{METHODOLOGY}/formulas/formula.py"
SHEET = "assessment/instrument/load.py"
EXAMPLES = "worked_examples.py"
HEAD = "folder/settings.py"
SIZES = f"{METHODOLOGY}/size_rule.py"
CHOICES = "assessment/sampling/load_choices.py"
APPLIES = keys(ITEM, "read_applicability")
BASE_KEYS: dict[str, set[str]] = {
    "settings": {
        key
        for function in ("_pack", "_settings", "_policies", "_scheme", "_ranking_within", "_columns", "_values")
        for key in keys(HEAD, function)
    }
    | keys("folder/settings_uncertainty.py", "read_uncertainty"),
    "uncertainty": keys("folder/settings_uncertainty.py", "read_uncertainty", "inner"),
    "sources": keys(HEAD, "_settings", "sources"),
    "policies": keys(POLICIES, "read_policies") | keys(POLICIES, "_rounding"),
    "organisations": {organisations.KEY, organisations.NAME, organisations.RECIPIENTS},
    "observations": set(evidence.LONG),
    "responses": set(settings.META),
    "exclusions": set(exclusions.COLUMNS),
    "published": {published.KEY, published.SUBJECT, published.VALUE},
    "edition": {
        *keys(LOAD, "read_edition"),
        *keys(LOAD, "_policies"),
        *keys(QUANTITIES, "read_quantities"),
        *keys(CRITERIA, "read_criteria"),
        *keys(CRITERIA, "read_schemes"),
        "questionnaire",
    },
    "legal_basis": keys(LOAD, "_legal"),
    "categories": keys(LOAD, "_category"),
    "category_values": keys(LOAD, "_category_value"),
    "states": keys(LOAD, "_state"),
    "quantities": keys(QUANTITIES, "_quantity"),
    "check_items": keys(QUANTITIES, "_check_item"),
    "options": keys(QUANTITIES, "_option"),
    "criteria": keys(CRITERIA, "_criterion"),
    "indicators": keys(CRITERIA, "_indicator") | APPLIES,
    "sub_items": keys(ITEM, "read_item") | {"formula"} | APPLIES,
    "weights": keys(CRITERIA, "_scheme"),
    "norms": keys(LOAD, "_norm"),
    "grades": keys(LOAD, "_grade"),
    "findings": keys(LOAD, "_finding"),
    "breakdowns": keys(LOAD, "_breakdown"),
    "sampling": {
        *keys(LOAD, "_sample_rule"),
        *keys(SIZES, "read_size_rule"),
        *keys(SIZES, "_coefficient"),
        *keys(SIZES, "_cap"),
        *APPLIES,
    },
    "sample": {
        *SIZE_KEYS,
        *(key for name in ("read_choices", "_rules", "_power", "_reserve", "_forms") for key in keys(CHOICES, name)),
    },
    "populations": {
        organisations.KEY,
        organisations.RECIPIENTS,
        sample_frame.FORM,
        sample_frame.DEVIATION,
    },
    "questionnaire": keys(SHEET, "read_questionnaire"),
    "answer_scale": keys(SHEET, "_scale"),
    "answer_options": keys(SHEET, "_option"),
    "questions": keys(SHEET, "_question") | keys(SHEET, "_options") | keys(SHEET, "_condition") | keys(SHEET, "_bands"),
    "examples": keys(EXAMPLES, "_example") | keys(EXAMPLES, "_table"),
}
BOTH = [name for pair in PAIRS.values() for name in pair]


@pytest.mark.parametrize("pair", PAIRS)
def test_both_languages_have_the_same_tables_and_keys(pair: str) -> None:
    english, russian = PAIRS[pair]
    assert markers(english) == markers(russian)
    for marker in markers(english):
        assert first_cells(english, marker) == first_cells(russian, marker), marker
    assert re.findall(r"^#+", page(english), re.M) == re.findall(r"^#+", page(russian), re.M)


@pytest.mark.parametrize("name", BOTH)
def test_tables_name_the_keys_the_code_reads(name: str) -> None:
    for marker in markers(name):
        kind, _, subject = marker.partition(": ")
        if kind == "keys":
            listed = first_cells(name, marker)
            assert sorted(listed) == sorted(BASE_KEYS[subject]), f"{name}: {subject}"


@pytest.mark.parametrize("name", BOTH)
def test_tables_name_the_values_of_closed_lists(name: str) -> None:
    for marker in markers(name):
        kind, _, subject = marker.partition(": ")
        if kind == "values":
            members = [one.name.lower() if subject == "Status" else str(one.value) for one in ENUMS[subject]]
            assert sorted(first_cells(name, marker)) == sorted(members), f"{name}: {subject}"


def test_every_closed_list_and_every_key_has_its_table() -> None:
    described = {marker.partition(": ")[2] for name in BOTH for marker in markers(name) if ": " in marker}
    assert described == set(ENUMS) | set(BASE_KEYS)


@pytest.mark.parametrize("name", PAIRS["assessment-folder"])
def test_the_table_of_policies_names_their_values(name: str) -> None:
    lists = {"empty_group": policies.EmptyGroup, "empty_part": policies.EmptyPart, "no_data": policies.NoData}
    more = {"denominator": policies.Denominator, "bases": policies.Bases, "forms": policies.FormsOfService}
    last = {"ties": policies.Ties, "rank_on": policies.RankOn}
    for row in rows(name, "keys: policies"):
        closed = {**lists, **more, **last}.get(row[0].strip("|` "))
        if closed is not None:
            assert re.findall(r"`(\w+)`", row[1]) == [one.value for one in closed]


@pytest.mark.parametrize("name", PAIRS["add-a-methodology"])
def test_keys_of_small_sections_are_named(name: str) -> None:
    inner = (
        keys(POLICIES, "_rounding", "inner") | keys(LOAD, "read_edition", "scale") | keys(SHEET, "_condition", "inner")
    )
    inner |= keys(f"{METHODOLOGY}/formulas/bands.py", "_read_band") | keys(EXAMPLES, "_column")
    inner |= {"by", "default", "given"}
    assert not [key for key in sorted(inner) if not re.search(rf"\b{key}\b", page(name))]


@pytest.mark.parametrize("name", PAIRS["add-a-methodology"])
def test_every_formula_kind_has_its_keys(name: str) -> None:
    written = {row[0].strip("|` "): set(re.findall(r"`(\w+)`", row[1])) for row in rows(name, "formulas")}
    assert sorted(written) == sorted(KINDS)
    for kind, listed in written.items():
        module = f"{METHODOLOGY}/formulas/{KINDS[kind].__module__.rpartition('.')[2]}.py"
        read = keys(module, "read")
        read |= {"items"} if kind in ("mean_of", "sum_of") else set()
        read |= {"of"} if kind in ("bands", "normalise") else set()
        assert listed == read, kind
