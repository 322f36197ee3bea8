"""The sentences of problems: each asks only for details its raise sites give, and can be said with any of them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest
import yaml

from merilo.assessment.wording import Wording
from tests.house.test_words import CODE, WORDING
from tests.house.tree import listing, python_files, tree, where

PLACE = {"file", "row", "column"}  # whoever prints a problem has its place
RAISING = {"problem", "warning", "note", "_note"}


@cache
def templates() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for path in sorted(WORDING.glob("problems*.yaml")):
        found.update(yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader))  # noqa: S506
    return found


def fields(code: str) -> set[str]:
    found = set()
    for text in templates()[code].values():
        found |= set(re.findall(r"\{(\w+)", text.replace("{{", "")))
    return found


def raise_sites() -> Iterator[tuple[str, str, set[str]]]:
    """Code, place and details of every call that writes its code and its details plainly."""
    for path in python_files("src"):
        for call in ast.walk(tree(path)):
            if not isinstance(call, ast.Call) or _name(call.func) not in RAISING or not call.args:
                continue
            first = call.args[0]
            codes = [one.value for one in ast.walk(first) if isinstance(one, ast.Constant)]
            details = {keyword.arg for keyword in call.keywords if keyword.arg is not None}
            if any(keyword.arg is None for keyword in call.keywords):
                continue  # details in a mapping: tried by the bad-input tests
            for code in codes:
                if isinstance(code, str) and CODE.fullmatch(code):
                    yield code, where(path, call), details


def test_every_raise_site_gives_the_details_its_sentence_asks_for() -> None:
    lacking = [
        f"{code} at {place}: {sorted(fields(code) - details - PLACE)}"
        for code, place, details in raise_sites()
        if code in templates() and fields(code) - details - PLACE
    ]
    assert not lacking, listing("Details a sentence asks for and a raise site does not give:", lacking)


def test_no_detail_is_given_for_nothing() -> None:
    given: dict[str, set[str]] = {}
    for code, _, details in raise_sites():
        given[code] = given.get(code, details) | details
    unused = [
        f"{code}: {sorted(details - fields(code))}"
        for code, details in given.items()
        if code in templates() and details - fields(code)
    ]
    assert not unused, listing("Details no sentence uses:", unused)


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("value", ["1", "22", "5", "–", "a value with {braces} and a % sign"])
def test_every_sentence_can_be_said(language: str, value: str) -> None:
    catalogue = Wording(language, {code: said[language] for code, said in templates().items()})
    for code in templates():
        asked = fields(code)
        numbers = re.findall(r"\{(\w+):(?:plural|number)", templates()[code][language])
        details = {name: "5" if name in numbers else value for name in asked | PLACE}
        said = catalogue.say(code, **details)
        assert said.strip() == said
        assert said.endswith((".", "?", "»", ")")), code


def test_russian_sentences_are_russian_and_english_ones_english() -> None:
    mixed = []
    for code, said in templates().items():
        english = re.sub(r"“[^”]*”|«[^»]*»", "", said["en"])
        if re.search("[а-яё]", english, re.IGNORECASE):
            mixed.append(f"{code} en: {english}")
        if not re.search("[а-яё]{3}", said["ru"]):
            mixed.append(f"{code} ru")
    assert not mixed, listing("Words of the other language outside quotation marks:", mixed)


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
