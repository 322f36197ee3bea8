"""The tables of a change between two waves: organisation by organisation, on average, and what may be compared."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from merilo.assessment.methodology.edition import Edition
from merilo.assessment.methodology.formulas.working import Floats
from merilo.assessment.rating.ranking import NO_PLACE, Places
from merilo.assessment.recheck.waves import MeanChange, SubjectChange, Wave, WaveChanges
from merilo.assessment.rounding import round_estimates
from merilo.assessment.scoring.score import OVERALL
from merilo.assessment.stats.change import Changes, ChangeVerdict
from merilo.folder.result_table import Kind, ResultTable, TableMaker

CHANGE, MEANS, COMPARABILITY = "change", "change_means", "comparability"


def change_tables(changes: WaveChanges) -> list[ResultTable]:
    """All tables of a change."""
    return [change_table(changes), means_table(changes), comparability_table(changes)]


def change_table(changes: WaveChanges) -> ResultTable:
    """One row per subject and organisation of either wave: values, difference, interval, test, word, places."""
    subjects, rows = changes.subjects, changes.rows
    digits = changes.later.rated.digits
    table = TableMaker(CHANGE, digits)
    table.texts("organisation", [row.key for _ in subjects for row in rows])
    table.texts("name", [row.name for _ in subjects for row in rows])
    table.texts("form", [row.form for _ in subjects for row in rows])
    _subject_columns(table, changes, len(rows))
    for name, sides in (
        ("earlier", [one.earlier for one in subjects]),
        ("later", [one.later for one in subjects]),
    ):
        table.numbers(name, _joined([side.printed for side in sides]), Kind.PRINTED)
        table.numbers(f"{name}_unrounded", _joined([side.value for side in sides]))
        table.numbers(f"n_{name}", _joined([side.size for side in sides]))
    _test_columns(table, [one.changes for one in subjects], digits)
    table.numbers("p_value", _joined([one.p_single for one in subjects]))
    table.numbers("p_adjusted", _joined([one.changes.p_value for one in subjects]))
    table.texts("verdict", [verdict.value for one in subjects for verdict in one.changes.verdicts])
    table.texts("reason", [found.value if found else "" for one in subjects for found in one.obstacles])
    for name, wave, places in (
        ("earlier", changes.earlier, [row.earlier for row in rows]),
        ("later", changes.later, [row.later for row in rows]),
    ):
        _place_columns(table, name, wave, places, subjects)
    return table.finish()


def means_table(changes: WaveChanges) -> ResultTable:
    """Two rows per subject: the mean over the organisations compared, and over all of each wave."""
    pairs = [(one, over, mean) for one in changes.subjects for over, mean in means_of(one)]
    digits = changes.later.rated.digits
    table = TableMaker(MEANS, digits)
    _subject_columns(table, changes, 2)
    table.texts("over", [over for _, over, _ in pairs])
    means = [mean for _, _, mean in pairs]
    for name in ("earlier", "later"):
        column = np.array([getattr(mean, name) for mean in means], dtype=np.float64)
        table.numbers(name, round_estimates(column, digits), Kind.PRINTED)
        table.numbers(f"{name}_unrounded", column)
        table.wholes(f"organisations_{name}", [getattr(mean, f"{name}_count") for mean in means])
    _test_columns(table, [mean.changes for mean in means], digits)
    table.numbers("p_value", _joined([mean.changes.p_value for mean in means]))
    table.texts("verdict", [mean.verdict.value for mean in means])
    for verdict in ChangeVerdict:
        table.wholes(verdict.value, [one.count(verdict) if over == "both" else None for one, over, _ in pairs])
    return table.finish()


def means_of(one: SubjectChange) -> tuple[tuple[str, MeanChange], ...]:
    """Both means of a subject with their names in the table."""
    return ("both", one.of_both), ("all", one.of_all)


def comparability_table(changes: WaveChanges) -> ResultTable:
    """One row per subject of the later wave: its counterpart and what hinders the comparison; then the subjects of the
    earlier wave beside which none stands."""
    pairs = [one.counterpart for one in changes.subjects]
    left = [""] * len(changes.left)
    table = TableMaker(COMPARABILITY, changes.later.rated.digits)
    table.texts("subject", [*(one.subject for one in pairs), *left])
    table.texts("subject_earlier", [*(one.earlier for one in pairs), *changes.left])
    table.texts("comparable", [*("no" if one.obstacle else "yes" for one in pairs), *("no" for _ in left)])
    table.texts("reason", [*(one.obstacle.value if one.obstacle else "" for one in pairs), *left])
    table.texts("details", [*("; ".join(one.details) for one in pairs), *left])
    table.texts("linked", [*("yes" if one.link else "" for one in pairs), *left])
    table.texts("note", [*(one.link.note if one.link else "" for one in pairs), *left])
    return table.finish()


def labels_of(edition: Edition) -> dict[str, str]:
    """The numbers of criteria and indicators in the act, by code."""
    found = {criterion.code: criterion.label for criterion in edition.criteria}
    return found | {code: item.label for code, item in edition.items.items()}


def _subject_columns(table: TableMaker, changes: WaveChanges, times: int) -> None:
    labels = labels_of(changes.later.yardstick.rules.edition)
    pairs = [one.counterpart for one in changes.subjects for _ in range(times)]
    table.texts("subject", [one.subject for one in pairs])
    table.texts("label", [labels.get(one.subject, "") for one in pairs])
    table.texts("subject_earlier", [one.earlier for one in pairs])


def _joined(columns: Sequence[Floats]) -> Floats:
    """The columns of the subjects one below the other."""
    return np.concatenate(columns) if columns else np.zeros(0)


def _test_columns(table: TableMaker, found: Sequence[Changes], digits: int) -> None:
    """Difference, its error and interval, and the test."""
    table.numbers("difference", _joined([one.difference for one in found]))
    table.numbers("standard_error", _joined([one.errors for one in found]))
    for name in ("low", "high"):
        ends = _joined([getattr(one.interval, name) for one in found])
        table.numbers(name, round_estimates(ends, digits), Kind.PRINTED)
    for name in ("statistic", "degrees"):
        # An exact change has no test: its statistic is infinite.
        column = _joined([getattr(one, name) for one in found])
        table.numbers(name, np.where(np.isinf(column), np.nan, column))


def _place_columns(
    table: TableMaker, name: str, wave: Wave, rows: Sequence[int | None], subjects: Sequence[SubjectChange]
) -> None:
    """Places of the overall score; nothing beside other subjects, which nobody is ranked by."""
    standings = wave.standings
    columns: tuple[tuple[str, Places], ...] = (
        ("place", standings.first),
        ("place_to", standings.last),
        ("place_set_first", standings.set_first),
        ("place_set_last", standings.set_last),
    )
    for column, places in columns:
        mine = [None if row is None or places[row] == NO_PLACE else int(places[row]) for row in rows]
        nothing: list[int | None] = [None] * len(rows)
        shown = (mine if one.counterpart.subject == OVERALL else nothing for one in subjects)
        table.wholes(f"{column}_{name}", [value for own in shown for value in own])
