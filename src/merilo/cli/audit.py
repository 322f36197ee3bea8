"""`merilo audit`: what does not hold in somebody's published report, where, and how sure that is."""

from __future__ import annotations

import sys
from argparse import Namespace
from itertools import groupby
from pathlib import Path

from merilo.assessment.errors import InputError, MeriloError, Problem
from merilo.assessment.recheck.audit import Audit, audit
from merilo.assessment.recheck.defect import Certainty, Defect
from merilo.assessment.recheck.publication import PrintedPlace
from merilo.assessment.reporting.audit_conclusion import ConclusionHead, audit_conclusion, found_sentence
from merilo.assessment.reporting.audit_words import DASH, AuditWords
from merilo.cli.plain import show_json
from merilo.cli.problems import as_json, problem_words, show_problems
from merilo.cli.screen import progress
from merilo.folder.audit_folder import OpenedAudit, open_audit
from merilo.shelf import wording

CLEAN, FOUND = 0, 1
FORMATS = frozenset({"docx"})
CATALOGUES = ("audit", "report")
SHOWN = 5
TEXT_COLUMNS = ("certainty", "kind", "document_place", "file", "row", "column", "subject", "unit", "printed")


def run(arguments: Namespace) -> int:
    """Audit a folder, show the findings, write the conclusion if asked; 0 nothing found, 1 something was."""
    words = wording(arguments.lang, "cli", *CATALOGUES)
    formats = {name.strip().lower() for name in arguments.format.split(",") if name.strip()}
    for name in sorted(formats - FORMATS):
        raise MeriloError(words.say("AUDIT-UNKNOWN-FORMAT", asked=name), "UNKNOWN-NAME")
    problems: list[Problem] = []
    with progress(words.say("STEP-READ")):
        opened = open_audit(Path(arguments.path), problems)
    if opened is None:
        raise InputError(problems)
    if problems and not arguments.json:
        show_problems(problems, arguments)
    with progress(words.say("STEP-AUDIT")):
        found = audit(opened.publication, opened.claims)
    said = AuditWords(opened.publication, wording(arguments.lang, *CATALOGUES))
    written = _write(opened, found, said, arguments) if formats or arguments.output else []
    if arguments.json:
        beside = {
            "written": [str(path) for path in written],
            "problems": as_json(problems, problem_words(arguments.lang)),
        }
        show_json({**as_plain(opened, found, said), **beside})
    else:
        _show(found, said, everything=arguments.all)
        for path in written:
            print(words.say("WRITTEN"), path, file=sys.stderr)
    return FOUND if found.defects else CLEAN


def _write(opened: OpenedAudit, found: Audit, said: AuditWords, arguments: Namespace) -> list[Path]:
    from merilo.render.docx import write_docx

    folder = Path(arguments.path)
    folder = folder if folder.is_dir() else folder.parent
    path = Path(arguments.output) if arguments.output else folder / "out" / "audit.docx"
    path.parent.mkdir(parents=True, exist_ok=True)
    settings = opened.settings
    head = ConclusionHead(
        settings.title, settings.document, settings.publisher, settings.period, settings.notes, opened.stamp
    )
    write_docx(audit_conclusion(found, head, said), path)
    return [path]


def as_plain(opened: OpenedAudit, found: Audit, said: AuditWords) -> dict[str, object]:
    """The audit as plain values."""
    relations = [relation.whole for relation in found.unchecked_relations]
    return {
        "title": opened.settings.title,
        "document": opened.settings.document,
        "methodology": opened.stamp.edition,
        "fingerprint": opened.stamp.fingerprint,
        "program": opened.stamp.program,
        "counts": {one.value: len(found.of(one)) for one in Certainty},
        "checked": {"cells": found.cells, "wholes": found.wholes, "claims": found.claims},
        "findings": [_plain_defect(one, said) for one in found.defects],
        "unchecked": said.unchecked(relations, found.unchecked_claims),
    }


def _plain_defect(one: Defect, said: AuditWords) -> dict[str, object]:
    return {
        "kind": one.kind.value,
        "certainty": one.certainty.value,
        **_plain_place(one.where, said),
        "subject": one.subject,
        "unit": one.unit,
        "printed": one.printed,
        "expected": expected if (expected := said.expected(one)) != DASH else None,
        "expected_low": str(one.expected.low) if one.expected is not None else None,
        "expected_high": str(one.expected.high) if one.expected is not None else None,
        "reason": one.reason,
        "message": said.sentence(one),
        "places": [_plain_place(where, said) for where in one.others],
    }


def _plain_place(where: PrintedPlace, said: AuditWords) -> dict[str, object]:
    cell = where.cell
    return {"document_place": said.place(where), "file": cell.file, "row": cell.row, "column": cell.column}


def _show(found: Audit, said: AuditWords, *, everything: bool) -> None:
    """For people on a terminal the findings by how sure they are, the first few of a kind; for a pipe one line
    each."""
    if sys.stdout.isatty():
        _show_groups(found, said, len(found.defects) if everything else SHOWN)
    else:
        _show_lines(found, said)
    relations = [relation.whole for relation in found.unchecked_relations]
    for line in said.unchecked(relations, found.unchecked_claims):
        print(line, file=sys.stderr)
    say = said.wording.say
    print(found_sentence(found, said), file=sys.stderr)
    print(say("AUDIT-COMPARED", cells=found.cells, wholes=found.wholes, claims=found.claims), file=sys.stderr)


def _show_lines(found: Audit, said: AuditWords) -> None:
    print("\t".join((*TEXT_COLUMNS, "expected", "message")))
    for one in found.defects:
        plain = _plain_defect(one, said)
        cells = [plain[name] for name in (*TEXT_COLUMNS, "expected", "message")]
        print("\t".join("" if cell is None else " ".join(str(cell).split()) for cell in cells))


def _show_groups(found: Audit, said: AuditWords, shown: int) -> None:
    from rich.console import Console
    from rich.padding import Padding
    from rich.text import Text

    console = Console(highlight=False)
    for certainty in Certainty:
        mine = found.of(certainty)
        if mine:
            console.print(Text(f"{said.certainty(certainty)} – {len(mine)}", style="bold"))
        for (kind, subject), group in groupby(mine, key=lambda one: (one.kind, one.subject)):
            defects = list(group)
            title = f"{said.kind(kind)}: {said.subject(subject)}" if subject else said.kind(kind)
            console.print(Padding(Text(f"{title} – {len(defects)}"), (0, 0, 0, 2)))
            for one in defects[:shown]:
                console.print(Padding(Text(f"{said.place_of(one)}: {said.sentence(one)}"), (0, 0, 0, 4)))
            if len(defects) > shown:
                more = said.wording.say("AUDIT-MORE", n=len(defects) - shown)
                console.print(Padding(Text(more), (0, 0, 0, 4)))
