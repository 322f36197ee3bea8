"""audit.yaml: which document is audited, what it declares, and which of its tables lie in which files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum
from fractions import Fraction
from pathlib import Path

from merilo.assessment.errors import Place, Problem
from merilo.assessment.located import Reader, Scalar
from merilo.assessment.methodology.edition import Edition
from merilo.assessment.methodology.policies import RankOn, Ties
from merilo.assessment.methodology.size_rule import SizeKind, SizeRounding, SizeRule
from merilo.assessment.recheck.publication import (
    DeclaredRanking,
    DeclaredShares,
    NamedWeights,
    PublishedSubject,
)
from merilo.assessment.recheck.relations import Relation
from merilo.assessment.rounding import RoundingMode
from merilo.folder.audit_rules import declared_relations, methodology_relations, methodology_subjects, own_subjects
from merilo.pack import Pack, find_pack, open_pack, shipped
from merilo.shelf import read_yaml

SETTINGS = "audit.yaml"
HUNDRED = Fraction(100)


class Layout(Enum):
    """How a table is laid out."""

    ROWS = "rows"
    COLUMNS = "columns"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class TableSource:
    """One table of the document: its file and where in it, how the document calls it, what its columns and labels
    mean; `at` is its entry in audit.yaml."""

    file: str
    place: str
    sheet: str | None
    table: int
    header_rows: int
    layout: Layout
    columns: Mapping[str, str]
    rows: Mapping[str, str]
    at: Place


@dataclass(frozen=True, slots=True)
class AuditSettings:
    """All that audit.yaml says. `decimals` are the fewest decimals a subject is printed with in truth."""

    title: str
    document: str
    publisher: str
    period: str
    notes: tuple[str, ...]
    pack: Pack | None
    subjects: Mapping[str, PublishedSubject]
    decimals: Mapping[str, int]
    relations: tuple[Relation, ...]
    other_weights: tuple[NamedWeights, ...]
    ranking: DeclaredRanking
    sample: SizeRule | None
    shares: tuple[DeclaredShares, ...]
    rounding: RoundingMode | None
    tables: tuple[TableSource, ...]
    claims: tuple[str, ...]

    @property
    def edition(self) -> Edition | None:
        """The edition of the methodology, where one is named."""
        return self.pack.edition if self.pack else None


def read_audit_settings(folder: Path, problems: list[Problem]) -> AuditSettings | None:
    """The settings of an audit; None, with every reason in `problems`, where they cannot be used."""
    node = read_yaml(folder / SETTINGS, SETTINGS, problems)
    if node is None:
        return None
    before = len(problems)
    reader = Reader(node, problems)
    pack = _pack(reader, folder, problems)
    settings = _settings(reader, pack, folder)
    reader.finish()
    return settings if len(problems) == before else None


def _settings(reader: Reader, pack: Pack | None, folder: Path) -> AuditSettings:
    edition = pack.edition if pack else None
    known, other_weights = methodology_relations(reader, edition)
    relations = declared_relations(reader, known)
    subjects, decimals = own_subjects(reader, methodology_subjects(edition), relations)
    tables = tuple(_table(inner, folder) for inner in reader.readers("tables"))
    claims = tuple(name for name in reader.texts("claims") if _inside(reader, "claims", name, folder))
    if not tables and not claims:
        reader.note("AUDIT-14", reader.node.place)
    return AuditSettings(
        title=reader.text("title"),
        document=reader.text("document"),
        publisher=reader.text("publisher", ""),
        period=reader.text("period", ""),
        notes=reader.texts("notes"),
        pack=pack,
        subjects=subjects,
        decimals=decimals,
        relations=relations,
        other_weights=other_weights,
        ranking=_ranking(reader),
        sample=_sample(reader),
        shares=_shares(reader, subjects),
        rounding=reader.one_of("rounding", RoundingMode, RoundingMode.HALF_UP) if reader.has("rounding") else None,
        tables=tables,
        claims=claims,
    )


def _pack(reader: Reader, folder: Path, problems: list[Problem]) -> Pack | None:
    name, version = reader.text("methodology", ""), reader.optional("version")
    if not name:
        return None
    where = find_pack(name, folder)
    if where is None:
        reader.note("AUDIT-01", reader.place("methodology"), methodology=name, known=", ".join(shipped()))
        return None
    pack = open_pack(where, problems)
    if pack is not None and version is not None and version != pack.edition.version:
        reader.note("FOLDER-02", reader.place("version"), asked=version, found=pack.edition.version)
    return pack


def _ranking(reader: Reader) -> DeclaredRanking:
    inner = reader.reader("ranking")
    if inner is None:
        return DeclaredRanking()
    ranking = DeclaredRanking(
        ties=inner.one_of("ties", Ties, Ties.ORDINAL) if inner.has("ties") else None,
        on=inner.one_of("on", RankOn, RankOn.PRINTED) if inner.has("on") else None,
        within=inner.text("within", ""),
    )
    inner.taken |= {"ties", "on"}
    inner.finish()
    return ranking


def _sample(reader: Reader) -> SizeRule | None:
    inner = reader.reader("sample")
    if inner is None:
        return None
    kind = inner.one_of("rule", SizeKind)
    is_formula = kind is SizeKind.FINITE_POPULATION
    sample = SizeRule(
        kind,
        share=inner.number("share"),
        margin=inner.number("margin") if is_formula else Fraction(0),
        t=inner.number("t") if is_formula else Fraction(1),
        cap=inner.whole("cap") if not is_formula and inner.has("cap") else None,
        rounding=inner.one_of("rounding", SizeRounding, SizeRounding.UP),
    )
    inner.finish()
    return sample


def _shares(reader: Reader, subjects: Mapping[str, PublishedSubject]) -> tuple[DeclaredShares, ...]:
    found = []
    for inner in reader.readers("shares"):
        codes, base = inner.texts("subjects"), inner.text("base")
        for code in (*codes, *([] if base.isdecimal() else [base])):
            note_unknown_subject(inner, "subjects" if code in codes else "base", code, subjects)
        answered = inner.one_of("answered", Answered, Answered.SOME)
        whole = inner.number("whole", HUNDRED)
        found.append(DeclaredShares(codes, base, whole, answered is Answered.ALL))
        inner.finish()
    return tuple(found)


class Answered(Enum):
    """Whether everybody in the base of a share answered, or it is only known that nobody else did."""

    SOME = "some"
    ALL = "all"


def note_unknown_subject(reader: Reader, key: str, code: str, subjects: Mapping[str, PublishedSubject]) -> None:
    """Note a code that names no subject, with the codes it may have been meant for."""
    if code not in subjects:
        close = ", ".join(get_close_matches(code, list(subjects), 3)) or "–"
        reader.note("AUDIT-05", reader.place(key), subject=code, close=close)


def _table(inner: Reader, folder: Path) -> TableSource:
    name = inner.text("file")
    if name:
        _inside(inner, "file", name, folder)
    source = TableSource(
        file=name,
        place=inner.text("place", name),
        sheet=inner.optional("sheet"),
        table=inner.whole("table", 1),
        header_rows=inner.whole("header_rows", 1),
        layout=inner.one_of("layout", Layout, Layout.ROWS),
        columns=_texts(inner, "columns"),
        rows=_texts(inner, "rows"),
        at=inner.node.place,
    )
    inner.finish()
    return source


def _texts(reader: Reader, key: str) -> dict[str, str]:
    found = {}
    for name, node in reader.named(key).items():
        if isinstance(node, Scalar):
            found[name.strip()] = node.text.strip()
        else:
            reader.note("YAML-05", node.place, key=name)
    return found


def _inside(reader: Reader, key: str, name: str, folder: Path) -> bool:
    """Whether a file named in audit.yaml is there, in the folder itself or below."""
    written = Path(name)
    if not written.parts or written.is_absolute() or ".." in written.parts:
        reader.note("AUDIT-02", reader.place(key), file=name)
        return False
    if not (folder / written).is_file():
        reader.note("AUDIT-16", reader.place(key), file=name)
        return False
    return True
