"""`merilo init`: the folder of a new assessment, with comments that say what to put where."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from merilo.assessment.errors import InputError, MeriloError, Problem
from merilo.cli.plain import show_json
from merilo.folder.scaffold import scaffold
from merilo.pack import find_pack, open_pack, shipped
from merilo.shelf import wording


def run(arguments: Namespace) -> int:
    """Make the folder; one that has something in it is left alone."""
    words, folder = wording(arguments.lang, "cli"), Path(arguments.folder)
    if folder.exists() and any(folder.iterdir()):
        raise MeriloError(words.say("INIT-EXISTS", folder=folder), "INIT-EXISTS")
    where = find_pack(arguments.methodology, Path.cwd())
    if where is None:
        known = ", ".join(shipped())
        sentence = words.say("UNKNOWN-METHODOLOGY", asked=arguments.methodology, known=known)
        raise MeriloError(sentence, "UNKNOWN-METHODOLOGY")
    problems: list[Problem] = []
    pack = open_pack(where, problems)
    if pack is None:
        raise InputError(problems)
    written = scaffold(folder, pack, arguments.methodology, wording(arguments.lang, "scaffold"))
    if arguments.json:
        show_json({"written": [str(path) for path in written]})
    else:
        print(words.say("INIT-DONE", folder=folder))
    return 0
