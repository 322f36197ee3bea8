"""A questionnaire: questions, the scales they are answered on, and the jumps between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum


class QuestionKind(Enum):
    """How a question is answered. ONE: one option of a scale. SEVERAL: any number of its options. NUMBER, TEXT: as
    named."""

    ONE = "one"
    SEVERAL = "several"
    NUMBER = "number"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class AnswerOption:
    """An option: its code, the small whole number stored for it, its text, other spellings found in files.

    `missing` marks what is no answer («затрудняюсь ответить»): it is read as if nothing had been written.
    """

    code: str
    value: int
    text: str
    also: tuple[str, ...] = ()
    missing: bool = False

    @property
    def spellings(self) -> tuple[str, ...]:
        """Everything a file may say for it."""
        return self.code, self.text, *self.also


@dataclass(frozen=True, slots=True)
class Condition:
    """The question is put only to those who gave one of these answers to an earlier question."""

    question: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `number` is the act's, `options` are empty for numbers and texts; `bands` are the numbers that
    the groups of a NUMBER begin with when answers are tabulated (18, 30, 45: under 18, 18–29, 30–44, 45 and more)."""

    code: str
    number: str
    text: str
    kind: QuestionKind
    options: tuple[AnswerOption, ...] = ()
    asked_if: Condition | None = None
    personal: bool = False
    bands: tuple[int, ...] = ()

    @property
    def answers(self) -> tuple[AnswerOption, ...]:
        """The options that are answers."""
        return tuple(option for option in self.options if not option.missing)

    def values_of(self, codes: tuple[str, ...]) -> tuple[int, ...]:
        """The stored numbers of some answers."""
        return tuple(option.value for option in self.answers if option.code in codes)


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """All questions in the order they are put, by code."""

    title: str
    questions: Mapping[str, Question]
