"""The assessment is pure: no rounding of its own, no printing, no clock, no chance, no disk, no foreign library."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator

from tests.house.tree import ASSESSMENT, PACKAGE, ROOT, dotted, listing, python_files, tree, where

FORBIDDEN_CALLS = {"print", "open", "input"}
FORBIDDEN_ENDINGS = ("datetime.now", "datetime.utcnow", "datetime.today", "date.today", "uuid.uuid4")
FORBIDDEN_MODULES = ("time", "secrets", "os")
SEEDED = {"random.Random", "np.random.default_rng"}  # chance is welcome once a seed is handed in
ABSENT = ("django", "polars", "narwhals", "pyarrow", "pandas", "yaml", "docx", "xlsxwriter", "typst", "rich")

IMPORT_ALL_WITHOUT = """
import importlib, pkgutil, sys

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {absent}:
            raise ModuleNotFoundError(name)

sys.meta_path.insert(0, Absent())
import merilo.assessment
for found in pkgutil.walk_packages(merilo.assessment.__path__, "merilo.assessment."):
    importlib.import_module(found.name)
"""


def test_only_rounding_rounds() -> None:
    rounds = [
        where(path, call)
        for path in python_files("src")
        if path != ASSESSMENT / "rounding.py"
        for call in _calls(tree(path))
        if dotted(call.func) == "round"
    ]
    assert not rounds, listing("round() rounds binary fractions half to even; use merilo.assessment.rounding:", rounds)


def test_the_assessment_reads_no_clock_no_chance_and_no_disk() -> None:
    impure = [
        f"{where(path, call)} {dotted(call.func)}"
        for path in python_files("src")
        if ASSESSMENT in path.parents
        for call in _calls(tree(path))
        if _is_impure(call)
    ]
    assert not impure, listing("Times, seeds and contents come in as arguments:", impure)


def test_the_assessment_imports_without_the_libraries_of_other_buildings() -> None:
    program = IMPORT_ALL_WITHOUT.format(absent=ABSENT)
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=False)
    assert ran.returncode == 0, ran.stderr


def test_help_imports_nothing_heavy() -> None:
    command = [sys.executable, "-X", "importtime", "-m", "merilo", "--help"]
    ran = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    imported = {line.rpartition("|")[2].strip().partition(".")[0] for line in ran.stderr.splitlines()}
    assert ran.returncode == 0, ran.stderr[-2000:]
    assert not imported & {"numpy", "scipy", "polars", "narwhals", "pyarrow", "pandas", "docx", "typst"}


def test_the_package_is_the_one_in_this_tree() -> None:
    import merilo

    assert merilo.__file__ == str(PACKAGE / "__init__.py"), "run `make setup` here"


def _calls(module: ast.Module) -> Iterator[ast.Call]:
    return (node for node in ast.walk(module) if isinstance(node, ast.Call))


def _is_impure(call: ast.Call) -> bool:
    name = dotted(call.func)
    if name in SEEDED:
        return not (call.args or call.keywords)
    head = name.partition(".")[0]
    is_chance = name.startswith(("random.", "np.random.")) and name != "np.random.Generator"
    return (
        name in FORBIDDEN_CALLS
        or is_chance
        or name.endswith(FORBIDDEN_ENDINGS)
        or (head in FORBIDDEN_MODULES and "." in name)
    )
