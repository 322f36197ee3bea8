"""What a questionnaire must satisfy for its edition: every quantity it feeds has a question and counted answers."""

from __future__ import annotations

from collections.abc import Iterator

from merilo.assessment.errors import Problem, problem
from merilo.assessment.instrument.questionnaire import QuestionKind, Questionnaire
from merilo.assessment.located import Lines
from merilo.assessment.methodology.edition import Edition
from merilo.assessment.methodology.quantity import QuantityKind

MOST_OPTIONS = 62  # all answers to a question with several are stored as the bits of one number
SUMMED = (QuantityKind.RATING, QuantityKind.MEASURE)


def check_questionnaire(edition: Edition, questionnaire: Questionnaire, lines: Lines) -> list[Problem]:
    """Every problem between a questionnaire and the quantities of its edition."""
    return [
        *_quantities(edition, questionnaire, lines),
        *_several(edition, questionnaire, lines),
        *_conditions(questionnaire, lines),
    ]


def _quantities(edition: Edition, questionnaire: Questionnaire, lines: Lines) -> Iterator[Problem]:
    for quantity in edition.quantities.values():
        if not quantity.from_questions:
            continue
        question = questionnaire.questions.get(quantity.question)
        if question is None:
            yield problem("EDITION-22", lines.of(quantity.code), quantity=quantity.code, question=quantity.question)
            continue
        if question.kind is QuestionKind.SEVERAL:
            yield problem("TABULATE-01", lines.of(quantity.code), quantity=quantity.code, question=question.code)
            continue
        if quantity.kind in SUMMED or question.kind is QuestionKind.NUMBER:
            continue
        codes = {option.code for option in question.answers}
        unknown = [code for code in quantity.counted if code not in codes]
        if unknown or not quantity.counted:
            yield problem(
                "EDITION-23",
                lines.of(quantity.code),
                quantity=quantity.code,
                question=question.code,
                known=", ".join(sorted(codes)),
            )


def _several(edition: Edition, questionnaire: Questionnaire, lines: Lines) -> Iterator[Problem]:
    several = {code: one for code, one in questionnaire.questions.items() if one.kind is QuestionKind.SEVERAL}
    for code, question in several.items():
        if len(question.answers) > MOST_OPTIONS:
            yield problem("TABULATE-04", lines.of(code), question=code, most=MOST_OPTIONS)
    for breakdown in edition.breakdowns:
        if breakdown.column in several:
            yield problem("TABULATE-02", lines.of("breakdowns"), question=breakdown.column)


def _conditions(questionnaire: Questionnaire, lines: Lines) -> Iterator[Problem]:
    for question in questionnaire.questions.values():
        condition = question.asked_if
        before = questionnaire.questions.get(condition.question) if condition else None
        if condition is None or before is None:
            continue
        if before.kind is QuestionKind.SEVERAL:
            yield problem("TABULATE-02", lines.of(question.code), question=before.code)
        elif len(before.values_of(condition.answers)) < len(condition.answers):
            known = ", ".join(option.code for option in before.answers)
            yield problem("EDITION-24", lines.of(question.code), question=question.code, known=known)
