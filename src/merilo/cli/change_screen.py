"""What `merilo change` shows on a terminal: overall scores one by one, then the means of everything."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from merilo.assessment.rating.ranking import NO_PLACE
from merilo.assessment.recheck.waves import MatchedRow, MeanChange, SubjectChange, Wave, WaveChanges
from merilo.assessment.reporting.change_words import DASH, ChangeWords
from merilo.assessment.reporting.short_names import short_names
from merilo.assessment.scoring.score import OVERALL
from merilo.assessment.stats.change import ChangeVerdict
from merilo.assessment.wording import Wording
from merilo.cli.screen import SHOWN, shortened
from merilo.folder.result_changes import labels_of

LEAST_P = 0.001  # smaller ones would print as 0.000

if TYPE_CHECKING:
    from rich.table import Table


def show_changes(changes: WaveChanges, words: Wording) -> None:
    """The tables and what their columns mean."""
    from rich.console import Console

    console, told = Console(highlight=False), ChangeWords(changes, words)
    overall = changes.of(OVERALL)
    if overall is not None:
        console.print(_organisations(changes, overall, told))
        if len(changes.rows) > SHOWN:
            console.print(words.say("CHANGE-MORE", n=len(changes.rows) - SHOWN))
    console.print(_means(changes, told, "CHANGE-MEANS-TITLE", of_all=False))
    if any(row.earlier is None or row.later is None for row in changes.rows):
        console.print(_means(changes, told, "CHANGE-MEANS-ALL-TITLE", of_all=True))
    for line in _notes(changes, words):
        console.print(line, markup=False)


def _notes(changes: WaveChanges, words: Wording) -> Iterator[str]:
    """What is beside the tables: who was in one wave only, what is not linked, what the columns mean."""
    for code, rows in (
        ("CHANGE-ONLY-EARLIER", [row for row in changes.rows if row.later is None]),
        ("CHANGE-ONLY-LATER", [row for row in changes.rows if row.earlier is None]),
    ):
        if rows:
            yield words.say(code, names="; ".join(f"{row.key} {shortened(row.name)}" for row in rows))
    if changes.left:
        yield words.say("CHANGE-LEFT", codes=", ".join(changes.left))
    level, alpha = (words.number(f"{value:g}") for value in (100 * changes.level, 1 - changes.level))
    yield words.say("CHANGE-LEGEND", level=level, alpha=alpha)
    yield words.say("CHANGE-COUNTS-LEGEND")


def _organisations(changes: WaveChanges, overall: SubjectChange, told: ChangeWords) -> Table:
    """The change of the overall score."""
    words = told.words
    title = words.say("CHANGE-TITLE", earlier=changes.earlier.period, later=changes.later.period)
    table = _table(title)
    table.add_column(words.say("REPORT-COLUMN-ORGANISATION"), overflow="fold", min_width=20)
    for code in ("CHANGE-EARLIER", "CHANGE-N", "CHANGE-LATER", "CHANGE-N", "CHANGE-DIFFERENCE", "CHANGE-INTERVAL"):
        table.add_column(words.say(code), justify="right")
    table.add_column(words.say("CHANGE-P"), justify="right", no_wrap=True)
    table.add_column(words.say("CHANGE-VERDICT"), overflow="fold")
    table.add_column(words.say("CHANGE-PLACES"), justify="right")
    shown = changes.rows[:SHOWN]
    for index, (row, name) in enumerate(zip(shown, short_names([row.name for row in shown]), strict=True)):
        form = f" ({row.form})" if row.form else ""
        _add(
            table,
            f"{row.key} {shortened(name)}{form}",
            told.text(told.earlier(overall, index)),
            _whole(overall.earlier.size[index]),
            told.text(told.later(overall, index)),
            _whole(overall.later.size[index]),
            told.signed(told.difference(overall, index)),
            told.interval(overall.changes, index),
            _p(overall, index, words),
            told.verdict(overall, index),
            _places(changes, row),
        )
    return table


def _means(changes: WaveChanges, told: ChangeWords, title: str, *, of_all: bool) -> Table:
    """The change of a mean of everything that is compared."""
    words, labels = told.words, labels_of(changes.later.yardstick.rules.edition)
    table = _table(words.say(title))
    table.add_column(words.say("CHANGE-SUBJECT"), overflow="fold")
    for code in ("CHANGE-N", "CHANGE-EARLIER", "CHANGE-LATER", "CHANGE-DIFFERENCE", "CHANGE-INTERVAL"):
        table.add_column(words.say(code), justify="right")
    table.add_column(words.say("CHANGE-VERDICT"), overflow="fold")
    if not of_all:
        table.add_column(words.say("CHANGE-COUNTS"), justify="right", no_wrap=True)
    for one in changes.subjects:
        mean: MeanChange = one.of_all if of_all else one.of_both
        subject = one.counterpart.subject
        counts = [mean.earlier_count, mean.later_count]
        cells = [
            words.say("REPORT-SUBJECT-OVERALL")
            if subject == OVERALL
            else f"{labels.get(subject, '')} {subject}".strip(),
            "/".join(map(str, counts)) if of_all else str(counts[0]),
            told.text(told.mean(mean.earlier)),
            told.text(told.mean(mean.later)),
            told.signed(told.mean_difference(mean)),
            told.interval(mean.changes, 0),
            told.mean_verdict(one, mean),
        ]
        _add(table, *cells, *(() if of_all else (_counts(one),)))
    return table


def _table(title: str) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    return Table(title=Text(title), title_justify="left", box=SIMPLE_HEAD, pad_edge=False)


def _add(table: Table, *cells: str) -> None:
    from rich.text import Text

    table.add_row(*map(Text, cells))


def _counts(one: SubjectChange) -> str:
    steady = one.count(ChangeVerdict.WITHIN_ERROR) + one.count(ChangeVerdict.EXACT_CHANGE)
    numbers = (one.count(ChangeVerdict.ROSE), one.count(ChangeVerdict.FELL), steady)
    return " / ".join(map(str, (*numbers, one.count(ChangeVerdict.NOT_COMPARABLE))))


def _whole(size: float) -> str:
    return DASH if np.isnan(size) else f"{size:.0f}"


def _p(one: SubjectChange, row: int, words: Wording) -> str:
    """The adjusted p-value; a dash where nothing was tested."""
    tested = one.changes.verdicts[row] not in (ChangeVerdict.NOT_COMPARABLE, ChangeVerdict.EXACT_CHANGE)
    if not tested:
        return DASH
    p_value = float(one.changes.p_value[row])
    return words.number(f"{p_value:.3f}") if p_value >= LEAST_P else f"< {words.number(f'{LEAST_P}')}"


def _places(changes: WaveChanges, row: MatchedRow) -> str:
    """`5 (3–8) → 2 (1–4)`."""
    return f"{_place(changes.earlier, row.earlier)} → {_place(changes.later, row.later)}"


def _place(wave: Wave, row: int | None) -> str:
    standings = wave.standings
    if row is None or standings.first[row] == NO_PLACE:
        return DASH
    if standings.set_first[row] == NO_PLACE:
        return str(standings.first[row])
    return f"{standings.first[row]} ({standings.set_first[row]}{DASH}{standings.set_last[row]})"
