"""`merilo explain`: a number, its formula, its inputs, down to the rows they came from."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

from merilo.assessment.errors import UnknownIndicator, UnknownOrganisation
from merilo.assessment.scoring.exact import score_unit
from merilo.assessment.scoring.explain import ExplainedLine, Explainer
from merilo.assessment.wording import Wording
from merilo.cli.opening import opened
from merilo.folder.assessment_folder import OpenedFolder
from merilo.folder.trace import answer_rows, evidence_rows
from merilo.shelf import wording

SHOWN_ROWS = 30


def run(arguments: Namespace) -> int:
    """Explain one organisation's score, or one indicator of it."""
    found, _ = opened(arguments)
    words = wording(arguments.lang, "cli", "explain")
    lines: list[ExplainedLine] = []
    for unit in _units(found, arguments.organisation, words):
        lines += _explained(found, unit, arguments, words)
    lines.append(
        ExplainedLine(
            0,
            words.say("EXPLAIN-STAMP", edition=found.case.stamp.edition, fingerprint=found.case.stamp.fingerprint[:16]),
        )
    )
    if arguments.json:
        plain = [{"depth": line.depth, "text": line.text, "evidence": line.evidence} for line in lines]
        print(json.dumps(plain, ensure_ascii=False, indent=2))
        return 0
    for line in lines:
        print("  " * line.depth + line.text)
    return 0


def _units(found: OpenedFolder, key: str, words: Wording) -> list[int]:
    units = found.case.table.units
    rows = [row for row, unit in enumerate(units.units) if units.organisations[unit.organisation].key == key]
    if not rows:
        close = get_close_matches(key, [organisation.key for organisation in units.organisations], 3) or ["–"]
        raise UnknownOrganisation(words.say("UNKNOWN-ORGANISATION", key=key, close=", ".join(close)))
    return rows


def _explained(found: OpenedFolder, unit: int, arguments: Namespace, words: Wording) -> Iterator[ExplainedLine]:
    units = found.case.table.units
    organisation = units.organisations[units.units[unit].organisation]
    yield ExplainedLine(0, words.say("EXPLAIN-HEAD", key=organisation.key, name=organisation.name))
    form = units.units[unit].form
    if form and found.pack.edition.splitting:
        named = {value.code: value.name for value in found.pack.edition.splitting.values}
        yield ExplainedLine(0, words.say("EXPLAIN-FORM", form=named.get(form, form)))
    score = score_unit(found.case.rules, found.case.table, unit)
    explainer = Explainer(found.case.rules, words)
    if arguments.indicator is None:
        yield from explainer.unit(score)
        return
    code = _indicator(found, arguments.indicator, words)
    part = score.indicator(code)
    for line in explainer.indicator(part) if part is not None else ():
        yield line
        if line.evidence:
            yield from _rows(found, Path(arguments.folder), unit, line, words)


def _indicator(found: OpenedFolder, asked: str, words: Wording) -> str:
    for indicator in found.pack.edition.indicators:
        if asked in (indicator.code, indicator.item.label):
            return indicator.code
    known = ", ".join(f"{one.item.label} {one.code}".strip() for one in found.pack.edition.indicators)
    raise UnknownIndicator(words.say("UNKNOWN-INDICATOR", edition=found.pack.edition.code, code=asked, known=known))


def _rows(found: OpenedFolder, folder: Path, unit: int, line: ExplainedLine, words: Wording) -> Iterator[ExplainedLine]:
    """The rows of files behind one line of the explanation."""
    depth, code = line.depth + 1, line.evidence
    for row in evidence_rows(found, unit, code):
        name = "EXPLAIN-ROW-NOTE" if row.note else "EXPLAIN-ROW"
        yield ExplainedLine(depth, words.say(name, file=row.file, row=row.row, note=row.note))
    for answers in answer_rows(found, folder, unit, code):
        name = "EXPLAIN-RATED" if answers.summed else "EXPLAIN-ANSWERS"
        counted = _listed(answers.counted if not answers.summed else (*answers.counted, *answers.others))
        yield ExplainedLine(depth, words.say(name, file=answers.file, counted=counted, others=_listed(answers.others)))
    if code in found.settings.values:
        yield ExplainedLine(depth, words.say("EXPLAIN-VALUES"))


def _listed(rows: tuple[int, ...]) -> str:
    shown = ", ".join(str(row) for row in rows[:SHOWN_ROWS])
    return f"{shown} … ({len(rows)})" if len(rows) > SHOWN_ROWS else shown or "–"
