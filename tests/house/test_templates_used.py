"""Templates: every sentence of the screen, the explanation, the workbook is said somewhere; none is left over."""

from __future__ import annotations

import ast
import re
from functools import cache

import yaml

from merilo.assessment.errors import Severity
from merilo.assessment.methodology.edition import Standing
from merilo.assessment.methodology.formulas.working import Status
from merilo.assessment.methodology.policies import Ties
from merilo.assessment.methodology.quantity import QuantityKind
from merilo.assessment.methodology.size_rule import SizeKind, SizeRounding, SizeScope
from merilo.assessment.recheck.claims import Statistic
from merilo.assessment.recheck.defect import Certainty, DefectKind
from merilo.assessment.recheck.relations import RelationKind
from merilo.assessment.responses.cross_table import ShareOf
from merilo.assessment.responses.flags import FlagKind
from merilo.assessment.responses.respondents import Weighting
from merilo.cli.sample_plan import SCREEN_COLUMNS
from tests.house.test_words import WORDING
from tests.house.tree import listing, python_files, tree

CATALOGUES = (
    *(
        "audit",
        "change",
        "cli",
        "explain",
        "methodology",
        "power",
        "quality",
        "sample",
        "screen",
        "scaffold",
        "tabulate",
    ),
    "workbook",
)
# Codes put together at run time: how they begin, and what they may end with.
PUT_TOGETHER: dict[str, set[str]] = {
    "CLI-METHODOLOGY-": {"LIST", "SHOW", "CHECK"},
    "SEVERITY-": {one.name for one in Severity},
    "STATUS-": {one.name for one in Status},
    "STANDING-": {one.name for one in Standing},
    "SCREEN-STATUS-": {one.name for one in Status},
    "SAMPLE-": {name.upper() for name in SCREEN_COLUMNS},
    "SAMPLE-FORMULA-": {one.name for one in SizeKind},
    "SAMPLE-ROUNDING-": {one.name for one in SizeRounding},
    "SAMPLE-SCOPE-": {one.name for one in SizeScope},
    "TABULATE-HEAD-": {
        *("ANSWER", "COUNT", "SHARE", "LOW", "HIGH", "ANSWERS", "INDICATOR", "QUESTION", "WEIGHT", "R"),
    },
    "TABULATE-COLUMN-": {"CHANNEL", "SERVICE", "INTERVIEWER", "TERRITORY", "ORGANISATION"},
    "TABULATE-NOTE-": {one.name for one in ShareOf},
    "TABULATE-NOTE-WEIGHTS-": {one.name for one in Weighting},
    "QUALITY-TITLE-": {one.name for one in FlagKind},
    "QUALITY-SAYS-": {one.name for one in FlagKind},
    "QUALITY-HONEST-": {one.name for one in FlagKind},
    "QUALITY-LACKS-": {"ID", "INTERVIEWER", "CHANNEL", "TIME", "DURATION", "AGE"},
    "QUALITY-COLUMN-": {"EXCLUDED", "SCORE", "SCORE-ALL", "PLACE", "PLACE-ALL"},
    "SCAFFOLD-": {one.name for one in QuantityKind},
    "AUDIT-SAYS-": {one.name for one in DefectKind},
    "AUDIT-KIND-": {one.name for one in DefectKind},
    "AUDIT-CERTAINTY-": {one.name for one in Certainty},
    "AUDIT-STATISTIC-": {one.name for one in Statistic},
    "AUDIT-RELATION-": {one.name for one in RelationKind},
    "AUDIT-SUBJECT-": {"OVERALL", "PLACE", "POPULATION", "SAMPLE"},
}


def test_every_template_is_used() -> None:
    said = literals()
    unused = [
        f"{catalogue}.yaml: {code}"
        for catalogue in CATALOGUES
        for code in codes(catalogue)
        if code not in said and not _may_be_put_together(code, said)
    ]
    assert not unused, listing("No code says these:", unused)


def test_every_prefix_is_put_together_somewhere() -> None:
    idle = sorted(PUT_TOGETHER.keys() - beginnings())
    assert not idle, listing("No f-string begins like this:", idle)


def test_templates_said_by_the_command_line_are_there() -> None:
    known = {code for catalogue in WORDING.glob("*.yaml") for code in codes(catalogue.stem)}
    asked = {
        node.args[0].value
        for path in python_files("src")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", getattr(node.func, "id", "")) == "say"
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }
    missing = sorted(str(code) for code in asked - known)
    assert not missing, listing("Templates that are asked for and not written:", missing)


def codes(catalogue: str) -> list[str]:
    text = (WORDING / f"{catalogue}.yaml").read_text(encoding="utf-8")
    return list(yaml.load(text, Loader=yaml.BaseLoader) or {})  # noqa: S506 - plain text only


@cache
def literals() -> set[str]:
    """Every text in the code that looks like a template's code."""
    found = set()
    for path in python_files("src"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    return {text for text in found if re.fullmatch(r"[A-Z][A-Z0-9_-]+", text)}


@cache
def beginnings() -> set[str]:
    """The texts that f-strings begin with, and those before `{code}-NONE`."""
    return {
        part.value
        for path in python_files("src")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.JoinedStr)
        for part in node.values[:1]
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    }


def _may_be_put_together(code: str, said: set[str]) -> bool:
    if code.endswith("-NONE") and code.removesuffix("-NONE") in said:
        return True
    if any(code.removeprefix(start) in ends for start, ends in PUT_TOGETHER.items() if code.startswith(start)):
        return True
    # A finding of an audit gives the code of its reason, or the name of a rule of ties.
    if code.startswith("AUDIT-WHY-"):
        reason = code.removeprefix("AUDIT-WHY-")
        return reason in said or reason in {f"TIES-{one.name}" for one in Ties}
    # The workbook names columns and policies: `WORKBOOK-` and a literal, or a literal and the name of a value.
    rest = code.removeprefix("WORKBOOK-")
    subject, _, value = rest.rpartition("-")
    is_value = value in member_names() and (f"WORKBOOK-{subject}-" in beginnings() or subject in said)
    return rest != code and (rest in said or is_value)


@cache
def member_names() -> set[str]:
    """The names of all members of all enums of the assessment."""
    return {
        node.targets[0].id
        for path in python_files("src")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id.isupper()
    }
