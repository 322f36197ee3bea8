"""Every problem code of the tables has its sentence in Russian and English, with the details it is given."""

from __future__ import annotations

import ast
import re
import string
from pathlib import Path

import pytest

import merilo.formats
from tests.formats.table_files import sentences

PLACE = {"file", "row", "column"}
SOURCES = sorted(Path(merilo.formats.__path__[0]).glob("*.py"))


def codes_in_sources() -> dict[str, set[str] | None]:
    """The details given with each code; None where the code is only named."""
    found: dict[str, set[str] | None] = {}
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and re.fullmatch(r"TABLE-\d\d", str(node.value)):
                found.setdefault(str(node.value), None)
            if not isinstance(node, ast.Call) or ast.unparse(node.func) not in ("problem", "warning"):
                continue
            if re.match("'TABLE-", ast.unparse(node.args[0])):
                found[ast.literal_eval(node.args[0])] = {str(keyword.arg) for keyword in node.keywords}
    return found


def placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def test_every_code_has_a_sentence_and_every_sentence_a_code() -> None:
    assert sorted(sentences()) == sorted(codes_in_sources())


@pytest.mark.parametrize("code", sorted(sentences()))
def test_placeholders_match_the_details(code: str) -> None:
    given = codes_in_sources()[code]
    for language in ("ru", "en"):
        asked = placeholders(sentences()[code][language])
        if given is not None:
            assert given - PLACE <= asked <= given | PLACE, language
    assert placeholders(sentences()[code]["ru"]) == placeholders(sentences()[code]["en"])
