"""The arguments of `merilo sample`: plan, draw and power."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from merilo.assessment.wording import Wording

AddCommand = Callable[[Any, Wording, str, str], argparse.ArgumentParser]
# Options that stand for the keys of `sample:` in assessment.yaml, with their help.
PLAN_OPTIONS = {
    "rule": "CLI-SAMPLE-RULE",
    "share": "CLI-SAMPLE-SHARE",
    "margin": "CLI-SAMPLE-MARGIN",
    "level": "CLI-SAMPLE-LEVEL",
    "t": "CLI-SAMPLE-T",
    "cap": "CLI-SAMPLE-CAP",
    "rounding": "CLI-SAMPLE-ROUNDING",
    "scope": "CLI-SAMPLE-SCOPE",
    "minimum": "CLI-SAMPLE-MINIMUM",
    "budget": "CLI-SAMPLE-BUDGET",
    "allocation": "CLI-SAMPLE-ALLOCATION",
    "power": "CLI-SAMPLE-EXPONENT",
    "channels": "CLI-SAMPLE-CHANNELS",
    "forms": "CLI-SAMPLE-FORMS",
    "reserve": "CLI-SAMPLE-RESERVE",
    "populations": "CLI-SAMPLE-POPULATIONS",
}

DRAW_OPTIONS = {
    "plan": "CLI-SAMPLE-DRAW-PLAN",
    "size": "CLI-SAMPLE-DRAW-SIZE",
    "share": "CLI-SAMPLE-DRAW-SHARE",
    "reserve": "CLI-SAMPLE-DRAW-RESERVE",
    "seed": "CLI-SAMPLE-SEED",
    "id": "CLI-SAMPLE-ID",
    "organisation": "CLI-SAMPLE-ORGANISATION",
    "form": "CLI-SAMPLE-FORM",
    "sheet": "CLI-SAMPLE-SHEET",
    "out": "CLI-SAMPLE-OUT",
    "verify": "CLI-SAMPLE-VERIFY",
}

POWER_OPTIONS = {
    "size": "CLI-POWER-SIZE",
    "plan": "CLI-POWER-PLAN",
    "previous": "CLI-POWER-PREVIOUS",
    "deviation": "CLI-POWER-DEVIATION",
    "expected": "CLI-POWER-EXPECTED",
    "between": "CLI-POWER-BETWEEN",
    "distance": "CLI-POWER-DISTANCE",
    "probability": "CLI-POWER-PROBABILITY",
    "design-effect": "CLI-POWER-EFFECT",
    "level": "CLI-POWER-LEVEL",
    "replications": "CLI-POWER-REPLICATIONS",
    "seed": "CLI-POWER-SEED",
}


def add_sample(commands: Any, words: Wording, add_command: AddCommand) -> None:
    """The command with its verbs."""
    sample = add_command(commands, words, "sample", "CLI-SAMPLE")
    verbs = sample.add_subparsers(
        dest="verb",
        metavar=words.say("CLI-COMMAND"),
        title=words.say("CLI-COMMANDS"),
        parser_class=type(sample),
        required=True,
    )
    _plan(add_command(verbs, words, "plan", "CLI-SAMPLE-PLAN"), words)
    _draw(add_command(verbs, words, "draw", "CLI-SAMPLE-DRAW"), words)
    _power(add_command(verbs, words, "power", "CLI-SAMPLE-POWER"), words)


def _plan(parser: argparse.ArgumentParser, words: Wording) -> None:
    parser.add_argument("folder", metavar="DIR", help=words.say("CLI-DIR"))
    for name, code in PLAN_OPTIONS.items():
        parser.add_argument(f"--{name}", metavar="X", help=words.say(code))
    parser.add_argument("--previous", metavar="DIR", help=words.say("CLI-SAMPLE-PREVIOUS"))
    parser.add_argument("--format", default="csv,xlsx", help=words.say("CLI-SAMPLE-FORMAT"))


def _draw(parser: argparse.ArgumentParser, words: Wording) -> None:
    parser.add_argument("list", metavar="LIST", help=words.say("CLI-SAMPLE-LIST"))
    parser.add_argument(
        "--method", choices=("simple", "systematic"), default="simple", help=words.say("CLI-SAMPLE-METHOD")
    )
    for name, code in DRAW_OPTIONS.items():
        parser.add_argument(f"--{name}", metavar="X", help=words.say(code))


def _power(parser: argparse.ArgumentParser, words: Wording) -> None:
    parser.add_argument("folder", metavar="DIR", help=words.say("CLI-DIR"))
    parser.add_argument("--subject", metavar="X", default="overall", help=words.say("CLI-POWER-SUBJECT"))
    for name, code in POWER_OPTIONS.items():
        parser.add_argument(f"--{name}", metavar="X", help=words.say(code))
    parser.add_argument("--format", default="csv,svg,png", help=words.say("CLI-POWER-FORMAT"))
