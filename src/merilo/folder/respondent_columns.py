"""Respondents of an assessment folder as variables: the columns that tables need, matched to the register."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import pairwise
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from merilo.assessment.errors import InputError, MeriloError, Problem, has_errors
from merilo.assessment.instrument.measures import gates_of
from merilo.assessment.instrument.questionnaire import Question, QuestionKind
from merilo.assessment.reporting.short_names import short_names
from merilo.assessment.responses.respondents import Respondents, Weighting, stratify
from merilo.assessment.responses.variable import Variable, banded, quarter_edges, several
from merilo.assessment.wording import Wording
from merilo.folder.assessment_folder import OpenedFolder
from merilo.folder.exclusions_applied import read_counted
from merilo.folder.responses import FORM, KEY, ResponseReader
from merilo.folder.surveys import only_forms
from merilo.formats.plain_text import plain

SERVICE = ("channel", "service", "interviewer", "territory")
NO_GROUP = -1


@dataclass(frozen=True, slots=True)
class NamedVariable:
    """A variable and, for each of its groups, everything it may be called."""

    variable: Variable
    spellings: tuple[tuple[str, ...], ...]

    def group(self, text: str) -> int | None:
        """The group that is called so."""
        wanted = plain(text)
        return next((place for place, known in enumerate(self.spellings) if wanted in map(plain, known)), None)


@dataclass(frozen=True, slots=True)
class RespondentColumns:
    """The respondents of a folder: `frame` has their answers, `units` (n) the unit of each."""

    opened: OpenedFolder
    frame: pl.DataFrame
    units: NDArray[np.int64]
    words: Wording

    def respondents(self, weighting: Weighting) -> Respondents:
        """The sample they are."""
        table = self.opened.case.table.units
        recipients = [np.nan if one is None else float(one) for one in table.organisations.recipients]
        return stratify(self.units, table.organisation_rows(), recipients, weighting)

    def variable(self, name: str, bands: Sequence[int] = ()) -> NamedVariable:
        """The variable with this code; `bands` are the edges of the groups of a number."""
        question = self.opened.pack.questionnaire.questions.get(name)
        if question is not None:
            return self._question(question, bands)
        if name == KEY:
            return self._organisations()
        if self.opened.pack.edition.category(name) is not None:
            return self._category(name)
        texts = self._column(name).cast(pl.String).str.strip_chars()
        groups = sorted({text for text in texts.to_list() if text})
        return _named(name, self.words.say(f"TABULATE-COLUMN-{name.upper()}"), groups, _coded(texts, groups))

    def numbers(self, code: str) -> NDArray[np.float64]:
        """The stored numbers of the answers to a question, NaN where there is none."""
        return self._column(code).cast(pl.Float64).fill_null(np.nan).to_numpy()

    def _column(self, name: str) -> pl.Series:
        """A column without the answers behind a closed filter, which scoring leaves out too."""
        nothing = pl.repeat(None, self.frame.height, dtype=pl.Int64, eager=True)
        if name not in self.frame.columns:
            return nothing
        column, questionnaire = self.frame[name], self.opened.pack.questionnaire
        question = questionnaire.questions.get(name)
        for gate in gates_of(question, questionnaire) if question is not None else ():
            before = self.frame[gate.question] if gate.question in self.frame.columns else nothing
            column = column.zip_with(before.is_in(gate.values).fill_null(False), nothing.cast(column.dtype))
        return column

    def _question(self, question: Question, bands: Sequence[int]) -> NamedVariable:
        name = f"{question.number}. {question.text}" if question.number else question.text
        if question.kind is QuestionKind.NUMBER:
            numbers = self.numbers(question.code)
            edges = tuple(bands) or question.bands or quarter_edges(numbers)
            banded_numbers = Variable(
                question.code, name, tuple(_band_names(edges, self.words)), banded(numbers, edges)
            )
            return NamedVariable(banded_numbers, _band_spellings(edges, banded_numbers.groups))
        spellings = tuple((*option.spellings, str(option.value)) for option in question.answers)
        texts = [option.text for option in question.answers]
        column = self._column(question.code)
        if question.kind is QuestionKind.SEVERAL:
            return NamedVariable(several(question.code, name, texts, column.fill_null(0).to_numpy()), spellings)
        place = {option.value: group for group, option in enumerate(question.answers)}
        codes = column.cast(pl.Int64).replace_strict(place, default=NO_GROUP, return_dtype=pl.Int64)
        return NamedVariable(
            Variable(question.code, name, tuple(texts), codes.fill_null(NO_GROUP).to_numpy()), spellings
        )

    def _organisations(self) -> NamedVariable:
        table = self.opened.case.table.units
        rows = table.organisation_rows()[self.units]
        present = sorted(set(rows.tolist()))
        place = np.full(len(table.organisations), NO_GROUP)
        place[present] = np.arange(len(present))
        keys = [table.organisations.keys[row] for row in present]
        names = short_names([table.organisations.names[row] for row in present])
        variable = Variable(KEY, self.words.say("TABULATE-COLUMN-ORGANISATION"), tuple(names), place[rows])
        return NamedVariable(variable, tuple(zip(keys, names, strict=True)))

    def _category(self, code: str) -> NamedVariable:
        category = self.opened.pack.edition.category(code)
        distinct, of_unit = self.opened.case.table.units.coded(code)
        known = list(category.values) if category is not None else []
        order = [value.code for value in known] or sorted(one for one in distinct if one)
        place = np.array([order.index(one) if one in order else NO_GROUP for one in distinct], dtype=np.int64)
        names = [value.name for value in known] or order
        spellings = tuple((value.code, value.name, *value.also) for value in known) or tuple((one,) for one in order)
        name = category.name if category is not None else code
        return NamedVariable(Variable(code, name, tuple(names), place[of_unit[self.units]]), spellings)


def _named(code: str, name: str, groups: Sequence[str], codes: NDArray[np.int64]) -> NamedVariable:
    return NamedVariable(Variable(code, name, tuple(groups), codes), tuple((group,) for group in groups))


def _coded(texts: pl.Series, groups: Sequence[str]) -> NDArray[np.int64]:
    codes = texts.replace_strict(list(groups), range(len(groups)), default=NO_GROUP, return_dtype=pl.Int64)
    return codes.fill_null(NO_GROUP).to_numpy()


def _band_names(edges: Sequence[int], words: Wording) -> list[str]:
    if not edges:
        return [words.say("TABULATE-BAND-ALL")]
    between = [f"{low}–{high - 1}" if high - 1 > low else str(low) for low, high in pairwise(edges)]
    return [words.say("TABULATE-BAND-FIRST", edge=edges[0]), *between, words.say("TABULATE-BAND-LAST", edge=edges[-1])]


def _band_spellings(edges: Sequence[int], names: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """What bands may be called in a file of any language: `<18`, `18-29`, `60+`."""
    if not edges:
        return tuple((name,) for name in names)
    signs = [f"<{edges[0]}", *(name.replace("–", "-") for name in names[1:-1]), f"{edges[-1]}+"]
    return tuple(zip(names, signs, strict=True))


def columns_to_ask(opened: OpenedFolder) -> tuple[str, ...]:
    """Everything that can be tabulated: questions but texts, service columns, categories, the organisation."""
    questions = [one.code for one in opened.pack.questionnaire.questions.values() if one.kind is not QuestionKind.TEXT]
    categories = [category.code for category in opened.pack.edition.categories]
    return tuple(dict.fromkeys([*questions, *SERVICE, *categories, KEY]))


def find_column(opened: OpenedFolder, written: str, words: Wording) -> str:
    """The code of what was asked for by code, by number or by text; MeriloError names what there is."""
    found, listed = search_column(opened, written)
    if found is None:
        raise MeriloError(words.say("TABULATE-NO-COLUMN", asked=written, known=listed), "TABULATE-NO-COLUMN")
    return found


def search_column(opened: OpenedFolder, written: str) -> tuple[str | None, str]:
    """The code of what is called so by code, by number or by text; without one, what there is that comes near."""
    known = columns_to_ask(opened)
    spellings = {plain(code): code for code in known}
    for question in opened.pack.questionnaire.questions.values():
        for text in (question.number, question.text):
            if text and question.code in known:
                spellings.setdefault(plain(text), question.code)
    for category in opened.pack.edition.categories:
        spellings.setdefault(plain(category.name), category.code)
    found = spellings.get(plain(written))
    close = get_close_matches(plain(written), list(spellings), 3) if found is None else []
    return found, ", ".join(spellings[one] for one in close) or ", ".join(known)


def read_respondents(opened: OpenedFolder, folder: Path, wanted: Iterable[str], words: Wording) -> RespondentColumns:
    """Read the wanted columns of all response files, without the questionnaires left out of the scores.

    Raises InputError where answers cannot be coded that scoring did not look at, MeriloError without questionnaires.
    """
    questions = opened.pack.questionnaire.questions
    asked = [questions[name] for name in wanted if name in questions]
    gates = (gate.question for one in asked for gate in gates_of(one, opened.pack.questionnaire))
    needed = frozenset([*(one.code for one in asked), *gates])
    kept = tuple(name for name in wanted if name in SERVICE)
    if not opened.survey.forms:
        raise MeriloError(words.say("TABULATE-NO-QUESTIONNAIRES"), "TABULATE-NO-QUESTIONNAIRES")
    problems: list[Problem] = []
    table = opened.case.table.units
    reader = ResponseReader(
        opened.pack.edition, opened.pack.questionnaire, table, opened.settings.columns, kept, problems, needed=needed
    )
    read = (read_counted(reader, folder / name, name, opened.exclusions) for name in opened.survey.files)
    frames = [frame for frame in read if frame is not None]
    if has_errors(problems):
        raise InputError(problems)
    whole = pl.concat([one.collect() for one in frames], how="diagonal_relaxed")
    return RespondentColumns(opened, whole, _units(whole, opened), words)


def _units(frame: pl.DataFrame, opened: OpenedFolder) -> NDArray[np.int64]:
    """The unit of every respondent; the folder was checked, so each has one."""
    table = opened.case.table.units
    keys, forms = table.keys(), list(table.units.forms)
    only = only_forms(table)
    units = pl.DataFrame({"k": keys, "f": forms, "unit": np.arange(len(keys))})
    form = pl.col(FORM).cast(pl.String).fill_null("") if FORM in frame.columns else pl.lit("")
    key = pl.col(KEY).cast(pl.String)
    written = frame.select(
        key.alias("k"),
        pl.when(form == "")
        .then(key.replace_strict(list(only), list(only.values()), default=""))
        .otherwise(form)
        .alias("f"),
    )
    found = written.join(units, on=["k", "f"], how="left", maintain_order="left")["unit"]
    return found.to_numpy().astype(np.int64)
