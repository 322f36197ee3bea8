"""The arguments of `merilo quality`."""

from __future__ import annotations

import argparse

from merilo.assessment.wording import Wording


def add_quality_arguments(parser: argparse.ArgumentParser, words: Wording) -> None:
    """What `merilo quality` takes besides the folder."""
    parser.add_argument("--level", default="0.05", help=words.say("CLI-QUALITY-LEVEL"))
    parser.add_argument("--propose", action="store_true", help=words.say("CLI-QUALITY-PROPOSE"))
