"""Questions with several answers in response files: all in one cell, or a column for every option."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl

from merilo.assessment.instrument.questionnaire import AnswerOption, Question, QuestionKind, Questionnaire
from merilo.formats.numbers import Missing, parse_number
from merilo.formats.plain_text import plain

SEPARATORS = ";,|"
TICKED = frozenset({"1", "да", "+", "v", "x", "х", "✓", "yes", "true", "истина", "checked", "on"})
UNTICKED = frozenset({"0", "нет", "no", "false", "ложь", "unchecked", "off"})


def option_role(question: Question, option: AnswerOption) -> str:
    """What the column of one option is called: `q5.site`."""
    return f"{question.code}.{option.code}"


def several_questions(questionnaire: Questionnaire) -> list[Question]:
    """The questions with several answers."""
    return [one for one in questionnaire.questions.values() if one.kind is QuestionKind.SEVERAL]


def option_roles(questionnaire: Questionnaire) -> dict[str, str]:
    """Role of every option's column → the code of its question."""
    return {
        option_role(question, option): question.code
        for question in several_questions(questionnaire)
        for option in question.answers
    }


def option_spellings(questionnaire: Questionnaire) -> Iterator[tuple[str, str]]:
    """Headers that survey services write over the column of an option, each with its role: `q5.site`, `q5[site]`,
    `Откуда Вы узнали? [Сайт]`, `Откуда Вы узнали? / Сайт`."""
    for question in several_questions(questionnaire):
        heads = [one for one in (question.code, question.number, question.text) if one]
        heads += [f"{question.number}. {question.text}"] if question.number else []
        for option in question.answers:
            role = option_role(question, option)
            for head in heads:
                for name in (option.code, option.text):
                    for written in (f"{head}.{name}", f"{head}[{name}]", f"{head} [{name}]", f"{head} / {name}"):
                        yield written, role


def bits(question: Question) -> dict[str, int]:
    """Option code → its bit in the whole number stored for all answers of one respondent."""
    return {option.code: 1 << place for place, option in enumerate(question.answers)}


def several_in_cell(text: str, question: Question) -> int | None:
    """The answers of a cell as bits; None where it holds what is no option.

    Options may themselves hold commas («Сайт, соцсети»), so the cell is not cut at separators: it is read as options
    one after another, the longest that fits first.
    """
    if isinstance(parse_number(text), Missing):
        return 0
    of_option = bits(question)
    known = {str(option.value): of_option.get(option.code, 0) for option in question.options}
    for option in question.options:
        known |= {plain(spelling): of_option.get(option.code, 0) for spelling in option.spellings}
    ordered = sorted(known.items(), key=lambda pair: -len(pair[0]))
    return _read_on(plain(text.replace("\n", SEPARATORS[0])), ordered)


def _read_on(text: str, known: list[tuple[str, int]]) -> int | None:
    if not text:
        return 0
    for spelling, bit in known:
        rest = text.removeprefix(spelling).lstrip()
        if not spelling or not text.startswith(spelling):
            continue
        if not rest:
            return bit
        if rest[0] in SEPARATORS:
            found = _read_on(rest[1:].lstrip(), known)
            if found is not None:
                return bit | found
    return None


def ticked(text: str, option: AnswerOption) -> bool | None:
    """Whether the cell of one option is ticked; None where it says neither."""
    wanted = plain(text)
    if isinstance(parse_number(text), Missing) or wanted in UNTICKED:
        return False
    return True if wanted in TICKED or wanted in {plain(one) for one in option.spellings} else None


def one_column(frame: pl.DataFrame, question: Question, codes: Mapping[str, Mapping[str, int]]) -> pl.DataFrame:
    """The frame with all answers to a question in one column of bits, null where nothing is ticked.

    `codes`: for every column the question has in the frame, cell text → bits.
    """
    whole = pl.lit(0, dtype=pl.Int64)
    for column, known in codes.items():
        texts = pl.col(column).cast(pl.String)
        found = texts.replace_strict(list(known), list(known.values()), default=0, return_dtype=pl.Int64)
        whole = whole | found.fill_null(0)
    answered = pl.when(whole != 0).then(whole).otherwise(None)
    return frame.with_columns(answered.alias(question.code)).drop([one for one in codes if one != question.code])
