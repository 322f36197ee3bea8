"""`merilo check`: every problem of the input; nothing is computed, nothing written."""

from __future__ import annotations

from argparse import Namespace

from merilo.cli.opening import opened
from merilo.cli.plain import show_json
from merilo.cli.problems import as_json, problem_words, show_problems
from merilo.folder.exclusion_results import exclusions_record


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
        show_json({**facts, "exclusions": exclusions_record(found), "problems": as_json(problems, words)})
        return 0
    show_problems(problems, arguments)
    print(words.say("CHECK-CLEAN", **facts))
    if found.exclusions:
        print(words.say("CHECK-EXCLUDED", n=len(found.exclusions)))
    for one in found.exclusions:
        of = {"file": one.file, "row": one.row, "organisation": one.organisation, "reason": one.reason}
        print(words.say("CHECK-EXCLUSION", **of, decided_by=one.decided_by, date=one.date))
    return 0
