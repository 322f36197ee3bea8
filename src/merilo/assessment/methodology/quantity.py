"""A quantity: what is counted or measured about an organisation (У, Ч, И, С in the acts' formulas)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

# How a table says that there is no value. Whatever else is spelt so can never be told from it.
NO_VALUE = frozenset(
    ["", "-", "–", "—", "−", "нет данных", "н/д", "н.д.", "н.д", "н. д.", "нд", "n/a", "na", "#н/д", "#n/a", "…", "..."]
)


def says_nothing(spelling: str) -> bool:
    """Whether a table that holds this text has no value there."""
    return " ".join(spelling.split()).casefold() in NO_VALUE


class QuantityKind(Enum):
    """What a count and a base mean.

    SHARE: count of base. COUNT: how many, no base. MEASURE: a sum over base cases (minutes waited).
    RATING: a sum of ratings over base answers. CHOICE: the value of one option. CHECKLIST: items found of
    items that apply. NORM: a number the rules compare with, the same for all unless observed. RATE: count
    of one thing per base of another.
    """

    SHARE = "share"
    COUNT = "count"
    MEASURE = "measure"
    RATING = "rating"
    CHOICE = "choice"
    CHECKLIST = "checklist"
    NORM = "norm"
    RATE = "rate"

    @property
    def has_base(self) -> bool:
        """Whether a base belongs to the count."""
        return self not in (QuantityKind.COUNT, QuantityKind.CHOICE, QuantityKind.NORM)

    @property
    def bounded_by_base(self) -> bool:
        """Whether the count cannot exceed the base."""
        return self in (QuantityKind.SHARE, QuantityKind.CHECKLIST)


class Source(Enum):
    """Where a quantity comes from (the acts' «методика сбора информации»)."""

    SURVEY = "survey"
    DESK_REVIEW = "desk_review"
    SITE_VISIT = "site_visit"
    MYSTERY_CONTACT = "mystery_contact"
    MANAGER = "manager"
    REGISTER = "register"


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One line of a checklist; `shortcoming` is how its absence reads in a report."""

    code: str
    name: str
    shortcoming: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a CHOICE: its value in points, its name, other spellings found in files."""

    value: Fraction
    name: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quantity:
    """`question` and `counted` say which answers count, of a survey or of a log kept in the same way (a RATING and
    a MEASURE add up the answers' values).

    `states` are the codes of states that may stand in place of a number; `maximum` bounds a COUNT, the
    mean of a MEASURE, or a rating; `per_recipient` takes the organisation's recipients from the register for
    a base where none was observed.
    """

    code: str
    name: str
    kind: QuantityKind
    source: Source
    symbol: str = ""
    question: str = ""
    counted: tuple[str, ...] = ()
    items: tuple[CheckItem, ...] = ()
    options: tuple[Option, ...] = ()
    states: tuple[str, ...] = ()
    maximum: Fraction | None = None
    per_recipient: bool = False

    @property
    def from_questions(self) -> bool:
        """Whether a questionnaire or a contact log feeds it."""
        return bool(self.question)
