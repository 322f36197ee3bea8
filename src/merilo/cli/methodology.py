"""`merilo methodology`: which methodologies there are, what one says, whether it is sound."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from merilo.assessment.errors import InputError, MeriloError, Problem, has_errors
from merilo.assessment.methodology.describe import describe, validity
from merilo.assessment.wording import Wording
from merilo.cli.plain import show_json
from merilo.cli.problems import as_json, problem_words, show_problems
from merilo.pack import Pack, find_pack, open_pack, shipped
from merilo.shelf import EDITIONS, wording


def run(arguments: Namespace) -> int:
    """Carry out the verb: list, show or check."""
    verbs = {"list": _list, "show": _show, "check": _check}
    return verbs[arguments.verb](arguments)


def _words(arguments: Namespace) -> Wording:
    return wording(arguments.lang, "cli", "methodology")


def _pack(arguments: Namespace) -> tuple[Pack, list[Problem]]:
    where = find_pack(arguments.pack, Path.cwd())
    if where is None:
        known = ", ".join(shipped())
        sentence = _words(arguments).say("UNKNOWN-METHODOLOGY", asked=arguments.pack, known=known)
        raise MeriloError(sentence, "UNKNOWN-METHODOLOGY")
    problems: list[Problem] = []
    pack = open_pack(where, problems)
    if pack is None:
        raise InputError(problems)
    return pack, problems


def _list(arguments: Namespace) -> int:
    rows = list(_shipped_rows(_words(arguments)))
    if arguments.json:
        show_json(rows)
        return 0
    for row in rows:
        print(f"{row['id']}  {row['version']}  {row['standing']}")
        print(f"    {row['title' if arguments.lang == 'ru' else 'title_en']}")
        print(f"    {row['validity']}")
    return 0


def _shipped_rows(words: Wording) -> Iterator[dict[str, str | None]]:
    for name in shipped():
        problems: list[Problem] = []
        pack = open_pack(EDITIONS / name, problems)
        if pack is None:
            raise InputError(problems)
        edition = pack.edition
        yield {
            "id": edition.code,
            "version": edition.version,
            "status": edition.standing.value,
            "standing": words.say(f"STANDING-{edition.standing.name}"),
            "title": edition.title,
            "title_en": edition.title_en,
            "valid_from": edition.valid_from.isoformat() if edition.valid_from else None,
            "valid_to": edition.valid_to.isoformat() if edition.valid_to else None,
            "validity": validity(edition, words),
        }


def _show(arguments: Namespace) -> int:
    pack, _ = _pack(arguments)
    lines = list(describe(pack.edition, _words(arguments)))
    if arguments.json:
        plain = [{"depth": line.depth, "text": line.text} for line in lines]
        show_json({"id": pack.edition.code, "sha256": pack.sha256, "lines": plain})
        return 0
    for line in lines:
        print("  " * line.depth + line.text)
    return 0


def _check(arguments: Namespace) -> int:
    from merilo.worked_examples import check_examples

    pack, problems = _pack(arguments)
    examples, found = check_examples(pack)
    problems += found
    facts = {"edition": pack.edition.code, "indicators": len(pack.edition.indicators), "examples": examples}
    if arguments.json:
        show_json({**facts, "problems": as_json(problems, problem_words(arguments.lang))})
        return int(has_errors(problems))
    if problems:
        show_problems(problems, arguments)
    if not has_errors(problems):
        print(_words(arguments).say("PACK-CLEAN", **facts))
    return int(has_errors(problems))
