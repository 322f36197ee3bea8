"""The arguments of `merilo tabulate`."""

from __future__ import annotations

import argparse

from merilo.assessment.wording import Wording

SHARES = ("column", "row", "total")
WEIGHTS = ("population", "none")


def add_tabulate_arguments(parser: argparse.ArgumentParser, words: Wording) -> None:
    """What is tabulated, by what, of whom, with which weights, into which files."""
    parser.add_argument("questions", metavar="QUESTION", nargs="*", help=words.say("CLI-TABULATE-QUESTION"))
    parser.add_argument("--by", metavar="COLUMN", default="", help=words.say("CLI-TABULATE-BY"))
    parser.add_argument("--shares", choices=SHARES, default="column", help=words.say("CLI-TABULATE-SHARES"))
    parser.add_argument(
        "--where", metavar="COLUMN=VALUE", action="append", default=[], help=words.say("CLI-TABULATE-WHERE")
    )
    parser.add_argument("--weights", choices=WEIGHTS, default="population", help=words.say("CLI-TABULATE-WEIGHTS"))
    parser.add_argument("--margins", metavar="FILE", default="", help=words.say("CLI-TABULATE-MARGINS"))
    parser.add_argument("--trim", metavar="LOWER,UPPER", default="", help=words.say("CLI-TABULATE-TRIM"))
    parser.add_argument(
        "--bands", metavar="QUESTION=18,30", action="append", default=[], help=words.say("CLI-TABULATE-BANDS")
    )
    parser.add_argument("--correlations", action="store_true", help=words.say("CLI-TABULATE-CORRELATIONS"))
    parser.add_argument("--drivers", metavar="QUESTION", default="", help=words.say("CLI-TABULATE-DRIVERS"))
    parser.add_argument(
        "--with", metavar="QUESTIONS", dest="predictors", default="", help=words.say("CLI-TABULATE-WITH")
    )
    parser.add_argument("--minimum-base", metavar="N", type=int, help=words.say("CLI-TABULATE-MINIMUM"))
    parser.add_argument("--format", default="", help=words.say("CLI-TABULATE-FORMAT"))
