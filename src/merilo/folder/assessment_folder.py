"""Opens an assessment folder: everything read and checked, nothing computed; all problems in one list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from merilo import __version__
from merilo.assessment.errors import Place, Problem, has_errors, problem
from merilo.assessment.observations.gather import Gathering
from merilo.assessment.observations.observation import Observation
from merilo.assessment.observations.units import split_units
from merilo.assessment.pipeline import Case
from merilo.assessment.provenance import Stamp
from merilo.assessment.recheck.compare import PublishedFigure
from merilo.assessment.responses.exclusions import Exclusion
from merilo.assessment.scoring.rules import Rules
from merilo.assessment.scoring.weights import criterion_weights
from merilo.folder.cross_checks import cross_checks, more_asked_than_there_are
from merilo.folder.evidence import EvidenceReader
from merilo.folder.exclusions import EXCLUSIONS, read_exclusions
from merilo.folder.input_files import input_files
from merilo.folder.organisations import read_organisations
from merilo.folder.published import read_published
from merilo.folder.settings import SETTINGS, Settings, read_settings
from merilo.folder.survey_result import SurveyResult
from merilo.pack import Pack

OUT = "out"


@dataclass(frozen=True, slots=True)
class OpenedFolder:
    """A folder ready to be scored. `notes` are observations that carry a remark; `survey` what the
    questionnaires gave besides counts; `exclusions` are the questionnaires left out of them, and `unexcluded` is the
    same folder with those counted (None where nothing is left out, or where it cannot be scored with them)."""

    settings: Settings
    pack: Pack
    case: Case
    observations: Sequence[Observation]
    survey: SurveyResult
    exclusions: tuple[Exclusion, ...] = ()
    unexcluded: OpenedFolder | None = None


def open_folder(folder: Path, problems: list[Problem]) -> OpenedFolder | None:
    """Read and check a folder; None, with every reason in `problems`, where it cannot be scored."""
    found: list[Problem] = []
    opened = _open(folder, found)
    problems += [named_from(folder, one) for one in found]
    return opened


def named_from(folder: Path, found: Problem) -> Problem:
    """The same problem with its file named from the folder, as the user knows it."""
    name = found.place.file.removeprefix(f"{folder.as_posix()}/")
    return replace(found, place=replace(found.place, file=name))


def _open(folder: Path, problems: list[Problem], *, excluding: bool = True) -> OpenedFolder | None:
    if not folder.is_dir():
        problems.append(problem("FOLDER-30", Place(str(folder))))
        return None
    head = read_settings(folder, problems)
    if head is None:
        return None
    settings, pack = head
    organisations = read_organisations(folder / settings.organisations, pack.edition, problems)
    if organisations is None or has_errors(problems):
        return None
    splitting = pack.edition.splitting
    units = split_units(organisations, splitting.code if splitting else "")
    gathering = Gathering(pack.edition, units)
    evidence = _files(folder, settings.observations)
    responses = _files(folder, settings.responses)
    observations = _read_evidence(evidence, gathering, problems)
    decided = [folder / EXCLUSIONS] if excluding and (folder / EXCLUSIONS).is_file() else []
    exclusions = read_exclusions(decided, responses, pack.questionnaire, settings.columns, problems)
    survey = _read_responses(responses, gathering, settings, pack, problems, exclusions)
    gathering.add_norms(settings.values)
    published_path = folder / settings.published
    published: list[PublishedFigure] = []
    if published_path.is_file():
        published = read_published(published_path, pack.edition, organisations, problems)
    if not evidence and not responses:
        problems.append(problem("FOLDER-31", Place(str(folder))))
    if has_errors(problems):
        return None
    table = gathering.finish()
    problems += cross_checks(pack.edition, settings.policies, table, observations)
    problems += more_asked_than_there_are(pack.edition, table, settings.organisations)
    rules = Rules(
        pack.edition, settings.policies, settings.scheme, criterion_weights(pack.edition, settings.scheme, table)
    )
    used = [folder / SETTINGS, folder / settings.organisations, *(path for path, _ in (*evidence, *responses))]
    stamp = _stamp(pack, folder, [*used, *decided, *([published_path] if published_path.is_file() else [])])
    case = Case(rules, table, settings.ranking_within, published, stamp, settings.uncertainty)
    unexcluded = _open(folder, [], excluding=False) if exclusions else None
    return OpenedFolder(settings, pack, case, observations, survey, exclusions, unexcluded)


def _files(folder: Path, patterns: Sequence[str]) -> list[tuple[Path, str]]:
    """The files that patterns name, each once, in the order of their names; hidden ones are left out."""
    found = {path for pattern in patterns for path in folder.glob(pattern) if path.is_file()}
    return [(path, str(path.relative_to(folder))) for path in sorted(found) if not path.name.startswith((".", "~"))]


def _read_evidence(
    files: Sequence[tuple[Path, str]], gathering: Gathering, problems: list[Problem]
) -> Sequence[Observation]:
    reader = EvidenceReader(gathering.edition, gathering.units, problems)
    observations: list[Observation] = []
    for path, name in files:
        if path.suffix == ".parquet":
            from merilo.folder.evidence_columns import add_evidence_columns

            add_evidence_columns(path, name, gathering, problems)
        else:
            observations += reader.read(path, name)
    gathering.add_observations(observations)
    return observations


def _read_responses(
    files: list[tuple[Path, str]],
    gathering: Gathering,
    settings: Settings,
    pack: Pack,
    problems: list[Problem],
    exclusions: tuple[Exclusion, ...],
) -> SurveyResult:
    if not files:
        return SurveyResult()
    from merilo.folder.surveys import add_surveys  # polars: only where there are questionnaires

    return add_surveys(gathering, files, settings, pack, problems, exclusions)


def _stamp(pack: Pack, folder: Path, paths: Sequence[Path]) -> Stamp:
    edition = f"{pack.edition.code} {pack.edition.version}"
    return Stamp(edition, pack.sha256, f"merilo {__version__}", input_files(folder, paths))
