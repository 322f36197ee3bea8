"""`merilo explain`: a number, its formula, its inputs, down to the rows they came from."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path

import numpy as np

from merilo.assessment.errors import UnknownIndicator, UnknownOrganisation
from merilo.assessment.methodology.edition import Edition
from merilo.assessment.methodology.formulas.working import Status
from merilo.assessment.methodology.policies import FormsOfService
from merilo.assessment.pipeline import Assessment, assess
from merilo.assessment.rounding import round_estimates, round_exact
from merilo.assessment.scoring.exact import item_working, score_subject, score_unit
from merilo.assessment.scoring.explain import ExplainedLine, Explainer
from merilo.assessment.scoring.score import OVERALL
from merilo.assessment.wording import Wording
from merilo.cli.opening import opened
from merilo.cli.plain import show_json
from merilo.folder.assessment_folder import OpenedFolder
from merilo.folder.trace import EvidenceRow, answer_rows, evidence_rows
from merilo.shelf import wording

SHOWN_ROWS = 30


def run(arguments: Namespace) -> int:
    """Explain one organisation's score, or one criterion, indicator or sub-item of it."""
    found, _ = opened(arguments)
    words = wording(arguments.lang, "cli", "explain")
    subject = OVERALL if arguments.indicator is None else subject_asked(found, arguments.indicator, words)
    teller = _Teller(found, assess(found.case), Path(arguments.folder), subject, words)
    lines = list(teller.organisation(_units(found, arguments.organisation, words)))
    if arguments.json:
        show_json([{"depth": line.depth, "text": line.text, "evidence": line.evidence} for line in lines])
        return 0
    for line in lines:
        print("  " * line.depth + line.text)
    return 0


def subject_asked(found: OpenedFolder, asked: str, words: Wording) -> str:
    """The code of what was asked for by its code or label; indicators come before their parts, then criteria."""
    for code, label in _subjects(found.pack.edition):
        if asked == code or (label and asked == label):
            return code
    known = ", ".join(f"{one.item.label} {one.code}".strip() for one in found.pack.edition.indicators)
    sentence = words.say("UNKNOWN-INDICATOR", edition=found.pack.edition.code, code=asked, known=known)
    raise UnknownIndicator(sentence, "UNKNOWN-INDICATOR")


def _subjects(edition: Edition) -> Iterator[tuple[str, str]]:
    """Code and label of everything that has a value: indicators, sub-items, criteria, the overall score."""
    indicators = {one.code: one.item.label for one in edition.indicators}
    yield from indicators.items()
    yield from ((code, item.label) for code, item in edition.items.items() if code not in indicators)
    yield from ((criterion.code, criterion.label) for criterion in edition.criteria)
    yield OVERALL, ""


def _units(found: OpenedFolder, key: str, words: Wording) -> list[int]:
    units = found.case.table.units
    rows = [row for row, unit in enumerate(units.units) if units.organisations[unit.organisation].key == key]
    if not rows:
        close = get_close_matches(key, [organisation.key for organisation in units.organisations], 3)
        code = "UNKNOWN-ORGANISATION" if close else "UNKNOWN-ORGANISATION-AT-ALL"
        raise UnknownOrganisation(words.say(code, key=key, close=", ".join(close)), "UNKNOWN-ORGANISATION")
    return rows


