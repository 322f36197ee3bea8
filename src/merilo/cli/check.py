"""`merilo check`: every problem of the input; nothing is computed, nothing written."""

from __future__ import annotations

from argparse import Namespace

from merilo.cli.opening import opened
from merilo.cli.plain import show_json
from merilo.cli.problems import as_json, problem_words, show_problems


def run(arguments: Namespace) -> int:
    """Show what is wrong, or say that nothing is."""
    found, problems = opened(arguments)
    words = problem_words(arguments.lang)
    facts = {
        "organisations": len(found.case.table.units.organisations),
        "forms": found.survey.forms,
        "excluded": len(found.exclusions),
        "edition": found.pack.edition.code,
    }
    if arguments.json:
        show_json({**facts, "problems": as_json(problems, words)})
        return 0
    show_problems(problems, arguments)
    print(words.say("CHECK-CLEAN", **facts))
    if found.exclusions:
        print(words.say("CHECK-EXCLUDED", n=len(found.exclusions)))
    return 0
