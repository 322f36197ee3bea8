"""Where every command starts: language, arguments, dispatch, and what happens when something goes wrong."""

from __future__ import annotations

import errno
import os
import re
import sys
from argparse import Namespace
from importlib import import_module

from merilo.assessment.errors import InputError, MeriloError
from merilo.assessment.wording import Wording
from merilo.cli.arguments import UsageError, asked_language, build_parser
from merilo.cli.plain import refuse
from merilo.shelf import wording

DONE, FAILED, USAGE = 0, 1, 2

# What the system says in English only; the rest is passed on in its own words.
REASONS = {
    errno.EACCES: "REASON-DENIED",
    errno.EPERM: "REASON-DENIED",
    errno.EROFS: "REASON-READ-ONLY",
    errno.ENOSPC: "REASON-FULL",
    errno.ENOENT: "REASON-NOT-THERE",
    errno.EEXIST: "REASON-IS-A-FILE",
    errno.ENOTDIR: "REASON-IS-A-FILE",
    errno.EISDIR: "REASON-IS-A-FOLDER",
}


def run(arguments: list[str]) -> int:
    """Carry out one command line; 0 done, 1 the input or a file would not do, 2 the command line would not
    (`audit` alone says 1 for what it found, and 2 for whatever would not do)."""
    language = asked_language(arguments)
    words = wording(language, "cli")
    try:
        parsed = build_parser(language).parse_args(arguments)
    except UsageError as error:
        print(error.usage.rstrip(), file=sys.stderr)
        print(words.say("USAGE-ERROR", message=str(error)), file=sys.stderr)
        return USAGE
    parsed.lang = parsed.lang or language
    try:
        return _carry_out(parsed)
    except InputError as error:
        from merilo.cli.problems import show_problems

        show_problems(error.problems, parsed)
    except MeriloError as error:
        refuse(parsed, error.code, str(error))
    except BrokenPipeError:
        # The reader (`| head`) has seen enough; nothing more may be written, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as error:
        refuse(parsed, "FILE-FAILED", _file_failed(error, wording(parsed.lang, "cli")), str(error.filename or ""))
    except KeyboardInterrupt:
        print(words.say("INTERRUPTED"), file=sys.stderr)
    # A command whose exit code 1 means something else says which one failure has.
    return int(getattr(parsed, "failure", FAILED))


def _carry_out(parsed: Namespace) -> int:
    """Run the command and bring out all it printed while a broken pipe can still be caught."""
    code = int(import_module(f"merilo.cli.{parsed.command}").run(parsed))
    sys.stdout.flush()
    return code


def _file_failed(error: OSError, words: Wording) -> str:
    # Libraries of other languages pass the system's number on as text only.
    told = re.search(r"os error (\d+)", str(error))
    code = REASONS.get(int(told[1]) if told else error.errno or 0)
    reason = words.say(code) if code else error.strerror or str(error)
    return words.say("FILE-FAILED", path=error.filename or "", reason=reason)
