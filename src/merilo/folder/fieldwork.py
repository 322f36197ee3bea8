"""From the response files of an opened folder to what the checks of field work read: who, when, how, what."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from merilo.assessment.errors import Place, Problem, warning
from merilo.assessment.instrument.measures import Measure, measures
from merilo.assessment.instrument.questionnaire import Question, QuestionKind
from merilo.assessment.responses.fieldwork import UNKNOWN, AnswerSheet, Fieldwork, Labels, Times
from merilo.folder.assessment_folder import OpenedFolder
from merilo.folder.exclusions_applied import read_counted
from merilo.folder.responses import FORM, ID, KEY, ROW, ResponseReader, needed_questions
from merilo.folder.service_times import read_lengths, read_moments
from merilo.formats.plain_text import plain

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

FILE = "__file"
INTERVIEWER, CHANNEL, TIME, STARTED, FINISHED, DURATION = (
    *("interviewer", "channel", "time"),
    *("started", "finished", "duration"),
)
SERVICE = (INTERVIEWER, CHANNEL, TIME, STARTED, FINISHED, DURATION)
AGE = re.compile(r"возраст|полных лет|\bage\b", re.IGNORECASE)
MINUTE = 60.0


def read_fieldwork(opened: OpenedFolder, folder: Path, problems: list[Problem]) -> Fieldwork:
    """Every questionnaire that is counted, with its service columns; times that cannot be read are warnings."""
    frame = _frame(opened, folder)
    questions = [one for code, one in opened.pack.questionnaire.questions.items() if code in frame.columns]
    return Fieldwork(
        file=_labels(_texts(frame, FILE)),
        row=frame[ROW].cast(pl.Int64).to_numpy() if frame.height else np.zeros(0, dtype=np.int64),
        id=_labels(_texts(frame, ID)),
        organisation=_labels(_texts(frame, KEY)),
        form=_labels(_texts(frame, FORM), unknown=False),
        interviewer=_labels(_texts(frame, INTERVIEWER), loosely=True),
        channel=_labels(_texts(frame, CHANNEL), loosely=True),
        times=_times(frame, problems),
        sheet=_sheet(opened, frame, questions),
    )


def _frame(opened: OpenedFolder, folder: Path) -> pl.DataFrame:
    """All files one under the other, each row with its file and number."""
    every = frozenset(opened.pack.questionnaire.questions)
    # Whatever is wrong with the answers was said when the folder was opened.
    reader = ResponseReader(
        *(opened.pack.edition, opened.pack.questionnaire, opened.case.table.units, opened.settings.columns),
        (*SERVICE, ID),
        [],
        needed=every,
    )
    frames = []
    for name in opened.survey.files:
        frame = read_counted(reader, folder / name, name, opened.exclusions, keep_rows=True)
        if frame is not None:
            frames.append(frame.with_columns(pl.lit(name).alias(FILE)).collect())
    empty = pl.DataFrame(schema={FILE: pl.String, ROW: pl.UInt32, KEY: pl.String})
    return pl.concat([empty, *frames], how="diagonal_relaxed")


def _texts(frame: pl.DataFrame, column: str) -> list[str]:
    """A column as texts without blanks around them, empty where there is none."""
    if column not in frame.columns:
        return [""] * frame.height
    return frame[column].cast(pl.String).fill_null("").str.strip_chars().to_list()


def _labels(texts: list[str], *, loosely: bool = False, unknown: bool = True) -> Labels:
    """Texts as indexes. `loosely` takes spellings that differ in capitals and blanks for one; with `unknown` an empty
    text is none."""
    spellings: dict[str, str] = {}
    for text in texts:
        spellings.setdefault(plain(text) if loosely else text, text)
    if unknown:
        spellings.pop("", None)
    names = sorted(spellings.values())
    index = {name: number for number, name in enumerate(names)}
    of = {
        text: index.get(spellings.get(plain(text) if loosely else text, ""), UNKNOWN) for text in dict.fromkeys(texts)
    }
    return Labels(tuple(names), np.array([of[text] for text in texts], dtype=np.int64))


def _times(frame: pl.DataFrame, problems: list[Problem]) -> Times:
    found: dict[str, tuple[Floats, NDArray[np.bool_]]] = {}
    for column in (TIME, STARTED, FINISHED):
        seconds, clock, unread = read_moments(_texts(frame, column))
        found[column] = seconds, clock
        _note_unread(frame, column, unread, problems)
    lengths, unread = read_lengths(_texts(frame, DURATION))
    _note_unread(frame, DURATION, unread, problems)
    started, finished = (np.where(found[one][1], found[one][0], np.nan) for one in (STARTED, FINISHED))
    moment, clock = np.full(frame.height, np.nan), np.zeros(frame.height, dtype=np.bool_)
    for column in (STARTED, TIME, FINISHED):
        seconds, has_clock = found[column]
        taken = ~np.isnan(seconds) & (np.isnan(moment) | (has_clock & ~clock))
        moment, clock = np.where(taken, seconds, moment), np.where(taken, has_clock, clock)
    clocks = np.concatenate([started, finished])
    step = 1.0 if (clocks[~np.isnan(clocks)] % MINUTE).any() else MINUTE
    # By a clock of whole minutes 10:05 to 10:05 can have been 59 seconds.
    duration = np.where(np.isnan(lengths), finished - started + step - 1.0, lengths)
    return Times(started, finished, moment, clock, step, duration)


def _note_unread(frame: pl.DataFrame, column: str, unread: list[int], problems: list[Problem]) -> None:
    """One warning for each file that has any."""
    first: dict[str, list[int]] = {}
    for index in unread:
        first.setdefault(frame[FILE][index], []).append(index)
    for name, indexes in first.items():
        place = Place(name, int(frame[ROW][indexes[0]]), column)
        problems.append(warning("QUALITY-01", place, value=frame[column][indexes[0]], count=len(indexes)))


def _sheet(opened: OpenedFolder, frame: pl.DataFrame, questions: list[Question]) -> AnswerSheet:
    closed = [one for one in questions if one.kind is QuestionKind.ONE]
    numbers = [one for one in questions if one.kind is QuestionKind.NUMBER]
    texts = [one for one in questions if one.kind is QuestionKind.TEXT]
    needed = needed_questions(opened.pack.edition, opened.pack.questionnaire)
    scales: dict[tuple[str, ...], int] = {}
    asides = [_numbers(frame, one.code).astype(np.int64) for one in numbers]
    asides += [_labels(_texts(frame, one.code), loosely=True).of for one in texts]
    return AnswerSheet(
        closed=_columns([_stored(frame, one.code) for one in closed], frame.height),
        scale=np.array(
            [scales.setdefault(tuple(o.code for o in one.answers), len(scales)) for one in closed], np.int64
        ),
        scored=np.array([one.code in needed for one in closed], dtype=np.bool_),
        words=np.array([len(one.text.split()) for one in closed], dtype=np.int64),
        asides=_columns(asides, frame.height),
        numbers={one.code: _known(_numbers(frame, one.code)) for one in numbers},
        ages=frozenset(one.code for one in numbers if AGE.search(one.text)),
        measured=_measured(opened, frame),
    )


def _columns(columns: list[Ints], height: int) -> Ints:
    return np.column_stack(columns) if columns else np.zeros((height, 0), dtype=np.int64)


def _stored(frame: pl.DataFrame, code: str) -> Ints:
    return frame[code].cast(pl.Int64).fill_null(UNKNOWN).to_numpy()


def _numbers(frame: pl.DataFrame, code: str) -> Floats:
    """A number question; UNKNOWN where it was not answered (its answers are never negative)."""
    return frame[code].cast(pl.Float64).fill_null(UNKNOWN).to_numpy()


def _known(numbers: Floats) -> Floats:
    return np.where(numbers == UNKNOWN, np.nan, numbers)


def _measured(opened: OpenedFolder, frame: pl.DataFrame) -> dict[str, Floats]:
    """What each quantity counts, by its code; two that count the same answers are measured once."""
    plan = measures(opened.pack.edition, opened.pack.questionnaire, opened.settings.policies.denominator)
    found: dict[tuple[str, tuple[int, ...] | None], tuple[str, Floats]] = {}
    for measure in plan:
        if measure.question in frame.columns:
            found.setdefault((measure.question, measure.counted), (measure.quantity, _worth(frame, measure)))
    return dict(found.values())


def _worth(frame: pl.DataFrame, measure: Measure) -> Floats:
    answers = _known(_numbers(frame, measure.question))
    for gate in measure.gates:
        is_open = np.isin(_stored(frame, gate.question), gate.values) if gate.question in frame.columns else False
        answers = np.where(is_open, answers, np.nan)
    if measure.counted is None:
        return answers
    return np.where(np.isnan(answers), np.nan, np.isin(answers, measure.counted).astype(np.float64))
