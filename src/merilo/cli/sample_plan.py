"""`merilo sample plan`: how many to ask in every organisation and form of service, on the screen and as files."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from merilo.assessment.errors import InputError, Place, Problem
from merilo.assessment.located import Mapping, Node, Scalar
from merilo.assessment.methodology.edition import SampleRule
from merilo.assessment.methodology.size_rule import SizeKind, SizeRule
from merilo.assessment.reporting.short_names import short_names
from merilo.assessment.sampling.allocation import Allocation
from merilo.assessment.sampling.load_choices import OWN
from merilo.assessment.sampling.plan import PlanChoices, SamplePlan
from merilo.assessment.wording import Wording
from merilo.cli.arguments_sample import PLAN_OPTIONS
from merilo.cli.option_numbers import number_text
from merilo.cli.plain import show_json
from merilo.cli.problems import as_json, problem_words, show_problems
from merilo.cli.score import asked_names
from merilo.cli.screen import SHOWN, shortened
from merilo.folder.assessment_folder import OUT
from merilo.folder.sample_plan import (
    COLUMNS,
    PLAN_FORMATS,
    QUOTA,
    OpenedPlan,
    make_plan,
    plan_header,
    plan_rows,
    write_plan,
)
from merilo.formats.writing import Cell, csv_text
from merilo.shelf import wording

if TYPE_CHECKING:
    from rich.table import Table

SHARED_OUT = ("channels", "forms")
SCREEN_COLUMNS = ("organisation", "name", "form", "recipients", "required", "size", "percent", "error", "reserve")
TEXTS = ("organisation", "name", "form")
WIDE, QUOTA_WIDTH, NAME_WIDTH = 90, 10, 22


def run(arguments: Namespace) -> int:
    """Make the plan, write it, show it."""
    formats = asked_names(arguments, arguments.format, PLAN_FORMATS)
    words = wording(arguments.lang, "sample", "methodology")
    found, problems = planned(arguments)
    out = Path(arguments.folder) / OUT
    lines = list(rule_lines(found.plan.choices, words))
    written = write_plan(found.plan, lines, out, formats)
    if arguments.json:
        show_json({**plan_record(found), "written": [str(path) for path in written],
                   "problems": as_json(problems, problem_words(arguments.lang))})  # fmt: skip
        return 0
    show_problems(problems, arguments)
    _show(found, lines, words)
    print(wording(arguments.lang, "cli").say("WRITTEN"), ", ".join(str(path) for path in written), file=sys.stderr)
    return 0


def planned(arguments: Namespace) -> tuple[OpenedPlan, list[Problem]]:
    """The plan by the options of the command line and its warnings; InputError with every problem."""
    problems: list[Problem] = []
    previous = Path(arguments.previous) if arguments.previous else None
    found = make_plan(Path(arguments.folder), chosen(arguments), problems, previous)
    if found is None:
        raise InputError(problems)
    return found, problems


def chosen(arguments: Namespace) -> Mapping:
    """The options as keys of `sample:`, each placed at its option: 40 % is 0.4, a comma is a point."""
    given = {name: str(getattr(arguments, name)) for name in PLAN_OPTIONS if getattr(arguments, name, None) is not None}
    entries: dict[str, Node] = {}
    for name, text in given.items():
        place = Place(f"--{name}")
        if name in SHARED_OUT:
            parts = [part.rpartition("=") for part in text.split(",")]
            inner = {key.strip(): Scalar(number_text(value), place) for key, _, value in parts}
            entries[name] = Mapping(dict(inner), place)
        else:
            entries[name] = Scalar(text.strip() if name in ("populations", "rule") else number_text(text), place)
    return Mapping(entries, Place("--"))


def rule_lines(choices: PlanChoices, words: Wording) -> Iterator[str]:
    """By what the sizes were found: every rule with its numbers, its clause and its standing; the budget; quotas."""
    for rule in choices.rules:
        yield from _one_rule(rule, words)
    if choices.budget is not None:
        values = {"budget": choices.budget, "allocation": choices.allocation.value, "least": choices.least}
        yield words.say("SAMPLE-BUDGET", **values)
        if choices.allocation is Allocation.POWER:
            yield words.say("SAMPLE-EXPONENT", power=words.exact(choices.power))
    for code, shares in (("SAMPLE-QUOTAS", choices.channels), ("SAMPLE-FORMS", choices.forms)):
        if shares:
            listed = ", ".join(f"{name} {words.exact(100 * share)} %" for name, share in shares)
            yield words.say(code, shares=listed)
    yield words.say("SAMPLE-ERROR-NOTE")


def _one_rule(rule: SampleRule, words: Wording) -> Iterator[str]:
    formula = formula_words(rule.size, words)
    if rule.code == OWN:
        yield words.say("SAMPLE-RULE-OWN", formula=formula)
    else:
        yield words.say("SAMPLE-RULE", code=rule.code, formula=formula)
    conditions = [f"{category}: {', '.join(values)}" for category, values in rule.applies.only]
    conditions += [f"{category} ≠ {', '.join(values)}" for category, values in rule.applies.never]
    if conditions:
        yield words.say("SAMPLE-APPLIES", conditions="; ".join(conditions))
    if rule.clause:
        standing = words.say(f"STANDING-{rule.standing.name}")
        yield words.say("SAMPLE-CLAUSE", clause=rule.clause, standing=standing)


def formula_words(size: SizeRule, words: Wording) -> str:
    """A rule with its numbers."""
    cap = words.say("SAMPLE-CAP", cap=size.cap) if size.cap is not None else ""
    scope = words.say(f"SAMPLE-SCOPE-{size.scope.name}")
    rounding = words.say(f"SAMPLE-ROUNDING-{size.rounding.name}")
    is_share = size.kind is SizeKind.SHARE
    share = f"{words.exact(100 * size.share)} %" if is_share else words.exact(size.share)
    values = {"share": share, "margin": words.exact(size.margin), "t": words.exact(size.t)}
    return words.say(f"SAMPLE-FORMULA-{size.kind.name}", cap=cap, scope=scope, rounding=rounding, **values)


def plan_record(found: OpenedPlan) -> dict[str, object]:
    """The plan as plain values."""
    plan = found.plan
    rules = [
        {
            "code": rule.code,
            "kind": rule.size.kind.value,
            "share": str(rule.size.share),
            "margin": str(rule.size.margin),
            "t": str(rule.size.t),
            "cap": rule.size.cap,
            "rounding": rule.size.rounding.value,
            "scope": rule.size.scope.value,
            "clause": rule.clause,
            "status": rule.standing.value,
        }
        for rule in plan.choices.rules
    ]
    header = plan_header(plan)
    rows = [{name: _plain(cell) for name, cell in zip(header, row, strict=True)} for row in plan_rows(plan)]
    allocation = plan.choices.allocation.value if plan.choices.budget is not None else None
    return {"rules": rules, "budget": plan.choices.budget, "allocation": allocation, "size": plan.size, "plan": rows}


def _plain(cell: Cell) -> object:
    return cell if isinstance(cell, str | int) or cell is None else float(str(cell))


def _show(found: OpenedPlan, lines: list[str], words: Wording) -> None:
    """A table on a terminal, tab-separated text elsewhere; the rules beside it."""
    plan = found.plan
    if not plan.rows:
        print(words.say("SAMPLE-EMPTY"), file=sys.stderr)
    if sys.stdout.isatty():
        _show_table(plan, words)
        print("\n".join(lines))
        return
    table = [plan_header(plan), *plan_rows(plan)]
    sys.stdout.writelines("\t".join(" ".join(csv_text(cell).split()) for cell in row) + "\n" for row in table)
    print("\n".join(lines), file=sys.stderr)


def _show_table(plan: SamplePlan, words: Wording) -> None:
    from rich.console import Console

    console = Console(highlight=False)
    console.print(plan_on_screen(plan, console.width, words))
    if len(plan.rows) > SHOWN:
        console.print(words.say("SAMPLE-MORE", n=len(plan.rows) - SHOWN))


def plan_on_screen(plan: SamplePlan, width: int, words: Wording) -> Table:
    """The plan in what width there is: columns that say nothing are left out, quotas where they do not fit."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    header, rows = plan_header(plan), plan_rows(plan)
    is_told = {"required": any(row.required not in (None, row.size) for row in plan.rows)}
    is_told["reserve"] = any(row.reserve for row in plan.rows)
    is_told["form"] = any(row.stratum.form for row in plan.rows)
    is_told["percent"] = width >= WIDE
    shown = [name for name in SCREEN_COLUMNS if is_told.get(name, True)]
    if width >= WIDE + QUOTA_WIDTH * len(plan.choices.channels):
        shown += header[len(COLUMNS) :]
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for name in shown:
        title = Text(name.removeprefix(QUOTA) if name.startswith(QUOTA) else words.say(f"SAMPLE-{name.upper()}"))
        least = NAME_WIDTH if name == "name" else None
        side: Literal["left", "right"] = "left" if name in TEXTS else "right"
        table.add_column(title, justify=side, no_wrap=name != "name", overflow="fold", min_width=least)
    full = dict.fromkeys(str(row[1] or row[0]) for row in rows[:SHOWN])
    short = dict(zip(full, short_names(list(full)), strict=True))
    for row in rows[:SHOWN]:
        found = {**dict(zip(header, row, strict=True)), "name": shortened(short[str(row[1] or row[0])])}
        table.add_row(*(Text(_on_screen(found[column], words)) for column in shown))
    table.add_section()
    totals = {name: sum(int(str(cell or 0)) for cell in column) for name, column in _columns(header, rows)}
    cells = [words.say("SAMPLE-ALL") if name == "name" else str(totals.get(name, "")) for name in shown]
    table.add_row(*map(Text, cells))
    return table


def _columns(header: tuple[str, ...], rows: list[tuple[Cell, ...]]) -> Iterator[tuple[str, tuple[Cell, ...]]]:
    """The columns that add up."""
    for name, column in zip(header, zip(*rows, strict=True), strict=False):
        if name in ("recipients", "required", "size", "reserve") or name.startswith(QUOTA):
            yield name, column


def _on_screen(cell: Cell, words: Wording) -> str:
    if cell is None or isinstance(cell, str):
        return cell or ""
    return words.number(str(cell))
