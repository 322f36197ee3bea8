"""The reference pages as the tests read them: marked tables, fenced files, keys that the code reads."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests.house.tree import PACKAGE, ROOT, tree

DOCS = ROOT / "docs"
PAIRS = {"assessment-folder": ("assessment-folder.md", "assessment-folder.ru.md")}
PAIRS["add-a-methodology"] = ("add-a-methodology.md", "add-a-methodology.ru.md")
PAIRS["sample"] = ("sample.md", "sample.ru.md")
METHODOLOGY = "assessment/methodology"
NOT_KEYS = {"note", "place", "has", "append"}


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def rows(name: str, marker: str) -> list[list[str]]:
    """The cells of the table after `<!-- marker -->`, its header left out."""
    _, found, rest = page(name).partition(f"<!-- {marker} -->\n")
    assert found, f"{name} has no table marked {marker}"
    lines = re.match(r"(?:\|.*\n?)+", rest)
    assert lines, f"no table follows {marker} in {name}"
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[0].splitlines()[2:]]


def first_cells(name: str, marker: str) -> list[str]:
    return [row[0].strip("|` ") for row in rows(name, marker)]


def markers(name: str) -> list[str]:
    return re.findall(r"<!-- (.+?) -->", page(name))


def fenced(name: str) -> dict[str, str]:
    """File name → content of the fenced blocks that carry a file name."""
    return {found[1]: found[2] for found in re.finditer(r"^```\w+ (\S+)\n(.*?)^```", page(name), re.M | re.S)}


def keys(file: str, function: str, variable: str = "reader") -> set[str]:
    """The keys a function takes out of a reader: `reader.text("name")`, `read_positive(reader, "cap")`."""
    path = PACKAGE / file
    bodies = [node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef) and node.name == function]
    assert bodies, f"{file} has no function {function}"
    return {key for call in ast.walk(bodies[0]) if isinstance(call, ast.Call) for key in _keys_of(call, variable)}


def _keys_of(call: ast.Call, variable: str) -> list[str]:
    arguments = list(call.args)
    if isinstance(call.func, ast.Attribute):
        if call.func.attr in NOT_KEYS or ast.unparse(call.func.value) != variable:
            return []
    elif arguments and ast.unparse(arguments[0]) == variable:
        arguments = arguments[1:]
    else:
        return []
    literals = arguments[:1]
    if literals and isinstance(literals[0], ast.IfExp):  # "at_most" if inclusive else "below"
        literals = [literals[0].body, literals[0].orelse]
    return [one.value for one in literals if isinstance(one, ast.Constant) and isinstance(one.value, str)]


def formula_files() -> list[Path]:
    return sorted((PACKAGE / METHODOLOGY / "formulas").glob("*.py"))
