"""Worked examples of a methodology: inputs and expected figures as data, run exactly and in columns.

An example's expected number has as many decimals as its text; `1/3` is compared exactly; a word is a
status (`not_applicable`, `no_respondents`, `no_data`).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from merilo.assessment.errors import Place, Problem, problem
from merilo.assessment.located import Mapping, Reader, Scalar
from merilo.assessment.methodology.formulas.working import Status
from merilo.assessment.methodology.load_policies import read_policies
from merilo.assessment.observations.register import Organisation
from merilo.assessment.observations.table import ObservationTable, RawColumn, empty_column
from merilo.assessment.observations.units import split_units
from merilo.assessment.rounding import RoundingMode, round_exact
from merilo.assessment.scoring.bulk import UnitScores, score_all
from merilo.assessment.scoring.evidence import AllEvidence, unit_evidence
from merilo.assessment.scoring.exact import score_unit
from merilo.assessment.scoring.rules import Rules
from merilo.assessment.scoring.score import UnitScore
from merilo.assessment.scoring.weights import criterion_weights
from merilo.pack import Pack
from merilo.shelf import read_yaml


@dataclass(frozen=True, slots=True)
class Expectation:
    """One expected figure: of an indicator, sub-item, criterion or `overall`, as text."""

    subject: str
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Example:
    """One worked example, ready to run."""

    name: str
    rules: Rules
    table: ObservationTable
    expected: tuple[Expectation, ...]
    place: Place


def read_examples(pack: Pack, problems: list[Problem]) -> list[Example]:
    """The examples in the pack's `examples` folder; what cannot be read is noted."""
    examples = []
    for path in sorted((pack.folder / "examples").glob("*.yaml")) if pack.folder.is_dir() else []:
        node = read_yaml(path, f"examples/{path.name}", problems)
        if node is None:
            continue
        reader = Reader(node, problems)
        examples += [_example(inner, pack) for inner in reader.readers("examples")]
        reader.finish()
    return examples


def _example(reader: Reader, pack: Pack) -> Example:
    edition = pack.edition
    attributes = {key: node.text for key, node in reader.named("organisation").items() if isinstance(node, Scalar)}
    organisation = Organisation("example", "", {key: (value,) for key, value in attributes.items()})
    splitting = edition.splitting.code if edition.splitting else ""
    table = _table(reader, pack, split_units([organisation], splitting).units[0].form, organisation, splitting)
    policies = reader.reader("policies")
    standing = edition.policies if policies is None else read_policies(policies, edition.policies)
    asked = reader.text("weights", "")
    scheme = edition.scheme(asked)
    if scheme is None:
        known = ", ".join(one.code for one in edition.schemes)
        reader.note("EXAMPLE-01", reader.place("weights"), asked=asked, known=known)
        scheme = edition.schemes[0]
    rules = Rules(edition, standing, scheme, criterion_weights(edition, scheme, table))
    expected = tuple(
        Expectation(subject, node.text, node.place)
        for subject, node in reader.named("expect").items()
        if isinstance(node, Scalar)
    )
    name = reader.text("name")
    reader.text("source", "")
    reader.finish()
    return Example(name, rules, table, expected, reader.node.place)


def _table(reader: Reader, pack: Pack, form: str, organisation: Organisation, splitting: str) -> ObservationTable:
    columns: dict[str, RawColumn] = {}
    given: dict[str, np.ndarray[tuple[int], np.dtype[np.float64]]] = {}
    for code, node in reader.named("observations").items():
        inner = reader.sub(node if isinstance(node, Mapping) else Mapping({"count": node}, node.place))
        if inner.has("given") and code in pack.edition.items:
            given[code] = np.array([float(inner.number("given"))])
        elif code in pack.edition.quantities:
            columns[code] = _column(inner)
        else:
            inner.note("EXAMPLE-02", inner.node.place, code=code)
            inner.taken.update(inner.node.entries)
        inner.finish()
    return ObservationTable(split_units([organisation], splitting), columns, given, {})


def _column(reader: Reader) -> RawColumn:
    column = empty_column(1)
    column.seen[0] = True
    if reader.has("state"):
        column.states[0] = reader.text("state")
        return column
    column.count[0] = float(reader.number("count"))
    if reader.has("base"):
        column.base[0] = float(reader.number("base"))
    return column


def run_example(example: Example) -> list[Problem]:
    """Every expectation that does not come out, exactly or in columns."""
    exact, bulk = score_unit(example.rules, example.table, 0), score_all(example.rules, example.table)
    found = []
    for expectation in example.expected:
        value, status = _exact_result(expectation.subject, example, exact)
        if status is None:
            found.append(problem("EXAMPLE-03", expectation.place, name=example.name, subject=expectation.subject))
            continue
        shown = _shown(value, status, expectation.text)
        if shown != expectation.text:
            found.append(
                problem(
                    "EXAMPLE-04",
                    expectation.place,
                    name=example.name,
                    subject=expectation.subject,
                    expected=expectation.text,
                    found=shown,
                )
            )
        columnar = _columnar_result(expectation.subject, example, bulk)
        if not _agree(value, columnar):
            found.append(
                problem(
                    "EXAMPLE-05",
                    expectation.place,
                    name=example.name,
                    subject=expectation.subject,
                    exact="–" if value is None else f"{float(value):.12g}",
                    columnar="–" if np.isnan(columnar) else f"{columnar:.12g}",
                )
            )
    return found


def _exact_result(subject: str, example: Example, score: UnitScore) -> tuple[Fraction | None, Status | None]:
    if subject == "overall":
        return score.value, score.status
    for criterion in score.criteria:
        if criterion.code == subject:
            return criterion.value, criterion.status
    item = example.rules.edition.items.get(subject)
    if item is None:
        return None, None
    working = item.exact(unit_evidence(example.rules.edition, example.rules.policies, example.table, 0))
    return working.value, working.status


def _columnar_result(subject: str, example: Example, scores: UnitScores) -> float:
    if subject == "overall":
        return float(scores.overall.value[0])
    if subject in scores.criteria:
        return float(scores.criteria[subject].value[0])
    item = example.rules.edition.items[subject]
    evidence = AllEvidence(example.rules.edition, example.rules.policies, example.table)
    return float(item.columns(evidence).value[0])


def _shown(value: Fraction | None, status: Status, like: str) -> str:
    """A value written the way the expectation is."""
    if value is None:
        return status.name.lower()
    if "/" in like:
        return like if _fraction(like) == value else str(value)
    return str(round_exact(value, len(like.partition(".")[2]), RoundingMode.HALF_UP))


def _fraction(text: str) -> Fraction | None:
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        return None


def _agree(exact: Fraction | None, columnar: float) -> bool:
    if exact is None:
        return bool(np.isnan(columnar))
    return abs(float(exact) - columnar) <= 1e-9


def check_examples(pack: Pack) -> tuple[int, list[Problem]]:
    """How many examples a pack has, and everything wrong with them."""
    problems: list[Problem] = []
    examples = read_examples(pack, problems)
    return len(examples), problems + [found for example in examples for found in run_example(example)]
