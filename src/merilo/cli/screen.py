"""What a command shows: the rating as a table, as tab-separated text or as JSON, and how far the work has come."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np

from merilo.assessment.methodology.describe import policy_lines
from merilo.assessment.methodology.edition import Criterion, Edition, OverallValue
from merilo.assessment.methodology.policies import FormsOfService
from merilo.assessment.pipeline import Assessment
from merilo.assessment.rating.ranking import NO_PLACE
from merilo.assessment.reporting.place_words import span_text
from merilo.assessment.reporting.short_names import short_names
from merilo.assessment.wording import Wording
from merilo.cli.plain import show_json
from merilo.folder.assessment_folder import OpenedFolder
from merilo.shelf import wording

if TYPE_CHECKING:
    from rich.table import Table

    from merilo.folder.result_table import ResultTable

SHOWN = 40  # rows of a group that fit a screen or two; the files hold all of them
MOST_LINES = 20_000
LONGEST_NAME = 90
NAME_WIDTH, CRITERION_WIDTH, BESIDE_CRITERIA = 28, 8, 84
DASH = "–"
Step = Callable[[int, int], None]


def show_rating(
    opened: OpenedFolder, assessment: Assessment, arguments: Namespace, beside: Mapping[str, object] | None = None
) -> None:
    """Print the rating: JSON where that was asked for (with what stands `beside` it), a table on a terminal,
    tab-separated text elsewhere."""
    if arguments.json:
        show_json({**rating_record(opened, assessment), **(beside or {})})
    elif sys.stdout.isatty():
        _show_tables(opened.pack.edition, assessment, wording(arguments.lang, "screen"))
    elif len(assessment.rated.rows) > MOST_LINES:
        # Nobody reads a hundred thousand lines; whoever processes them takes the files.
        print(wording(arguments.lang, "screen").say("SCREEN-TOO-LONG", rows=len(assessment.rated.rows)))
    else:
        sys.stdout.write(rating_text(assessment))
        # Beside the table, not in it: a script reads the one, a person the other.
        words = wording(arguments.lang, "screen")
        print(sureness_text(assessment, words), rules_text(assessment, words), sep="\n", file=sys.stderr)


def rating_record(opened: OpenedFolder, assessment: Assessment) -> dict[str, Any]:
    """The rating and what it was computed from as plain values: a number or null, and a status that says why."""
    from merilo.folder.exclusion_results import effects_of, effects_record
    from merilo.folder.result_run import run_record
    from merilo.folder.result_scores import criteria_table, labels, rating_table

    text = labels(assessment)
    criteria: dict[tuple[str, str | None], dict[str, Any]] = {}
    for row in criteria_table(assessment, text).frame.iter_rows(named=True):
        mine = criteria.setdefault((row["organisation"], row["form"]), {})
        mine[row["criterion"]] = {
            key: row[key] for key in ("value", "value_unrounded", "standard_error", "low", "high", "status", "weight")
        }
    rating = []
    for row in rating_table(assessment, text).frame.iter_rows(named=True):
        plain = {key: value for key, value in row.items() if not key.startswith("criterion_")}
        rating.append({**plain, "criteria": criteria.get((row["organisation"], row["form"]), {})})
    record: dict[str, Any] = {"run": run_record(opened, assessment), "rating": rating}
    if opened.exclusions:
        record["rating_with_and_without"] = effects_record(effects_of(opened, assessment), assessment)
    return record


def rating_text(assessment: Assessment) -> str:
    """The rating as tab-separated text with a header of column names, one line a row."""
    from merilo.folder.result_scores import labels, rating_table

    return flat_text(rating_table(assessment, labels(assessment)))


def flat_text(table: ResultTable) -> str:
    """A table as tab-separated text: white space inside texts becomes a space."""
    import polars as pl

    from merilo.folder.result_table import csv_frame

    flat = csv_frame(table).with_columns(pl.col(pl.String).str.replace_all(r"\s", " "))
    return flat.write_csv(separator="\t", quote_style="never", float_scientific=False)


def _show_tables(edition: Edition, assessment: Assessment, words: Wording) -> None:
    """A table for every group of the ranking, and what its columns mean."""
    from rich.console import Console

    from merilo.folder.result_scores import labels, rating_table

    console = Console(highlight=False)
    shown = fitting_criteria(edition, console.width)
    rows = rating_table(assessment, labels(assessment)).frame
    for (group,), mine in rows.group_by("group", maintain_order=True):
        title = _group_name(edition, assessment, None if group is None else str(group))
        first = mine.head(SHOWN).to_dicts()
        console.print(rating_on_screen(assessment, first, shown, words, title=title))
        if mine.height > SHOWN:
            console.print(words.say("SCREEN-MORE", n=mine.height - SHOWN))
    legend = [f"{one.label} – {one.short_name}" for one in shown if one.label]
    left_out = len(edition.criteria) - len(shown)
    if left_out:
        legend.append(words.say("SCREEN-MORE-CRITERIA", n=left_out))
    console.print("; ".join(legend), markup=False)
    console.print(sureness_text(assessment, words), markup=False)
    console.print(rules_text(assessment, words), markup=False)


def sureness_text(assessment: Assessment, words: Wording) -> str:
    """What the intervals and the possible places mean here."""
    level = words.number(f"{100 * assessment.case.uncertainty.level:g}")
    if assessment.case.rules.edition.overall is OverallValue.NONE:
        any_sampled = any(one.is_sampled.any() for one in assessment.errors.rows.values())
        return words.say("SCREEN-INTERVALS-IN-TABLES" if any_sampled else "SCREEN-NOTHING-SAMPLED", level=level)
    shown = assessment.overall_errors
    if not shown.is_sampled.any():
        return words.say("SCREEN-NOTHING-SAMPLED")
    unknown = int(np.count_nonzero(shown.is_sampled & np.isnan(shown.error)))
    if unknown == int(np.count_nonzero(shown.is_sampled)):
        return words.say("SCREEN-ERROR-UNKNOWN")
    text = words.say("SCREEN-SURENESS", level=level)
    return f"{text} {words.say('SCREEN-SOME-UNKNOWN', n=unknown)}" if unknown else text


def rules_text(assessment: Assessment, words: Wording) -> str:
    """What the numbers were computed by: edition, weighting scheme, every policy."""
    rules = assessment.case.rules
    policies = "; ".join(policy_lines(rules.policies))
    return words.say("SCREEN-RULES", edition=rules.edition.code, scheme=rules.scheme.code, policies=policies)


def fitting_criteria(edition: Edition, width: int) -> tuple[Criterion, ...]:
    """The criteria there is room for beside place, name, overall score and grade."""
    return edition.criteria[: max(0, (width - BESIDE_CRITERIA) // CRITERION_WIDTH)]


def rating_on_screen(
    assessment: Assessment, rows: list[dict[str, Any]], criteria: tuple[Criterion, ...], words: Wording, *, title: str
) -> Table:
    """Some rows of the rating as a table that keeps its shape in a hundred columns."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    edition = assessment.case.rules.edition
    has_overall = edition.overall is not OverallValue.NONE
    table = Table(title=Text(title) if title else None, title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    if has_overall:
        table.add_column(words.say("SCREEN-PLACE"), justify="right", no_wrap=True)
        table.add_column(words.say("SCREEN-PLACE-SET"), justify="right", no_wrap=True)
    table.add_column(words.say("SCREEN-KEY"), no_wrap=True)
    table.add_column(words.say("SCREEN-ORGANISATION"), overflow="fold", min_width=NAME_WIDTH)
    for criterion in criteria:
        table.add_column(Text(criterion.label or criterion.short_name[:6]), justify="right", no_wrap=True)
    if has_overall:
        table.add_column(words.say("SCREEN-OVERALL"), justify="right")
        if edition.grades:
            table.add_column(words.say("SCREEN-GRADE"), overflow="fold", max_width=14)
    names = short_names([row["name"] or row["organisation"] for row in rows])
    apart = assessment.case.rules.policies.forms is FormsOfService.SEPARATE
    for row, name in zip(rows, names, strict=True):
        form = f" ({_value_name(edition, row['form'])})" if apart and row["form"] else ""
        cells = [row["organisation"], shortened(name) + form]
        if has_overall:
            cells = [_span(row, "place", "place_to"), _span(row, "place_set_first", "place_set_last"), *cells]
        cells += [_figure(row[f"criterion_{one.code}"], assessment, words) for one in criteria]
        if has_overall:
            status = words.say(f"SCREEN-STATUS-{row['status'].upper()}")
            cells.append(status if row["overall"] is None else _with_interval(row, assessment, words))
            cells += [row["grade"] or ""] if edition.grades else []
        table.add_row(*map(Text, cells))
    return table


def _span(row: dict[str, Any], first: str, last: str) -> str:
    """`5`, `5–6`, a dash where there is no place."""
    return span_text(row[first] or NO_PLACE, row[last] or NO_PLACE)


def _with_interval(row: dict[str, Any], assessment: Assessment, words: Wording) -> str:
    """The overall score and under it its interval, where it hangs on a sample."""
    shown = _figure(row["overall"], assessment, words)
    if row["low"] is None or row["low"] == row["high"]:
        return shown
    low, high = (_figure(row[name], assessment, words) for name in ("low", "high"))
    return f"{shown}\n{low}{DASH}{high}"


def _figure(value: float | None, assessment: Assessment, words: Wording) -> str:
    """A printed number: the float goes back to the decimal it was printed as."""
    return DASH if value is None else words.number(f"{value:.{assessment.rated.digits}f}")


def shortened(name: str) -> str:
    """A name of a few lines at most: cut at a word, with an ellipsis."""
    plain = " ".join(name.split())
    if len(plain) <= LONGEST_NAME:
        return plain
    return plain[: LONGEST_NAME - 1].rpartition(" ")[0].rstrip(" ,") + "…"


def _value_name(edition: Edition, value: str | None) -> str:
    splitting = edition.splitting
    names = {one.code: one.name for one in splitting.values} if splitting else {}
    return names.get(value or "", value or "")


def _group_name(edition: Edition, assessment: Assessment, group: str | None) -> str:
    """The names of the category values that a group has in common."""
    names = []
    for code, value in zip(assessment.case.ranking_within, (group or "").split(" / "), strict=False):
        category = edition.category(code)
        known = {one.code: one.name for one in category.values} if category else {}
        names.append(known.get(value, value))
    return " / ".join(names)


@contextmanager
def progress(text: str) -> Iterator[Step]:
    """Show a step of the work on standard error while it runs, on a terminal only.

    The step may call what it is given with «done» and «of how many»; without that the bar just moves.
    """
    if not sys.stderr.isatty():
        yield lambda done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(text, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
