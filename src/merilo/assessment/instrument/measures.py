"""Which answers count towards which quantity: the plan a tally carries out in one pass."""

from __future__ import annotations

from dataclasses import dataclass

from merilo.assessment.instrument.questionnaire import Question, Questionnaire
from merilo.assessment.methodology.edition import Edition
from merilo.assessment.methodology.policies import Denominator, PerCode
from merilo.assessment.methodology.quantity import Quantity, QuantityKind


@dataclass(frozen=True, slots=True)
class Gate:
    """Only those whose stored answer to `question` is one of `values`."""

    question: str
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Measure:
    """How one quantity is tallied.

    count: answers to `question` that are among `counted`, or the sum of the answers where `counted` is
    None. base: by `denominator`. `gates` must all be open for an answer to count (T33: an answer given
    behind a closed gate is a conflict: it is listed, not counted).
    """

    quantity: str
    question: str
    counted: tuple[int, ...] | None
    gates: tuple[Gate, ...]
    denominator: Denominator


def measures(edition: Edition, questionnaire: Questionnaire, denominator: PerCode[Denominator]) -> tuple[Measure, ...]:
    """The tally plan of an edition: one measure per quantity that questionnaires feed."""
    return tuple(
        _measure(quantity, questionnaire, denominator.of(quantity.code))
        for quantity in edition.quantities.values()
        if quantity.from_questions and quantity.question in questionnaire.questions
    )


def _measure(quantity: Quantity, questionnaire: Questionnaire, denominator: Denominator) -> Measure:
    question = questionnaire.questions[quantity.question]
    sums = quantity.kind in (QuantityKind.RATING, QuantityKind.MEASURE)
    return Measure(
        quantity=quantity.code,
        question=question.code,
        counted=None if sums else question.values_of(quantity.counted),
        gates=tuple(gates_of(question, questionnaire)),
        denominator=denominator,
    )


def gates_of(question: Question, questionnaire: Questionnaire) -> list[Gate]:
    """The conditions on a question and on those it hangs on."""
    if question.asked_if is None:
        return []
    before = questionnaire.questions[question.asked_if.question]
    return [*gates_of(before, questionnaire), Gate(before.code, before.values_of(question.asked_if.answers))]
