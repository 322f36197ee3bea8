"""What an audit finds: the kind of a defect, where it is printed, what follows from the rest, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from merilo.assessment.recheck.printed import Span
from merilo.assessment.recheck.publication import PrintedCell, PrintedPlace


class Certainty(Enum):
    """How sure a defect is."""

    EXACT = "exact"  # no unrounded values explain what is printed
    LIKELY = "likely"  # explained only by something unusual, which the reason names
    HINT = "hint"  # worth asking about


class DefectKind(Enum):
    """What does not hold."""

    UNREADABLE = "unreadable"
    OFF_SCALE = "off_scale"
    OFF_LIST = "off_list"
    PRINTED_DIFFERENTLY = "printed_differently"
    NOT_FROM_PARTS = "not_from_parts"
    OTHER_WEIGHTS = "other_weights"
    CUT_NOT_ROUNDED = "cut_not_rounded"
    PLACE_WRONG = "place_wrong"
    PLACE_MISSING = "place_missing"
    PLACES_OF_EQUALS = "places_of_equals"
    CLAIM_WRONG = "claim_wrong"
    NOT_THE_BEST = "not_the_best"
    IMPOSSIBLE_SHARE = "impossible_share"
    NO_COMMON_BASE = "no_common_base"
    SHARE_WRONG = "share_wrong"
    POINTS_AS_PERCENT = "points_as_percent"
    CHANGE_WRONG = "change_wrong"
    DIRECTION_WRONG = "direction_wrong"
    WITHIN_ERROR = "within_error"
    SAMPLE_SIZE = "sample_size"
    IDENTICAL_ROWS = "identical_rows"


Detail = str | int | Fraction | Span | tuple[str, ...] | tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class Defect:
    """One thing that does not hold. `expected` is what follows, to be printed with `decimals`; `reason` is the
    code of the sentence that says why it is as sure as it is; `others` are the other places it rests on."""

    kind: DefectKind
    certainty: Certainty
    where: PrintedPlace
    subject: str = ""
    unit: str = ""
    printed: str = ""
    expected: Span | None = None
    decimals: int = 0
    reason: str = ""
    details: tuple[tuple[str, Detail], ...] = ()
    others: tuple[PrintedPlace, ...] = ()


def defect_at(
    cell: PrintedCell,
    kind: DefectKind,
    certainty: Certainty,
    *,
    expected: Span | None = None,
    reason: str = "",
    others: tuple[PrintedPlace, ...] = (),
    **details: Detail,
) -> Defect:
    """A defect of one printed cell."""
    return Defect(
        kind,
        certainty,
        cell.where,
        cell.subject,
        cell.unit,
        cell.text,
        expected,
        cell.number.decimals if cell.number else 0,
        reason,
        tuple(sorted(details.items())),
        others,
    )
