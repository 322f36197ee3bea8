"""Words: every public class of the assessment stands in the glossary, every problem has its sentences."""

from __future__ import annotations

import ast
import re
import string
from collections import Counter
from pathlib import Path

import yaml

from tests.house.tree import ASSESSMENT, PACKAGE, ROOT, backticked, listing, python_files, tree, where

CODE = re.compile(r"[A-Z][A-Z0-9]*-\d{2}")
WORDING = PACKAGE / "data" / "wording"


def test_every_public_class_of_the_assessment_is_in_the_glossary() -> None:
    known = backticked((ROOT / "GLOSSARY.md").read_text(encoding="utf-8"))
    missing = [
        f"- `{node.name}` – {(ast.get_docstring(node) or '?').splitlines()[0]}   ({where(path, node)})"
        for path in python_files("src")
        if ASSESSMENT in path.parents
        for node in tree(path).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_") and node.name not in known
    ]
    assert not missing, listing("Add a line for each to “Names in code” of GLOSSARY.md:", missing)


def test_every_problem_code_has_its_sentences() -> None:
    silent = sorted(_codes_in_code().keys() - _sentences().keys())
    offenders = [f"{code} ({_codes_in_code()[code]})" for code in silent]
    assert not offenders, listing("Problem codes without a sentence in data/wording/problems-*.yaml:", offenders)


def test_every_problem_sentence_is_used_and_said_in_both_languages() -> None:
    unused = [f"{code}: no code raises it" for code in sorted(_sentences().keys() - _codes_in_code().keys())]
    one_sided = [f"{code}: needs ru and en" for code, said in _sentences().items() if not {"ru", "en"} <= said]
    assert not unused + one_sided, listing("Sentences of problems:", unused + one_sided)


def test_both_languages_of_a_sentence_ask_for_the_same_details() -> None:
    unlike = [
        f"{code} in {path.name}: {fields}"
        for path in sorted(WORDING.glob("*.yaml"))
        for code, said in _catalogue(path).items()
        if isinstance(said, dict) and len(set(fields := [_fields(text) for text in said.values()])) > 1
    ]
    assert not unlike, listing("A detail is missing in one language:", unlike)


def test_every_problem_code_is_written_once() -> None:
    written = [
        code
        for path in sorted(WORDING.glob("problems*.yaml"))
        for code in re.findall(rf"^({CODE.pattern}):", path.read_text(encoding="utf-8"), re.MULTILINE)
    ]
    twice = [code for code, times in Counter(written).items() if times > 1]
    assert not twice, listing("Codes with two sentences:", twice)


def _codes_in_code() -> dict[str, str]:
    found: dict[str, str] = {}
    for path in python_files("src"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
                found.setdefault(node.value, where(path, node))
    return found


def _fields(template: str) -> tuple[str, ...]:
    return tuple(sorted({name for _, name, _, _ in string.Formatter().parse(template) if name}))


def _sentences() -> dict[str, set[str]]:
    """Code → the languages it is said in."""
    return {code: set(said) for path in WORDING.glob("problems*.yaml") for code, said in _catalogue(path).items()}


def _catalogue(path: Path) -> dict[str, dict[str, str]]:
    read = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - plain text only
    return dict(read)
