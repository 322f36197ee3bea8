"""The arguments of `merilo audit`."""

from __future__ import annotations

import argparse

from merilo.assessment.wording import Wording

# Exit code 1 says that something was found; what cannot be audited must not look like that.
FAILURE = 2


def add_audit_arguments(parser: argparse.ArgumentParser, words: Wording) -> None:
    """PATH, the documents to write and where to."""
    parser.add_argument("path", metavar="PATH", help=words.say("CLI-AUDIT-PATH"))
    parser.add_argument("--format", default="", metavar="FORMAT", help=words.say("CLI-AUDIT-FORMAT"))
    parser.add_argument("--output", default="", metavar="FILE", help=words.say("CLI-AUDIT-OUTPUT"))
    parser.add_argument("--all", action="store_true", help=words.say("CLI-AUDIT-ALL"))
    parser.set_defaults(failure=FAILURE)