@dataclass(frozen=True, slots=True)
class _Teller:
    """Explains one subject of one organisation."""

    found: OpenedFolder
    assessment: Assessment
    folder: Path
    subject: str
    words: Wording

    def organisation(self, units: list[int]) -> Iterator[ExplainedLine]:
        """The organisation, the mean over its forms where it has several, each form, and the stamp."""
        register, stamp = self.found.case.table.units, self.found.case.stamp
        organisation = register.organisations[register.units[units[0]].organisation]
        yield ExplainedLine(0, self.words.say("EXPLAIN-HEAD", key=organisation.key, name=organisation.name))
        if len(units) > 1 and self.found.case.rules.policies.forms is FormsOfService.MEAN:
            yield from self._mean_of_forms(units)
        for unit in units:
            yield from self._unit(unit)
        yield from self._sureness(units[0])
        say = self.words.say
        yield ExplainedLine(
            0, say("EXPLAIN-STAMP", edition=stamp.edition, fingerprint=stamp.fingerprint[:16], program=stamp.program)
        )

    def _mean_of_forms(self, units: list[int]) -> Iterator[ExplainedLine]:
        """The value as rated. An indicator is averaged as its formula gave it, like in the tables."""
        case, rated = self.found.case, self.assessment.rated
        row = int(rated.rows.row_of_units(case.table.size)[units[0]])
        exact, values = rated.exact(self.subject, row), rated.subject(self.subject)
        rounding = case.rules.policies.rounding
        printed: Decimal | None = None if exact is None else round_exact(exact, rounding.printed, rounding.mode)
        status = Status.NO_DATA if values is None else Status(int(values.status[row]))
        each = [score_subject(case.rules, case.table, unit, self.subject) for unit in units]
        yield from Explainer(case.rules, self.words).mean_of_forms(printed, status, each)

    def _sureness(self, unit: int) -> Iterator[ExplainedLine]:
        """How sure the number is: its standard error and interval, or that it was observed and not sampled."""
        case, rated = self.found.case, self.assessment.rated
        values, row = rated.subject(self.subject), int(rated.rows.row_of_units(case.table.size)[unit])
        if values is None or np.isnan(values.value[row]):
            return
        found = self.assessment.errors_of(self.subject)
        if not found.is_sampled[row]:
            yield ExplainedLine(0, self.words.say("EXPLAIN-NOT-SAMPLED"))
            return
        if np.isnan(found.error[row]):
            yield ExplainedLine(0, self.words.say("EXPLAIN-ERROR-UNKNOWN"))
            return
        error, low, high, reach = (
            self._figure(float(one[row])) for one in (found.error, found.low, found.high, found.reach)
        )
        level = self.words.number(f"{100 * case.uncertainty.level:g}")
        said = {"error": error, "low": low, "high": high, "reach": reach, "level": level}
        yield ExplainedLine(0, self.words.say("EXPLAIN-ERROR", **said))

    def _figure(self, value: float) -> str:
        digits = self.found.case.rules.policies.rounding.printed
        return self.words.number(f"{round_estimates(np.array([value]), digits)[0]:.{digits}f}")

    def _unit(self, unit: int) -> Iterator[ExplainedLine]:
        case, edition = self.found.case, self.found.pack.edition
        form = case.table.units.units[unit].form
        if form and edition.splitting:
            named = {value.code: value.name for value in edition.splitting.values}
            yield ExplainedLine(0, self.words.say("EXPLAIN-FORM", form=named.get(form, form)))
        score = score_unit(case.rules, case.table, unit)
        explainer = Explainer(case.rules, self.words)
        if self.subject == OVERALL:
            yield from explainer.unit(score)
            return
        for criterion in score.criteria:
            if criterion.code == self.subject:
                yield from explainer.criterion(criterion)
                return
        part = score.indicator(self.subject)
        if part is not None:
            lines = explainer.indicator(part)
        else:
            lines = explainer.item(self.subject, item_working(case.rules, case.table, unit, self.subject))
        for line in lines:
            yield line
            if line.evidence:
                yield from self._rows(unit, line)

    def _rows(self, unit: int, line: ExplainedLine) -> Iterator[ExplainedLine]:
        """The rows of files behind one line of the explanation."""
        depth, code = line.depth + 1, line.evidence
        for row in evidence_rows(self.found, self.folder, unit, code):
            yield ExplainedLine(depth, self._row(row))
        for answers in answer_rows(self.found, self.folder, unit, code):
            name = "EXPLAIN-RATED" if answers.summed else "EXPLAIN-ANSWERS"
            counted = _listed(answers.counted if not answers.summed else (*answers.counted, *answers.others))
            others = _listed(answers.others)
            yield ExplainedLine(depth, self.words.say(name, file=answers.file, counted=counted, others=others))
        if code in self.found.settings.values:
            yield ExplainedLine(depth, self.words.say("EXPLAIN-VALUES"))

    def _row(self, row: EvidenceRow) -> str:
        """`observations.csv, строка 4: remote_ways.phone: 1; звонок 3 марта`."""
        said = "" if row.count is None else self._decimal(row.count)
        if row.count is not None and row.base is not None and not row.about:
            said = self.words.say("EXPLAIN-ROW-OF", count=self._decimal(row.count), base=self._decimal(row.base))
        if row.state:
            state = self.found.pack.edition.state(row.state)
            said = f"«{state.name if state else row.state}»"
        named = ": ".join(part for part in (row.about, said) if part)
        note = "; ".join(part for part in (named, row.note) if part)
        return self.words.say("EXPLAIN-ROW-NOTE" if note else "EXPLAIN-ROW", file=row.file, row=row.row, note=note)

    def _decimal(self, value: float) -> str:
        return self.words.number(Decimal(f"{value:.15g}"))


def _listed(rows: tuple[int, ...]) -> str:
    shown = ", ".join(str(row) for row in rows[:SHOWN_ROWS])
    return f"{shown} … ({len(rows)})" if len(rows) > SHOWN_ROWS else shown or "–"
