"""What the house tests look at: the files of the repository, without what is made or downloaded."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "merilo"
ASSESSMENT = PACKAGE / "assessment"
MADE = {".git", ".venv", "node_modules", "__pycache__", "out", "build", "dist"}
CODE = ("src", "tests", "tools", "benchmarks")


@cache
def files() -> tuple[Path, ...]:
    """Every file a person wrote, generated and downloaded folders left out."""
    found = []
    for folder, below, names in os.walk(ROOT):
        below[:] = [name for name in below if name not in MADE and not name.endswith(("_cache", ".egg-info"))]
        below[:] = [name for name in below if name != ".hypothesis" and Path(folder, name) != ROOT / "benchmarks/data"]
        found += [Path(folder, name) for name in names]
    return tuple(sorted(found))


def text_files() -> Iterator[tuple[Path, str]]:
    """Every file that is text, with its text."""
    for path in files():
        try:
            yield path, path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def python_files(*folders: str) -> list[Path]:
    """Python files below these top folders; all code where none is named."""
    return [path for path in files() if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in (folders or CODE)]


@cache
def tree(path: Path) -> ast.Module:
    """A file's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def where(path: Path, node: ast.AST | None = None) -> str:
    """`src/merilo/x.py:12`, to be clicked."""
    line = getattr(node, "lineno", None)
    return f"{path.relative_to(ROOT).as_posix()}{f':{line}' if line else ''}"


def dotted(node: ast.expr) -> str:
    """`np.random.default_rng` for the expression that says so; empty for anything but names and dots."""
    if isinstance(node, ast.Attribute):
        left = dotted(node.value)
        return f"{left}.{node.attr}" if left else ""
    return node.id if isinstance(node, ast.Name) else ""


def backticked(text: str) -> set[str]:
    """Everything that stands in backticks, and each word of it."""
    found = set(re.findall(r"`([^`\n]+)`", text))
    return found | {word for phrase in found for word in re.findall(r"\w+", phrase)}


def listing(headline: str, offenders: list[str]) -> str:
    """A failure message: the rule, then every offender on a line of its own."""
    return "\n".join([headline, *offenders])
