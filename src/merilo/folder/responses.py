"""Questionnaires in files: columns recognised, answers coded, keys checked; what is left are small whole numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from merilo.assessment.errors import Place, Problem, problem, warning
from merilo.assessment.instrument.questionnaire import Question, QuestionKind, Questionnaire
from merilo.assessment.methodology.edition import Edition
from merilo.assessment.observations.units import UnitTable
from merilo.folder.organisations import category_value
from merilo.folder.settings import IGNORED, META
from merilo.folder.several_answers import (
    bits,
    one_column,
    option_role,
    option_roles,
    option_spellings,
    several_in_cell,
    several_questions,
    ticked,
)
from merilo.formats.big_tables import PARQUET_SUFFIXES, scan_text_columns
from merilo.formats.numbers import ExactNumber, Missing, parse_number
from merilo.formats.plain_text import plain

KEY, FORM, ID = "organisation", "form", "id"
ROW = "__row"
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column of a file is what: question code or meta name → the file's own column."""

    known: Mapping[str, str]
    unknown: tuple[str, ...]
    doubled: tuple[tuple[str, str], ...]


def recognise(header: list[str], questionnaire: Questionnaire, mapping: Mapping[str, str]) -> Columns:
    """Columns by the assessment's own mapping, by question code, number or text, or by their meta names."""
    spellings = {plain(name): name for name in META}
    for question in questionnaire.questions.values():
        for spelling in (question.code, question.number, question.text, f"{question.number}. {question.text}"):
            if spelling.strip(". "):
                spellings.setdefault(plain(spelling), question.code)
    for written, option in option_spellings(questionnaire):
        spellings.setdefault(plain(written), option)
    known: dict[str, str] = {}
    unknown: list[str] = []
    doubled: list[tuple[str, str]] = []
    for column in header:
        role = mapping.get(column) or spellings.get(plain(column))
        if role == IGNORED:
            continue
        if role is None:
            unknown.append(column)
        elif role in known:
            doubled.append((role, column))
        else:
            known[role] = column
    return Columns(known, tuple(unknown), tuple(doubled))


def needed_questions(edition: Edition, questionnaire: Questionnaire) -> frozenset[str]:
    """The questions that feed a quantity, and those their filters hang on; the others cannot spoil a file."""
    found: set[str] = set()
    waiting = [quantity.question for quantity in edition.quantities.values() if quantity.from_questions]
    while waiting:
        question = questionnaire.questions.get(waiting.pop())
        if question is not None and question.code not in found:
            found.add(question.code)
            waiting += [question.asked_if.question] if question.asked_if else []
    return frozenset(found)


def _are_codes(question: Question) -> bool:
    """Whether a column between the least and the greatest stored number can only hold answers: no gap between
    the numbers of the scale, none that stands for no answer."""
    values = sorted(option.value for option in question.answers)
    no_gap = not values or values[-1] - values[0] + 1 == len(values)
    return no_gap and question.answers == question.options


