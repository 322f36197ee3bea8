"""`merilo change`: two waves side by side – what rose, what fell, what is within the sampling error."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from merilo.cli.change_screen import show_changes
from merilo.cli.plain import show_json
from merilo.cli.problems import as_json, problem_words
from merilo.cli.score import MOST_ROWS_IN_XLSX, asked_names
from merilo.cli.screen import MOST_LINES, flat_text, progress
from merilo.cli.two_waves import compared_folders
from merilo.folder.assessment_folder import OUT
from merilo.folder.change_files import change_record, write_changes
from merilo.folder.result_changes import change_table, change_tables
from merilo.folder.tables import FORMATS, XLSX
from merilo.shelf import wording


def run(arguments: Namespace) -> int:
    """Compare two folders, write the tables into the out of the later one, show the change."""
    formats = asked_names(arguments, arguments.format, FORMATS)
    later = Path(arguments.folder)
    found = compared_folders(arguments, Path(arguments.earlier), later, arguments.link)
    words = wording(arguments.lang, "cli", "change", "report")
    rows = len(found.changes.rows)
    if rows > MOST_ROWS_IN_XLSX and XLSX in formats:
        print(words.say("TOO-LONG-FOR-XLSX", rows=rows, most=MOST_ROWS_IN_XLSX), file=sys.stderr)
        formats -= {XLSX}
    record = change_record(found.changes, found.earlier, found.later)
    with progress(words.say("STEP-WRITE")):
        written = write_changes(found.changes, record, later / OUT, formats)
    if arguments.json:
        tables = {table.name: table.frame.to_dicts() for table in change_tables(found.changes)}
        problems = as_json(found.problems, problem_words(arguments.lang))
        show_json({"run": record, **tables, "written": [str(path) for path in written], "problems": problems})
        return 0
    lines = rows * len(found.changes.subjects)
    if sys.stdout.isatty():
        show_changes(found.changes, words)
    elif lines > MOST_LINES:
        print(words.say("CHANGE-TOO-LONG", rows=lines))
    else:
        sys.stdout.write(flat_text(change_table(found.changes)))
    print(words.say("WRITTEN"), ", ".join(str(path) for path in written), file=sys.stderr)
    return 0
