"""`merilo sample draw`: a random draw from a list of recipients that anybody can repeat, and the check of one."""

from __future__ import annotations

import secrets
import sys
from argparse import Namespace
from fractions import Fraction
from pathlib import Path
from typing import Any

from merilo.assessment.errors import InputError, MeriloError, Problem
from merilo.assessment.sampling.draw import DrawMethod
from merilo.assessment.wording import Wording
from merilo.cli.option_numbers import exact_number
from merilo.cli.plain import show_json
from merilo.cli.problems import as_json, problem_words, show_problems
from merilo.cli.screen import SHOWN
from merilo.folder.sample_draw import RECORD, DrawSizes, draw_from, draw_record, repeat_draw, write_draw
from merilo.folder.sample_list import ORGANISATION, ListColumns
from merilo.shelf import wording

OUT = "draw"


def run(arguments: Namespace) -> int:
    """Draw and write the record, or carry out an old record again and say whether it comes out."""
    words = wording(arguments.lang, "sample")
    problems: list[Problem] = []
    path = Path(arguments.list)
    if arguments.verify:
        again = repeat_draw(path, Path(arguments.verify), problems)
        if again is None:
            raise InputError(problems)
        return _say_verified(again, arguments, words)
    sizes, columns = _sizes(arguments, words), _columns(arguments)
    out = Path(arguments.out) if arguments.out else path.parent / OUT
    if (out / RECORD).exists():
        raise MeriloError(words.say("DRAW-EXISTS", path=out / RECORD, list=path), "DRAW-EXISTS")
    seed = arguments.seed or secrets.token_hex(8)
    found = draw_from(path, columns, sizes, DrawMethod(arguments.method), seed, problems)
    if found is None:
        raise InputError(problems)
    record = draw_record(found)
    written = write_draw(record, out)
    if arguments.json:
        beside = {
            "written": [str(one) for one in written],
            "problems": as_json(problems, problem_words(arguments.lang)),
        }
        show_json({**record, **beside})
        return 0
    show_problems(problems, arguments)
    _show(record, words)
    print(words.say("DRAW-SEED", seed=seed, record=out / RECORD, list=path), file=sys.stderr)
    print(wording(arguments.lang, "cli").say("WRITTEN"), ", ".join(str(one) for one in written), file=sys.stderr)
    return 0


def _columns(arguments: Namespace) -> ListColumns:
    """The columns named; with a plan those of the plan by their own names."""
    has_plan = bool(arguments.plan)
    organisation = arguments.organisation or (ORGANISATION if has_plan else "")
    return ListColumns(arguments.id or "", organisation, arguments.form or "", arguments.sheet or "")


def _sizes(arguments: Namespace, words: Wording) -> DrawSizes:
    """How many to draw; MeriloError where that is said not at all or twice."""
    given = [name for name in ("plan", "size", "share") if getattr(arguments, name) is not None]
    if len(given) != 1:
        raise MeriloError(words.say("DRAW-HOW-MANY"), "DRAW-HOW-MANY")
    size = _number(arguments.size, "--size", words, least=Fraction(1), whole=True)
    share = _number(arguments.share, "--share", words, most=Fraction(1))
    reserve = _number(arguments.reserve, "--reserve", words)
    if reserve is not None and reserve >= 1 and reserve.denominator != 1:
        raise MeriloError(words.say("DRAW-NUMBER", option="--reserve", text=arguments.reserve), "DRAW-NUMBER")
    plan = Path(arguments.plan) if arguments.plan else None
    return DrawSizes(plan, None if size is None else int(size), share, reserve)


def _number(
    text: str | None,
    option: str,
    words: Wording,
    *,
    least: Fraction = Fraction(0),
    most: Fraction | None = None,
    whole: bool = False,
) -> Fraction | None:
    """A number or a percentage given as an option."""
    if text is None:
        return None
    found = exact_number(text)
    if found is None or found < least or (most is not None and found > most) or (whole and found.denominator != 1):
        raise MeriloError(words.say("DRAW-NUMBER", option=option, text=text), "DRAW-NUMBER")
    return found


def _say_verified(again: dict[str, Any], arguments: Namespace, words: Wording) -> int:
    if arguments.json:
        show_json({"verified": True, "sha256": again["list"]["sha256"], "drawn": len(again["drawn"]), "problems": []})
    else:
        print(words.say("DRAW-VERIFIED", drawn=len(again["drawn"]), seed=again["seed"], sha256=again["list"]["sha256"]))
    return 0


def _show(record: dict[str, Any], words: Wording) -> None:
    """How many of how many in every stratum: a table on a terminal, tab-separated text elsewhere."""
    header = ("organisation", "form", "listed", "size", "reserve")
    rows = [[str(one[name]) for name in header] for one in record["strata"]]
    if not sys.stdout.isatty():
        sys.stdout.writelines("\t".join(" ".join(cell.split()) for cell in row) + "\n" for row in (header, *rows))
        return
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for code in ("SAMPLE-ORGANISATION", "SAMPLE-FORM"):
        table.add_column(words.say(code))
    for code in ("DRAW-LISTED", "DRAW-SIZE", "SAMPLE-RESERVE"):
        table.add_column(words.say(code), justify="right")
    for row in rows[:SHOWN]:
        table.add_row(*map(Text, row))
    totals = [sum(one[name] for one in record["strata"]) for name in header[2:]]
    table.add_section()
    table.add_row(words.say("SAMPLE-ALL"), "", *map(str, totals))
    console = Console(highlight=False)
    console.print(table)
    if len(rows) > SHOWN:
        console.print(words.say("DRAW-MORE", n=len(rows) - SHOWN))
