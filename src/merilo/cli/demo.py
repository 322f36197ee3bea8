"""`merilo demo`: the Samara 2016 assessment from its tables to the rating and the documents."""

from __future__ import annotations

import shutil
from argparse import Namespace
from pathlib import Path

from merilo.assessment.errors import MeriloError
from merilo.cli.report import FORMATS as DOCUMENTS
from merilo.cli.report import write_documents
from merilo.cli.score import beside_rating, score_folder
from merilo.cli.screen import progress, show_rating
from merilo.folder.assessment_folder import OUT
from merilo.folder.tables import FORMATS as TABLES
from merilo.folder.tables import write_results
from merilo.shelf import DATA, wording

EXAMPLE = "samara-2016"


def run(arguments: Namespace) -> int:
    """Copy the example, score it, write everything, show the rating and say where the documents are."""
    words = wording(arguments.lang, "cli")
    folder = Path(arguments.folder)
    source = example_folder(EXAMPLE)
    if source is None:
        raise MeriloError(words.say("NO-DEMO", folder=EXAMPLE), "NO-DEMO")
    if other := _other_files(source, folder):
        raise MeriloError(words.say("DEMO-EXISTS", folder=folder, names=", ".join(other)), "DEMO-EXISTS")
    if not arguments.json:
        print(words.say("DEMO-START"))
    shutil.copytree(source, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(OUT))
    scored, assessment, problems = score_folder(arguments)
    with progress(words.say("STEP-WRITE")):
        written = write_results(scored, assessment, folder / OUT, TABLES)
    written += write_documents(scored, assessment, folder / OUT, DOCUMENTS, arguments)
    show_rating(scored, assessment, arguments, beside_rating(arguments, written, problems))
    if not arguments.json:
        print(words.say("DEMO-DONE", folder=folder / OUT))
        for path in written:
            print(f"  {path}")
    return 0


def _other_files(source: Path, folder: Path) -> list[str]:
    """Files of the example that stand in the folder with another content: somebody's work, not to be written over."""
    names = sorted(path.relative_to(source) for path in source.rglob("*") if path.is_file())
    mine = [name for name in names if name.parts[0] != OUT and (folder / name).is_file()]
    return [str(name) for name in mine if (folder / name).read_bytes() != (source / name).read_bytes()]


def example_folder(name: str) -> Path | None:
    """An example as it comes with the installed package, or as it lies in a checkout of the project."""
    installed, checkout = DATA / "examples" / name, DATA.parents[2] / "examples" / name
    return next((folder for folder in (installed, checkout) if folder.is_dir()), None)
