"""The zip file of a Word document: parts, their types and relations; no clock, so equal parts give equal bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from posixpath import dirname, relpath
from xml.sax.saxutils import escape, quoteattr

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FIXED_DATE = (1980, 1, 1, 0, 0, 0)
# A document says when it was made by its own text; the file's properties must not differ from run to run.
CREATED = "2000-01-01T00:00:00Z"


@dataclass(frozen=True, slots=True)
class Relation:
    """A link from one part to another under an identifier; `kind` is the last word of its type."""

    identifier: str
    kind: str
    target: str


@dataclass(frozen=True, slots=True)
class Part:
    """A file in the package; names have no slash in front."""

    name: str
    content_type: str
    content: bytes
    relations: tuple[Relation, ...] = ()


def xml_part(name: str, content_type: str, xml: str, relations: Sequence[Relation] = ()) -> Part:
    """A part of XML text, with its declaration put in front; the type is short for an officedocument one."""
    full_type = f"application/vnd.openxmlformats-officedocument.{content_type}+xml"
    return Part(name, full_type, (_DECLARATION + xml).encode(), tuple(relations))


def core_properties(title: str, language: str) -> Part:
    """The document's title and language; no names of people, and one date for all documents."""
    xml = (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{CREATED}</dcterms:created><dc:language>{language}</dc:language>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{CREATED}</dcterms:modified><dc:title>{escape(title)}</dc:title>'
        "</cp:coreProperties>"
    )
    content_type = "application/vnd.openxmlformats-package.core-properties+xml"
    return Part("docProps/core.xml", content_type, (_DECLARATION + xml).encode())


def package_bytes(parts: Sequence[Part]) -> bytes:
    """The parts as one file. The first is the document itself, the second its core properties."""
    document, properties = parts[0], parts[1]
    top = (
        f'<Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="{document.name}"/>'
        f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" '
        f'Target="{properties.name}"/>'
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        _add(archive, "[Content_Types].xml", _content_types(parts))
        _add(archive, "_rels/.rels", _relationships(top))
        for part in parts:
            _add(archive, part.name, part.content)
            if part.relations:
                folder, _, name = part.name.rpartition("/")
                links = "".join(_relation(part, relation) for relation in part.relations)
                _add(archive, f"{folder}/_rels/{name}.rels", _relationships(links))
    return stream.getvalue()


def _content_types(parts: Sequence[Part]) -> bytes:
    overrides = "".join(
        f'<Override PartName="/{part.name}" ContentType={quoteattr(part.content_type)}/>' for part in parts
    )
    return (
        f'{_DECLARATION}<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    ).encode()


def _relationships(links: str) -> bytes:
    return f'{_DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'.encode()


def _relation(part: Part, relation: Relation) -> str:
    target = relpath(relation.target, dirname(part.name))
    return f'<Relationship Id="{relation.identifier}" Type="{RELATIONS}/{relation.kind}" Target="{target}"/>'


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, _FIXED_DATE)
    # Workbooks and pictures are compressed already.
    is_packed = name.endswith((".xlsx", ".png"))
    entry.compress_type = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
    archive.writestr(entry, content)
