"""What `merilo tabulate` is asked for: found in the folder, computed, as tables for people and for programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from merilo.assessment.errors import InputError, MeriloError, Problem
from merilo.assessment.instrument.questionnaire import QuestionKind
from merilo.assessment.pipeline import Assessment
from merilo.assessment.reporting.printed_table import PrintedTable
from merilo.assessment.reporting.tabulation_relations import correlation_tables, driver_table
from merilo.assessment.reporting.tabulation_tables import cross_table_printed, frequency_table, residual_table
from merilo.assessment.reporting.tabulation_weights import weights_table
from merilo.assessment.responses.cross_table import ShareOf, cross_table
from merilo.assessment.responses.frequencies import frequencies
from merilo.assessment.responses.respondents import Respondents, Weighting
from merilo.assessment.stats.correlation import correlate
from merilo.assessment.stats.relative_weights import relative_weights
from merilo.assessment.wording import Wording
from merilo.folder.assessment_folder import OpenedFolder
from merilo.folder.margins import read_margins
from merilo.folder.margins_met import MarginsMet, Trim, calibration_record, meet_margins
from merilo.folder.respondent_columns import RespondentColumns, find_column, read_respondents
from merilo.folder.tabulation_record import (
    correlation_record,
    cross_record,
    driver_record,
    frequency_record,
    sample_record,
)

SEED = 1


@dataclass(frozen=True, slots=True)
class Asked:
    """Which tables: questions and columns as the user named them; `where` and `bands` are `COLUMN=VALUES`; without a
    `minimum_base` the assessment's own holds. `margins` is a file of known recipients, `bounds` those of the weights
    that meet it, in mean weights."""

    questions: tuple[str, ...] = ()
    by: str = ""
    shares: ShareOf = ShareOf.COLUMN
    where: tuple[str, ...] = ()
    weighting: Weighting = Weighting.POPULATION
    bands: tuple[str, ...] = ()
    drivers: str = ""
    predictors: tuple[str, ...] = ()
    minimum_base: int | None = None
    margins: Path | None = None
    bounds: Trim | None = None


@dataclass(frozen=True, slots=True)
class Tabulation:
    """Tables for people, sentences that say who is in them, and the same as plain values; `problems` are warnings."""

    tables: tuple[PrintedTable, ...]
    filters: tuple[str, ...]
    record: Mapping[str, Any]
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True)
class _Found:
    """Respondents with what was asked for found among their columns."""

    columns: RespondentColumns
    of: Respondents
    bands: dict[str, tuple[int, ...]]
    filters: list[str] = field(default_factory=list)
    met: MarginsMet | None = None

    def tabulation(self, tables: Sequence[PrintedTable], record: Mapping[str, Any], words: Wording) -> Tabulation:
        """Their tables, with who is in them."""
        opened = self.columns.opened
        head = {**sample_record(self.of, self.filters), "excluded": len(opened.exclusions)}
        if self.met is not None:
            head["calibration"] = calibration_record(self.met)
            met, file = self.met, Path(self.met.file).name
            tables = [*tables, weights_table(met.calibration, met.names, file, met.bounds, words)]
        record = {**head, **record}
        warnings = self.met.warnings if self.met is not None else ()
        return Tabulation(tuple(tables), (*_left_out(opened, words), *self.filters), record, warnings)


def tabulate_respondents(opened: OpenedFolder, folder: Path, asked: Asked, words: Wording) -> Tabulation:
    """Frequencies of the questions asked for, of all without any; cross-tables where there is something to cross with.

    Raises MeriloError for what the folder does not have, InputError for answers that cannot be coded.
    """
    every = [one.code for one in opened.pack.questionnaire.questions.values() if one.kind is not QuestionKind.TEXT]
    by = find_column(opened, asked.by, words) if asked.by else ""
    codes = [find_column(opened, one, words) for one in asked.questions] or [one for one in every if one != by]
    found = _find(opened, folder, asked, [*codes, *([by] if by else [])], words)
    minimum = asked.minimum_base or opened.settings.uncertainty.minimum_base
    variables = [found.columns.variable(code, found.bands.get(code, ())).variable for code in dict.fromkeys(codes)]
    shown = [one for one in variables if asked.questions or bool((one.answered & found.of.inside).any())]
    head = {"minimum_base": minimum}
    empty = [one.code for one in variables if one not in shown]
    notes = (words.say("TABULATE-NOTE-NOBODY", names=", ".join(empty)),) if empty else ()
    if not by:
        counted = [frequencies(one, found.of, minimum) for one in shown]
        table = frequency_table(counted, found.of, words, minimum)
        record = {**head, "frequencies": [frequency_record(one) for one in counted]}
        return found.tabulation([_noted(table, notes)], record, words)
    groups = found.columns.variable(by, found.bands.get(by, ())).variable
    crossed = [cross_table(one, groups, found.of, minimum) for one in shown]
    tables: list[PrintedTable] = []
    for one in crossed:
        tables.append(_noted(cross_table_printed(one, asked.shares, found.of, words, minimum), notes))
        residuals = residual_table(one, words)
        tables += [residuals] if residuals is not None else []
    record = {**head, "cross_tables": [cross_record(one, asked.shares) for one in crossed]}
    return found.tabulation(tables, record, words)


def _left_out(opened: OpenedFolder, words: Wording) -> tuple[str, ...]:
    """How many questionnaires were left out by decision, as a sentence; nothing where none was."""
    count = len(opened.exclusions)
    return (words.say("TABULATE-EXCLUDED", n=count),) if count else ()


def _noted(table: PrintedTable, notes: Sequence[str]) -> PrintedTable:
    return replace(table, notes=(*table.notes, *notes))


def _find(opened: OpenedFolder, folder: Path, asked: Asked, codes: Sequence[str], words: Wording) -> _Found:
    bands = dict(_bands(opened, one, words) for one in asked.bands)
    conditions = [_condition(opened, one, words) for one in asked.where]
    problems: list[Problem] = []
    written = read_margins(asked.margins, opened, bands, problems) if asked.margins is not None else None
    if asked.margins is not None and written is None:
        raise InputError(problems)
    margins = written.columns if written is not None else ()
    wanted = tuple(dict.fromkeys([*codes, *(column for column, _ in conditions), *margins]))
    columns = read_respondents(opened, folder, wanted, words)
    found = _Found(columns, columns.respondents(asked.weighting), bands)
    if written is not None:
        found.met = meet_margins(written, columns, found.of, bands, asked.bounds, problems)
        found.of = found.met.calibration.of
    for (column, values), condition in zip(conditions, asked.where, strict=True):
        named = columns.variable(column, bands.get(column, ()))
        chosen = [named.group(value) for value in values]
        if None in chosen:
            known = "; ".join(named.variable.groups)
            raise MeriloError(words.say("TABULATE-NO-GROUP", asked=condition, known=known), "TABULATE-NO-GROUP")
        places = [one for one in chosen if one is not None]
        found.of = found.of.within(np.asarray(named.variable.members[:, places].any(axis=1)))
        texts = ", ".join(named.variable.groups[one] for one in places)
        found.filters.append(words.say("TABULATE-FILTER", name=named.variable.name, values=texts))
    return found


def _condition(opened: OpenedFolder, written: str, words: Wording) -> tuple[str, list[str]]:
    column, sign, values = written.partition("=")
    listed = [one.strip() for one in values.split(",") if one.strip()]
    if not sign or not listed:
        raise MeriloError(words.say("TABULATE-BAD-WHERE", asked=written), "TABULATE-BAD-WHERE")
    return find_column(opened, column, words), listed


def _bands(opened: OpenedFolder, written: str, words: Wording) -> tuple[str, tuple[int, ...]]:
    column, _, values = written.partition("=")
    code = find_column(opened, column, words)
    question = opened.pack.questionnaire.questions.get(code)
    parts = [one.strip() for one in values.split(",")]
    edges = tuple(int(one) for one in parts if one.isdigit())
    is_number = question is not None and question.kind is QuestionKind.NUMBER
    if not is_number or len(edges) < len(parts) or list(edges) != sorted(set(edges)):
        raise MeriloError(words.say("TABULATE-BAD-BANDS", asked=written), "TABULATE-BAD-BANDS")
    return code, edges


def tabulate_drivers(opened: OpenedFolder, folder: Path, asked: Asked, words: Wording) -> Tabulation:
    """What the answer to `asked.drivers` depends on: relative weights of the predictors, or of the usual questions."""
    outcome = _ordered(opened, asked.drivers, words)
    chosen = [_ordered(opened, one, words) for one in asked.predictors] or usual_predictors(opened)
    codes = [one for one in dict.fromkeys(chosen) if one != outcome]
    found = _find(opened, folder, asked, [outcome, *codes], words)
    answers = {code: found.columns.numbers(code) for code in [outcome, *codes]}
    if not asked.predictors:
        codes = [code for code in codes if not np.isnan(answers[code][found.of.inside]).all()]
    whole = found.of.inside & ~np.isnan(np.column_stack([answers[code] for code in [outcome, *codes]])).any(axis=1)
    varied = [code for code in codes if whole.any() and np.ptp(answers[code][whole]) > 0]
    size = int(whole.sum())
    if len(varied) < 2 or size <= len(varied) + 1 or np.ptp(answers[outcome][whole]) == 0:
        text = words.say("TABULATE-FEW-DRIVERS", n=size, questions=len(varied))
        raise MeriloError(text, "TABULATE-FEW-DRIVERS")
    weights = relative_weights(
        np.column_stack([answers[code][whole] for code in varied]),
        answers[outcome][whole],
        weights=found.of.weights[whole],
        strata=found.of.strata[whole],
        seed=SEED,
    )
    names = {code: found.columns.variable(code).variable.name for code in [outcome, *codes]}
    left_out = [code for code in codes if code not in varied]
    table = driver_table(weights, names[outcome], [names[code] for code in varied], left_out, words)
    return found.tabulation([table], {"drivers": driver_record(weights, outcome, varied, left_out)}, words)


def _ordered(opened: OpenedFolder, written: str, words: Wording) -> str:
    code = find_column(opened, written, words)
    question = opened.pack.questionnaire.questions.get(code)
    if question is None or question.kind not in (QuestionKind.ONE, QuestionKind.NUMBER):
        raise MeriloError(words.say("TABULATE-NOT-ORDERED", asked=written), "TABULATE-NOT-ORDERED")
    return code


def usual_predictors(opened: OpenedFolder) -> list[str]:
    """The questions with one answer that are put to everybody and feed a quantity, those on importance left out."""
    edition, questions = opened.pack.edition, opened.pack.questionnaire.questions
    importance = {quantity for scheme in edition.schemes for _, quantity in scheme.quantities}
    feeding = {
        one.question for code, one in edition.quantities.items() if one.from_questions and code not in importance
    }
    return [
        code
        for code, question in questions.items()
        if code in feeding and question.kind is QuestionKind.ONE and question.asked_if is None
    ]


def tabulate_correlations(opened: OpenedFolder, assessment: Assessment, words: Wording) -> Tabulation:
    """Correlations of the indicators over the rated rows."""
    indicators = opened.pack.edition.indicators
    table = np.column_stack([assessment.rated.indicators[one.code].value for one in indicators])
    found = correlate(table)
    labels, names = [one.item.label for one in indicators], [one.short_name for one in indicators]
    record = {
        "excluded": len(opened.exclusions),
        "correlations": correlation_record(found, [one.code for one in indicators]),
    }
    return Tabulation(correlation_tables(found, labels, names, words), _left_out(opened, words), record)
