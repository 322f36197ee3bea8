"""assessment.yaml: what an assessment is, which methodology it follows, and the choices it makes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from fractions import Fraction
from pathlib import Path

from merilo.assessment.errors import Problem
from merilo.assessment.instrument.questionnaire import QuestionKind
from merilo.assessment.located import Mapping as Located
from merilo.assessment.located import Reader, Scalar
from merilo.assessment.methodology.check import unknown_exceptions
from merilo.assessment.methodology.edition import WeightScheme
from merilo.assessment.methodology.load_policies import read_policies
from merilo.assessment.methodology.policies import Policies
from merilo.assessment.sampling.load_choices import read_choices
from merilo.assessment.stats.uncertainty_settings import UncertaintySettings
from merilo.folder.settings_uncertainty import read_uncertainty
from merilo.pack import Pack, find_pack, open_pack, shipped
from merilo.shelf import read_yaml

SETTINGS = "assessment.yaml"
IGNORED = "ignore"
# What a column of a response file may be besides a question.
META = (
    *("organisation", "form", "id", "channel", "service", "interviewer", "territory"),
    *("time", "started", "finished", "duration"),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """The head of an assessment.

    `values` are norms given for all organisations; `columns` maps a column of the response files to a
    question, to `organisation`, `form`, `id`, or to `ignore`; the file lists are relative to the folder; `sample` holds
    the choices of the sample as they are written.
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
    sample: Located
    uncertainty: UncertaintySettings


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
    settings = _settings(reader, pack, folder)
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


def _settings(reader: Reader, pack: Pack, folder: Path) -> Settings:
    sources = reader.reader("sources") or reader.sub(Located({}, reader.node.place))
    settings = Settings(
        title=reader.text("title"),
        period=reader.text("period"),
        operator=reader.text("operator", ""),
        authority=reader.text("authority", ""),
        place=reader.text("place", ""),
        notes=reader.texts("notes"),
        policies=_policies(reader, pack),
        scheme=_scheme(reader, pack),
        ranking_within=_ranking_within(reader, pack),
        values=_values(reader, pack),
        columns=_columns(reader, pack),
        organisations=_one_source(sources, "organisations", "organisations.csv", folder),
        observations=_sources(sources, "observations", folder) or ("observations.*",),
        responses=_sources(sources, "responses", folder) or ("responses/*",),
        published=_one_source(sources, "published", "published.csv", folder),
        sample=_sample(reader.reader("sample"), reader, pack),
        uncertainty=read_uncertainty(reader),
    )
    sources.finish()
    return settings


def _sample(written: Reader | None, reader: Reader, pack: Pack) -> Located:
    """The choices of the sample as written, looked through for mistakes; options of `sample plan` may add to them."""
    if written is None:
        return Located({}, reader.node.place)
    read_choices(written, pack.edition, complete=False)
    return written.node


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
    asked = reader.texts("ranking_within")
    known = [category.code for category in pack.edition.categories]
    for category in asked:
        if category not in known:
            place = reader.place("ranking_within")
            reader.note("FOLDER-39", place, category=category, known=", ".join(known) or "–")
    return asked


def _policies(reader: Reader, pack: Pack) -> Policies:
    inner = reader.reader("policies")
    if inner is None:
        return pack.edition.policies
    policies = read_policies(inner, pack.edition.policies)
    known = [*pack.edition.items, *pack.edition.quantities]
    for policy, code in unknown_exceptions(policies, pack.edition):
        close = ", ".join(get_close_matches(code, known, 2)) or "–"
        reader.note("FOLDER-38", inner.place(policy), policy=policy, code=code, close=close)
    return policies


def _columns(reader: Reader, pack: Pack) -> dict[str, str]:
    """Column of a response file → what it is; a role nobody knows is noted, for its answers would be lost."""
    columns = {}
    options = [
        f"{question.code}.{option.code}"
        for question in pack.questionnaire.questions.values()
        if question.kind is QuestionKind.SEVERAL
        for option in question.answers
    ]
    roles = [
        *pack.questionnaire.questions,
        *options,
        *META,
        *(breakdown.column for breakdown in pack.edition.breakdowns),
    ]
    for column, node in reader.named("columns").items():
        if not isinstance(node, Scalar):
            reader.note("YAML-05", node.place, key=column)
            continue
        columns[column] = role = node.text.strip()
        if role not in (*roles, IGNORED):
            close = ", ".join(get_close_matches(role, roles, 2)) or "–"
            reader.note("FOLDER-37", node.place, column=column, role=role, close=close)
    return columns


def _sources(sources: Reader, key: str, folder: Path) -> tuple[str, ...]:
    """The patterns written under a key; one that leads out of the folder or to no file is noted."""
    return tuple(pattern for pattern in sources.texts(key) if _leads_to_files(sources, key, pattern, folder))


def _one_source(sources: Reader, key: str, default: str, folder: Path) -> str:
    name = sources.text(key, "")
    return name if name and _leads_to_files(sources, key, name, folder) else default


def _leads_to_files(sources: Reader, key: str, pattern: str, folder: Path) -> bool:
    written = Path(pattern)
    if not written.parts or written.is_absolute() or ".." in written.parts:
        sources.note("FOLDER-40", sources.place(key), pattern=pattern, key=key)
        return False
    try:
        leads = any(path.is_file() for path in folder.glob(pattern))
    except ValueError:  # `**` inside a name
        leads = False
    if not leads:
        sources.note("FOLDER-41", sources.place(key), pattern=pattern, key=key)
    return leads


def _values(reader: Reader, pack: Pack) -> dict[str, Fraction]:
    inner = reader.reader("values")
    if inner is None:
        return {}
    found = {}
    single = [quantity.code for quantity in pack.edition.quantities.values() if not quantity.kind.has_base]
    for code in inner.node.entries:
        if code not in single:
            inner.note("FOLDER-04", inner.place(code), code=code, known=", ".join(single) or "–")
        found[code] = inner.number(code)
    return found
