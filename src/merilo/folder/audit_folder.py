"""Opens the folder of an audit: settings, published tables and claims; all problems in one list."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from merilo import __version__
from merilo.assessment.errors import Place, Problem, has_errors, problem
from merilo.assessment.provenance import Stamp
from merilo.assessment.recheck.claims import Claim
from merilo.assessment.recheck.publication import PrintedPlace, Publication
from merilo.folder.audit_claims import read_claims
from merilo.folder.audit_settings import SETTINGS, AuditSettings, read_audit_settings
from merilo.folder.audit_tables import PublishedTables
from merilo.folder.input_files import input_files


@dataclass(frozen=True, slots=True)
class OpenedAudit:
    """A published report ready to be audited, with the stamp of what it was read from."""

    settings: AuditSettings
    publication: Publication
    claims: tuple[Claim, ...]
    stamp: Stamp


def open_audit(path: Path, problems: list[Problem]) -> OpenedAudit | None:
    """Read a folder, or the folder of an audit.yaml; None, with every reason in `problems`, where it will not do."""
    folder = path.parent if path.name == SETTINGS and path.is_file() else path
    found: list[Problem] = []
    opened = _open(folder, found)
    prefix = f"{folder.as_posix()}/"
    problems += [replace(one, place=replace(one.place, file=one.place.file.removeprefix(prefix))) for one in found]
    return opened


def _open(folder: Path, problems: list[Problem]) -> OpenedAudit | None:
    if not folder.is_dir():
        problems.append(problem("AUDIT-24", Place(folder.as_posix())))
        return None
    settings = read_audit_settings(folder, problems)
    if settings is None:
        return None
    tables = PublishedTables(settings, problems)
    tables.read(folder)
    claims = [claim for name in settings.claims for claim in read_claims(folder / name, tables, problems)]
    if has_errors(problems):
        return None
    publication = _publication(settings, tables, folder)
    stated = tuple(replace(claim, where=_from(folder, claim.where)) for claim in claims)
    return OpenedAudit(settings, publication, stated, _stamp(settings, folder))


def _publication(settings: AuditSettings, tables: PublishedTables, folder: Path) -> Publication:
    edition = settings.edition
    categories = edition.categories if edition else ()
    return Publication(
        cells=tuple(replace(cell, where=_from(folder, cell.where)) for cell in tables.cells),
        names=tables.names,
        attributes=tables.attributes,
        subjects=settings.subjects,
        relations=settings.relations,
        categories={one.code: tuple(value.code for value in one.values) for one in categories},
        other_weights=settings.other_weights,
        ranking=settings.ranking,
        sample=settings.sample,
        shares=settings.shares,
        rounding=settings.rounding,
    )


def _from(folder: Path, where: PrintedPlace) -> PrintedPlace:
    """The same place with its file named from the folder, as the user knows it."""
    name = where.cell.file.removeprefix(f"{folder.as_posix()}/")
    return replace(where, cell=replace(where.cell, file=name))


def _stamp(settings: AuditSettings, folder: Path) -> Stamp:
    pack = settings.pack
    edition = f"{pack.edition.code} {pack.edition.version}" if pack else ""
    names = {SETTINGS, *(source.file for source in settings.tables), *settings.claims}
    inputs = input_files(folder, [folder / name for name in names])
    return Stamp(edition, pack.sha256 if pack else "", f"merilo {__version__}", inputs)
