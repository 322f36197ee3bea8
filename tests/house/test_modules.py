"""Modules: each says what it is for, stays small, and has a name that says what it holds."""

from __future__ import annotations

import ast

from tests.house.tree import ROOT, listing, python_files, tree, where
from tools.make_map import MAP, first_sentence, make_map

MOST_LINES = 400
MOST_FUNCTION_LINES = 50
SAYING_NOTHING = {"util", "utils", "helper", "helpers", "common", "misc", "manager", "managers", "core", "base"}


def test_every_module_opens_with_a_sentence() -> None:
    written = python_files("src", "tools", "benchmarks")
    silent = [where(path) for path in written if not first_sentence(path).endswith(".")]
    assert not silent, listing("The docstring must open with a sentence that ends in a full stop:", silent)


def test_the_map_is_current() -> None:
    assert MAP.read_text(encoding="utf-8") == make_map(ROOT), "docs/map.md is out of date: run `make docs`"


def test_no_file_is_longer_than_400_lines() -> None:
    long = []
    for path in python_files():
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > MOST_LINES:
            long.append(f"{where(path)}: {lines} lines")
    assert not long, listing("A unit of growth is missing; make one file per kind:", long)


def test_no_function_is_longer_than_50_lines() -> None:
    long = []
    for path in python_files():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > MOST_FUNCTION_LINES:
                    long.append(f"{where(path, node)} {node.name}: {lines} lines")
    assert not long, listing("One thing per function:", long)


def test_names_of_modules_say_what_they_hold() -> None:
    vague = [where(path) for path in python_files() if SAYING_NOTHING & {path.stem, path.parent.name}]
    assert not vague, listing(f"Names that say nothing ({', '.join(sorted(SAYING_NOTHING))}):", vague)
