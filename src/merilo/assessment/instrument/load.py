"""Plain text values of a questionnaire's file → Questionnaire. Every problem names file and line."""

from __future__ import annotations

from collections import Counter

from merilo.assessment.errors import Problem
from merilo.assessment.instrument.questionnaire import AnswerOption, Condition, Question, QuestionKind, Questionnaire
from merilo.assessment.located import Mapping, Reader
from merilo.assessment.methodology.quantity import says_nothing

CHOSEN = (QuestionKind.ONE, QuestionKind.SEVERAL)
Scales = dict[str, tuple[AnswerOption, ...]]


def read_questionnaire(node: Mapping, problems: list[Problem]) -> Questionnaire:
    """The `questionnaire` section of an edition; an empty one where the edition asks nobody."""
    reader = Reader(node, problems)
    scales = {code: _scale(reader.sub(scale)) for code, scale in reader.named("answer_scales").items()}
    questions: dict[str, Question] = {}
    for inner in reader.readers("questions"):
        question = _question(inner, scales)
        if question.code in questions:
            inner.note("EDITION-06", inner.place("code"), code=question.code)
        condition = question.asked_if
        if condition is not None and condition.question not in questions:
            inner.note("EDITION-07", inner.place("asked_if"), question=condition.question)
        questions[question.code] = question
    questionnaire = Questionnaire(reader.text("title", ""), questions)
    reader.finish()
    return questionnaire


def _scale(reader: Reader) -> tuple[AnswerOption, ...]:
    options = tuple(_option(inner) for inner in reader.readers("options"))
    if len({option.value for option in options}) < len(options):
        reader.note("EDITION-08", reader.place("options"))
    for spelling in _shared(options):
        reader.note("EDITION-30", reader.place("options"), spelling=spelling)
    reader.finish()
    return options


def _shared(options: tuple[AnswerOption, ...]) -> list[str]:
    """Spellings that belong to two options: a file that has one could mean either."""
    times = Counter(
        spelling
        for option in options
        for spelling in {one.casefold().strip() for one in (option.code, option.text, *option.also)}
    )
    return sorted(spelling for spelling, found in times.items() if found > 1)


def _option(reader: Reader) -> AnswerOption:
    option = AnswerOption(
        code=reader.text("code"),
        value=reader.whole("value"),
        text=reader.text("text"),
        also=reader.texts("also"),
        missing=reader.flag("missing"),
    )
    for spelling in option.spellings:
        if not option.missing and says_nothing(spelling):
            reader.note("EDITION-29", reader.node.place, spelling=spelling, option=option.text)
    reader.finish()
    return option


def _question(reader: Reader, scales: Scales) -> Question:
    kind = reader.one_of("kind", QuestionKind, QuestionKind.ONE)
    question = Question(
        code=reader.text("code"),
        number=reader.text("number", ""),
        text=reader.text("text"),
        kind=kind,
        options=_options(reader, scales) if kind in CHOSEN else (),
        asked_if=_condition(reader),
        personal=reader.flag("personal"),
        bands=_bands(reader) if kind is QuestionKind.NUMBER else (),
    )
    reader.finish()
    return question


def _options(reader: Reader, scales: Scales) -> tuple[AnswerOption, ...]:
    name = reader.text("answers")
    if name not in scales:
        reader.note("EDITION-09", reader.place("answers"), scale=name, known=", ".join(scales))
    return scales.get(name, ())


def _bands(reader: Reader) -> tuple[int, ...]:
    found = reader.numbers("bands")
    if any(edge.denominator != 1 for edge in found) or list(found) != sorted(set(found)):
        reader.note("TABULATE-03", reader.place("bands"))
        return ()
    return tuple(int(edge) for edge in found)


def _condition(reader: Reader) -> Condition | None:
    inner = reader.reader("asked_if")
    if inner is None:
        return None
    condition = Condition(inner.text("question"), inner.texts("answers"))
    inner.finish()
    return condition
