"""The arguments of `merilo change`, and those by which a report is given its earlier wave."""

from __future__ import annotations

from argparse import ArgumentParser

from merilo.assessment.wording import Wording


def add_change_arguments(parser: ArgumentParser, words: Wording) -> None:
    """Two folders, the link file, the formats."""
    parser.add_argument("earlier", metavar="EARLIER", help=words.say("CLI-CHANGE-EARLIER"))
    parser.add_argument("folder", metavar="LATER", help=words.say("CLI-CHANGE-LATER"))
    parser.add_argument("--link", metavar="FILE", help=words.say("CLI-CHANGE-LINK"))
    parser.add_argument("--format", default="csv,parquet,xlsx", help=words.say("CLI-FORMAT"))


def add_previous_arguments(parser: ArgumentParser, words: Wording) -> None:
    """The earlier wave of a report and its link file."""
    parser.add_argument("--previous", metavar="EARLIER", help=words.say("CLI-REPORT-PREVIOUS"))
    parser.add_argument("--link", metavar="FILE", help=words.say("CLI-CHANGE-LINK"))
