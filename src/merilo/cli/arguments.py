"""The arguments of every command, with help in the user's language; nothing heavy is imported here."""

from __future__ import annotations

import argparse
import os
from typing import NoReturn

from merilo import __version__
from merilo.assessment.wording import Wording
from merilo.cli.arguments_audit import add_audit_arguments
from merilo.cli.arguments_change import add_change_arguments, add_previous_arguments
from merilo.cli.arguments_quality import add_quality_arguments
from merilo.cli.arguments_sample import add_sample
from merilo.cli.arguments_tabulate import add_tabulate_arguments
from merilo.shelf import wording

LANGUAGES = ("ru", "en")
DEFAULT_METHODOLOGY = "ru-344n-2018"


def system_language() -> str:
    """The language of the system's settings; Russian unless they say English."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return "en" if value.lower().startswith("en") else "ru"
    return "ru"


def asked_language(arguments: list[str]) -> str:
    """The language asked for on the command line, needed before the parser can speak; else the system's."""
    for index, argument in enumerate(arguments):
        name, sign, value = argument.partition("=")
        if name == "--lang":
            asked = value if sign else next(iter(arguments[index + 1 :]), "")
            return asked if asked in LANGUAGES else system_language()
    return system_language()


class UsageError(Exception):
    """The command line cannot be understood; the message is for the user, `usage` says how it is written."""

    def __init__(self, message: str, usage: str) -> None:
        self.usage = usage
        super().__init__(message)


class Parser(argparse.ArgumentParser):
    """argparse that speaks the user's language."""

    words: Wording

    def error(self, message: str) -> NoReturn:
        """Raise it; whoever runs the command line shows it and leaves with exit code 2."""
        raise UsageError(message, self.format_usage())


def build_parser(language: str) -> Parser:
    """The parser of the whole command line."""
    words = wording(language, "cli")
    argparse._ = lambda text: _TRANSLATED.get(text, {}).get(language, text)  # type: ignore[attr-defined]
    parser = _parser(words, "merilo", words.say("CLI-DESCRIPTION"))
    parser.add_argument("--version", action="version", version=f"merilo {__version__}", help=words.say("CLI-VERSION"))
    commands = parser.add_subparsers(
        dest="command",
        metavar=words.say("CLI-COMMAND"),
        title=words.say("CLI-COMMANDS"),
        parser_class=Parser,
        required=True,
    )
    init = _command(commands, words, "init", "CLI-INIT")
    _folder(init, words)
    init.add_argument("--methodology", default=DEFAULT_METHODOLOGY, help=words.say("CLI-INIT-METHODOLOGY"))
    _folder(_command(commands, words, "check", "CLI-CHECK"), words)
    score = _command(commands, words, "score", "CLI-SCORE")
    _folder(score, words)
    score.add_argument("--format", default="csv,parquet,xlsx", help=words.say("CLI-FORMAT"))
    score.add_argument("--tables", default="", help=words.say("CLI-TABLES"))
    explain = _command(commands, words, "explain", "CLI-EXPLAIN")
    _folder(explain, words)
    explain.add_argument("organisation", metavar="ORGANISATION", help=words.say("CLI-ORGANISATION"))
    explain.add_argument("indicator", metavar="INDICATOR", nargs="?", help=words.say("CLI-INDICATOR"))
    report = _command(commands, words, "report", "CLI-REPORT")
    _folder(report, words)
    report.add_argument("--format", default="docx,xlsx", help=words.say("CLI-REPORT-FORMAT"))
    report.add_argument("--charts-as-pictures", action="store_true", help=words.say("CLI-PICTURES"))
    add_sample(commands, words, _command)
    tabulate = _command(commands, words, "tabulate", "CLI-TABULATE")
    _folder(tabulate, words)
    add_tabulate_arguments(tabulate, words)
    quality = _command(commands, words, "quality", "CLI-QUALITY")
    _folder(quality, words)
    add_quality_arguments(quality, words)
    add_previous_arguments(report, words)
    add_change_arguments(_command(commands, words, "change", "CLI-CHANGE"), words)
    _methodology(commands, words)
    add_audit_arguments(_command(commands, words, "audit", "CLI-AUDIT"), words)
    demo = _command(commands, words, "demo", "CLI-DEMO")
    demo.add_argument("folder", metavar="DIR", nargs="?", default="merilo-demo", help=words.say("CLI-DEMO-DIR"))
    return parser


def _folder(parser: Parser, words: Wording) -> None:
    parser.add_argument("folder", metavar="DIR", help=words.say("CLI-DIR"))


def _methodology(commands: argparse._SubParsersAction[Parser], words: Wording) -> None:
    methodology = _command(commands, words, "methodology", "CLI-METHODOLOGY")
    verbs = methodology.add_subparsers(
        dest="verb",
        metavar=words.say("CLI-COMMAND"),
        title=words.say("CLI-COMMANDS"),
        parser_class=Parser,
        required=True,
    )
    _command(verbs, words, "list", "CLI-METHODOLOGY-LIST")
    for verb in ("show", "check"):
        inner = _command(verbs, words, verb, f"CLI-METHODOLOGY-{verb.upper()}")
        inner.add_argument("pack", metavar="METHODOLOGY", help=words.say("CLI-PACK"))


def _command(commands: argparse._SubParsersAction[Parser], words: Wording, name: str, code: str) -> Parser:
    text = words.say(code)
    parser = commands.add_parser(name, help=text, description=text, add_help=False, allow_abbrev=False)
    _common(parser, words)
    return parser


def _parser(words: Wording, program: str, description: str) -> Parser:
    parser = Parser(prog=program, description=description, add_help=False, allow_abbrev=False)
    parser.add_argument("-h", "--help", action="help", help=words.say("CLI-HELP"))
    parser.add_argument("--lang", choices=LANGUAGES, help=words.say("CLI-LANG"))
    return parser


def _common(parser: Parser, words: Wording) -> None:
    parser.add_argument("-h", "--help", action="help", help=words.say("CLI-HELP"))
    # SUPPRESS: a value given before the command must not be overwritten by a default after it.
    parser.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help=words.say("CLI-LANG"))
    parser.add_argument("--json", action="store_true", help=words.say("CLI-JSON"))


# argparse takes its own few words from gettext; these are the ones a user can meet.
_TRANSLATED = {
    "usage: ": {"ru": "использование: ", "en": "usage: "},
    "positional arguments": {"ru": "аргументы", "en": "arguments"},
    "options": {"ru": "параметры", "en": "options"},
    "the following arguments are required: %s": {"ru": "не хватает аргументов: %s"},
    "unrecognized arguments: %s": {"ru": "неизвестные аргументы: %s"},
    "invalid choice: %(value)r (choose from %(choices)s)": {"ru": "«%(value)s» не подходит; возможно: %(choices)s"},
    "invalid %(type)s value: %(value)r": {"ru": "«%(value)s» – не целое число"},
    "expected one argument": {"ru": "нужно одно значение"},
    "argument %(argument_name)s: %(message)s": {"ru": "%(argument_name)s: %(message)s"},
}
