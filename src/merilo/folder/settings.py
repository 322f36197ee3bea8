"""assessment.yaml: what an assessment is, which methodology it follows, and the choices it makes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from merilo.assessment.errors import Problem
from merilo.assessment.located import Mapping as Located
from merilo.assessment.located import Reader, Scalar
from merilo.assessment.methodology.edition import WeightScheme
from merilo.assessment.methodology.load_policies import read_policies
from merilo.assessment.methodology.policies import Policies
from merilo.pack import Pack, find_pack, open_pack, shipped
from merilo.shelf import read_yaml

SETTINGS = "assessment.yaml"
IGNORED = "ignore"


@dataclass(frozen=True, slots=True)
class Settings:
    """The head of an assessment.

    `values` are norms given for all organisations; `columns` maps a column of the response files to a
    question, to `organisation`, `form`, `id`, or to `ignore`; the file lists are relative to the folder.
    """

    title: str
    period: str
    operator: str
    authority: str
    place: str
    notes: tuple[str, ...]
    policies: Policies
    scheme: WeightScheme
    ranking_within: tuple[str, ...]
    values: Mapping[str, Fraction]
    columns: Mapping[str, str]
    organisations: str
    observations: tuple[str, ...]
    responses: tuple[str, ...]
    published: str


def read_settings(folder: Path, problems: list[Problem]) -> tuple[Settings, Pack] | None:
    """The settings of a folder and the methodology they name; None, with problems, where they cannot be used."""
    node = read_yaml(folder / SETTINGS, SETTINGS, problems)
    if node is None:
        return None
    reader = Reader(node, problems)
    pack = _pack(reader, folder, problems)
    if pack is None:
        return None
    before = len(problems)
    settings = _settings(reader, pack)
    reader.finish()
    return (settings, pack) if len(problems) == before else None


def _pack(reader: Reader, folder: Path, problems: list[Problem]) -> Pack | None:
    name = reader.text("methodology")
    if not name:
        return None
    where = find_pack(name, folder)
    if where is None:
        reader.note("FOLDER-01", reader.place("methodology"), methodology=name, known=", ".join(shipped()))
        return None
    pack = open_pack(where, problems)
    version = reader.optional("version")
    if pack is not None and version is not None and version != pack.edition.version:
        reader.note("FOLDER-02", reader.place("version"), asked=version, found=pack.edition.version)
    return pack


def _settings(reader: Reader, pack: Pack) -> Settings:
    sources = reader.reader("sources") or reader.sub(Located({}, reader.node.place))
    policies = reader.reader("policies")
    settings = Settings(
        title=reader.text("title"),
        period=reader.text("period"),
        operator=reader.text("operator", ""),
        authority=reader.text("authority", ""),
        place=reader.text("place", ""),
        notes=reader.texts("notes"),
        policies=pack.edition.policies if policies is None else read_policies(policies, pack.edition.policies),
        scheme=_scheme(reader, pack),
        ranking_within=_ranking_within(reader, pack),
        values=_values(reader, pack),
        columns={key: node.text for key, node in reader.named("columns").items() if isinstance(node, Scalar)},
        organisations=sources.text("organisations", "organisations.csv"),
        observations=sources.texts("observations") or ("observations.*",),
        responses=sources.texts("responses") or ("responses/*",),
        published=sources.text("published", "published.csv"),
    )
    sources.finish()
    return settings


def _scheme(reader: Reader, pack: Pack) -> WeightScheme:
    asked = reader.text("weights", "")
    scheme = pack.edition.scheme(asked)
    if scheme is None:
        known = ", ".join(one.code for one in pack.edition.schemes)
        reader.note("FOLDER-03", reader.place("weights"), asked=asked, known=known)
        return pack.edition.schemes[0]
    return scheme


def _ranking_within(reader: Reader, pack: Pack) -> tuple[str, ...]:
    if not reader.has("ranking_within"):
        reader.taken.add("ranking_within")
        return pack.edition.ranking_within
    return reader.texts("ranking_within")


def _values(reader: Reader, pack: Pack) -> dict[str, Fraction]:
    inner = reader.reader("values")
    if inner is None:
        return {}
    found = {}
    for code in inner.node.entries:
        if code not in pack.edition.quantities:
            inner.note("FOLDER-04", inner.place(code), code=code)
        found[code] = inner.number(code)
    return found
