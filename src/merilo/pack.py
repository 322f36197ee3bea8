"""A methodology pack as opened from the shelf: the edition, its questionnaire, and its fingerprint."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from merilo.assessment.errors import Place, Problem, problem
from merilo.assessment.instrument.check import check_questionnaire
from merilo.assessment.instrument.load import read_questionnaire
from merilo.assessment.instrument.questionnaire import Questionnaire
from merilo.assessment.located import Mapping, lines_of
from merilo.assessment.methodology.check import check_edition
from merilo.assessment.methodology.edition import Edition
from merilo.assessment.methodology.load import read_edition
from merilo.shelf import EDITIONS, edition_files, fingerprint, read_merged


@dataclass(frozen=True, slots=True)
class Pack:
    """An edition with what belongs to it. `examples` is the folder of its worked examples."""

    edition: Edition
    questionnaire: Questionnaire
    sha256: str
    folder: Path


def shipped() -> list[str]:
    """The codes of the editions that come with Merilo."""
    return sorted(path.name for path in EDITIONS.iterdir() if path.is_dir())


def find_pack(name: str, beside: Path | None) -> Path | None:
    """The folder or file of a methodology: beside the assessment first, then among the shipped ones."""
    candidates = [beside / name] if beside is not None else []
    candidates += [EDITIONS / name, Path(name)]
    return next((path for path in candidates if path.is_dir() or (path.suffix == ".yaml" and path.is_file())), None)


def open_pack(where: Path, problems: list[Problem]) -> Pack | None:
    """A pack read and checked; None where it has errors, each of them in `problems`."""
    paths = edition_files(where)
    before = len(problems)
    node = read_merged(paths, where if where.is_dir() else where.parent, problems)
    if node is None:
        if len(problems) == before:
            problems.append(problem("EDITION-25", Place(where.name)))
        return None
    lines = lines_of(node, Place(where.name))
    questionnaire_node = node.entries.pop("questionnaire", Mapping({}, node.place))
    edition = read_edition(node, problems)
    if not isinstance(questionnaire_node, Mapping):
        problems.append(problem("YAML-04", questionnaire_node.place))
        return None
    questionnaire = read_questionnaire(questionnaire_node, problems)
    if len(problems) == before:
        problems += check_edition(edition, lines)
        problems += check_questionnaire(edition, questionnaire, lines)
    if len(problems) > before:
        return None
    return Pack(edition, questionnaire, fingerprint(paths), where)