@dataclass(slots=True)
class ResponseReader:
    """Reads response files into coded frames; every answer that cannot be coded is a problem with its row.

    `answered` counts the answers to every question over all files read; questions that could not be counted
    without reading the data are in `uncounted`. `needed` are the questions to read, by default those that feed a
    quantity; `breakdowns` are columns to keep besides, as they are.
    """

    edition: Edition
    questionnaire: Questionnaire
    units: UnitTable
    mapping: Mapping[str, str]
    breakdowns: tuple[str, ...]
    problems: list[Problem]
    unused: set[tuple[str, ...]] = field(default_factory=set)
    answered: dict[str, int] = field(default_factory=dict)
    uncounted: set[str] = field(default_factory=set)
    needed: frozenset[str] | None = None
    options: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.options = option_roles(self.questionnaire)

    def read(self, path: Path, name: str, *, keep_rows: bool = False) -> pl.LazyFrame | None:
        """One file as a lazy frame: organisation, form, a small whole number per question; with `keep_rows`
        the row of the file too."""
        frame = scan_text_columns(path, self.problems, row_number=ROW)
        if frame is None:
            return None
        schema = frame.collect_schema()
        columns = recognise([column for column in schema.names() if column != ROW], self.questionnaire, self.mapping)
        if KEY not in columns.known:
            found = ", ".join(column for column in schema.names() if column != ROW)
            self.problems.append(problem("FOLDER-05", Place(name, 1), column=KEY, known=found))
            return None
        self._note_unused(columns.unknown, name)
        for role, column in columns.doubled:
            first = columns.known[role]
            self.problems.append(problem("ANSWERS-12", Place(name, 1, column), role=role, first=first))
        if not any(role in self.questionnaire.questions for role in columns.known):
            self.problems.append(problem("ANSWERS-11", Place(name, 1)))
            return None
        used = {role: column for role, column in columns.known.items() if self._is_used(role)}
        renamed = frame.select(pl.col(ROW), *[pl.col(column).alias(role) for role, column in used.items()])
        if path.suffix.lower() in PARQUET_SUFFIXES and self._are_numbers(schema, used):
            self._check_ranges(path, name, used)
            if ID in used:
                self._doubled(renamed.select(ROW, ID).collect(), name)
            if keep_rows:
                return renamed
            # Scanned anew: numbering tens of millions of rows nobody asks for costs a twentieth of the tally.
            unnumbered = scan_text_columns(path, self.problems)
            columns_used = [pl.col(column).alias(role) for role, column in used.items()]
            return None if unnumbered is None else unnumbered.select(columns_used)
        coded = self._coded(renamed.collect(), name)
        for role in coded.columns:
            if role in self.questionnaire.questions:
                self.answered[role] = self.answered.get(role, 0) + coded[role].count()
        return coded.lazy() if keep_rows else coded.lazy().drop(ROW)

    def _are_numbers(self, schema: Mapping[str, pl.DataType], used: Mapping[str, str]) -> bool:
        """Whether every answer is stored as a number already, with no gaps between the numbers of a scale."""
        asked = {role: self.questionnaire.questions.get(role) for role in used if role not in META}
        return all(
            schema[used[role]].is_integer()
            and role not in self.options
            and (question is None or (question.kind is not QuestionKind.SEVERAL and _are_codes(question)))
            for role, question in asked.items()
        )

    def _note_unused(self, columns: tuple[str, ...], name: str) -> None:
        """Columns nobody asked for are named once, not again for every file that has the same ones."""
        if columns and columns not in self.unused:
            self.unused.add(columns)
            self.problems.append(warning("ANSWERS-01", Place(name, 1), columns=", ".join(columns)))

    def _is_used(self, role: str) -> bool:
        if self.needed is None:
            self.needed = needed_questions(self.edition, self.questionnaire)
        question = self.options.get(role, role)
        return role in (KEY, FORM, ID) or role in self.breakdowns or question in self.needed

    def _check_ranges(self, path: Path, name: str, known: Mapping[str, str]) -> None:
        """A Parquet file whose answers are numbers already: their range is checked, and answers are counted,
        from its statistics."""
        from merilo.formats.parquet_ranges import column_facts

        found = column_facts(path, frozenset(known.values()))
        for role, column in known.items():
            question = self.questionnaire.questions.get(role)
            if question is None or not question.options:
                continue
            facts = found.get(column)
            if facts is None:
                self.uncounted.add(role)
                continue
            self.answered[role] = self.answered.get(role, 0) + facts.filled
            values = sorted(option.value for option in question.options)
            if (
                facts.low is not None
                and facts.high is not None
                and not values[0] <= facts.low <= facts.high <= values[-1]
            ):
                expected = ", ".join(str(value) for value in values)
                place = Place(name, None, column)
                self.problems.append(problem("ANSWERS-02", place, low=facts.low, high=facts.high, expected=expected))

    def _coded(self, frame: pl.DataFrame, name: str) -> pl.DataFrame:
        self._doubled(frame, name)
        for role in frame.columns:
            question = self.questionnaire.questions.get(role)
            if question is not None and question.kind not in (QuestionKind.SEVERAL, QuestionKind.TEXT):
                frame = frame.with_columns(self._answers(frame, question, name))
        for question in several_questions(self.questionnaire):
            frame = self._several(frame, question, name)
        frame = self._organisations(frame, name)
        coded = self._forms(frame, name)
        return coded if ID in self.breakdowns else coded.drop(ID, strict=False)

    def _doubled(self, frame: pl.DataFrame, name: str) -> None:
        """The same questionnaire number twice is an error; without numbers, doubles cannot be told from twins."""
        if ID not in frame.columns:
            return
        ids = frame.filter(pl.col(ID).is_not_null() & (pl.col(ID).cast(pl.String) != ""))
        doubled = ids.filter(pl.col(ID).is_duplicated()).group_by(ID, maintain_order=True).agg(pl.col(ROW))
        for identifier, rows in doubled.head(SHOWN).iter_rows():
            listed = ", ".join(str(row) for row in rows[:SHOWN])
            self.problems.append(problem("ANSWERS-03", Place(name, rows[1], ID), id=identifier, rows=listed))
        self._and_more(doubled.height, name, ID)

    def _and_more(self, found: int, name: str, column: str) -> None:
        if found > SHOWN:
            self.problems.append(problem("ANSWERS-04", Place(name, None, column), more=found - SHOWN, shown=SHOWN))

    def _answers(self, frame: pl.DataFrame, question: Question, name: str) -> pl.Series:
        """A column of answers as stored numbers; what is no answer of the question is noted."""
        column = frame[question.code]
        texts = column if column.dtype == pl.String else column.cast(pl.String)
        codes = {text: self._code(text, question) for text in texts.unique().to_list() if text}
        bad = [text for text, code in codes.items() if isinstance(code, str)]
        if bad:
            self._note_unknown(frame.select(ROW, texts.alias(question.code)), question, bad, name)
        good = {text: code for text, code in codes.items() if not isinstance(code, str) and code is not None}
        kind = pl.Float64 if question.kind is QuestionKind.NUMBER else pl.Int16
        return texts.replace_strict(list(good), list(good.values()), default=None, return_dtype=kind)

    def _several(self, frame: pl.DataFrame, question: Question, name: str) -> pl.DataFrame:
        """All answers to a question with several of them, in one cell or a column an option, as one column of bits."""
        roles = {option_role(question, option): option for option in question.answers}
        present = [column for column in frame.columns if column == question.code or column in roles]
        codes: dict[str, dict[str, int]] = {}
        for column in present:
            texts = frame[column].cast(pl.String)
            found: dict[str, int | None] = {}
            for text in texts.unique().to_list():
                if text and column == question.code:
                    found[text] = several_in_cell(text, question)
                elif text:
                    is_ticked = ticked(text, roles[column])
                    found[text] = None if is_ticked is None else bits(question)[roles[column].code] * is_ticked
            bad = [text for text, one in found.items() if one is None]
            if bad:
                self._note_unknown(frame.select(ROW, texts.alias(question.code)), question, bad, name)
            codes[column] = {text: one for text, one in found.items() if one is not None}
        return one_column(frame, question, codes) if present else frame

    def _code(self, text: str, question: Question) -> float | int | str | None:
        """The stored number of an answer, None where there is none, the text itself where it is unknown."""
        number = parse_number(text)
        if isinstance(number, Missing):
            return None
        if question.kind is QuestionKind.NUMBER:
            if not isinstance(number, ExactNumber) or number.percent:
                return text
            return int(number.value) if number.value.denominator == 1 and number.value >= 0 else text
        wanted = plain(text)
        for option in question.options:
            if wanted in {plain(spelling) for spelling in option.spellings}:
                return None if option.missing else option.value
        for option in question.options:
            if isinstance(number, ExactNumber) and number.value == option.value:
                return None if option.missing else option.value
        return text

    def _note_unknown(self, frame: pl.DataFrame, question: Question, bad: list[str], name: str) -> None:
        rows = frame.filter(pl.col(question.code).is_in(bad))
        known = "; ".join(option.text for option in question.options)
        for row, text in rows.head(SHOWN).iter_rows():
            place = Place(name, row, question.code)
            if question.kind is QuestionKind.NUMBER:
                self.problems.append(problem("ANSWERS-10", place, value=text, question=question.code))
            else:
                self.problems.append(problem("ANSWERS-05", place, value=text, question=question.code, known=known))
        self._and_more(rows.height, name, question.code)

    def _organisations(self, frame: pl.DataFrame, name: str) -> pl.DataFrame:
        known = set(self.units.organisations.keys)
        frame = frame.with_columns(pl.col(KEY).cast(pl.String).fill_null(""))
        strangers = frame.filter(~pl.col(KEY).is_in(list(known))).group_by(KEY, maintain_order=True).agg(pl.col(ROW))
        for key, rows in strangers.head(SHOWN).iter_rows():
            code = "ANSWERS-06" if key else "ANSWERS-07"
            listed = ", ".join(str(row) for row in rows[:SHOWN])
            self.problems.append(problem(code, Place(name, rows[0], KEY), key=key, count=len(rows), rows=listed))
        self._and_more(strangers.height, name, KEY)
        return frame

    def _forms(self, frame: pl.DataFrame, name: str) -> pl.DataFrame:
        category = self.edition.splitting
        if FORM not in frame.columns:
            frame = frame.with_columns(pl.lit("").alias(FORM))
        if category is None:
            return frame
        texts = frame[FORM].cast(pl.String).fill_null("")
        codes = {text: category_value(text, category) if text else "" for text in texts.unique().to_list()}
        for text, code in codes.items():
            if code is None:
                row = frame.filter(texts == text)[ROW][0]
                known = ", ".join(f"{value.code} ({value.name})" for value in category.values)
                place = Place(name, row, FORM)
                self.problems.append(problem("FOLDER-10", place, value=text, category=category.code, known=known))
        known_forms = list(codes), [code or "" for code in codes.values()]
        frame = frame.with_columns(texts.replace_strict(*known_forms, return_dtype=pl.String).alias(FORM))
        if None not in codes.values():
            self._unit_of_each(frame, name)
        return frame

    def _unit_of_each(self, frame: pl.DataFrame, name: str) -> None:
        """A form the organisation does not have, or none where it has several, leaves a questionnaire nowhere to go."""
        forms_of: dict[str, list[str]] = {}
        for unit in self.units.units:
            forms_of.setdefault(self.units.organisations[unit.organisation].key, []).append(unit.form)
        found = frame.group_by(KEY, FORM, maintain_order=True).agg(pl.col(ROW).first(), pl.len())
        for key, form, row, count in found.iter_rows():
            forms = forms_of.get(key, [form])
            if form in forms or (not form and len(forms) == 1):
                continue
            known = ", ".join(one or "–" for one in forms)
            place = Place(name, row, FORM)
            self.problems.append(problem("ANSWERS-09", place, key=key, form=form or "–", count=count, known=known))
