"""Where every command starts: language, arguments, dispatch, and what happens when something goes wrong."""

from __future__ import annotations

import os
import sys
from importlib import import_module

from merilo.assessment.errors import InputError, MeriloError
from merilo.cli.arguments import UsageError, asked_language, build_parser
from merilo.shelf import wording

DONE, FAILED, USAGE = 0, 1, 2


def run(arguments: list[str]) -> int:
    """Carry out one command line; 0 done, 1 the input or a file would not do, 2 the command line would not."""
    language = asked_language(arguments)
    words = wording(language, "cli")
    try:
        parsed = build_parser(language).parse_args(arguments)
    except UsageError as error:
        print(words.say("USAGE-ERROR", message=str(error)), file=sys.stderr)
        return USAGE
    parsed.lang = parsed.lang or language
    command = import_module(f"merilo.cli.{parsed.command}")
    try:
        return int(command.run(parsed))
    except InputError as error:
        from merilo.cli.problems import show_problems

        show_problems(error.problems, parsed)
    except MeriloError as error:
        print(error, file=sys.stderr)
    except BrokenPipeError:
        # The reader (`| head`) has seen enough; nothing more may be written, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as error:
        reason = error.strerror or str(error)
        print(words.say("CANNOT-WRITE", path=error.filename or "", reason=reason), file=sys.stderr)
    except KeyboardInterrupt:
        print(words.say("INTERRUPTED"), file=sys.stderr)
    return FAILED
