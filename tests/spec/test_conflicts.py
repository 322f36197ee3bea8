"""From answers to counts: closed filters (T33), who is in the base (T32), spellings, the tally done by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from merilo.assessment.instrument.measures import Gate, Measure
from merilo.assessment.methodology.policies import Denominator
from merilo.engines.tally import tally
from merilo.folder.assessment_folder import OpenedFolder
from merilo.folder.trace import answer_rows
from tests.folder.small_folder import build, opened, swap, write

# q1 is the filter of q2: «пользовались ли стендами», «удовлетворены ли ими». Rows 2–8 of the file.
ANSWERS = [("Да", "Да"), ("Да", "Нет"), ("Да", ""), ("Нет", ""), ("Нет", "Да"), ("", "Да"), ("", "")]
BASES = {"answered": 2, "filter_yes": 3, "all_forms": 7}


def assessment(folder: Path, lines: Sequence[str], denominator: str = "answered") -> OpenedFolder:
    """The small assessment with other questionnaires."""
    build(folder)
    write("responses/2024.csv", "\n".join(["organisation,q1,q2", *lines]) + "\n")(folder)
    swap("assessment.yaml", "empty_group: renormalise", f"denominator: {denominator}")(folder)
    found, problems = opened(folder)
    assert found is not None, problems
    return found


def counted(found: OpenedFolder, quantity: str = "satisfied_stand", unit: int = 0) -> tuple[float, float]:
    column = found.case.table.columns[quantity]
    assert column.base is not None
    return float(column.count[unit]), float(column.base[unit])


@pytest.mark.parametrize("denominator", BASES)
def test_an_answer_behind_a_closed_filter_is_a_conflict_and_does_not_count(tmp_path: Path, denominator: str) -> None:
    found = assessment(tmp_path / "in", ["7701,Нет,Да", "7701,Да,Да", "7701,Да,Нет"], denominator)
    assert found.survey.conflicts == {"satisfied_stand": 1}
    assert counted(found) == (1, 3 if denominator == "all_forms" else 2)


@pytest.mark.parametrize("denominator", BASES)
def test_who_is_in_the_base(tmp_path: Path, denominator: str) -> None:
    found = assessment(tmp_path / "in", [f"7701,{one},{two}" for one, two in ANSWERS], denominator)
    assert found.survey.forms == len(ANSWERS)
    assert counted(found) == (1, BASES[denominator])
    assert found.survey.conflicts == {"satisfied_stand": 2}, "an unanswered filter is a closed one"


@pytest.mark.parametrize("denominator", BASES)
def test_the_rows_of_an_explanation_are_the_counts(tmp_path: Path, denominator: str) -> None:
    found = assessment(tmp_path / "in", [f"7701,{one},{two}" for one, two in ANSWERS], denominator)
    (rows,) = answer_rows(found, tmp_path / "in", 0, "satisfied_stand")
    others = {"answered": (3,), "filter_yes": (3, 4), "all_forms": (3, 4, 5, 6, 7, 8)}
    assert (rows.counted, rows.others) == ((2,), others[denominator])


def test_nobody_behind_the_filter_is_nobody_to_ask(tmp_path: Path) -> None:
    found = assessment(tmp_path / "in", ["7701,Нет,", "7701,Нет,"])
    assert counted(found) == (0, 0)
    assert found.survey.conflicts == {}


@pytest.mark.parametrize(
    "yes", ["Да", "да", "ДА", "Да ", " да", "\u00a0Да", "Да\u00a0", '"Да\t"', "yes", "YES", "1", "1.0"]
)
def test_spellings_of_yes(tmp_path: Path, yes: str) -> None:
    found = assessment(tmp_path / "in", [f"7701,{yes},{yes}", "7701,да,нет"])
    assert counted(found) == (1, 2)


@pytest.mark.parametrize("nothing", ["", " ", "\u00a0", "-", "–", "нет данных"])
def test_spellings_of_no_answer(tmp_path: Path, nothing: str) -> None:
    found = assessment(tmp_path / "in", ["7701,да,да", f"7701,да,{nothing}"])
    assert counted(found) == (1, 1)


@pytest.mark.parametrize("denominator", BASES)
def test_numbers_in_parquet_and_words_in_csv_are_the_same_answers(tmp_path: Path, denominator: str) -> None:
    words = {"Да": 1, "Нет": 0, "": None}
    rows = [(key, *pair) for key in ("7701", "7702") for pair in [*ANSWERS, *ANSWERS[: 3 if key == "7701" else 5]]]
    text = assessment(tmp_path / "text", [",".join(row) for row in rows], denominator)
    build(tmp_path / "numbers")
    (tmp_path / "numbers" / "responses" / "2024.csv").unlink()
    pl.DataFrame(
        {
            "organisation": [key for key, _, _ in rows],
            "q1": [words[one] for _, one, _ in rows],
            "q2": [words[two] for _, _, two in rows],
        },
        schema_overrides={"q1": pl.Int8, "q2": pl.Int8},
    ).write_parquet(tmp_path / "numbers" / "responses" / "2024.parquet")
    swap("assessment.yaml", "empty_group: renormalise", f"denominator: {denominator}")(tmp_path / "numbers")
    numbers, problems = opened(tmp_path / "numbers")
    assert numbers is not None, problems
    assert numbers.survey.conflicts == text.survey.conflicts
    assert numbers.survey.forms == text.survey.forms
    for unit in (0, 1):
        assert counted(numbers, unit=unit) == counted(text, unit=unit)
        (mine,), (other,) = (
            list(answer_rows(found, folder, unit, "satisfied_stand"))
            for found, folder in ((numbers, tmp_path / "numbers"), (text, tmp_path / "text"))
        )
        # The first line of a CSV file is its header; the rows of a Parquet file have none.
        assert len(mine.counted) == len(other.counted)
        assert len(mine.others) == len(other.others)


# The tally against plain Python.

QUESTIONS = ("a", "b", "c")
ANSWER = st.one_of(st.none(), st.integers(0, 3))
ROW = st.tuples(st.sampled_from(["x", "y"]), ANSWER, ANSWER, ANSWER)
VALUES = st.lists(st.integers(0, 3), min_size=1, max_size=3, unique=True).map(tuple)
MEASURE = st.builds(
    Measure,
    quantity=st.just(""),
    question=st.sampled_from(QUESTIONS),
    counted=st.one_of(st.none(), VALUES),
    gates=st.lists(st.builds(Gate, st.sampled_from(QUESTIONS), VALUES), max_size=2).map(tuple),
    denominator=st.sampled_from(Denominator),
)
Frame = list[tuple[str, int | None, int | None, int | None]]
Counts = tuple[int, int, int]


def slow_tally(rows: Frame, measure: Measure, group: str) -> Counts:
    """Count, base and conflicts of one measure in one group, a questionnaire at a time."""
    count = base = conflicts = 0
    for key, *answers in rows:
        given: Mapping[str, int | None] = dict(zip(QUESTIONS, answers, strict=True))
        answer = given[measure.question]
        is_open = all(given[gate.question] in gate.values for gate in measure.gates)
        if key != group:
            continue
        if answer is not None and not is_open:
            conflicts += 1
        if answer is not None and is_open:
            count += answer if measure.counted is None else answer in measure.counted
        match measure.denominator:
            case Denominator.ANSWERED:
                base += answer is not None and is_open
            case Denominator.FILTER_YES:
                base += is_open
            case Denominator.ALL_FORMS:
                base += 1
    return count, base, conflicts


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(ROW, min_size=1, max_size=12), st.lists(MEASURE, min_size=1, max_size=4), st.booleans())
def test_the_tally_counts_as_a_person_would(rows: Frame, measures: list[Measure], lazy: bool) -> None:
    plan = [
        Measure(f"m{number}", one.question, one.counted, one.gates, one.denominator)
        for number, one in enumerate(measures)
    ]
    schema = {"g": pl.String, **dict.fromkeys(QUESTIONS, pl.Int16)}
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    found = tally(frame.lazy() if lazy else frame, plan, ["g"])
    assert sorted(found.keys["g"]) == sorted({row[0] for row in rows})
    for index, group in enumerate(found.keys["g"]):
        assert found.forms[index] == sum(row[0] == group for row in rows)
        for measure in plan:
            conflicts = found.conflicts.get(measure.quantity)
            counts = (
                int(found.counts[measure.quantity][index]),
                int(found.bases[measure.quantity][index]),
                0 if conflicts is None else int(conflicts[index]),
            )
            assert counts == slow_tally(rows, measure, group)
